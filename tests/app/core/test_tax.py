"""Tax: groups of EN 16931, and what is wrong with a typed tax."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.tax import Tax, TaxCategory, problems


def test_the_group_is_category_and_rate_however_the_rate_is_written() -> None:
    assert Tax(TaxCategory.STANDARD, Decimal("19")).group == Tax(TaxCategory.STANDARD, Decimal("19.00")).group
    assert Tax(TaxCategory.STANDARD, Decimal("19")).group != Tax(TaxCategory.STANDARD, Decimal("19.5")).group
    assert Tax(TaxCategory.ZERO, Decimal(0)).group != Tax(TaxCategory.EXEMPT, Decimal(0)).group


def test_the_reason_of_an_exemption_does_not_make_a_group() -> None:
    assert Tax(TaxCategory.EXEMPT, Decimal(0), "Art. 132").group == Tax(TaxCategory.EXEMPT, Decimal(0)).group


@pytest.mark.parametrize("category", list(TaxCategory))
def test_each_category_has_its_right_rate(category: TaxCategory) -> None:
    rate = Decimal(19) if category is TaxCategory.STANDARD else Decimal(0)
    assert problems(Tax(category, rate), "tax") == []


@pytest.mark.parametrize(
    ("category", "rate", "code"),
    [
        ("S", "0", "rate_missing"),
        ("S", "100.000001", "rate_range"),
        ("S", "-1", "rate_range"),
        ("S", "NaN", "rate_range"),
        ("Z", "Infinity", "rate_range"),
        ("Z", "7", "rate_not_zero"),
        ("E", "0.1", "rate_not_zero"),
        ("AE", "19", "rate_not_zero"),
        ("K", "19", "rate_not_zero"),
        ("G", "19", "rate_not_zero"),
        ("O", "19", "rate_not_zero"),
    ],
)
def test_a_wrong_rate_is_named_with_its_path(category: str, rate: str, code: str) -> None:
    (problem,) = problems(Tax(TaxCategory(category), Decimal(rate)), "lines[3].tax")
    assert (problem.field, problem.code) == ("lines[3].tax.rate", code)
    assert problem.message.startswith("lines[3].tax.rate: ")


@pytest.mark.parametrize("rate", ["0.000001", "9.975", "100"])
def test_unusual_standard_rates_are_fine(rate: str) -> None:
    assert problems(Tax(TaxCategory.STANDARD, Decimal(rate)), "tax") == []
