"""Asking her own history. Only what was agreed counts: accepted quotes of deals that were not cancelled.

Every question is one statement and looks at a bounded number of deals, so that it stays quick however long the history
is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from app.catalog.models import product
from app.deals.models import deal
from app.insights import rules
from app.insights.rules import Bought, Companion, LastPrice, Reorder, UsualDiscount, tells
from app.quotes.models import quote, quote_line
from app.store.session import AnyRow, Session
from app.store.types import BigInt, Day

NEWEST = 1000
"""Deals with a product that are looked at, the newest."""

NEWEST_OF_CUSTOMER = 25
"""Deals of a customer that tell her usual discount."""

_AGREED: ColumnElement[bool] = and_(quote.c.state == "accepted", deal.c.cancelled_on.is_(None))
_DAY = func.coalesce(quote.c.decided_on, quote.c.made_on, type_=Day)
_HERS: ColumnElement[bool] = deal.c.customer_id == bindparam("customer_id")
_LINES = quote_line.join(quote, quote.c.id == quote_line.c.quote_id).join(deal, deal.c.id == quote.c.deal_id)
_QUOTES = quote.join(deal, deal.c.id == quote.c.deal_id)

_RANKED = (
    select(
        quote_line.c.sku,
        _DAY.label("agreed_on"),
        deal.c.id.label("deal_id"),
        deal.c.number,
        quote_line.c.quantity,
        quote_line.c.unit,
        quote_line.c.unit_price,
        quote_line.c.base_quantity,
        deal.c.currency,
        quote_line.c.net,
        func.row_number()
        .over(partition_by=quote_line.c.sku, order_by=(_DAY.desc(), quote_line.c.id.desc()))
        .label("place"),
    )
    .select_from(_LINES)
    .where(_HERS, _AGREED, quote_line.c.sku.in_(bindparam("skus", expanding=True)))
    .subquery()
)
_LAST = select(*(column for column in _RANKED.c if column.name != "place")).where(_RANKED.c.place == 1)


def last_prices(session: Session, customer_id: int, skus: Iterable[str]) -> dict[str, LastPrice]:
    """What a customer agreed to pay last for each of the products that she had before, by SKU."""
    wanted = sorted({sku for sku in skus if sku})
    if not wanted:
        return {}
    rows = session.rows(_LAST, {"customer_id": customer_id, "skus": wanted})
    return {row.sku: LastPrice(*row) for row in rows}


_NEWEST_QUOTES = (
    select(quote.c.id)
    .select_from(_QUOTES)
    .where(_HERS, _AGREED)
    .order_by(_DAY.desc(), quote.c.id.desc())
    .limit(NEWEST_OF_CUSTOMER)
)
_DISCOUNTS = (
    select(quote.c.id, quote.c.typed, quote.c.reductions.label("document"), quote_line.c.reductions)
    .select_from(quote_line.join(quote, quote.c.id == quote_line.c.quote_id))
    .where(quote.c.id.in_(_NEWEST_QUOTES))
    .order_by(quote.c.id, quote_line.c.position)
)


def usual_discount(session: Session, customer_id: int) -> UsualDiscount | None:
    """What the seller usually takes off for a customer, without promotions; None before her first deal."""
    rows = session.rows(_DISCOUNTS, {"customer_id": customer_id})
    quotes = (list(members) for _, members in groupby(rows, key=lambda row: row.id))
    return rules.usual_discount(_taken_off(members) for members in quotes)


def _taken_off(lines: list[AnyRow]) -> tuple[int, int]:
    """Quantity x price of a quote's lines, and what was typed off them and off the whole, in minor units."""
    typed: Mapping[str, Any] = lines[0].typed
    before = off = 0
    for amounts, line in zip(typed["lines"], lines, strict=True):
        changes = amounts.get("changes", [])
        before += amounts["amount"] - sum(changes)
        off -= sum(change for change, told in zip(changes, line.reductions, strict=True) if not told.get("promotion"))
    for piece in typed.get("pieces", []):
        if not lines[0].document[piece["reduction"]].get("promotion"):
            off -= sum(piece["shares"])
    return before, off


_ASKED = (
    select(
        quote_line.c.sku,
        quote.c.id.label("quote_id"),
        func.row_number().over(partition_by=quote_line.c.sku, order_by=quote.c.id.desc()).label("place"),
    )
    .select_from(_LINES)
    .where(quote_line.c.sku.in_(bindparam("skus", expanding=True)), _AGREED)
    .group_by(quote_line.c.sku, quote.c.id)
    .subquery()
)
_TOOK = select(_ASKED.c.sku, _ASKED.c.quote_id).where(_ASKED.c.place <= NEWEST).cte("took")
"""The newest deals with each product that was asked for."""

