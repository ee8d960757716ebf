"""Money on a real file: what is left of deposits and credit, whatever they were used for."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from app.core.errors import RuleViolation
from app.deals import queries as deals
from app.ledger import queries as books
from app.ledger.models import document, journal_entry
from app.payments import queries, service
from app.payments.models import payment
from app.payments.rules import Division, Method
from app.payments.service import Given
from app.store.store import Store
from tests.builders import DAY, a_deal, rows_of

LATER = date(2026, 3, 9)


def record(store: Store, deal_id: int, amount: int, deposit: int = 0, method: Method = Method.BANK) -> str:
    with store.write("test") as session:
        division = Division((), deposit, amount - deposit)
        return service.record(session, deals.by_id(session, deal_id), Given(amount, method, DAY, "Ref"), division)[1]


def left(store: Store, deal_id: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]], int]:
    """Deposits, credits, and the credit that the ledger knows."""
    with store.read() as session:
        deal = deals.by_id(session, deal_id)
        return (
            queries.deposits_left(session, deal_id),
            queries.credits_left(session, deal.customer_id, "EUR"),
            books.customer_credit(session, deal.customer_id, "EUR"),
        )


def test_a_payment_is_recorded_with_its_entry_and_receipt(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    assert record(store, deal_id, 100, deposit=60) == "P-2026-0001"
    (row,) = rows_of(store, payment)
    assert (row["amount"], row["deposit"], row["credit"], row["currency"]) == (100, 60, 40, "EUR")
    assert rows_of(store, journal_entry)[-1]["text"] == "Payment by bank, Ref"
    assert rows_of(store, document)[-1]["file_name"] == "receipt P-2026-0001"
    assert left(store, deal_id) == ([(1, 60)], [(1, 40)], 40)


def test_deposits_are_used_the_oldest_first(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    record(store, deal_id, 60, deposit=60)
    record(store, deal_id, 50, deposit=50)
    with store.write("test") as session:
        deal = deals.by_id(session, deal_id)
        assert service.use_deposit(session, deal, 80, "INV-1", LATER) == [(1, 60), (2, 20)]
    assert left(store, deal_id)[0] == [(1, 0), (2, 30)]
    with store.write("test") as session:
        service.free_deposit(session, deal, 30, LATER, "Freed")
        service.free_deposit(session, deal, 0, LATER, "Nothing to free")
    assert left(store, deal_id) == ([(1, 0), (2, 0)], [(1, 0), (2, 30)], 30)
    with store.read() as session:
        assert [(item.amount, item.deposit, item.spent) for item in queries.of_deal(session, deal_id)] == [
            (60, 60, 0),
            (50, 50, 0),
        ]


def test_credit_is_used_the_oldest_first_over_all_deals_of_the_customer(store: Store) -> None:
    first, second = a_deal(store, until="accepted"), a_deal(store, until="accepted")
    record(store, first, 30)
    record(store, second, 50)
    record(store, second, 40, deposit=40, method=Method.CREDIT)
    assert left(store, second) == ([(3, 40)], [(1, 0), (2, 40), (3, 0)], 40)
    with store.write("test") as session:
        number = service.refund(session, deals.by_id(session, first), Given(25, Method.CASH, LATER, "", "Asked for"))
    assert number == "P-2026-0004"
    assert left(store, first) == ([], [(1, 0), (2, 15), (3, 0)], 15)
    with store.read() as session:
        paid = queries.of_deal(session, first)
    assert [(item.direction, item.amount, item.spent) for item in paid] == [("in", 30, 30), ("out", 25, 0)]


def test_credit_that_pays_more_than_is_open_moves_to_the_newer_payment(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    record(store, deal_id, 50)
    record(store, deal_id, 50, deposit=20, method=Method.CREDIT)
    assert left(store, deal_id) == ([(2, 20)], [(1, 0), (2, 30)], 30)


def test_money_without_a_deal_is_all_credit(store: Store) -> None:
    deal_id = a_deal(store, until="accepted")
    with store.write("test") as session:
        number = service.record_credit(session, 1, "EUR", Given(70, Method.CHEQUE, DAY))[1]
        service.record_credit(session, 1, "USD", Given(99, Method.CHEQUE, DAY))
    assert number == "P-2026-0001"
    assert left(store, deal_id) == ([], [(1, 70)], 70)
    assert [row["deal_id"] for row in rows_of(store, payment)] == [None, None]


def test_a_payment_cannot_be_changed(store: Store) -> None:
    record(store, a_deal(store, until="accepted"), 100)
    with pytest.raises(RuleViolation, match="never changed"), store.write("test") as session:
        session.execute(update(payment).values(amount=1))
