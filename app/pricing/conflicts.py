"""What does not fit together among the rules that are kept: found when rules are looked at, not when a price is made.

Prices come out without it, because the precedence decides in the end by name; but then nobody has decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from sqlalchemy import select

from app.catalog.models import product
from app.core.errors import Problem
from app.pricing import queries
from app.pricing.book import PriceEntry, PriceList, Promotion
from app.store.session import Session


def conflicts(session: Session) -> list[Problem]:
    """All conflicts: lists that only their names tell apart, rules on products that are gone, coupons that do nothing.

    The field names the rule ("price list Dealers"); codes: `undecided`, `product_gone`, `no_promotion`.
    """
    lists = [stored.item for stored in queries.price_lists(session) if stored.item.active]
    promotions = [stored.item for stored in queries.promotions(session) if stored.item.active]
    active = {row.sku: bool(row.active) for row in session.rows(select(product.c.sku, product.c.active))}
    return [
        *_undecided(lists),
        *_gone_from_lists(lists, active),
        *_gone_from_promotions(promotions, active),
        *_idle_coupons(session, {item.name for item in promotions}),
    ]


def overlap(one: PriceList, other: PriceList) -> bool:
    """Whether two lists may both hold for the same customer on the same day."""
    starts = max(one.starts_on or date.min, other.starts_on or date.min)
    ends = min(one.ends_on or date.max, other.ends_on or date.max)
    return one.currency == other.currency and one.group == other.group and starts <= ends


def _undecided(lists: Iterable[PriceList]) -> Iterator[Problem]:
    """Entries of two lists with the same priority, target and least quantity, and another price."""
    for one, other in combinations(lists, 2):
        if one.priority != other.priority or not overlap(one, other):
            continue
        theirs = {_target(entry): entry for entry in other.entries}
        both = [entry for entry in one.entries if _differs(entry, theirs.get(_target(entry)))]
        if both:
            what = ", ".join(sorted(entry.sku or entry.category or "*" for entry in both)[:5])
            words = f"{one.name!r} and {other.name!r} have different prices for {what}, and the same priority"
            values = {"one": one.name, "other": other.name, "what": what, "count": str(len(both))}
            yield Problem(f"price list {one.name}", "undecided", f"{words}.", values)


def _target(entry: PriceEntry) -> tuple[str, str, str]:
    return entry.sku, entry.category, str(entry.least_quantity)


def _differs(entry: PriceEntry, other: PriceEntry | None) -> bool:
    return other is not None and entry != other


def _gone_from_lists(lists: Iterable[PriceList], active: dict[str, bool]) -> Iterator[Problem]:
    for item in lists:
        for sku in sorted({entry.sku for entry in item.entries if entry.sku and not active.get(entry.sku)}):
            yield _gone(f"price list {item.name}", item.name, sku)


def _gone_from_promotions(promotions: Iterable[Promotion], active: dict[str, bool]) -> Iterator[Problem]:
    for item in promotions:
        named = {*item.conditions.skus, *item.effect.get_skus, item.effect.free_sku} - {""}
        for sku in sorted(sku for sku in named if not active.get(sku)):
            yield _gone(f"promotion {item.name}", item.name, sku)


def _gone(field: str, rule: str, sku: str) -> Problem:
    message = f"{field}: the product {sku!r} is no longer sold."
    return Problem(field, "product_gone", message, {"rule": rule, "sku": sku})


def _idle_coupons(session: Session, names: set[str]) -> Iterator[Problem]:
    for stored in queries.coupons(session, date.max):
        item = stored.item
        if item.active and item.promotion not in names:
            message = f"coupon {item.code}: its promotion {item.promotion!r} has ended."
            yield Problem(f"coupon {item.code}", "no_promotion", message, {"code": item.code, "rule": item.promotion})
