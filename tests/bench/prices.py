"""Pricing a large order: 10,000 lines of 3,000 products with 200 price rules, at once and line by line as it is typed.

Half the rules are entries of two price lists with tiers, half are promotions: for a product, a category or everything,
a quarter of each stacking mode.
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from statistics import median

from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis
from app.pricing.book import (
    Asked,
    Circumstances,
    Conditions,
    Effect,
    EffectKind,
    Method,
    PriceBook,
    PriceEntry,
    PriceList,
    Promotion,
    Stacking,
    Tier,
)
from app.pricing.engine import apply
from tests.bench.table import show

ROUNDS = 5
_TAX = Tax(TaxCategory.STANDARD, Decimal(19))
_CATEGORIES = tuple(f"Category {number}" for number in range(40))


def a_large_order(count: int) -> tuple[PriceBook, tuple[Asked, ...], Circumstances]:
    """Two hundred rules, so many lines, and who asks."""
    lines = tuple(
        Asked(
            f"SKU-{place % 3000}",
            Decimal(1 + place % 50),
            Decimal(10 + place % 90) + Decimal("0.99"),
            tax=_TAX,
            category=_CATEGORIES[place % 40],
            cost=Decimal(5),
        )
        for place in range(count)
    )
    promotions = tuple(_promotion(number) for number in range(80))
    return PriceBook(_lists(), promotions=promotions), lines, Circumstances(date(2026, 3, 2), Basis("EUR"))


def _lists() -> tuple[PriceList, ...]:
    tiers = (Tier(Decimal(10), Decimal(8)), Tier(Decimal(25), Decimal(7)))
    products = tuple(PriceEntry(Method.FIXED, Decimal(9), f"SKU-{7 * number}", tiers=tiers) for number in range(80))
    categories = tuple(PriceEntry(Method.PERCENT_OFF, Decimal(5), category=name) for name in _CATEGORIES)
    return PriceList("Products", "EUR", products), PriceList("Categories", "EUR", categories)


def _promotion(number: int) -> Promotion:
    """Sixty for two products each, sixteen for a category, four for everything."""
    if number < 60:
        when = Conditions(skus=(f"SKU-{11 * number}", f"SKU-{13 * number}"))
    elif number < 76:
        when = Conditions(categories=(_CATEGORIES[number % 40],))
    else:
        when = Conditions(least_order=Decimal(100))
    effect = Effect(EffectKind.PERCENT, percent=Decimal(1 + number % 20))
    return Promotion(f"Promotion {number}", effect, when, tuple(Stacking)[number % 4], currency="EUR")


def _seconds(count: int) -> float:
    book, lines, who = a_large_order(count)
    start = time.perf_counter()
    apply(book, lines, who)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    rows = []
    for count in (5, 100, 1_000, 10_000):
        taken = [_seconds(count) for _ in range(ROUNDS)]
        rows.append((f"{count:,} lines", f"{1000 * median(taken):.1f}", f"{1000 * max(taken):.1f}"))
    show("Pricing with 200 rules (milliseconds)", ("order", "median", "slowest"), rows)


if __name__ == "__main__":
    main()