_OTHER = quote_line.alias("other")
_TOGETHER = func.count(_OTHER.c.quote_id.distinct())
_PAIRS = (
    select(_TOOK.c.sku.label("with_sku"), _OTHER.c.sku, _TOGETHER.label("together"))
    .select_from(_TOOK.join(_OTHER, _OTHER.c.quote_id == _TOOK.c.quote_id))
    .where(_OTHER.c.sku != "", _OTHER.c.sku.not_in(bindparam("skus", expanding=True)))
    .group_by(_TOOK.c.sku, _OTHER.c.sku)
    .having(_TOGETHER >= rules.LEAST_TOGETHER)
    .cte("pairs")
)
"""What stood beside it, and how often."""

_RECENT = select(quote.c.id).select_from(_QUOTES).where(_AGREED).order_by(quote.c.id.desc()).limit(NEWEST).cte("recent")
_COMMON = quote_line.alias("common")
_EVERYWHERE = (
    select(_COMMON.c.sku, func.count(_COMMON.c.quote_id.distinct()).label("times"))
    .select_from(_COMMON.join(_RECENT, _RECENT.c.id == _COMMON.c.quote_id))
    .where(_COMMON.c.sku.in_(select(_PAIRS.c.sku)))
    .group_by(_COMMON.c.sku)
    .cte("everywhere")
)
"""How common that is in all deals of late."""

_TOOK_TOO = _TOOK.alias("took_too")
_DAY_ASKED = bindparam("on", type_=Day)
_COMPANIONS = (
    select(
        _PAIRS.c.sku,
        product.c.name,
        _PAIRS.c.with_sku,
        _PAIRS.c.together,
        select(func.count()).select_from(_TOOK_TOO).where(_TOOK_TOO.c.sku == _PAIRS.c.with_sku).scalar_subquery(),
        func.coalesce(_EVERYWHERE.c.times, 0, type_=BigInt),
        select(func.count()).select_from(_RECENT).scalar_subquery(),
    )
    .select_from(
        _PAIRS.join(product, product.c.sku == _PAIRS.c.sku).outerjoin(_EVERYWHERE, _EVERYWHERE.c.sku == _PAIRS.c.sku)
    )
    .where(
        product.c.active,
        or_(product.c.active_from.is_(None), product.c.active_from <= _DAY_ASKED),
        or_(product.c.active_to.is_(None), product.c.active_to >= _DAY_ASKED),
    )
)


def companions(session: Session, skus: Iterable[str], on: date, limit: int = 5) -> list[Companion]:
    """What stood in deals with these products and is offered on a day, the most telling first, each product once.

    At most the newest thousand deals with each product are evidence.
    """
    wanted = sorted({sku for sku in skus if sku})
    rows = session.rows(_COMPANIONS, {"skus": wanted, "on": on}) if wanted else []
    found = [Companion(*row[:5]) for row in rows if tells(*row[3:])]
    found.sort(key=lambda one: (-Fraction(one.together, one.of), -one.together, one.sku, one.with_sku))
    best: dict[str, Companion] = {}
    for one in found:
        best.setdefault(one.sku, one)
    return list(best.values())[:limit]


_BOUGHT = (
    select(quote_line.c.sku, quote_line.c.name, _DAY.label("bought_on"), quote_line.c.quantity, quote_line.c.unit)
    .select_from(_LINES)
    .where(_HERS, _AGREED, quote_line.c.sku != "")
    .order_by(quote_line.c.sku, _DAY, quote_line.c.id)
)


def reorder_due(session: Session, customer_id: int, on: date, within: int = 14) -> list[Reorder]:
    """What a customer buys again and again and is due up to so many days after `on`, the longest due first.

    What she has not bought for two of its intervals she has stopped buying; it is left out.
    """
    rows = session.rows(_BOUGHT, {"customer_id": customer_id})
    grouped = (list(members) for _, members in groupby((Bought(*row) for row in rows), key=lambda one: one.sku))
    found = [known for times in grouped if (known := rules.reorder(times, on)) is not None]
    soon = on + timedelta(within)
    return sorted((one for one in found if one.due_on <= soon), key=lambda one: (one.due_on, one.sku))
