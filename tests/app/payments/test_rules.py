"""How money received divides, which earlier money is used first, and how both are booked."""

from __future__ import annotations

import pytest

from app.ledger.rules import Posting, lines
from app.payments.rules import Division, Method, OpenInvoice, divide_payment, payment_postings, refund_postings, take

FIRST, SECOND = OpenInvoice(1, "INV-1", 100), OpenInvoice(2, "INV-2", 50)

# amount, invoices, room for a deposit -> to the invoices, to the deposit, to the credit
CASES = [
    (60, (FIRST, SECOND), 0, [60], 0, 0),
    (100, (FIRST, SECOND), 0, [100], 0, 0),
    (130, (FIRST, SECOND), 40, [100, 30], 0, 0),
    (150, (FIRST, SECOND), 40, [100, 50], 0, 0),
    (160, (FIRST, SECOND), 40, [100, 50], 10, 0),
    (200, (FIRST, SECOND), 40, [100, 50], 40, 10),
    (70, (), 40, [], 40, 30),
    (70, (), 70, [], 70, 0),
    (70, (), 0, [], 0, 70),
    (70, (), -5, [], 0, 70),
    (1, (FIRST,), 40, [1], 0, 0),
    (5, (OpenInvoice(3, "INV-3", 0), FIRST), 0, [5], 0, 0),
]


@pytest.mark.parametrize(("amount", "invoices", "room", "settled", "deposit", "credit"), CASES)
def test_invoices_first_then_the_deposit_then_credit(
    amount: int, invoices: tuple[OpenInvoice, ...], room: int, settled: list[int], deposit: int, credit: int
) -> None:
    division = divide_payment(amount, invoices, room)
    assert [part for _, part in division.invoices] == settled
    assert (division.deposit, division.credit) == (deposit, credit)
    assert sum(settled) + deposit + credit == amount


def booked(postings: tuple[Posting, ...]) -> list[tuple[str, str, int]]:
    return [(posting.role.value, posting.document, posting.amount) for posting in lines(postings)]


@pytest.mark.parametrize(
    ("method", "role"),
    [("cash", "cash"), ("bank", "bank"), ("card", "bank"), ("cheque", "bank"), ("online", "bank")],
)
def test_a_payment_is_booked_to_what_it_settles(method: str, role: str) -> None:
    division = divide_payment(200, (FIRST, SECOND), 40)
    assert booked(payment_postings(Method(method), 200, division, "S-1")) == [
        (role, "", 200),
        ("receivable", "INV-1", -100),
        ("receivable", "INV-2", -50),
        ("contract_liability", "S-1", -40),
        ("customer_credit", "", -10),
    ]
    assert booked(refund_postings(Method(method), 10)) == [("customer_credit", "", 10), (role, "", -10)]


def test_credit_that_stays_credit_moves_nothing() -> None:
    assert booked(payment_postings(Method.CREDIT, 120, Division(((FIRST, 100),), 0, 20), "S-1")) == [
        ("customer_credit", "", 100),
        ("receivable", "INV-1", -100),
    ]
    assert booked(payment_postings(Method.CREDIT, 20, Division((), 0, 20), "S-1")) == []


@pytest.mark.parametrize(
    ("amount", "available", "taken"),
    [
        (0, [(1, 5)], []),
        (5, [(1, 5), (2, 5)], [(1, 5)]),
        (7, [(1, 5), (2, 5)], [(1, 5), (2, 2)]),
        (7, [(1, 0), (2, 5)], [(2, 5)]),  # the rest came from a credit note, not from a payment
        (7, [], []),
    ],
)
def test_earlier_money_is_used_first(
    amount: int, available: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> None:
    assert take(amount, available) == taken
