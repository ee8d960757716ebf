"""What the wizards about a contract fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.contracts import draft as drafts
from app.contracts.draft import OWN, Agreed, AmendmentDraft, Part, SignatureDraft, ToSign
from app.contracts.rules import Side
from app.core.printed import Clause

MADE = date(2026, 3, 2)
CLAUSES = drafts.worded((Clause("returns"), Clause("on_site", "We come to you.")), "en")
AGREED = Agreed("C-2026-0001", 1, "en", MADE, CLAUSES, signatures=1)
EMPTY = AmendmentDraft(MADE)


def codes(draft: AmendmentDraft, step: str) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in drafts.amendment_problems(AGREED, draft, step)]


def test_clauses_are_read_in_full() -> None:
    assert [(clause.title, clause.text[:12]) for clause in CLAUSES] == [
        ("Returns", "Unused goods"),
        ("On site", "We come to y"),
    ]
    assert drafts.worded((Clause("returns"),), "de")[0].title == "Rückgabe"


def test_the_library_offers_what_the_contract_has_not() -> None:
    assert [clause.key for clause in drafts.offered(AGREED)] == [
        "warranty", "insurance", "delivery", "payment", "termination",
    ]  # fmt: skip


def test_a_chosen_clause_brings_its_text_and_typed_text_is_kept() -> None:
    chosen = drafts.choose(EMPTY, AGREED, "returns")
    assert chosen.text.startswith("Unused goods")
    typed = replace(chosen, text="Within 60 days.")
    assert drafts.choose(typed, AGREED, "returns") is typed
    assert drafts.choose(typed, AGREED, "warranty").text.startswith("The seller warrants")
    assert drafts.choose(typed, AGREED, OWN).text == ""


def test_an_own_clause_is_kept_under_a_key_made_of_its_title() -> None:
    own = AmendmentDraft(MADE, OWN, "  On-site help, 24 h ")
    assert drafts.key_of(own) == "on_site_help_24_h"
    assert drafts.key_of(AmendmentDraft(MADE, "returns", "ignored")) == "returns"


@pytest.mark.parametrize(
    ("draft", "step", "expected"),
    [
        (EMPTY, "clause", [("key", "missing")]),
        (AmendmentDraft(MADE, OWN), "clause", [("title", "missing")]),
        (AmendmentDraft(MADE, OWN, "On site"), "clause", [("title", "taken")]),
        (AmendmentDraft(MADE, OWN, "Warranty"), "clause", [("title", "taken")]),
        (AmendmentDraft(date(2026, 3, 1), "returns"), "clause", [("on", "before_contract")]),
        (AmendmentDraft(MADE, "returns"), "clause", []),
        (AmendmentDraft(MADE, "returns"), "wording", [("text", "missing")]),
        (AmendmentDraft(MADE, "on_site", text="We  come to\nyou."), "wording", [("text", "unchanged")]),
        (AmendmentDraft(MADE, "on_site", text="You come to us."), "wording", []),
        (AmendmentDraft(MADE, "warranty", text="The seller warrants."), "wording", []),
        (EMPTY, "review", []),
    ],
)
def test_problems(draft: AmendmentDraft, step: str, expected: list[tuple[str, str]]) -> None:
    assert codes(draft, step) == expected


def test_several_clauses_go_into_one_amendment() -> None:
    first = drafts.set_aside(replace(drafts.choose(EMPTY, AGREED, "returns"), text="60 days."), AGREED)
    own = drafts.set_aside(AmendmentDraft(MADE, OWN, "Help", "We help.", first.more), AGREED)
    assert [(clause.key, clause.title) for clause in own.more] == [("returns", "Returns"), ("help", "Help")]
    assert drafts.clauses_of(own) == (Clause("returns", "60 days."), Clause("help", "We help."))
    assert (codes(own, "clause"), codes(own, "wording")) == ([], [])
    assert codes(replace(own, key=OWN, title="Help"), "clause") == [("title", "taken")]
    again = drafts.choose(own, AGREED, "help")
    assert (again.key, again.title, again.text, len(again.more)) == ("help", "Help", "We help.", 1)
    assert [clause.key for clause in drafts.own_clauses(again, AGREED)] == ["help"]
    assert drafts.clauses_of(again) == drafts.clauses_of(own)
    assert drafts.choose(own, AGREED, "returns").text == "60 days."
    assert drafts.clauses_of(drafts.drop(own, "returns")) == (Clause("help", "We help."),)


def test_the_difference_shows_what_went_and_what_came() -> None:
    found = drafts.difference("returned within 30 days of receipt", "returned within 60 days after notice")
    assert [(piece.kind, piece.text) for piece in found] == [
        (Part.SAME, "returned within"),
        (Part.GONE, "30"),
        (Part.NEW, "60"),
        (Part.SAME, "days"),
        (Part.GONE, "of receipt"),
        (Part.NEW, "after notice"),
    ]
    after = " ".join(piece.text for piece in found if piece.kind is not Part.GONE)
    assert after == "returned within 60 days after notice"
    assert drafts.difference("", "new") == (drafts.Piece(Part.NEW, "new"),)


TO_SIGN = ToSign("C-2026-0001", 2, MADE, (Side.BUYER,), "Brightwater Kayaks", "Lake School")


def test_a_signature_begins_with_the_side_that_is_missing() -> None:
    assert drafts.begin_signature(TO_SIGN, MADE) == SignatureDraft(MADE, Side.BUYER, "Lake School")
    assert drafts.begin_signature(replace(TO_SIGN, open=()), MADE).side is None


def test_problems_of_a_signature() -> None:
    draft = SignatureDraft(date(2026, 3, 1), Side.SELLER, " ")
    found = [(p.field, p.code) for p in drafts.signature_problems(TO_SIGN, draft, "sign")]
    assert found == [("side", "missing"), ("name", "missing"), ("on", "before_contract")]
    assert drafts.signature_problems(TO_SIGN, drafts.begin_signature(TO_SIGN, MADE), "sign") == []
