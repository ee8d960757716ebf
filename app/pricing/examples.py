"""What tiers come to, shown by an example: which part of a quantity has which price. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.pricing.amounts import line_amount, line_price
from app.pricing.book import Reading, Tier


@dataclass(frozen=True, slots=True)
class Example:
    """A quantity, its parts with the price of each, and what they come to in minor units.

    A block has one part without a quantity: its price is that of the whole.
    """

    quantity: Decimal
    parts: tuple[tuple[Decimal | None, Decimal], ...]
    total: int


def example(
    price: Decimal,
    tiers: Sequence[Tier],
    reading: Reading,
    quantity: Decimal,
    currency: str,
    base_quantity: Decimal = Decimal(1),
) -> Example:
    """What a quantity of a fixed price with tiers comes to (docs/spec/pricing.md, Tiers), rounded once."""
    if reading is Reading.SLAB:
        parts = tuple(_slabs(price, tiers, quantity))
    else:
        reached = [tier.value for tier in tiers if quantity >= tier.least_quantity]
        parts = ((None if reading is Reading.BLOCK else quantity, reached[-1] if reached else price),)
    exact = sum((Fraction(value) * (1 if part is None else Fraction(part) / Fraction(base_quantity))
                 for part, value in parts), Fraction(0))  # fmt: skip
    return Example(quantity, parts, _minor(exact, currency))


def fitting_quantity(tiers: Sequence[Tier], least: Decimal = Decimal(0)) -> Decimal:
    """A quantity that shows the tiers: half as much again as the last one begins at."""
    last = max([least, *(tier.least_quantity for tier in tiers)])
    whole = (last * 3 / 2).to_integral_value()
    return whole if whole > last else last + 1


def _slabs(price: Decimal, tiers: Sequence[Tier], quantity: Decimal) -> list[tuple[Decimal | None, Decimal]]:
    bounds, values = [Decimal(0), *(t.least_quantity for t in tiers)], [price, *(t.value for t in tiers)]
    found: list[tuple[Decimal | None, Decimal]] = []
    for place, (lower, value) in enumerate(zip(bounds, values, strict=True)):
        upper = min(quantity, bounds[place + 1]) if place + 1 < len(bounds) else quantity
        if upper > lower:
            found.append((upper - lower, value))
    return found


def _minor(exact: Fraction, currency: str) -> int:
    """Minor units, half away from zero as every line is."""
    return line_amount(Decimal(1), line_price(exact, Decimal(1), currency), currency)
