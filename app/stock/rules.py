"""What is on hand on a day, and what is still to come, from movements that are only ever added. Pure.

A count says what was there; everything before it is history. What moved on the day of the count is counted in it as
far as it was known then (`Movement.seen`), and comes on top if it is noted later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.errors import RuleViolation
from app.core.quantity import micro

ZERO = Decimal(0)


class MovementKind(StrEnum):
    """What was noted: what is there, what was bought, what arrived of it, what will not come any more."""

    COUNTED = "counted"
    EXPECTED = "expected"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Movement:
    """A note in the store room's book; the quantity is in the product's own unit.

    `on` is the day of the count or arrival, or the day a purchase is expected. `expected_id` is the purchase that
    arrives or is cancelled. `seen` is, of a count, what had come in less what had gone out that day when it was made.
    """

    id: int
    product_id: int
    kind: MovementKind
    on: date
    quantity: Decimal
    expected_id: int | None = None
    seen: Decimal = ZERO
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in, or with a minus went out, on a day: from deliveries and returns."""

    on: date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Purchase:
    """Something that was bought and has not arrived in full: `open` of `quantity`, expected on a day."""

    id: int
    product_id: int
    on: date
    quantity: Decimal
    open: Decimal
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Availability:
    """How much of a product there is, in its own unit, seen from the day `on`.

    `reserved` is ordered and not dispatched. `incoming` is bought and still to arrive, by day; `late` should have
    arrived before and is not counted on. `counted_on` is None for a product that never was counted.
    """

    on: date
    on_hand: Decimal = ZERO
    reserved: Decimal = ZERO
    incoming: tuple[tuple[date, Decimal], ...] = ()
    late: Decimal = ZERO
    counted_on: date | None = None
    unit: str = "C62"

    @property
    def free(self) -> Decimal:
        """What can be promised from what is there; below zero where more is promised than there is."""
        return self.on_hand - self.reserved

    def free_on(self, day: date) -> Decimal:
        """What can be promised for a day: what is free now and what arrives up to then."""
        return self.free + sum((quantity for due, quantity in self.incoming if due <= day), ZERO)

    def soonest(self, quantity: Decimal) -> date | None:
        """The first day on which so much can be promised; None where nothing that is known suffices."""
        days = [self.on, *(due for due, _ in self.incoming)]
        return next((day for day in sorted(days) if self.free_on(day) >= quantity), None)


def last_count(movements: Iterable[Movement], on: date) -> Movement | None:
    """The count that holds on a day."""
    counts = [one for one in movements if one.kind is MovementKind.COUNTED and one.on <= on]
    return max(counts, key=lambda one: (one.on, one.id), default=None)


def on_hand(movements: Sequence[Movement], flows: Iterable[Flow], on: date) -> Decimal:
    """What is there at the end of a day: the last count and everything since; without a count everything ever noted."""
    count = last_count(movements, on)
    arrivals = (Flow(one.on, one.quantity) for one in movements if one.kind is MovementKind.RECEIVED)
    since = [flow for flow in (*arrivals, *flows) if flow.on <= on and (count is None or flow.on >= count.on)]
    begin = ZERO if count is None else count.quantity - count.seen
    return begin + sum((flow.quantity for flow in since), ZERO)


def purchases(movements: Iterable[Movement]) -> list[Purchase]:
    """What was bought and is still to arrive, by day."""
    movements = tuple(movements)
    settled: dict[int | None, Decimal] = {}
    for one in movements:
        if one.kind in (MovementKind.RECEIVED, MovementKind.CANCELLED):
            settled[one.expected_id] = settled.get(one.expected_id, ZERO) + one.quantity
    found = [
        Purchase(one.id, one.product_id, one.on, one.quantity, one.quantity - settled.get(one.id, ZERO), one.reference)
        for one in movements
        if one.kind is MovementKind.EXPECTED
    ]
    return sorted((one for one in found if one.open > 0), key=lambda one: (one.on, one.id))


def availability(
    movements: Sequence[Movement], flows: Iterable[Flow], reserved: Decimal, on: date, unit: str = "C62"
) -> Availability:
    """Everything that is known of a product as of a day."""
    open_ones = purchases(movements)
    days = sorted({one.on for one in open_ones if one.on >= on})
    count = last_count(movements, on)
    return Availability(
        on=on,
        on_hand=on_hand(movements, flows, on),
        reserved=reserved,
        incoming=tuple((day, sum((one.open for one in open_ones if one.on == day), ZERO)) for day in days),
        late=sum((one.open for one in open_ones if one.on < on), ZERO),
        counted_on=None if count is None else count.on,
        unit=unit,
    )


def check_quantity(quantity: Decimal, *, least: Decimal | None = None) -> None:
    """Raises `RuleViolation` (`quantity`) for what is below zero, not above `least`, or has more than six decimals."""
    micro(quantity, "quantity")
    if quantity < 0 or (least is not None and quantity <= least):
        words = "it has to be above zero." if least is not None else "it is below zero."
        code = "not_positive" if least is not None else "negative"
        raise RuleViolation.of("quantity", code, f"quantity: {quantity}: {words}", value=str(quantity))
