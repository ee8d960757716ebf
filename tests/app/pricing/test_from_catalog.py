"""A product in the unit it is sold in: price, stock and cost each in their own unit, nothing rounded away."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.rules import Kind, Product, SellingUnit
from app.core.errors import RuleViolation
from app.core.totals import line_base
from app.pricing.detail import NO_DETAIL
from app.pricing.from_catalog import line_of, price_as, rounded, sold_in
from tests.builders import a_tax

BOTTLE = Product(
    "BO-1",
    "Bottle",
    "EUR",
    Decimal("1.25"),
    a_tax(),
    cost=Decimal("0.7"),
    units=(
        SellingUnit("BX", Decimal(12)),
        SellingUnit("XPX", Decimal(600), price=Decimal("690.00")),
        SellingUnit("KGM", Decimal(4), Decimal(3)),
    ),
)


def test_two_boxes_of_twelve() -> None:
    line = line_of(BOTTLE, Decimal(2), "EUR", "BX")
    assert (line.quantity, line.unit, line.unit_price, line.base_quantity) == (2, "BX", Decimal(15), 1)
    assert (line.detail.own_quantity, line.detail.own_unit, line.cost) == (24, "C62", Decimal("8.4"))
    assert line_base(line.item, "EUR") == 3000


def test_a_pallet_has_its_own_price() -> None:
    line = line_of(BOTTLE, Decimal("1.5"), "EUR", "XPX")
    assert (line.unit_price, line.detail.own_quantity) == (Decimal(690), Decimal(900))


def test_in_its_own_unit_it_is_a_line_like_any_other() -> None:
    for unit in ("", "C62"):
        line = line_of(BOTTLE, Decimal(3), "EUR", unit)
        assert (line.unit_price, line.base_quantity, line.unit, line.detail) == (Decimal("1.25"), 1, "C62", NO_DETAIL)


def test_a_third_is_exact() -> None:
    line = line_of(BOTTLE, Decimal(3), "EUR", "KGM")
    assert (line.unit_price, line.base_quantity, line.detail.own_quantity) == (Decimal(5), Decimal(3), Decimal(4))
    with pytest.raises(RuleViolation) as refused:
        line_of(BOTTLE, Decimal(1), "EUR", "KGM")
    assert [(p.field, p.code) for p in refused.value.problems] == [("quantity", "inexact")]


def test_a_price_per_hundred_stays_one_per_hundred() -> None:
    nail = replace(BOTTLE, unit_price=Decimal("3.999999"), base_quantity=Decimal(100), units=())
    assert (sold_in(nail, "EUR").unit_price, sold_in(nail, "EUR").base_quantity) == (Decimal("3.999999"), Decimal(100))
    boxed = sold_in(replace(nail, units=(SellingUnit("BX", Decimal(7)),)), "EUR", "BX")
    assert Fraction(boxed.unit_price or 0) / Fraction(boxed.base_quantity) == Fraction("3.999999") * 7 / 100


def test_what_is_digital_is_a_line_of_service() -> None:
    assert line_of(replace(BOTTLE, kind=Kind.DIGITAL), Decimal(1), "EUR").kind is Kind.SERVICE


def test_a_unit_it_is_not_sold_in_and_another_currency() -> None:
    with pytest.raises(RuleViolation, match="'BO-1' is not sold in 'DZN'"):
        line_of(BOTTLE, Decimal(1), "EUR", "DZN")
    with pytest.raises(RuleViolation, match="is in EUR, not in USD"):
        line_of(BOTTLE, Decimal(1), "USD")
    foreign = sold_in(BOTTLE, "USD", "BX")
    assert (foreign.unit_price, foreign.cost, foreign.content) == (None, None, 12)


PRICES = st.decimals(Decimal(0), Decimal(100_000), places=6)
WHOLES = st.integers(1, 5000)


@given(PRICES, WHOLES, WHOLES)
def test_a_price_loses_nothing(price: Decimal, factor: int, per: int) -> None:
    exact = Fraction(price) * factor / per
    unit_price, base = price_as(exact)
    assert Fraction(unit_price) / Fraction(base) == exact


@given(st.fractions(Fraction(-1000), Fraction(1000)))
def test_rounding_is_half_away_from_zero(number: Fraction) -> None:
    assert abs(Fraction(rounded(number)) - number) <= Fraction(1, 2_000_000)
    assert rounded(-number) == -rounded(number)
