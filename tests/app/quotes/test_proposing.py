"""Lines out of the total and back, alternatives that follow their line, and what the buyer chooses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.errors import RuleViolation
from app.core.totals import Basis, Reduction
from app.pricing.detail import Bundle, LineDetail
from app.quotes import proposing
from app.quotes.draft import LineDraft, QuoteDraft, price_of
from app.quotes.rules import Offer, Proposal, Terms
from tests.builders import DAY, a_line, a_tax

D = Decimal


def a_draft(*names: str, bundled: str = "") -> QuoteDraft:
    """Lines of 10, 20, 30 ...; those in `bundled` stand together, "_" is a blank one."""
    lines = []
    for at, name in enumerate(names, 1):
        detail = LineDetail(bundle=Bundle(1, "Set", D(1))) if name in bundled else LineDetail()
        lines.append(LineDraft() if name == "_" else LineDraft(name, D(1), D(10 * at), a_tax(), detail=detail))
    return QuoteDraft(DAY, lines=tuple(lines))


def names(draft: QuoteDraft) -> tuple[list[str], list[tuple[str, int | None]]]:
    return [line.name for line in draft.lines], [(one.line.name, one.instead_of) for one in draft.proposals]


def test_out_and_back_leaves_the_total_as_it_was() -> None:
    draft = a_draft("a", "b", "c")
    before = price_of(draft).assembled.totals.gross
    out = proposing.propose(draft, 1)
    assert names(out) == (["a", "c"], [("b", None)])
    assert price_of(out).assembled.totals.gross < before
    back = proposing.take_back(out, 0)
    assert names(back) == (["a", "c", "b"], [])
    assert price_of(back).assembled.totals.gross == before


def test_an_alternative_exchanges_places_with_its_line() -> None:
    draft = proposing.propose(a_draft("_", "a", "b", "c"), 2, instead_of=3)
    assert names(draft) == (["", "a", "c"], [("b", 1)])
    swapped = proposing.take_back(draft, 0)
    assert names(swapped) == (["", "a", "b"], [("c", 1)])
    assert names(proposing.take_back(swapped, 0)) == names(draft)


def test_a_bundle_goes_as_a_whole() -> None:
    draft = proposing.propose(a_draft("a", "b", "c", "d", bundled="bc"), 2, instead_of=0)
    assert names(draft) == (["a", "d"], [("b", 0), ("c", 0)])
    taken = proposing.take_back(draft, 1)
    assert names(taken) == (["b", "c", "d"], [("a", 0)])
    assert names(proposing.take_back(taken, 0)) == (["a", "d"], [("b", 0), ("c", 0)])
    assert names(proposing.drop(draft, 0)) == (["a", "d"], [])


def test_alternatives_follow_their_line_and_become_options_without_it() -> None:
    draft = proposing.propose(a_draft("a", "b", "c"), 2, instead_of=1)
    a, b = draft.lines
    assert names(proposing.with_lines(draft, (b, a)))[1] == [("c", 0)]
    assert names(proposing.with_lines(draft, (a, replace(b, name="b2"))))[1] == [("c", 1)]
    assert names(proposing.with_lines(draft, (a,)))[1] == [("c", None)]
    others = proposing.propose(a_draft("a", "b", "c", "d"), 3, instead_of=2)
    both = proposing.propose(others, 1, instead_of=0)
    assert names(both) == (["a", "c"], [("d", 1), ("b", 0)])
    assert names(proposing.take_back(both, 1)) == (["b", "c"], [("d", 1), ("a", 0)])


def test_what_the_buyer_chooses_is_in_the_total() -> None:
    proposals = (Proposal(a_line("x", "1", "5")), Proposal(a_line("y", "1", "7"), instead_of=0))
    offer = Offer((a_line("a", "1", "10"), a_line("b", "1", "20")), proposals=proposals)
    both = proposing.choose(offer, (1, 0), Basis("EUR"))
    assert [line.name for line in both.lines] == ["y", "b", "x"]
    assert both.proposals == ()
    assert proposing.choose(offer, (), Basis("EUR")).lines == offer.lines
    dear = replace(offer, reductions=(Reduction("All", amount=2600),))
    with pytest.raises(RuleViolation):
        proposing.choose(replace(dear, proposals=(Proposal(a_line("z", "1", "1"), 1),)), (0,), Basis("EUR"))


def test_early_payment_is_worked_out_for_what_is_chosen() -> None:
    terms = Terms("2/10 net 30", early_tax="always")
    offer = Offer((a_line("a", "1", "100"),), terms=terms, proposals=(Proposal(a_line("x", "1", "100")),))
    chosen = proposing.choose(offer, (0,), Basis("EUR"))
    assert [reduction.amount for reduction in chosen.reductions] == [400, 400]
