"""Habits told from what happened, each with its evidence. Pure.

Nothing is guessed from too little: a habit needs so many cases, and a suggestion has to be more common with the thing
than without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

LEAST_TOGETHER = 3
"""Deals in which two things have to stand together before one suggests the other."""

LEAST_SHARE = Fraction(1, 5)
"""Share of the deals with a thing that have to have the other too."""

LEAST_LIFT = Fraction(6, 5)
"""How much more common the other has to be with the thing than in all deals: what everybody takes suggests nothing."""

LEAST_TIMES = 3
"""Days on which something has to be bought before an interval is told."""


@dataclass(frozen=True, slots=True)
class LastPrice:
    """What a customer agreed to pay last for a product: unit price as typed, and the line's net in minor units."""

    sku: str
    on: date
    deal_id: int
    number: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    base_quantity: Decimal
    currency: str
    net: int


@dataclass(frozen=True, slots=True)
class UsualDiscount:
    """The median of what the seller took off a customer's deals by hand, in percent with one decimal.

    `deals` were looked at, the newest; in `given` of them something was taken off.
    """

    percent: Decimal
    deals: int
    given: int


@dataclass(frozen=True, slots=True)
class Companion:
    """`together` of `of` deals that had `with_sku` also had this product."""

    sku: str
    name: str
    with_sku: str
    together: int
    of: int


@dataclass(frozen=True, slots=True)
class Reorder:
    """A product that a customer buys again and again: every `days` (median), so it is due on `due_on`.

    `bought_on` is the evidence, oldest first; `quantity` is the median of what she took.
    """

    sku: str
    name: str
    days: int
    due_on: date
    bought_on: tuple[date, ...]
    quantity: Decimal
    unit: str

    def late_days(self, on: date) -> int:
        """Days since it was due; below zero before."""
        return (on - self.due_on).days


@dataclass(frozen=True, slots=True)
class Bought:
    """A product bought on a day."""

    sku: str
    name: str
    on: date
    quantity: Decimal
    unit: str


def tells(together: int, of: int, everywhere: int, deals: int) -> bool:
    """Whether `together` of `of` is enough to suggest something that stands in `everywhere` of all `deals`."""
    if together < LEAST_TOGETHER or not of or not deals:
        return False
    share = Fraction(together, of)
    return share >= LEAST_SHARE and share >= LEAST_LIFT * Fraction(everywhere, deals)


def median(values: Iterable[Decimal]) -> Decimal:
    """The middle value; between two of them half way. Raises `ValueError` where there is none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("there is no median of nothing")
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def reorder(times: Sequence[Bought], on: date) -> Reorder | None:
    """When a product will be bought again; None where it was bought on too few days, or not for two intervals."""
    days = sorted({one.on for one in times if one.on <= on})
    if len(days) < LEAST_TIMES:
        return None
    gaps = [Decimal((later - earlier).days) for earlier, later in pairwise(days)]
    interval = int(median(gaps).quantize(Decimal(1), ROUND_HALF_UP))
    due_on = days[-1] + timedelta(interval)
    if (on - due_on).days > interval:
        return None
    newest = max(times, key=lambda one: one.on)
    usual = median(sum((one.quantity for one in times if one.on == day), Decimal(0)) for day in days)
    return Reorder(newest.sku, newest.name, interval, due_on, tuple(days), usual, newest.unit)


def usual_discount(deals: Iterable[tuple[int, int]]) -> UsualDiscount | None:
    """From (amount before, taken off) of each deal, in minor units; None without deals. Charges take nothing off."""
    percents = [Decimal(max(off, 0)) * 100 / Decimal(before) if before > 0 else Decimal(0) for before, off in deals]
    if not percents:
        return None
    usual = median(percents).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return UsualDiscount(usual, len(percents), sum(percent > 0 for percent in percents))
