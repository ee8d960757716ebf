"""Quantities, unit prices and percentages: decimals with at most six places, stored as whole millionths.

Units of measure are codes of UN/ECE Recommendation 20.
"""

from __future__ import annotations

import json
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from pathlib import Path

from app.core.errors import RuleViolation

MICRO = 1_000_000
MAX_MICRO = 10**15
"""Largest stored number: a thousand million units, or a unit price of a thousand million."""

_EXACT = Context(prec=60, traps=[Inexact])
"""Scaling must not depend on the thread's context, which silently rounds to 28 digits."""

_UNITS = Path(__file__).parents[2] / "resources" / "units.json"


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """The units Handsel offers: code of UN/ECE Recommendation 20 -> English name."""
    table: dict[str, str] = json.loads(_UNITS.read_text(encoding="utf-8"))
    return table


def exact(value: Decimal, places: int, limit: int, field: str) -> int | None:
    """`value` x 10^places as a whole number, or None if digits would be lost.

    Raises `RuleViolation` for what is not a number (NaN, Infinity) and beyond `limit`, before any large power is made.
    """
    if not value.is_finite():
        message = f"{field}: {value} is not a number; expected plain digits such as 12.50."
        raise RuleViolation.of(field, "not_a_number", message, value=str(value))
    if value and value.adjusted() + places > len(str(limit)):
        raise _too_large(value, places, limit, field)
    try:
        scaled = value.scaleb(places, _EXACT)
    except Inexact:
        return None
    whole = int(scaled)
    if abs(whole) > limit:
        raise _too_large(value, places, limit, field)
    return whole if whole == scaled else None


def _too_large(value: Decimal, places: int, limit: int, field: str) -> RuleViolation:
    largest = Decimal(limit).scaleb(-places)
    message = f"{field}: {value} is too large; the largest number Handsel keeps here is {largest}."
    return RuleViolation.of(field, "too_large", message, value=str(value))


@lru_cache(maxsize=4096)
def micro(value: Decimal, field: str = "number") -> int:
    """Whole millionths of a decimal, exactly. Raises `RuleViolation` with more than six decimals or when too large."""
    whole = exact(value, 6, MAX_MICRO, field)
    if whole is None:
        message = f"{field}: {value:f} has more than six decimals."
        raise RuleViolation.of(field, "too_many_decimals", message, value=str(value))
    return whole


@lru_cache(maxsize=4096)
def from_micro(whole: int) -> Decimal:
    """The decimal of whole millionths, without trailing zeros."""
    return plain(Decimal(whole).scaleb(-6))


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros, never in exponent form and never -0; exact at any length."""
    if not value:
        return Decimal(0)
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
