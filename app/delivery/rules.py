"""What may leave, what is still to come, and how a confirmation spreads over deliveries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.errors import NotAllowed
from app.core.money import share
from app.core.quantity import micro, plain
from app.ledger.rules import Posting, Role, credit, debit

ZERO = Decimal(0)


class DeliveryState(StrEnum):
    """Where a delivery stands; computed from what was confirmed of it."""

    PLANNED = "planned"
    DISPATCHED = "dispatched"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Moved:
    """The quantities of one line of the contract so far (feature D04): everything else is computed from them."""

    dispatched: Decimal = ZERO
    accepted: Decimal = ZERO
    damaged: Decimal = ZERO
    missing: Decimal = ZERO
    refused: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def in_transit(self) -> Decimal:
        """Dispatched, and not confirmed in any way; a service is never in transit."""
        return max(self.dispatched - self.damaged - self.missing - self.refused - self.accepted, ZERO)

    def open(self, ordered: Decimal) -> Decimal:
        """Ordered and neither accepted nor under way: damaged, missing and refused goods can be dispatched again."""
        return ordered - self.accepted - self.in_transit


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the buyer says of one line."""

    accepted: Decimal = ZERO
    damaged: Decimal = ZERO
    missing: Decimal = ZERO
    refused: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Everything that is no longer in transit after this."""
        return self.accepted + self.damaged + self.missing + self.refused


@dataclass(frozen=True, slots=True)
class InTransit:
    """A line of a delivery with what is still in transit of it; `cost` is that of its whole `quantity`."""

    delivery_line_id: int
    delivery_number: str
    position: int
    quantity: Decimal
    confirmed: Decimal
    cost: int

    @property
    def open(self) -> Decimal:
        """Quantity in transit."""
        return self.quantity - self.confirmed


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """What a confirmation says of one delivery line, and the cost of each of its outcomes, in minor units."""

    line: InTransit
    confirmed: Confirmed
    accepted_cost: int
    lost_cost: int
    refused_cost: int


def may_dispatch(received: int, due: int, what: str, override: str) -> None:
    """No goods leave before the money that was agreed for it, unless somebody takes it on himself with a reason."""
    if received < due and not override.strip():
        raise NotAllowed(
            f"{what} is not paid yet; record the payment first, or dispatch with an override and its reason."
        )


def spread(lines: Sequence[InTransit], wanted: Mapping[int, Confirmed]) -> list[ReceivedPart]:
    """Spread what was confirmed by position over the delivery lines in transit, oldest first.

    Raises `NotAllowed` if more is confirmed than is in transit.
    """
    by_position: dict[int, list[InTransit]] = {}
    for line in lines:
        by_position.setdefault(line.position, []).append(line)
    parts = []
    for position, confirmed in wanted.items():
        here = by_position.get(position, [])
        on_the_way = sum((line.open for line in here), ZERO)
        if confirmed.total > on_the_way:
            message = f"Line {position}: {plain(confirmed.total)} confirmed, but only {plain(on_the_way)} in transit."
            raise NotAllowed(message)
        parts += _over(here, confirmed)
    return parts


def _over(lines: Iterable[InTransit], confirmed: Confirmed) -> list[ReceivedPart]:
    left = {name: getattr(confirmed, name) for name in ("accepted", "damaged", "missing", "refused")}
    parts = []
    for line in lines:
        room, taken = line.open, {}
        for name, wanted in left.items():
            taken[name] = min(wanted, room)
            left[name] = wanted - taken[name]
            room -= taken[name]
        part = Confirmed(**taken)
        if part.total:
            parts.append(_costed(line, part))
    return parts


def _costed(line: InTransit, part: Confirmed) -> ReceivedPart:
    """The cost of each outcome by cumulative rounding, so that a line confirmed in full leaves nothing in transit."""
    costs, before = [], line.confirmed
    for quantity in (part.accepted, part.damaged + part.missing, part.refused):
        costs.append(share(line.cost, micro(before), micro(quantity), micro(line.quantity)))
        before += quantity
    return ReceivedPart(line, part, *costs)


def dispatch_postings(cost: int) -> tuple[Posting, ...]:
    """Goods leave the shelf at cost; they are ours until received."""
    return debit(Role.GOODS_IN_TRANSIT, cost), credit(Role.INVENTORY, cost)


def difference_postings(parts: Iterable[ReceivedPart]) -> tuple[Posting, ...]:
    """Refused goods go back to the shelf, damaged and missing ones are written off."""
    parts = list(parts)
    refused, lost = sum(part.refused_cost for part in parts), sum(part.lost_cost for part in parts)
    transit = credit(Role.GOODS_IN_TRANSIT, refused + lost)
    return debit(Role.INVENTORY, refused), debit(Role.WRITE_OFF, lost), transit


def return_postings(cost: int, restock: bool) -> tuple[Posting, ...]:
    """Goods come back at the cost they were sold at, or are written off; cost of sales is taken back either way."""
    return debit(Role.INVENTORY if restock else Role.WRITE_OFF, cost), credit(Role.COST_OF_SALES, cost)
