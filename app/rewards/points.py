"""Points for what was bought: how many, what they are worth, and which part of the price they are. Pure.

Points promised because of a purchase are a right of their own: the price is split between the goods and the points by
what each is worth alone, and the points' part is a liability until they are spent or expire (IFRS 15 B39-B43,
correctness E13: 2,000 with points worth 170 is 1,843.32 and 156.68). They are granted as the invoice is paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.errors import Problem
from app.core.money import currencies, decimals, divide
from app.core.quantity import MICRO, micro
from app.ledger.rules import Posting, Role, credit, debit


@dataclass(frozen=True, slots=True)
class Tier:
    """Who bought for `from_net` (currency units, without tax, in twelve months) earns `factor` times as much."""

    name: str
    from_net: Decimal
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Programme:
    """Points for every unit of `currency` paid, without tax, and what one is worth (both in currency units).

    Points expire so many months after the day they were granted; None is never.
    """

    currency: str
    per_unit: Decimal
    value: Decimal
    expiry_months: int | None = None
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one invoice: promised in all, granted of them, spent of those; `liability` in minor units."""

    promised: int = 0
    granted: int = 0
    spent: int = 0
    liability: int = 0

    def __sub__(self, other: Points) -> Points:
        return Points(
            self.promised - other.promised,
            self.granted - other.granted,
            self.spent - other.spent,
            self.liability - other.liability,
        )

    @property
    def available(self) -> int:
        """What can be spent."""
        return self.granted - self.spent

    @property
    def outstanding(self) -> int:
        """What is promised and not spent: the liability is for these."""
        return self.promised - self.spent


def programme_problems(programme: Programme) -> list[Problem]:
    """Everything that is wrong with a programme."""
    found = []
    if programme.currency not in currencies():
        found.append(Problem("currency", "unknown_currency", f"currency: {programme.currency!r} is no currency."))
    for name in ("per_unit", "value"):
        if not 0 < getattr(programme, name) <= 1_000_000:
            found.append(Problem(name, "range", f"{name}: expected a number above zero."))
    if programme.expiry_months is not None and not 1 <= programme.expiry_months <= 600:
        found.append(Problem("expiry_months", "range", "expiry_months: expected 1 to 600 months."))
    for index, tier in enumerate(programme.tiers):
        if tier.from_net < 0 or not 0 < tier.factor <= 100:
            found.append(Problem(f"tiers[{index}]", "range", f"tiers[{index}]: expected a factor above 0, up to 100."))
    return found


def factor_of(programme: Programme, bought: int) -> Decimal:
    """The factor of the highest tier that `bought` (minor units, without tax, in twelve months) reaches; 1 without."""
    places = decimals(programme.currency)
    reached = [tier for tier in programme.tiers if tier.from_net.scaleb(places) <= bought]
    return max(reached, key=lambda tier: tier.from_net).factor if reached else Decimal(1)


def points_of(net: int, programme: Programme, factor: Decimal = Decimal(1)) -> int:
    """Whole points for `net` minor units; what does not make a whole one is dropped."""
    scale: int = MICRO * MICRO * 10 ** decimals(programme.currency)
    return max(net, 0) * micro(programme.per_unit) * micro(factor) // scale


def worth(points: int, value: Decimal, currency: str) -> int:
    """What points come to when they are spent, in minor units."""
    return divide(points * micro(value) * 10 ** decimals(currency), MICRO)


def deferred_of(net: int, points_worth: int) -> int:
    """The part of a price that belongs to the points, by stand-alone values, in minor units."""
    return divide(net * points_worth, net + points_worth) if net > 0 and points_worth > 0 else 0


def points_now(agreed: int, gross: int, lowered: int, settled: int, before: Points) -> Points:
    """How the points of an invoice stand: `agreed` at first, `lowered` by credit notes and discounts, `settled` so far.

    What was spent stays spent; the liability goes down with the points that are left.
    """
    staying = max(gross - lowered, 0)
    promised = agreed * staying // gross if gross > 0 else 0
    granted = promised if settled >= staying else promised * max(settled, 0) // staying
    granted = max(granted, before.spent)
    promised = max(promised, granted)
    left, was = promised - before.spent, before.outstanding
    liability = divide(before.liability * left, was) if was else 0
    return Points(promised, granted, before.spent, liability)


def released(points: Points, spent: int) -> int:
    """The liability that ends when `spent` of an invoice's points are spent or expire, in minor units."""
    return divide(points.liability * spent, points.outstanding) if points.outstanding else 0


@dataclass(frozen=True, slots=True)
class PointsLot:
    """The points of one invoice that can be spent, what one is worth, their last day, and the day of the invoice."""

    invoice_id: int
    invoice: str
    points: Points
    value: Decimal
    expires_on: date | None
    issued_on: date | None = None


def pick(found: Iterable[PointsLot], wanted: int) -> list[tuple[PointsLot, int]]:
    """Which points are spent: those that expire first, then the oldest."""
    picked = []
    for lot in sorted(found, key=lambda lot: (lot.expires_on or date.max, lot.invoice_id)):
        part = min(wanted, lot.points.available)
        if part > 0:
            picked.append((lot, part))
            wanted -= part
    return picked


def points_promise_postings(change: int) -> tuple[Posting, ...]:
    """The points' part of a price is not earned yet."""
    return debit(Role.REVENUE, change), credit(Role.POINTS_LIABILITY, change)


def points_spent_postings(release: int, amount: int) -> tuple[Posting, ...]:
    """Points become credit of what they are worth; what that is beyond their part of the price is revenue less."""
    return (
        debit(Role.POINTS_LIABILITY, release),
        debit(Role.REVENUE, amount - release),
        credit(Role.CUSTOMER_CREDIT, amount),
    )


def months_later(on: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(on.day, last))
