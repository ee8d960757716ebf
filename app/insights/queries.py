"""Asking her own history. Only what was agreed counts: accepted quotes of deals that were not cancelled.

Every question is one statement and looks at a bounded number of deals, so that it stays quick however long the history
is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import CTE, ColumnElement, Text, and_, bindparam, exists, func, or_, select, union_all

from app.catalog.models import product
from app.deals.models import deal
from app.insights import rules
from app.insights.rules import Bought, Companion, LastPrice, Reorder, UsualDiscount, tells
from app.quotes.models import quote, quote_line
from app.store.session import AnyRow, Session
from app.store.types import BigInt, Day

NEWEST = 1000
"""Lines with a product, and deals of late, that are looked at."""

MOST_ASKED = 50
"""Products that companions are looked for at once."""

NEWEST_OF_CUSTOMER = 25
"""Deals of a customer that tell her usual discount."""

_AGREED: ColumnElement[bool] = and_(quote.c.state == "accepted", deal.c.cancelled_on.is_(None))
_DAY = func.coalesce(quote.c.decided_on, quote.c.made_on, type_=Day)
_HERS: ColumnElement[bool] = deal.c.customer_id == bindparam("customer_id")
_LINES = quote_line.join(quote, quote.c.id == quote_line.c.quote_id).join(deal, deal.c.id == quote.c.deal_id)
_QUOTES = quote.join(deal, deal.c.id == quote.c.deal_id)

_HER_QUOTES = (
    select(quote.c.id, quote.c.deal_id, deal.c.number, deal.c.currency, _DAY.label("agreed_on"))
    .select_from(_QUOTES)
    .where(_HERS, _AGREED)
    .cte("her_quotes")
    .prefix_with("MATERIALIZED")
)
"""Few, so they come first: a popular product stands in thousands of deals of others."""

_RANKED = (
    select(
        quote_line.c.sku,
        _HER_QUOTES.c.agreed_on,
        _HER_QUOTES.c.deal_id,
        _HER_QUOTES.c.number,
        quote_line.c.quantity,
        quote_line.c.unit,
        quote_line.c.unit_price,
        quote_line.c.base_quantity,
        _HER_QUOTES.c.currency,
        quote_line.c.net,
        func.row_number()
        .over(partition_by=quote_line.c.sku, order_by=(_HER_QUOTES.c.agreed_on.desc(), quote_line.c.id.desc()))
        .label("place"),
    )
    .select_from(_HER_QUOTES.join(quote_line, quote_line.c.quote_id == _HER_QUOTES.c.id))
    .where((quote_line.c.sku + "").in_(bindparam("skus", expanding=True)))
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


_LIVE: ColumnElement[bool] = (
    exists().where(deal.c.id == quote.c.deal_id, deal.c.cancelled_on.is_(None)).correlate(quote)
)
_RECENT = (
    select(quote.c.id)
    .where(quote.c.state == "accepted", _LIVE)
    .order_by(quote.c.id.desc())
    .limit(NEWEST)
    .cte("recent")
    .prefix_with("MATERIALIZED")
)
_OFFERED: ColumnElement[bool] = and_(
    product.c.active,
    or_(product.c.active_from.is_(None), product.c.active_from <= bindparam("on", type_=Day)),
    or_(product.c.active_to.is_(None), product.c.active_to >= bindparam("on", type_=Day)),
)


@lru_cache(maxsize=32)
def _companions(number: int) -> Any:
    """The statement for so many products: pairs with how often they stand together, of how many, and how common."""
    took = _took(number)
    other, took_too = quote_line.alias("other"), took.alias("took_too")
    together = func.count(other.c.quote_id.distinct())
    pairs = (
        select(took.c.sku.label("with_sku"), other.c.sku, together.label("together"))
        .select_from(took.join(other, other.c.quote_id == took.c.quote_id))
        .where(other.c.sku != "", other.c.sku.not_in(bindparam("skus", expanding=True)))
        .group_by(took.c.sku, other.c.sku)
        .having(together >= rules.LEAST_TOGETHER)
        .cte("pairs")
        .prefix_with("MATERIALIZED")
    )
    everywhere = _everywhere()
    return (
        select(
            *(pairs.c.sku, product.c.name, pairs.c.with_sku, pairs.c.together),
            select(func.count()).select_from(took_too).where(took_too.c.sku == pairs.c.with_sku).scalar_subquery(),
            func.coalesce(everywhere.c.times, 0, type_=BigInt),
            select(func.count()).select_from(_RECENT).scalar_subquery(),
        )
        .select_from(
            pairs.join(product, product.c.sku == pairs.c.sku).outerjoin(everywhere, everywhere.c.sku == pairs.c.sku)
        )
        .where(_OFFERED)
    )


def _took(number: int) -> CTE:
    """The newest agreed quotes with each product; at most `NEWEST` lines of all of them are looked at."""
    each = [
        select(quote_line.c.sku, quote_line.c.quote_id)
        .where(quote_line.c.sku == bindparam(f"asked{index}", type_=Text))
        .order_by(quote_line.c.id.desc())
        .limit(max(NEWEST // number, 1))
        .subquery()
        for index in range(number)
    ]
    newest = union_all(*(select(one.c.sku, one.c.quote_id) for one in each)).subquery()
    return (
        select(newest.c.sku, newest.c.quote_id)
        .distinct()
        .select_from(newest.join(quote, quote.c.id == newest.c.quote_id))
        .where(quote.c.state == "accepted", _LIVE)
        .cte("took")
        .prefix_with("MATERIALIZED")
    )


def _everywhere() -> CTE:
    """In how many deals of late each product stands."""
    common = quote_line.alias("common")
    return (
        select(common.c.sku, func.count(common.c.quote_id.distinct()).label("times"))
        .select_from(_RECENT.join(common, _RECENT.c.id == common.c.quote_id))
        .group_by(common.c.sku)
        .cte("everywhere")
        .prefix_with("MATERIALIZED")
    )


def companions(session: Session, skus: Iterable[str], on: date, limit: int = 5) -> list[Companion]:
    """What stood in deals with these products and is offered on a day, the most telling first, each product once.

    The newest thousand lines with these products are evidence; at most fifty products are asked about.
    """
    wanted = sorted({sku for sku in skus if sku})[:MOST_ASKED]
    given = {f"asked{index}": sku for index, sku in enumerate(wanted)}
    rows = session.rows(_companions(len(wanted)), given | {"skus": wanted, "on": on}) if wanted else []
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
