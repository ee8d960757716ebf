"""What customers owe as of any day, how they stand, and their last prices."""

from __future__ import annotations

from datetime import date

import pytest

from app.pipeline.accounts import Account, accounts, last_prices
from app.pipeline.receivables import AGES, age, aged, open_items
from app.store.store import Store
from tests.builders import Story, typed_line


@pytest.fixture
def owing(store: Store) -> Store:
    """INV 1 of 285.60 due 3 April, of which 100.00 was paid on 20 May; INV 2 of 190.40 due 4 May."""
    story = Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), reference="lamps")
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "3"}])
    story.then("confirm_receipt", on="2026-03-04")
    story.then("dispatch", on="2026-04-04", lines=[{"line": 1, "quantity": "2"}])
    story.then("confirm_receipt", on="2026-04-04")
    story.then("pay", on="2026-05-20", amount="100.00")
    return store


@pytest.mark.parametrize(
    ("on", "rows"),
    [
        ("2026-03-03", []),
        ("2026-03-04", [(28560, 0)]),
        ("2026-04-03", [(28560, 0)]),
        ("2026-04-04", [(28560, 1), (19040, 0)]),
        ("2026-05-19", [(28560, 46), (19040, 15)]),
        ("2026-05-20", [(18560, 47), (19040, 16)]),
    ],
)
def test_what_was_open_on_a_day(owing: Store, on: str, rows: list[tuple[int, int]]) -> None:
    day = date.fromisoformat(on)
    with owing.read() as session:
        found = open_items(session, day)
        assert [(item.open, item.days_overdue) for item in found] == rows
        assert open_items(session, day, customer_id=1) == found
        assert open_items(session, day, customer_id=2) == []


def test_sums_by_age(owing: Store) -> None:
    with owing.read() as session:
        (sums,) = aged(open_items(session, date(2026, 5, 20)))
    assert (sums.currency, sums.open, sums.overdue) == ("EUR", 37600, 37600)
    assert sums.by_age == {"not_due": 0, "to_30": 19040, "to_60": 18560, "to_90": 0, "over_90": 0}


@pytest.mark.parametrize(
    ("days", "name"),
    [(0, "not_due"), (1, "to_30"), (30, "to_30"), (31, "to_60"), (60, "to_60"), (61, "to_90"), (91, "over_90")],
)
def test_ages(days: int, name: str) -> None:
    assert age(days) == name
    assert name in AGES


def test_how_a_customer_stands(store: Store) -> None:
    story = Story.of(store, typed_line("Kayak", "1", "100.00"))
    with store.read() as session:
        assert accounts(session, 1) == []
    story.then("pay", amount="50.00")
    with store.read() as session:
        assert accounts(session, 1) == [Account("EUR", receivable=0, credit=0, deposits=5000, revenue=0)]
    story.then("dispatch")
    story.then("confirm_receipt")
    with store.read() as session:
        assert accounts(session, 1) == [Account("EUR", receivable=6900, credit=0, deposits=0, revenue=10000)]
    story.then("pay", amount="100.00")
    with store.read() as session:
        assert accounts(session, 1) == [Account("EUR", receivable=0, credit=3100, deposits=0, revenue=10000)]


def test_last_prices_are_the_newest_of_each_item(store: Store) -> None:
    Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), typed_line("Advice", "1", "60.00"), reference="one")
    Story.of(
        store, typed_line("Lamp, new", "2", "85.00", sku="LA-1"), reference="two", date="2026-04-01", signed=False
    ).then("send_quote", on="2026-04-01")
    Story.of(store, typed_line("Lamp", "9", "1.00", sku="LA-1"), reference="draft", date="2026-05-01", signed=False)
    with store.read() as session:
        found = last_prices(session, 1)
        assert last_prices(session, 1, most=1) == found[:1]
    assert [(row.sku, row.name, str(row.unit_price), row.state) for row in found] == [
        ("LA-1", "Lamp, new", "85", "sent"),
        ("", "Advice", "60", "accepted"),
    ]
