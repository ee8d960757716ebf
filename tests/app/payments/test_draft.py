"""What the payment and refund wizards fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.payments import draft as drafts
from app.payments.draft import Owed, Payable, PaymentDraft, RefundDraft
from app.payments.rules import Method, OpenInvoice

DAY = date(2026, 3, 2)
FIRST, SECOND = OpenInvoice(11, "INV-2026-0001", 20000), OpenInvoice(12, "INV-2026-0002", 5000)
OWED = Owed("EUR", (Payable(FIRST, 1, DAY), Payable(SECOND, 2, DAY)), deposit_room=3000)


def test_the_missing_deposit_is_due_first_then_the_invoices() -> None:
    assert (OWED.receivable, OWED.due) == (25000, 25000)
    assert drafts.begin_payment(OWED, DAY) == PaymentDraft(DAY, 25000)
    missing = replace(OWED, deposit_missing=7140)
    assert drafts.begin_payment(missing, DAY).amount == 7140
    assert drafts.begin_payment(missing, DAY, place=2) == PaymentDraft(DAY, 5000, place=2)
    assert drafts.begin_payment(missing, DAY, place=9).place is None
    assert drafts.begin_payment(Owed("EUR"), DAY).amount is None


@pytest.mark.parametrize(
    ("amount", "place", "invoices", "deposit", "credit"),
    [
        (20000, None, [("INV-2026-0001", 20000)], 0, 0),
        (25000 + 3000 + 1300, None, [("INV-2026-0001", 20000), ("INV-2026-0002", 5000)], 3000, 1300),
        (6000, 2, [("INV-2026-0002", 5000)], 1000, 0),
        (None, None, [], 0, 0),
        (-5, None, [], 0, 0),
    ],
)
def test_how_the_money_divides(
    amount: int | None, place: int | None, invoices: list[tuple[str, int]], deposit: int, credit: int
) -> None:
    found = drafts.division(OWED, PaymentDraft(DAY, amount, place=place))
    assert [(invoice.number, part) for invoice, part in found.invoices] == invoices
    assert (found.deposit, found.credit) == (deposit, credit)


def test_credit_is_offered_only_where_there_is_some() -> None:
    assert Method.CREDIT not in drafts.methods(OWED)
    assert Method.CREDIT in drafts.methods(replace(OWED, credit=1))
    assert Method.CREDIT not in drafts.REFUND_METHODS


def codes(owed: Owed, draft: PaymentDraft) -> list[tuple[str, str]]:
    return [(p.field, p.code) for p in drafts.payment_problems(owed, draft, "payment")]


def test_problems_of_a_payment_all_at_once() -> None:
    assert codes(OWED, PaymentDraft(DAY, 0, Method.CREDIT, place=3)) == [
        ("amount", "not_positive"),
        ("method", "no_credit"),
        ("place", "settled"),
    ]
    rich = replace(OWED, credit=1000)
    assert codes(rich, PaymentDraft(DAY, 1001, Method.CREDIT)) == [("amount", "above_credit")]
    assert codes(rich, PaymentDraft(DAY, 1000, Method.CREDIT)) == []
    assert codes(rich, PaymentDraft(DAY, 99999)) == []


def test_a_refund_takes_no_more_than_the_credit() -> None:
    rich = replace(OWED, credit=1000)
    assert drafts.begin_refund(rich, DAY) == RefundDraft(DAY, 1000)

    def found(draft: RefundDraft) -> list[tuple[str, str]]:
        return [(p.field, p.code) for p in drafts.refund_problems(rich, draft, "refund")]

    assert found(RefundDraft(DAY, 1001)) == [("amount", "above_credit")]
    assert found(RefundDraft(DAY, None, Method.CREDIT)) == [("amount", "not_positive"), ("method", "no_money")]
    assert found(RefundDraft(DAY, 1)) == []
