"""Changing price rules. Each rule is saved whole; ending one keeps it for what was priced with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Table, delete, select, update

from app.catalog.models import product
from app.core.codec import to_plain
from app.core.errors import Problem, RuleViolation
from app.parties.models import customer
from app.pricing import checks, queries
from app.pricing.book import (
    ContractPrice,
    Coupon,
    DeliveryRule,
    PriceEntry,
    PriceList,
    Promotion,
    coupon_code,
)
from app.pricing.models import (
    contract_price,
    coupon,
    delivery_rule,
    price_entry,
    price_list,
    promotion,
    promotion_product,
)
from app.store.history import Done, command
from app.store.session import Session, WriteSession


@command
def save_price_list(session: WriteSession, item: PriceList, *, price_list_id: int | None = None) -> Done:
    """Add a price list, or put another in the place of the one with `price_list_id`, with all its entries.

    Raises `RuleViolation` with all problems, also for a name that another list has and products that are not there.
    """
    item = replace(item, name=item.name.strip(), author=item.author or session.actor)
    products = _products(session, [entry.sku for entry in item.entries])
    _refuse(
        [
            *checks.of_price_list(item),
            *_name_taken(session, price_list, item.name, price_list_id),
            *_missing(
                (f"entries[{i}].sku", entry.sku) for i, entry in enumerate(item.entries) if entry.sku not in products
            ),
        ]
    )
    values = {
        "name": item.name,
        "currency": item.currency,
        "customer_group": item.group,
        "starts_on": item.starts_on,
        "ends_on": item.ends_on,
        "priority": item.priority,
        "active": item.active,
        "document": to_plain(replace(item, entries=())),
    }
    before = None if price_list_id is None else queries.price_list_by_id(session, price_list_id).item
    key = _put(session, price_list, values, price_list_id)
    _put_entries(session, key, item.entries, products)
    if before is not None:
        _note(session, f"price list {before.name}", replace(before, entries=()), replace(item, entries=()))
        if before.entries != item.entries:
            session.changed(f"price list {item.name}: entries", str(len(before.entries)), str(len(item.entries)))
    return Done("save_price_list", {"price_list": key})


def _put_entries(session: WriteSession, key: int, entries: Iterable[PriceEntry], products: dict[str, int]) -> None:
    session.execute(delete(price_entry).where(price_entry.c.price_list_id == key))
    rows = [
        {
            "price_list_id": key,
            "position": position,
            "product_id": products[entry.sku] if entry.sku else None,
            "category": entry.category,
            "document": to_plain(entry),
        }
        for position, entry in enumerate(entries)
    ]
    session.insert_all(price_entry, rows)


@command
def end_price_list(session: WriteSession, price_list_id: int, *, on: date) -> Done:
    """Let a price list hold for the last time on a day. Raises `RuleViolation` for a day before its first."""
    item = queries.price_list_by_id(session, price_list_id).item
    save_price_list(session, replace(item, ends_on=on), price_list_id=price_list_id)
    return Done("end_price_list", {"price_list": price_list_id})


@command
def save_contract_price(session: WriteSession, item: ContractPrice, *, contract_price_id: int | None = None) -> Done:
    """Add a price agreed with a customer, or change one.

    Raises `RuleViolation` with all problems, also where another price of his for the product holds on the same days.
    """
    item = replace(item, author=item.author or session.actor)
    products = _products(session, [item.sku])
    problems = checks.of_contract_price(item)
    problems += _missing([("sku", item.sku)] if item.sku and item.sku not in products else [])
    if session.value(select(customer.c.id).where(customer.c.id == item.customer_id)) is None:
        message = f"customer_id: there is no customer with the number {item.customer_id}."
        problems.append(Problem("customer_id", "unknown_customer", message, {"value": str(item.customer_id)}))
    problems += _overlap(session, item, contract_price_id)
    _refuse(problems)
    values = {
        "customer_id": item.customer_id,
        "product_id": products[item.sku],
        "currency": item.currency,
        "starts_on": item.starts_on,
        "ends_on": item.ends_on,
        "document": to_plain(item),
    }
    if contract_price_id is not None:
        before = queries.contract_price_by_id(session, contract_price_id).item
        _note(session, f"contract price {before.sku}", before, item)
    key = _put(session, contract_price, values, contract_price_id)
    return Done("save_contract_price", {"contract_price": key, "customer": item.customer_id})


def _overlap(session: Session, item: ContractPrice, own_id: int | None) -> Iterator[Problem]:
    for stored in queries.contract_prices(session, item.customer_id):
        other = stored.item
        same = (other.sku, other.currency, other.least_quantity) == (item.sku, item.currency, item.least_quantity)
        if stored.id != own_id and same and _meet(item, other):
            days = f"{other.starts_on or '…'} – {other.ends_on or '…'}"
            message = f"starts_on: the price {other.price} for {item.sku} holds on some of these days already ({days})."
            yield Problem("starts_on", "overlap", message, {"value": days, "price": str(other.price)})


def _meet(one: ContractPrice, other: ContractPrice) -> bool:
    starts = max(one.starts_on or date.min, other.starts_on or date.min)
    return starts <= min(one.ends_on or date.max, other.ends_on or date.max)


@command
def end_contract_price(session: WriteSession, contract_price_id: int, *, on: date) -> Done:
    """Let a contract price hold for the last time on a day. Raises `RuleViolation` for a day before its first."""
    item = queries.contract_price_by_id(session, contract_price_id).item
    save_contract_price(session, replace(item, ends_on=on), contract_price_id=contract_price_id)
    return Done("end_contract_price", {"contract_price": contract_price_id, "customer": item.customer_id})


@command
def save_promotion(session: WriteSession, item: Promotion, *, promotion_id: int | None = None) -> Done:
    """Add a promotion, or put another in the place of the one with `promotion_id`; its coupons stay.

    Raises `RuleViolation` with all problems, also for a name that another has, and products that are not there.
    """
    item = replace(item, name=item.name.strip(), author=item.author or session.actor)
    named = list(_named(item))
    products = _products(session, [sku for _, _, sku in named])
    _refuse(
        [
            *checks.of_promotion(item),
            *_name_taken(session, promotion, item.name, promotion_id),
            *_missing((field, sku) for field, _, sku in named if sku not in products),
        ]
    )
    conditions = item.conditions
    values = {
        "name": item.name,
        "currency": item.currency,
        "starts_on": conditions.starts_on,
        "ends_on": conditions.ends_on,
        "priority": item.priority,
        "needs_coupon": conditions.needs_coupon,
        "active": item.active,
        "document": to_plain(item),
    }
    before = None if promotion_id is None else queries.promotion_by_id(session, promotion_id).item
    key = _put(session, promotion, values, promotion_id)
    session.execute(delete(promotion_product).where(promotion_product.c.promotion_id == key))
    rows = [{"promotion_id": key, "product_id": products[sku], "role": role} for _, role, sku in named]
    session.insert_all(promotion_product, rows)
    if before is not None:
        _note(session, f"promotion {before.name}", before, item)
    return Done("save_promotion", {"promotion": key})


def _named(item: Promotion) -> Iterator[tuple[str, str, str]]:
    """Every product that a promotion names: field, role, SKU."""
    for index, sku in enumerate(dict.fromkeys(item.conditions.skus)):
        yield f"conditions.skus[{index}]", "buys", sku
    for index, sku in enumerate(dict.fromkeys(item.effect.get_skus)):
        yield f"effect.get_skus[{index}]", "gets", sku
    if item.effect.free_sku:
        yield "effect.free_sku", "gives", item.effect.free_sku


@command
def end_promotion(session: WriteSession, promotion_id: int, *, on: date) -> Done:
    """Let a promotion hold for the last time on a day. Raises `RuleViolation` for a day before its first."""
    item = queries.promotion_by_id(session, promotion_id).item
    ended = replace(item, conditions=replace(item.conditions, ends_on=on))
    save_promotion(session, ended, promotion_id=promotion_id)
    return Done("end_promotion", {"promotion": promotion_id})


@command
def save_coupon(session: WriteSession, item: Coupon, *, coupon_id: int | None = None) -> Done:
    """Add a coupon, or change one; its uses stay. Codes are kept in capitals.

    Raises `RuleViolation` with all problems: a code that another has, a promotion that is not there or needs none.
    """
    item = replace(item, code=coupon_code(item.code))
    found = session.row(select(promotion.c.id, promotion.c.needs_coupon).where(promotion.c.name == item.promotion))
    problems = checks.of_coupon(item)
    if item.promotion and found is None:
        problems.append(_wrong("promotion", "unknown", f"there is no promotion {item.promotion!r}", item.promotion))
    elif found is not None and not found.needs_coupon:
        words = f"{item.promotion!r} holds without a coupon"
        problems.append(_wrong("promotion", "no_coupon_needed", words, item.promotion))
    if (
        session.value(select(coupon.c.id).where(coupon.c.code == item.code, coupon.c.id != (coupon_id or 0)))
        is not None
    ):
        problems.append(_wrong("code", "taken", f"{item.code!r} is the code of another coupon", item.code))
    _refuse(problems)
    values = {
        "code": item.code,
        "promotion_id": found.id if found is not None else None,
        "starts_on": item.starts_on,
        "ends_on": item.ends_on,
        "most_uses": item.most_uses,
        "most_per_customer": item.most_per_customer,
        "active": item.active,
    }
    if coupon_id is not None:
        _, before = queries.coupon_by_id(session, coupon_id)
        _note(session, f"coupon {before.code}", before, item)
    return Done("save_coupon", {"coupon": _put(session, coupon, values, coupon_id)})


@command
def end_coupon(session: WriteSession, coupon_id: int) -> Done:
    """Withdraw a coupon: nobody may use it from now on; where it is in use it stays."""
    _, item = queries.coupon_by_id(session, coupon_id)
    save_coupon(session, replace(item, active=False), coupon_id=coupon_id)
    return Done("end_coupon", {"coupon": coupon_id})


@command
def save_delivery_rule(session: WriteSession, item: DeliveryRule, *, delivery_rule_id: int | None = None) -> Done:
    """Add a rule for delivery charges, or change one. Raises `RuleViolation` with all problems."""
    item = replace(item, name=item.name.strip(), author=item.author or session.actor)
    _refuse([*checks.of_delivery_rule(item), *_name_taken(session, delivery_rule, item.name, delivery_rule_id)])
    values = {
        "name": item.name,
        "currency": item.currency,
        "priority": item.priority,
        "active": item.active,
        "document": to_plain(item),
    }
    if delivery_rule_id is not None:
        before = queries.delivery_rule_by_id(session, delivery_rule_id).item
        _note(session, f"delivery rule {before.name}", before, item)
    return Done("save_delivery_rule", {"delivery_rule": _put(session, delivery_rule, values, delivery_rule_id)})


@command
def end_delivery_rule(session: WriteSession, delivery_rule_id: int) -> Done:
    """Let a rule for delivery charges hold no more."""
    item = queries.delivery_rule_by_id(session, delivery_rule_id).item
    save_delivery_rule(session, replace(item, active=False), delivery_rule_id=delivery_rule_id)
    return Done("end_delivery_rule", {"delivery_rule": delivery_rule_id})


# ---------------------------------------------------------------- what all of them share


def _put(session: WriteSession, table: Table, values: dict[str, Any], key: int | None) -> int:
    if key is None:
        return session.insert(table, **values)
    session.execute(update(table).where(table.c.id == key).values(values))
    return key


def _refuse(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise RuleViolation(found)


def _wrong(field: str, code: str, words: str, value: str) -> Problem:
    return Problem(field, code, f"{field}: {words}.", {"value": value})


def _products(session: Session, skus: Iterable[str]) -> dict[str, int]:
    """The ids of products by SKU; "" (no product) belongs to none and is never missing."""
    wanted = sorted({sku for sku in skus if sku})
    rows = session.rows(select(product.c.id, product.c.sku).where(product.c.sku.in_(wanted))) if wanted else []
    return {row.sku: row.id for row in rows} | {"": 0}


def _missing(named: Iterable[tuple[str, str]]) -> list[Problem]:
    return [_wrong(field, "unknown_product", f"the catalogue has no product {sku!r}", sku) for field, sku in named]


def _name_taken(session: Session, table: Table, name: str, own_id: int | None) -> Iterator[Problem]:
    if session.value(select(table.c.id).where(table.c.name == name, table.c.id != (own_id or 0))) is not None:
        yield _wrong("name", "taken", f"{name!r} is the name of another one", name)


def _note(session: WriteSession, what: str, before: Any, after: Any) -> None:
    """Note every field that changed, for the history."""
    old, new = to_plain(before), to_plain(after)
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            session.changed(f"{what}: {name}", str(old.get(name, "")), str(new.get(name, "")))
