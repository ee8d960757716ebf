"""Reading deliveries: quantities by line, what is in transit, what can come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Select, and_, bindparam, func, literal, select, union_all

from app.core.quantity import from_micro, micro
from app.delivery.models import delivery, delivery_line, receipt, receipt_line, return_line
from app.delivery.rules import DeliveryState, InTransit, Moved
from app.store.prepared import Prepared
from app.store.session import AnyRow, Session
from app.store.types import BigInt, Day


@dataclass(frozen=True, slots=True)
class Delivered:
    """A line of a delivery: what left and what was accepted of it."""

    position: int
    dispatched: Decimal
    accepted: Decimal


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery with its lines; `received_on` is the day its last piece was confirmed."""

    id: int
    number: str
    dispatched_on: date
    received_on: date | None
    carrier: str
    tracking: str
    lines: tuple[Delivered, ...]

    @property
    def state(self) -> DeliveryState:
        """Received once nothing of it is in transit."""
        return DeliveryState.RECEIVED if self.received_on else DeliveryState.DISPATCHED


@dataclass(frozen=True, slots=True)
class Returnable:
    """What was accepted at one receipt and can still come back; `cost` is that of all `accepted`."""

    receipt_line_id: int
    receipt_id: int
    position: int
    accepted: Decimal
    returned: Decimal
    cost: int


_CONFIRMED = receipt_line.c.accepted + receipt_line.c.damaged + receipt_line.c.missing + receipt_line.c.refused


_DISPATCHED = (
    select(
        delivery_line.c.position, literal("dispatched").label("what"), func.sum(delivery_line.c.quantity, type_=BigInt)
    )
    .join_from(delivery_line, delivery)
    .where(delivery.c.deal_id == bindparam("deal_id"))
    .group_by(delivery_line.c.position)
)


def _confirmed(what: str) -> Select[tuple[int, str, int]]:
    return (
        select(receipt_line.c.position, literal(what), func.sum(receipt_line.c[what], type_=BigInt))
        .join_from(receipt_line, receipt)
        .where(receipt.c.deal_id == bindparam("deal_id"))
        .group_by(receipt_line.c.position)
    )


_RETURNED = (
    select(return_line.c.position, literal("returned"), func.sum(return_line.c.quantity, type_=BigInt))
    .join_from(return_line, receipt_line)
    .join(receipt)
    .where(receipt.c.deal_id == bindparam("deal_id"))
    .group_by(return_line.c.position)
)
_MOVED = Prepared(union_all(_DISPATCHED, *map(_confirmed, ("accepted", "damaged", "missing", "refused")), _RETURNED))
_LINES = Prepared(
    select(
        delivery_line.c.id,
        delivery.c.id.label("delivery_id"),
        delivery.c.number,
        delivery.c.dispatched_on,
        delivery.c.carrier,
        delivery.c.tracking,
        delivery_line.c.position,
        delivery_line.c.quantity,
        delivery_line.c.cost,
        func.coalesce(func.sum(_CONFIRMED, type_=BigInt), 0).label("confirmed"),
        func.coalesce(func.sum(receipt_line.c.accepted, type_=BigInt), 0).label("accepted"),
        func.max(receipt.c.confirmed_on, type_=Day).label("confirmed_on"),
    )
    .join_from(delivery_line, delivery)
    .outerjoin(receipt_line, receipt_line.c.delivery_line_id == delivery_line.c.id)
    .outerjoin(receipt, receipt.c.id == receipt_line.c.receipt_id)
    .where(delivery.c.deal_id == bindparam("deal_id"))
    .group_by(delivery_line.c.id, delivery.c.id)
    .order_by(delivery_line.c.id)
)
_RETURNABLE = Prepared(
    select(
        receipt_line.c.id,
        receipt_line.c.receipt_id,
        receipt_line.c.position,
        receipt_line.c.accepted,
        func.coalesce(func.sum(return_line.c.quantity, type_=BigInt), 0).label("returned"),
        receipt_line.c.cost,
    )
    .join_from(receipt_line, receipt)
    .outerjoin(return_line, return_line.c.receipt_line_id == receipt_line.c.id)
    .where(
        and_(
            receipt.c.deal_id == bindparam("deal_id"),
            receipt_line.c.delivery_line_id.is_not(None),
            receipt_line.c.accepted > literal(0, BigInt),
        )
    )
    .group_by(receipt_line.c.id)
    .order_by(receipt_line.c.id.desc())
)


def moved(session: Session, deal_id: int) -> dict[int, Moved]:
    """Quantities by position of the contract; a position that nothing happened to is left out. One query."""
    sums: dict[int, dict[str, Decimal]] = {}
    for position, what, quantity in session.rows(_MOVED, {"deal_id": deal_id}):
        sums.setdefault(position, {})[what] = from_micro(quantity)
    return {position: Moved(**values) for position, values in sums.items()}


def in_transit(session: Session, deal_id: int) -> list[InTransit]:
    """The delivery lines of which something is still in transit, oldest first."""
    lines = [
        InTransit(row.id, row.number, row.position, row.quantity, from_micro(row.confirmed), row.cost)
        for row in session.rows(_LINES, {"deal_id": deal_id})
    ]
    return [line for line in lines if line.open > 0]


def of_deal(session: Session, deal_id: int) -> Sequence[Delivery]:
    """The deliveries of a deal with their lines, in the order they left."""
    rows = session.rows(_LINES, {"deal_id": deal_id})
    grouped = [list(members) for _, members in groupby(rows, key=lambda row: row.delivery_id)]
    return [_delivery(members) for members in grouped]


def _delivery(members: Sequence[AnyRow]) -> Delivery:
    first, done = members[0], all(row.confirmed == micro(row.quantity) for row in members)
    days = [row.confirmed_on for row in members if row.confirmed_on]
    return Delivery(
        id=first.delivery_id,
        number=first.number,
        dispatched_on=first.dispatched_on,
        received_on=max(days) if done else None,
        carrier=first.carrier,
        tracking=first.tracking,
        lines=tuple(Delivered(row.position, row.quantity, from_micro(row.accepted)) for row in members),
    )


def returnable(session: Session, deal_id: int) -> list[Returnable]:
    """What was accepted of goods and can still come back, the latest receipt first (last out, first back)."""
    rows = session.rows(_RETURNABLE, {"deal_id": deal_id})
    return [Returnable(r.id, r.receipt_id, r.position, r.accepted, from_micro(r.returned), r.cost) for r in rows]
