"""What the wizards fill that end in a credit note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.core.codec import from_text, to_text
from app.core.errors import Problem
from app.delivery.draft import OpenLine, Picked
from app.invoicing import draft as drafts
from app.invoicing.draft import Creditable, CreditDraft, ReturnDraft, ToCredit, ToReturn

D = Decimal
DAY = date(2026, 3, 10)
LAMP = OpenLine(1, "Lamp", "C62", D(5), D(3))
GOODS = ToReturn((LAMP,), DAY)


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in problems]


def test_a_return_begins_empty_and_says_all_that_is_missing() -> None:
    draft = drafts.begin_return(GOODS, date(2026, 3, 9))
    assert draft.restock
    assert codes(drafts.return_problems(GOODS, draft, "goods")) == [
        ("lines", "nothing"),
        ("reason", "missing"),
        ("on", "before_receipt"),
    ]
    full = replace(draft, on=DAY, reason="Broken", lines=(Picked(1, D(3)),))
    assert drafts.return_problems(GOODS, full, "goods") == []
    more = replace(full, lines=(Picked(1, D(4)),))
    assert codes(drafts.return_problems(GOODS, more, "goods")) == [("lines[0].quantity", "above_open")]
    assert from_text(ReturnDraft, to_text(replace(full, restock=False))).restock is False


def test_a_kept_return_fits_what_can_come_back() -> None:
    kept = ReturnDraft(DAY, (Picked(2, D(1)), Picked(1, D(2))), "Broken", restock=False)
    assert drafts.fit_return(GOODS, kept) == ReturnDraft(DAY, (Picked(1, D(2)),), "Broken", restock=False)


FIRST = Creditable(1, "INV-2026-0001", DAY, 28560, (LAMP,))
SECOND = Creditable(3, "INV-2026-0003", DAY, 100, (replace(LAMP, position=2, open=D(1)),))
INVOICES = ToCredit("EUR", (FIRST, SECOND))


def test_a_credit_begins_with_the_newest_invoice_or_the_one_named() -> None:
    assert (drafts.begin_credit(INVOICES, DAY).place, drafts.begin_credit(INVOICES, DAY, 1).place) == (3, 1)
    assert drafts.begin_credit(ToCredit("EUR"), DAY).place is None
    assert drafts.begin_credit(INVOICES, DAY).lines == (Picked(2, D(0)),)


def test_another_invoice_brings_its_lines() -> None:
    draft = CreditDraft(DAY, 1, False, None, (Picked(1, D(2)),))
    assert drafts.choose_invoice(INVOICES, draft, 1) is draft
    assert drafts.choose_invoice(INVOICES, draft, 3).lines == (Picked(2, D(0)),)


def test_problems_of_a_credit() -> None:
    def found(draft: CreditDraft) -> list[tuple[str, str]]:
        return codes(drafts.credit_problems(INVOICES, draft, "credit"))

    good = CreditDraft(DAY, 1, True, 28560, (Picked(1, D(0)),), "Scratch")
    assert found(good) == []
    assert found(replace(good, amount=28561)) == [("amount", "above_left")]
    assert found(replace(good, amount=None, reason=" ")) == [("amount", "not_positive"), ("reason", "missing")]
    assert found(replace(good, place=2)) == [("place", "missing")]
    assert found(replace(good, by_amount=False)) == [("lines", "nothing")]
    assert found(replace(good, on=date(2026, 3, 9))) == [("on", "before_invoice")]
    by_lines = replace(good, by_amount=False, lines=(Picked(1, D(2)),))
    assert found(by_lines) == []
    assert (drafts.credited(by_lines), drafts.credited(good)) == ({1: D(2)}, None)


def test_a_kept_credit_of_an_invoice_that_is_credited_begins_anew() -> None:
    kept = CreditDraft(DAY, 2, True, 500, (), "Scratch")
    assert drafts.fit_credit(INVOICES, kept).place == 3
    assert drafts.fit_credit(INVOICES, replace(kept, place=1)).amount == 500
