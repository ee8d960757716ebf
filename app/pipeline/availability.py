"""How much of a product can be promised, and counting it: the store room's book together with what the deals moved.

A line moves its product, in the product's own unit; a line with parts moves its parts instead. What was dispatched is
gone, whatever became of it; what came back lies there again if it was put back. Missing or refused goods that lie in
the store room after all are found by the next count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    true,
    type_coerce,
    union,
    union_all,
)

from app.contracts.models import contract
from app.core.quantity import MICRO, from_micro
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
from app.store.types import BigInt, Day


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
    flows = _flows(session, skus, _since(movements.values(), on))
    reserved = _reserved(session, skus)
    return [
        StockItem(one.id, one.sku, one.name, rules.availability(noted, flows[one.sku], reserved[one.sku], on, one.unit))
        for one in products
        for noted in [movements[one.id]]
    ]


def _since(movements: Iterable[Iterable[Movement]], on: date) -> date:
    """The first day whose moves matter one by one: that of the oldest count that holds, or none before `on`."""
    counts = [count.on for noted in movements if (count := rules.last_count(noted, on)) is not None]
    return min(counts, default=on)


@command
def count_stock(session: WriteSession, sku: str, quantity: Decimal, *, on: date, reason: str = "") -> Done:
    """Note how much of a product lies there on a day, in its own unit; the days before no longer matter.

    What is noted later for the same day still counts. Raises `RuleViolation`: a product that is not counted (`sku`), a
    quantity below zero.
    """
    known = counted_product(session, sku)
    check_quantity(quantity)
    noted = book.movements(session, [known.id])[known.id]
    flows = _flows(session, [sku], _since([noted], on))[sku]
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


_NARROWED = 20
"""Up to so many products, lines with parts are narrowed to those that name one of them."""


def _is_touched(number: int) -> ColumnElement[bool]:
    """Whether a line of goods may move one of the products: by its SKU, or as a part."""
    detail = type_coerce(quote_line.c.detail, Text)
    named = or_(true() if number > _NARROWED else false(), *(detail.like(bindparam(x)) for x in _parts(number)))
    touched = union(
        select(quote_line.c.id).where(quote_line.c.sku.in_(bindparam("skus", expanding=True))),
        select(quote_line.c.id).where(HAS_PARTS, named),
    )
    return and_(quote_line.c.kind == "goods", quote_line.c.id.in_(touched))


def _parts(number: int) -> list[str]:
    return [f"part{index}" for index in range(number)] if number <= _NARROWED else []


def _asked(skus: Sequence[str]) -> dict[str, Any]:
    """The values of a statement over these products; more lines than are meant may be found, never fewer."""
    names = (f'%"sku":{json.dumps(sku, ensure_ascii=False)}%' for sku in skus)
    return {"skus": list(skus)} | dict(zip(_parts(len(skus)), names, strict=False))


_LINES = quote_line.join(quote, and_(quote.c.id == quote_line.c.quote_id, standing.IS_LATEST))
_IS_PLAIN: ColumnElement[bool] = not_(or_(HAS_PARTS, text("detail LIKE '%\"own_quantity\":%'")))
_DETAIL = case((_IS_PLAIN, literal("{}", Text)), else_=type_coerce(quote_line.c.detail, Text)).label("detail")
_ORDERED = case((_IS_PLAIN, literal(MICRO, BigInt)), else_=type_coerce(quote_line.c.quantity, BigInt)).label("ordered")
"""Of a plain line neither matters, so that many of them are summed in the database."""


def _sum(source: Any, amount: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    total = select(func.coalesce(func.sum(amount, type_=BigInt), literal(0, BigInt)))
    return total.select_from(source).where(*conditions).correlate(quote, quote_line).scalar_subquery()


_GONE = _sum(
    delivery_line.join(delivery),
    delivery_line.c.quantity,
    delivery.c.deal_id == quote.c.deal_id,
    delivery_line.c.position == quote_line.c.position,
)
_LOST = _sum(
    receipt_line.join(receipt),
    receipt_line.c.damaged + receipt_line.c.missing + receipt_line.c.refused,
    receipt.c.deal_id == quote.c.deal_id,
    receipt_line.c.position == quote_line.c.position,
)


@lru_cache(maxsize=32)
def _orders(number: int) -> Select[Any]:
    """What is open is looked for first: of a long history that is little, and only its contracts are asked for."""
    each = (
        select(
            quote.c.deal_id,
            quote_line.c.sku,
            _DETAIL,
            _ORDERED,
            (type_coerce(quote_line.c.quantity, BigInt) - _GONE + _LOST).label("open"),
        )
        .select_from(_LINES)
        .where(_is_touched(number))
        .cte("each_line")
        .prefix_with("MATERIALIZED")
    )
    deals = each.join(deal, deal.c.id == each.c.deal_id).join(contract, contract.c.deal_id == each.c.deal_id)
    is_live = and_(deal.c.cancelled_on.is_(None), contract.c.cancelled_on.is_(None), standing.SIGNATURES >= 2)
    return (
        select(each.c.sku, each.c.detail, each.c.ordered, func.sum(each.c.open, type_=BigInt).label("open"))
        .select_from(deals)
        .where(each.c.open > 0, is_live)
        .group_by(each.c.sku, each.c.detail, each.c.ordered)
    )


def _moved_by_day(source: Any, day: Any, quantity: Any, sign: int) -> Select[Any]:
    """Moves by day; those before `since` together as one of the first of all days."""
    since = bindparam("since", type_=Day)
    moved_on = case((day < since, literal(date.min, Day)), else_=day)
    total = (func.sum(quantity, type_=BigInt) * literal(sign, BigInt)).label("moved")
    return (
        select(quote_line.c.sku, _DETAIL, _ORDERED, type_coerce(moved_on, Day).label("day"), total)
        .select_from(source)
        .group_by(quote_line.c.sku, _DETAIL, _ORDERED, moved_on)
    )


_DISPATCHED = _moved_by_day(
    _LINES.join(delivery, delivery.c.deal_id == quote.c.deal_id).join(
        delivery_line,
        and_(delivery_line.c.delivery_id == delivery.c.id, delivery_line.c.position == quote_line.c.position),
    ),
    delivery.c.dispatched_on,
    delivery_line.c.quantity,
    -1,
)
_RETURNED = _moved_by_day(
    _LINES.join(goods_return, and_(goods_return.c.deal_id == quote.c.deal_id, goods_return.c.restock)).join(
        return_line,
        and_(return_line.c.return_id == goods_return.c.id, return_line.c.position == quote_line.c.position),
    ),
    goods_return.c.returned_on,
    return_line.c.quantity,
    1,
)


@lru_cache(maxsize=32)
def _moves(number: int) -> Any:
    """Everything that so many products were moved by."""
    return union_all(*(moves.where(_is_touched(number)) for moves in (_DISPATCHED, _RETURNED)))


def _flows(session: Session, skus: Sequence[str], since: date) -> dict[str, list[Flow]]:
    """What deliveries took and returns brought, by SKU; what moved before `since` is one flow at the very beginning."""
    found: dict[str, list[Flow]] = {sku: [] for sku in skus}
    for row in session.rows(_moves(len(skus)), _asked(skus) | {"since": since}) if skus else []:
        for sku, quantity in _moved(row, row.moved):
            if sku in found:
                found[sku].append(Flow(row.day, quantity))
    return found


def _reserved(session: Session, skus: Sequence[str]) -> dict[str, Decimal]:
    """What orders in force still have to take, by SKU: what got lost on its way has to go out once more."""
    found = dict.fromkeys(skus, ZERO)
    for row in session.rows(_orders(len(skus)), _asked(skus)) if skus else []:
        for sku, quantity in _moved(row, row.open):
            if sku in found:
                found[sku] += quantity
    return found


def _moved(row: AnyRow, quantity: int) -> list[tuple[str, Decimal]]:
    return moved_by(row.sku, json.loads(row.detail), from_micro(row.ordered), from_micro(quantity))
