"""Revenue by customer and item, tax by rate, and where goods are; each figure against the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.pipeline import sales, stock
from app.pipeline.reports import revenue_report
from app.store.store import Store
from tests.builders import Story, typed_line
from tests.ui.practice import practice_store

YEAR = date(2026, 1, 1), date(2026, 12, 31)
_CASHBACK = ("cashback_liability", "customer_credit")
"""What was promised back lowers revenue, but not what is taxed."""


@pytest.fixture
def lamps(store: Store) -> Story:
    """3 of 5 lamps accepted of 4 sent, one came back; a book at 7 %."""
    story = Story.of(
        store, typed_line("Lamp", "5", "80.00", sku="LA-1", cost="50.00"), typed_line("Book", "1", "10.00", rate="7")
    )
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "4"}, {"line": 2, "quantity": "1"}])
    story.then(
        "confirm_receipt",
        on="2026-03-05",
        lines=[{"line": 1, "accepted": "3"}, {"line": 2, "accepted": "1"}],
    )
    story.then("return", on="2026-04-10", lines=[{"line": 1, "quantity": "1"}], reason="Wrong colour")
    return story


def test_revenue_by_customer(lamps: Story) -> None:
    with lamps.store.read() as session:
        (row,) = sales.by_customer(session, *YEAR)
        (march,) = sales.by_customer(session, date(2026, 3, 1), date(2026, 3, 31))
        assert sales.by_customer(session, date(2026, 5, 1), date(2026, 5, 31)) == []
    assert (row.customer, row.deals, row.revenue, row.cost, row.margin) == ("Lake School", 1, 17000, 10000, 7000)
    assert (march.revenue, march.cost) == (25000, 15000)


def test_revenue_by_item(lamps: Story) -> None:
    with lamps.store.read() as session:
        lamp, book = sales.by_product(session, *YEAR)
    assert (lamp.sku, lamp.quantity, lamp.revenue, lamp.cost) == ("LA-1", Decimal(2), 16000, 10000)
    assert (book.sku, book.name, book.quantity, book.revenue) == ("", "Book", Decimal(1), 1000)


def test_tax_by_rate(lamps: Story) -> None:
    with lamps.store.read() as session:
        rows = sales.tax(session, *YEAR)
        march = sales.tax(session, date(2026, 3, 1), date(2026, 3, 31))
    assert [(row.category, str(row.rate), row.taxable, row.tax) for row in rows] == [
        ("S", "19", 16000, 3040),
        ("S", "7", 1000, 70),
    ]
    assert sales.totals(march) == {"EUR": (25000, 4630)}


def test_where_goods_are(lamps: Story) -> None:
    with lamps.store.read() as session:
        book, lamp = stock.rows(session)
        assert stock.rows(session, "LA-1") == [lamp]
    assert (lamp.ordered, lamp.dispatched, lamp.in_transit) == (5, 4, 1)
    assert (lamp.accepted, lamp.returned, lamp.to_dispatch) == (3, 1, 1)
    assert (book.ordered, book.accepted, book.to_dispatch) == (1, 1, 0)
    assert (lamp.product_id, book.id) == (None, "Book")


def test_only_contracts_in_force_order_goods(store: Store) -> None:
    Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), signed=False)
    with store.read() as session:
        assert stock.rows(session) == []
    story = Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), reference="other")
    with store.read() as session:
        assert stock.rows(session)[0].ordered == 5
    story.then("cancel", reason="Flood")
    with store.read() as session:
        assert stock.rows(session)[0].ordered == 0


def test_figures_of_the_practice_company_are_those_of_its_ledger(tmp_path: Path) -> None:
    today = date(2026, 11, 23)
    days = date(2020, 1, 1), today
    with practice_store(tmp_path / "practice.handsel", today) as store, store.read() as session:
        report = revenue_report(session, today)
        earned = {row.currency: row.credit - row.debit for row in report.balances if row.role == "revenue"}
        taxed = {row.currency: row.credit - row.debit for row in report.balances if row.role == "output_tax"}
        for rows in (sales.by_customer(session, *days), sales.by_product(session, *days)):
            sums: dict[str, int] = {}
            for row in rows:
                sums[row.currency] = sums.get(row.currency, 0) + row.revenue
            assert sums == earned
        totals = sales.totals(sales.tax(session, *days))
        assert {currency: amount for currency, (_, amount) in totals.items() if amount} == taxed
        promised = dict.fromkeys(earned, 0)
        for row in report.balances:
            promised[row.currency] += row.credit - row.debit if row.role in _CASHBACK else 0
        assert {currency: taxable - promised[currency] for currency, (taxable, _) in totals.items()} == earned
        assert all(row.in_transit >= 0 for row in stock.rows(session))
