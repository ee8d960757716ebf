"""Examples of tiers come to what the engine says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.core.totals import Basis
from app.pricing.amounts import UnitPrice, line_amount
from app.pricing.book import Asked, Circumstances, Method, PriceBook, PriceEntry, PriceList, Reading, Tier
from app.pricing.engine import apply
from app.pricing.examples import example, fitting_quantity

D = Decimal
TIERS = (Tier(D(10), D(4)), Tier(D(50), D("3.335")))


def test_ten_at_five_and_five_at_four() -> None:
    told = example(D(5), TIERS, Reading.SLAB, D(15), "EUR")
    assert told.parts == ((D(10), D(5)), (D(5), D(4)))
    assert told.total == 7000


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("quantity", ["1", "9.5", "10", "11", "50", "51", "73.25"])
def test_it_is_what_a_line_would_cost(reading: Reading, quantity: str) -> None:
    entry = PriceEntry(Method.FIXED, D(5), sku="A", reading=reading, tiers=TIERS)
    book = PriceBook((PriceList("L", "EUR", (entry,)),))
    line = apply(book, (Asked("A", D(quantity)),), Circumstances(date(2026, 1, 1), Basis("EUR"))).lines[0]
    assert line.unit_price is not None
    wanted = line_amount(D(quantity), UnitPrice(line.unit_price, line.base_quantity), "EUR")
    assert example(D(5), TIERS, reading, D(quantity), "EUR").total == wanted


def test_the_price_is_for_so_many() -> None:
    assert example(D(5), (), Reading.ALL_UNITS, D(30), "EUR", D(10)).total == 1500


def test_a_quantity_beyond_the_last_tier() -> None:
    assert fitting_quantity(TIERS) == 75
    assert fitting_quantity(()) == 1
    assert fitting_quantity((Tier(D(1), D(1)),)) == 2
