"""From the lines of an offer to what the price rules are asked, and back to priced lines. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from app.catalog.rules import Product
from app.core.quantity import exact
from app.pricing.amounts import UnitPrice, unit_price
from app.pricing.book import AppliedLine, Asked, FreeLine
from app.pricing.detail import LineDetail
from app.pricing.from_catalog import sold_in
from app.pricing.rules import Line
from app.quotes.draft import LineDraft

L = TypeVar("L", Line, LineDraft)


def is_plain(line: Line | LineDraft) -> bool:
    """Whether the line is a product as it stands in the catalogue: not configured, no bundle and no part of one."""
    return not line.detail.selection and not line.detail.parts and line.detail.bundle is None


def is_typed(line: Line | LineDraft, product: Product | None) -> bool:
    """Whether the seller decided the price: she typed it, or agreed on it before such things were noted."""
    if product is None or line.detail.price_is_typed:
        return True
    agreed = line.list_price is not None and line.list_price != line.unit_price
    return agreed and not line.detail.steps


def asked_of(line: Line | LineDraft, product: Product | None, currency: str) -> Asked:
    """A line as the engine wants it: with the price it began with."""
    price = _first_price(line)
    typed = is_typed(line, product)
    if typed and line.unit_price is not None:
        price = UnitPrice(line.unit_price, line.base_quantity)
    bundle = line.detail.bundle
    quantity = line.quantity if line.quantity is not None else Decimal(0)
    return Asked(
        sku=line.sku,
        quantity=quantity,
        unit_price=None if price is None else price.amount,
        base_quantity=line.base_quantity if price is None else price.base_quantity,
        tax=line.tax,
        category=product.category if product is not None else "",
        kind=line.kind,
        cost=line.cost,
        weight=None if product is None else product.weight,
        own_quantity=line.detail.own_quantity,
        extras=_extras(line, product, price, currency),
        reductions=tuple(reduction for reduction in line.reductions if not reduction.promotion),
        chosen=line.detail.chosen_rules,
        is_typed=typed,
        keeps_price=bundle is not None,
        bundle_sku=bundle.sku if bundle is not None else "",
    )


def _first_price(line: Line | LineDraft) -> UnitPrice | None:
    """The catalogue's (or configured) price that the line began with; None where only a rule gave it one."""
    if line.detail.steps:
        first = line.detail.steps[0]
        return None if first.rule else UnitPrice(first.unit_price, first.base_quantity)
    return None if line.unit_price is None else UnitPrice(line.unit_price, line.base_quantity)


def _extras(line: Line | LineDraft, product: Product | None, price: UnitPrice | None, currency: str) -> Decimal:
    """What options add to the catalogue's price, per the price's base quantity."""
    if product is None or price is None or not line.detail.selection or product.currency != currency:
        return Decimal(0)
    if product.sold_in(line.unit) is None:
        return Decimal(0)
    sold = sold_in(product, currency, line.unit)
    if sold.unit_price is None:
        return Decimal(0)
    plain_price = UnitPrice(sold.unit_price, sold.base_quantity)
    return unit_price(price.exact - plain_price.exact, price.base_quantity).amount


def as_priced(line: L, asked: Asked, found: AppliedLine) -> L:
    """The line with what the rules made of it; of a typed price only promotions and losers change."""
    if asked.is_typed or found.unit_price is None:
        return replace(line, reductions=found.reductions, detail=replace(line.detail, lost=found.lost))
    return replace(
        line,
        unit_price=found.unit_price,
        base_quantity=found.base_quantity,
        list_price=_list_price(found),
        reductions=found.reductions,
        detail=replace(line.detail, lost=found.lost, steps=found.steps),
    )


def _list_price(found: AppliedLine) -> Decimal | None:
    """The catalogue's price beside another one, per the same quantity; None where that has no such digits."""
    if not found.steps or found.unit_price is None:
        return None
    first = found.steps[0]
    if first.base_quantity == found.base_quantity:
        return None if first.unit_price == found.unit_price else first.unit_price
    scaled = Fraction(first.unit_price) * Fraction(found.base_quantity) / Fraction(first.base_quantity)
    listed = unit_price(scaled).amount
    if Fraction(listed) != scaled or exact(listed, 6, 10**15, "list_price") is None:
        return None
    return None if listed == found.unit_price else listed


def free_line(free: FreeLine, make: Callable[..., L]) -> L:
    """A line that a promotion gives, as `Line` or `LineDraft`."""
    product, line = free.product, free.line
    return make(
        name=product.name,
        quantity=free.quantity,
        unit_price=line.unit_price,
        tax=product.tax,
        sku=product.sku,
        kind=product.kind.as_sold,
        unit=product.unit,
        base_quantity=line.base_quantity,
        cost=product.cost,
        reductions=line.reductions,
        detail=LineDetail(steps=line.steps),
    )
