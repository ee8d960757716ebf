"""Money as whole minor units of one currency, and the one way of rounding and of splitting it.

Inside one document all amounts have its currency, so calculations work on plain `int` minor units (cents, yen,
thousandths of a dinar); `Money` joins amount and currency where they leave the document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from app.core.errors import RuleViolation
from app.core.quantity import exact

MAX_MINOR = 10**15
"""Largest amount that is accepted anywhere, in minor units; sums of many still fit 64 bits."""

_CURRENCIES = Path(__file__).parents[2] / "resources" / "currencies.json"


@lru_cache(maxsize=1)
def currencies() -> dict[str, int]:
    """Every currency code of ISO 4217 with its number of decimals."""
    table: dict[str, int] = json.loads(_CURRENCIES.read_text(encoding="utf-8"))
    return table


def decimals(currency: str) -> int:
    """Decimals of a currency: EUR 2, JPY 0, KWD 3. Raises `RuleViolation` for a code that ISO 4217 has not."""
    try:
        return currencies()[currency]
    except KeyError:
        message = f"currency: {currency!r} is no currency of ISO 4217, such as EUR."
        raise RuleViolation.of("currency", "unknown_currency", message, value=currency) from None


def divide(numerator: int, denominator: int) -> int:
    """Quotient rounded half away from zero, exact at any size (EN 16931 rounds so; binary floats and banks do not)."""
    quotient, rest = divmod(abs(numerator), abs(denominator))
    quotient += 2 * rest >= abs(denominator)
    return quotient if (numerator < 0) == (denominator < 0) else -quotient


def to_minor(value: Decimal, currency: str, field: str = "amount") -> int:
    """Minor units of an amount, exactly. Raises `RuleViolation` with more decimals than the currency or too large."""
    places = decimals(currency)
    minor = exact(value, places, MAX_MINOR, field)
    if minor is None:
        message = f"{field}: {value} has more decimals than {currency} allows ({places})."
        raise RuleViolation.of(field, "too_many_decimals", message, value=str(value), currency=currency)
    return minor


def limited(minor: int, field: str) -> int:
    """The amount itself. Raises `RuleViolation` beyond what Handsel keeps, before a database would overflow."""
    if abs(minor) > MAX_MINOR:
        raise RuleViolation.of(field, "too_large", f"{field}: the amount is larger than any that Handsel keeps.")
    return minor


def to_decimal(minor: int, currency: str) -> Decimal:
    """The amount as a decimal with exactly the currency's decimals."""
    return Decimal(minor).scaleb(-decimals(currency))


def amount_text(minor: int, currency: str) -> str:
    """The amount as plain text with exactly the currency's decimals: "12.50", "1250", "12.500"."""
    places = decimals(currency)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` in proportion to `weights` without losing a cent: largest remainder, ties to the earlier part.

    Weights may be negative as long as they do not add up to zero; weights that are all zero share equally.
    """
    if not weights:
        return []
    if total < 0:
        return [-part for part in split(-total, weights)]
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    if whole < 0:
        weights, whole = [-weight for weight in weights], -whole
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda index: -remainders[index])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def share(total: int, before: int, now: int, whole: int) -> int:
    """What `now` of `whole` adds when `before` was already given: cumulative rounding, so the parts add up exactly.

    Deposits, part invoices, credits and schedules all use it: part = round(total x so far) - given before.
    `whole` may be zero only where there is nothing to give.
    """
    if not total:
        return 0
    return divide(total * (before + now), whole) - divide(total * before, whole)


def percent_of(base: int, percent_micro: int) -> int:
    """Percentage of an amount, rounded half away from zero; the percentage in millionths of a percent."""
    return divide(base * percent_micro, 100_000_000)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{amount_text(self.minor, self.currency)} {self.currency}"
