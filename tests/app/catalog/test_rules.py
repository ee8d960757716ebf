"""What has to hold before a product can be sold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.rules import Product, check
from tests.builders import a_tax

PADDLE = Product("PD-210", "Paddle 210 cm", "EUR", Decimal("79.90"), a_tax())


def test_a_product_that_can_be_sold() -> None:
    assert check(PADDLE) == []
    assert check(replace(PADDLE, unit_price=Decimal(0), cost=Decimal(0), unit="KGM")) == []


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"sku": " "}, "sku", "missing"),
        ({"name": ""}, "name", "missing"),
        ({"unit": "PIECE"}, "unit", "unknown_unit"),
        ({"unit_price": Decimal("-0.01")}, "unit_price", "negative"),
        ({"cost": Decimal("-1")}, "cost", "negative"),
        ({"base_quantity": Decimal(0)}, "base_quantity", "not_positive"),
        ({"tax": a_tax("0")}, "tax.rate", "rate_missing"),
        ({"tax": a_tax("101")}, "tax.rate", "rate_range"),
        ({"tax": a_tax("7", "E")}, "tax.rate", "rate_not_zero"),
    ],
)
def test_what_is_wrong_with_a_product(change: dict[str, object], field: str, code: str) -> None:
    (problem,) = check(replace(PADDLE, **change))  # type: ignore[arg-type]
    assert (problem.field, problem.code) == (field, code)
    assert problem.message.startswith(f"{field}: ")


def test_all_problems_are_told_together() -> None:
    assert [problem.field for problem in check(replace(PADDLE, sku="", name="", unit="X"))] == ["sku", "name", "unit"]
