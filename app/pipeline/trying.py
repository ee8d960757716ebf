"""Trying price rules without writing a quote, and what coupons were used for. For the screens of price rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from app.catalog.queries import by_sku, categories, in_use
from app.catalog.rules import Product
from app.core.errors import NotFound, Problem
from app.deals.models import deal
from app.parties.models import customer
from app.parties.queries import groups
from app.pipeline.pricing import priced_draft
from app.pipeline.quoting import begin, draft_heading
from app.pricing.delivery_charges import DeliveryCharge
from app.pricing.engine import given_by
from app.pricing.models import coupon_use, promotion
from app.quotes.draft import line_of, price_of, to_offer
from app.quotes.explanation import ExplainedLine, explain
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Around:
    """What price rules name: products in use by SKU, categories, customers, their groups, promotions with coupons."""

    products: dict[str, Product]
    categories: tuple[str, ...]
    customers: dict[int, str]
    members: dict[str, int]
    """A customer of each group, to try what is for the group."""
    groups: tuple[str, ...]
    coupon_promotions: tuple[str, ...]


def around(session: Session) -> Around:
    """Everything that a rule may name."""
    columns = customer.c.id, customer.c.name, customer.c.customer_group
    customers = session.rows(select(*columns).where(customer.c.active).order_by(customer.c.sort_name))
    opened = session.rows(select(promotion.c.name).where(promotion.c.needs_coupon).order_by(promotion.c.name))
    return Around(
        in_use(session),
        tuple(categories(session)),
        {row.id: row.name for row in customers},
        {row.customer_group: row.id for row in reversed(customers) if row.customer_group},
        tuple(groups(session)),
        tuple(row.name for row in opened),
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """Who buys how much of what, when, with which coupon."""

    sku: str
    quantity: Decimal
    on: date
    customer_id: int | None = None
    coupon: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """The line as a quote would have it, with every step. `free` is what comes with it, `delivery` what the rules
    would charge for it; `refused` is about the coupon.

    `line` is None where nothing has a price for it in the currency of the quote.
    """

    line: ExplainedLine | None
    currency: str
    prices_include_tax: bool
    free: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    delivery: DeliveryCharge | None = None


def try_price(session: Session, asking: Asking) -> Tried:
    """What one product would cost in a quote of that day by the rules that are kept; nothing is written.

    Raises `NotFound` for a product that is not there, `RuleViolation` where percentages go in a circle.
    """
    product = by_sku(session, [asking.sku]).get(asking.sku)
    if product is None:
        raise NotFound(f"There is no product {asking.sku!r}.")
    draft = begin(session, asking.on, asking.customer_id)
    line = line_of(product, draft.currency, asking.quantity)
    coupons = (asking.coupon,) if asking.coupon else ()
    draft, found = priced_draft(session, replace(draft, lines=(line,), coupons=coupons))
    free = tuple(one.name for one in draft.lines if given_by(one.detail.steps))
    line_of_it = None
    if all(one.unit_price is not None for one in draft.lines):
        heading = draft_heading(session, draft)
        told = explain(to_offer(draft), price_of(draft), draft.basis, heading, "", draft.on)
        line_of_it = told.lines[0]
    return Tried(line_of_it, draft.currency, draft.prices_include_tax, free, found.refused, found.delivery)


@dataclass(frozen=True, slots=True)
class CouponUse:
    """What became of a coupon in a deal: `event` is "reserved", "kept" or "given_back" on its day."""

    id: int
    number: str
    title: str
    customer: str
    event: str
    happened_on: date
    reserved_until: date | None

    def is_in_use(self, on: date) -> bool:
        """Whether it counts on a day; a reservation gives itself back after its last one."""
        if self.event == "reserved":
            return self.reserved_until is None or self.reserved_until >= on
        return self.event == "kept"


_NEWEST = select(func.max(coupon_use.c.id)).group_by(coupon_use.c.coupon_id, coupon_use.c.deal_id)


def coupon_uses(session: Session, coupon_id: int) -> Sequence[CouponUse]:
    """The deals that a coupon was given in, each with what became of it; `id` is the deal's. The newest first."""
    statement = (
        select(
            deal.c.id,
            deal.c.number,
            deal.c.title,
            customer.c.name.label("customer"),
            coupon_use.c.event,
            coupon_use.c.happened_on,
            coupon_use.c.reserved_until,
        )
        .join_from(coupon_use, deal, deal.c.id == coupon_use.c.deal_id)
        .join(customer, customer.c.id == coupon_use.c.customer_id)
        .where(coupon_use.c.coupon_id == coupon_id, coupon_use.c.id.in_(_NEWEST))
        .order_by(coupon_use.c.id.desc())
    )
    return [CouponUse(**row._mapping) for row in session.rows(statement)]
