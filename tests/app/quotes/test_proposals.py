"""Lines that the buyer may choose: outside the total, kept with the revision, and on the paper with their price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.core.totals import Basis
from app.pipeline.proof.proof import prove
from app.quotes import queries as quotes
from app.quotes.rules import Offer, Proposal, printed_proposals
from app.store.store import Store
from tests.app.pipeline.proof.deals import behind_the_triggers
from tests.builders import a_deal, a_line, an_offer


def offer() -> Offer:
    rack, better = a_line("Rack", "1", "50"), a_line("Racing kayak", "2", "150")
    return replace(
        an_offer(a_line(), cashback_percent=Decimal("2.5")),
        proposals=(Proposal(rack), Proposal(better, instead_of=0)),
        coupons=("SPRING10",),
    )


def test_they_are_kept_and_count_for_nothing(store: Store) -> None:
    deal_id = a_deal(store, offer(), until="sent")
    with store.read() as session:
        kept = quotes.latest(session, deal_id)
    assert kept.offer == offer()
    assert kept.gross == 23800
    assert not prove(store).problems


def test_the_proof_sees_that_the_paper_offers_something_else(store: Store) -> None:
    a_deal(store, offer(), until="sent")
    with behind_the_triggers(store.path) as file:
        file.execute("UPDATE quote SET proposals = replace(proposals, '\"50\"', '\"40\"')")
    assert any("proposals" in problem for problem in prove(store).problems)


def test_they_are_printed_with_their_price(store: Store) -> None:
    rack, better = printed_proposals(offer(), Basis("EUR"))
    assert (rack.line.name, rack.line.amount, rack.instead_of) == ("Rack", 5000, "")
    assert (better.line.name, better.line.amount, better.instead_of) == ("Racing kayak", 30000, "Kayak")
