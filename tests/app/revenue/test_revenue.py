"""Revenue: earned when received, taken back with a credit note, never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from app.core.errors import RuleViolation
from app.deals import queries as deals
from app.ledger import service as ledger
from app.ledger.models import journal_entry
from app.ledger.rules import lines
from app.revenue import queries, service
from app.revenue.models import revenue_entry
from app.revenue.rules import Earned, receipt_postings
from app.store.store import Store
from tests.builders import DAY, a_deal, rows_of


def test_receipt_earns_and_costs() -> None:
    earned = [Earned(1, Decimal(2), 10_000, 6_000), Earned(2, Decimal(1), 500)]
    assert [(p.role.value, p.document, p.amount) for p in lines(receipt_postings(earned, "S-1"))] == [
        ("contract_asset", "S-1", 10_500),
        ("revenue", "", -10_500),
        ("cost_of_sales", "", 6_000),
        ("goods_in_transit", "", -6_000),
    ]
    assert lines(receipt_postings([Earned(1, Decimal(1), 0)], "S-1")) == []


def recognise(store: Store, deal_id: int, on: date) -> None:
    with store.write("test") as session:
        earned = [Earned(1, Decimal(2), 10_000, 6_000)]
        service.recognise(session, deals.by_id(session, deal_id), earned, "INV-1", on)


def test_what_was_earned_and_taken_back(store: Store) -> None:
    deal_id = a_deal(store)
    recognise(store, deal_id, DAY)
    with store.write("test") as session:
        service.take_back(session, deals.by_id(session, deal_id), [Earned(1, Decimal(-1), -5_000, -3_000)], "CN-1", DAY)
    with store.read() as session:
        found = queries.of_deal(session, deal_id)
    assert [(entry.position, entry.amount, entry.cost, entry.document) for entry in found] == [
        (1, 10_000, 6_000, "INV-1"),
        (1, -5_000, -3_000, "CN-1"),
    ]
    assert len(rows_of(store, journal_entry)) == 1  # the credit note posts its own entry


def test_in_a_closed_period_it_is_earned_on_the_first_open_day(store: Store) -> None:
    deal_id = a_deal(store)
    with store.write("test") as session:
        ledger.close_period(session, date(2026, 3, 31))
    recognise(store, deal_id, DAY)
    assert [row["earned_on"] for row in rows_of(store, revenue_entry)] == [date(2026, 4, 1)]
    assert [row["posted_on"] for row in rows_of(store, journal_entry)] == [date(2026, 4, 1)]


def test_revenue_cannot_be_changed(store: Store) -> None:
    recognise(store, a_deal(store), DAY)
    with pytest.raises(RuleViolation, match="never changed"), store.write("test") as session:
        session.execute(update(revenue_entry).values(amount=1))
