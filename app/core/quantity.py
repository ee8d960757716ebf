"""Quantities, unit prices and percentages: decimals with at most six places, stored as whole millionths.

Units of measure are codes of UN/ECE Recommendation 20.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from app.core.errors import RuleViolation

MICRO = 1_000_000
MAX_MICRO = 10**15
"""Largest stored number: a thousand million units, or a unit price of a thousand million."""

_UNITS = Path(__file__).parents[2] / "resources" / "units.json"


@lru_cache(maxsize=1)
def units() -> dict[str, str]:
    """The units Handsel offers: code of UN/ECE Recommendation 20 -> English name."""
    table: dict[str, str] = json.loads(_UNITS.read_text(encoding="utf-8"))
    return table


def micro(value: Decimal, field: str = "number") -> int:
    """Whole millionths of a decimal, exactly. Raises `RuleViolation` with more than six decimals or when too large."""
    scaled = value.scaleb(6)
    whole = int(scaled)
    if whole != scaled:
        message = f"{field}: {value} has more than six decimals."
        raise RuleViolation.of(field, "too_many_decimals", message, value=str(value))
    if abs(whole) > MAX_MICRO:
        raise RuleViolation.of(field, "too_large", f"{field}: {value} is larger than 1000000000.", value=str(value))
    return whole


def from_micro(whole: int) -> Decimal:
    """The decimal of whole millionths, without trailing zeros."""
    return plain(Decimal(whole).scaleb(-6))


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and never in exponent form."""
    shorter = value.normalize()
    return shorter.quantize(Decimal(1)) if shorter.as_tuple().exponent > 0 else shorter  # type: ignore[operator]
