"""How much of a product can be promised, and counting it: the store room's book together with what the deals moved.

A line moves its product, in the product's own unit; a line with parts moves its parts instead. What was dispatched is
gone, whatever became of it; what came back lies there again if it was put back. Missing or refused goods that lie in
the store room after all are found by the next count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, select, union, union_all

from app.contracts.models import contract
from app.core.quantity import from_micro
from app.deals.models import deal
from app.delivery.models import delivery, delivery_line, goods_return, receipt, receipt_line, return_line
from app.pipeline import standing_sql as standing
from app.quotes.models import HAS_PARTS, quote, quote_line
from app.stock import queries as book
from app.stock import rules
from app.stock.queries import Kept
from app.stock.rules import ZERO, Availability, Flow, Movement, MovementKind, check_quantity
from app.stock.service import counted_product, note
from app.store.history import Done, command
from app.store.session import AnyRow, Session, WriteSession
from app.store.types import BigInt


@dataclass(frozen=True, slots=True)
class StockItem:
    """A product that is counted, and how much of it there is."""

    id: int
    sku: str
    name: str
    availability: Availability


def availability(session: Session, skus: Iterable[str], on: date) -> dict[str, Availability]:
    """How much can be promised of each product that is counted, as of a day; others are left out. Four queries."""
    return {item.sku: item.availability for item in _items(session, book.kept(session, skus), on)}


def stock_list(session: Session, on: date) -> list[StockItem]:
    """Every product that is counted, by name, as of a day. Four queries."""
    return _items(session, book.kept(session), on)


def _items(session: Session, products: Sequence[Kept], on: date) -> list[StockItem]:
    skus = [one.sku for one in products]
    movements = book.movements(session, (one.id for one in products))
    flows, reserved = _flows(session, skus), _reserved(session, skus)
    return [
        StockItem(one.id, one.sku, one.name, rules.availability(noted, flows[one.sku], reserved[one.sku], on, one.unit))
        for one in products
        for noted in [movements[one.id]]
    ]


@command
def count_stock(session: WriteSession, sku: str, quantity: Decimal, *, on: date, reason: str = "") -> Done:
    """Note how much of a product lies there on a day, in its own unit; the days before no longer matter.

    What is noted later for the same day still counts. Raises `RuleViolation`: a product that is not counted (`sku`), a
    quantity below zero.
    """
    known = counted_product(session, sku)
    check_quantity(quantity)
    noted = book.movements(session, [known.id])[known.id]
    flows = _flows(session, [sku])[sku]
    before = rules.on_hand(noted, flows, on)
    seen = _seen(noted, flows, on)
    made = note(session, known.id, MovementKind.COUNTED, quantity, on, seen=seen, words=reason)
    session.changed(f"on hand of {sku}", str(before), str(quantity))
    if seen:
        session.changed("moved on the day of the count", "0", str(seen))
    return Done("count_stock", {"product": known.id, "movement": made})


def _seen(noted: Iterable[Movement], flows: Iterable[Flow], on: date) -> Decimal:
    """What came in less what went out on a day."""
    arrived = (one.quantity for one in noted if one.kind is MovementKind.RECEIVED and one.on == on)
    return sum(arrived, ZERO) + sum((flow.quantity for flow in flows if flow.on == on), ZERO)


# what lines move


def moved_by(sku: str, detail: Mapping[str, Any], ordered: Decimal, quantity: Decimal) -> list[tuple[str, Decimal]]:
    """What `quantity` of a line with `ordered` moves: (SKU, quantity in its own unit), parts in place of the line."""
    if parts := detail.get("parts"):
        return [(part.get("sku", ""), Decimal(part["quantity"]) * quantity) for part in parts]
    own = detail.get("own_quantity")
    return [(sku, quantity if own is None else Decimal(own) * quantity / ordered)]


_TOUCHED = union(
    select(quote_line.c.id).where(quote_line.c.sku.in_(bindparam("skus", expanding=True))),
    select(quote_line.c.id).where(HAS_PARTS),
)
_LINES = (
    quote_line.join(quote, and_(quote.c.id == quote_line.c.quote_id, standing.IS_LATEST))
    .join(deal, deal.c.id == quote.c.deal_id)
    .join(contract, contract.c.deal_id == deal.c.id)
)
_IS_TOUCHED: ColumnElement[bool] = and_(quote_line.c.kind == "goods", quote_line.c.id.in_(_TOUCHED))
_WHAT = (quote_line.c.sku, quote_line.c.detail, quote_line.c.quantity.label("ordered"))


def _sum(source: Any, amount: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    total = select(func.coalesce(func.sum(amount, type_=BigInt), literal(0, BigInt)))
    return total.select_from(source).where(*conditions).correlate(deal, quote_line).scalar_subquery()


_OF_LINE = (receipt.c.deal_id == deal.c.id, receipt_line.c.position == quote_line.c.position)
_LOST = receipt_line.c.damaged + receipt_line.c.missing + receipt_line.c.refused
_GONE = _sum(
    delivery_line.join(delivery),
    delivery_line.c.quantity,
    delivery.c.deal_id == deal.c.id,
    delivery_line.c.position == quote_line.c.position,
)
_ORDERS = (
    select(
        *_WHAT,
        _GONE.label("gone"),
        _sum(receipt_line.join(receipt), _LOST, *_OF_LINE).label("lost"),
    )
    .select_from(_LINES)
    .where(_IS_TOUCHED, deal.c.cancelled_on.is_(None), contract.c.cancelled_on.is_(None), standing.SIGNATURES >= 2)
)


def _moves(source: Any, day: Any, quantity: Any, sign: int) -> Select[Any]:
    return (
        select(*_WHAT, day.label("day"), quantity.label("moved"), literal(sign, BigInt).label("sign"))
        .select_from(source)
        .where(_IS_TOUCHED)
    )


_DISPATCHED = _moves(
    _LINES.join(delivery, delivery.c.deal_id == deal.c.id).join(
        delivery_line,
        and_(delivery_line.c.delivery_id == delivery.c.id, delivery_line.c.position == quote_line.c.position),
    ),
    delivery.c.dispatched_on,
    delivery_line.c.quantity,
    -1,
)
_RETURNED = _moves(
    _LINES.join(goods_return, and_(goods_return.c.deal_id == deal.c.id, goods_return.c.restock)).join(
        return_line,
        and_(return_line.c.return_id == goods_return.c.id, return_line.c.position == quote_line.c.position),
    ),
    goods_return.c.returned_on,
    return_line.c.quantity,
    1,
)
_MOVES = union_all(_DISPATCHED, _RETURNED)


def _flows(session: Session, skus: Sequence[str]) -> dict[str, list[Flow]]:
    """What deliveries took and returns brought, by SKU."""
    found: dict[str, list[Flow]] = {sku: [] for sku in skus}
    for row in session.rows(_MOVES, {"skus": list(skus)}) if skus else []:
        for sku, quantity in _moved(row, row.moved):
            if sku in found:
                found[sku].append(Flow(row.day, quantity * row.sign))
    return found


def _reserved(session: Session, skus: Sequence[str]) -> dict[str, Decimal]:
    """What orders in force still have to take, by SKU: what got lost on its way has to go out once more."""
    found = dict.fromkeys(skus, ZERO)
    for row in session.rows(_ORDERS, {"skus": list(skus)}) if skus else []:
        open_now = row.ordered - from_micro(row.gone) + from_micro(row.lost)
        for sku, quantity in _moved(row, max(open_now, ZERO)):
            if sku in found:
                found[sku] += quantity
    return found


def _moved(row: AnyRow, quantity: Decimal) -> list[tuple[str, Decimal]]:
    return moved_by(row.sku, row.detail, row.ordered, quantity)
