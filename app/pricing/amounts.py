"""Exact prices and what they come to: fractions inside, six decimals in a unit price, one rounding a line. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.core.formula import rounded
from app.core.money import decimals, divide, limited
from app.core.quantity import MICRO, from_micro, micro, plain
from app.core.tax import Tax

PLACES = 6
"""Decimals of a unit price."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """A price per `base_quantity` units of the line."""

    amount: Decimal
    base_quantity: Decimal = Decimal(1)

    @property
    def exact(self) -> Fraction:
        """The price of one unit."""
        return Fraction(self.amount) / Fraction(self.base_quantity)


def _rounded(value: Fraction, places: int) -> Decimal:
    return plain(rounded(value, places))


def line_amount(quantity: Decimal, price: UnitPrice, currency: str) -> int:
    """Quantity x price / base quantity in minor units, as `app.core.totals.line_base` rounds it."""
    numerator = micro(quantity) * micro(price.amount) * 10 ** decimals(currency)
    return limited(divide(numerator, micro(price.base_quantity) * MICRO), "unit_price")


def unit_price(each: Fraction, base_quantity: Decimal = Decimal(1), round_to: Decimal | None = None) -> UnitPrice:
    """The price of one unit as it is kept: per `base_quantity`, with six decimals or in steps of `round_to`."""
    whole = each * Fraction(base_quantity)
    if round_to:
        step = Fraction(round_to)
        return UnitPrice(_rounded(Fraction(_rounded(whole / step, 0)) * step, PLACES), base_quantity)
    return UnitPrice(_rounded(whole, PLACES), base_quantity)


def line_price(total: Fraction, quantity: Decimal, currency: str) -> UnitPrice:
    """A price for the whole line: rounded once to the currency, per the line's quantity (EN 16931, BT-149)."""
    return UnitPrice(_rounded(total, decimals(currency)), quantity)


def per_line_unit(price: UnitPrice, quantity: Decimal, own_quantity: Decimal | None) -> UnitPrice:
    """A price per own unit (piece) as a price per unit of the line (box), without losing a digit."""
    if own_quantity is None or own_quantity == quantity:
        return price
    each = Fraction(price.amount) * Fraction(own_quantity) / Fraction(quantity)
    whole = _rounded(each, PLACES)
    if Fraction(whole) == each:
        return UnitPrice(whole, price.base_quantity)
    return UnitPrice(
        _rounded(Fraction(price.amount) * Fraction(own_quantity), PLACES),
        from_micro(divide(micro(quantity) * micro(price.base_quantity), MICRO)),
    )


def tax_factor(tax: Tax, *, has_tax: bool, wants_tax: bool) -> Fraction:
    """By what a price is multiplied to be with or without tax; 1 where it is as wanted already."""
    if has_tax == wants_tax:
        return Fraction(1)
    factor = 1 + Fraction(tax.rate) / 100
    return factor if wants_tax else 1 / factor


def in_mode(price: UnitPrice, tax: Tax, *, has_tax: bool, wants_tax: bool) -> UnitPrice:
    """The price with or without tax, with six decimals."""
    if has_tax == wants_tax:
        return price
    factor = tax_factor(tax, has_tax=has_tax, wants_tax=wants_tax)
    return UnitPrice(_rounded(Fraction(price.amount) * factor, PLACES), price.base_quantity)
