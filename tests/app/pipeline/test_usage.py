"""Where a product was offered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.catalog.rules import margin_percent
from app.pipeline import usage
from app.store.store import Store
from tests.builders import Story, typed_line


def test_where_a_product_was_offered(store: Store) -> None:
    Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), reference="one")
    sent = Story.of(
        store, typed_line("Lamp", "2", "85.00", sku="LA-1"), reference="two", date="2026-04-01", signed=False
    )
    sent.then("send_quote", on="2026-04-01")
    Story.of(store, typed_line("Other", "1", "1.00", sku="LA-10"), reference="other")
    with store.read() as session:
        rows = usage.uses(session, "LA-1", date(2026, 5, 2))
        assert usage.deals_with(session, "LA-1") == 2
        assert usage.deals_with(session, "LA") == 0
        assert usage.uses(session, "LA-1", date(2026, 4, 2), most=1)[0].state == "sent"
    assert [(row.state, row.quantity, row.unit_price, row.net) for row in rows] == [
        ("expired", Decimal(2), Decimal(85), 17000),
        ("accepted", Decimal(5), Decimal(80), 40000),
    ]


@pytest.mark.parametrize(
    ("price", "base", "cost", "margin"),
    [
        ("80", "1", "50", "37.5"),
        ("4", "100", "0.03", "25.0"),
        ("10", "1", "12", "-20.0"),
        ("10", "1", None, None),
        ("0", "1", "1", None),
        ("3", "1", "2", "33.3"),
    ],
)
def test_margin_of_a_list_price(price: str, base: str, cost: str | None, margin: str | None) -> None:
    found = margin_percent(Decimal(price), Decimal(base), None if cost is None else Decimal(cost))
    assert (None if found is None else str(found)) == margin
