"""Parties and the small printed values."""

from __future__ import annotations

from datetime import date

from app.core.dates import add_days
from app.core.party import Address, Party
from app.core.printed import PrintedTotals


def test_goods_go_to_the_delivery_address_if_there_is_one() -> None:
    home, yard = Address(city="Kiel"), Address(city="Lübeck")
    assert Party("A", address=home).ship_to == home
    assert Party("A", address=home, delivery_address=yard).ship_to == yard


def test_an_address_without_any_line_is_none() -> None:
    assert not Address()
    assert all(Address(**{name: "x"}) for name in Address.__dataclass_fields__)


def test_payable_is_gross_less_prepaid_plus_rounding() -> None:
    totals = PrintedTotals(100, 0, 0, 100, 19, 119, (), prepaid=50, rounding=1)
    assert totals.payable == 70  # BR-CO-16
    assert PrintedTotals(100, 0, 0, 100, 19, 119, ()).payable == 119


def test_days_are_added_over_months_and_leap_days() -> None:
    assert add_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert add_days(date(2026, 12, 31), 30) == date(2027, 1, 30)
    assert add_days(date(2026, 3, 2), -2) == date(2026, 2, 28)
