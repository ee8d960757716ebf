"""Changing the catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select, update

from app.catalog.guides_service import swap_in_guides
from app.catalog.model_queries import model_of
from app.catalog.models import product
from app.catalog.parts import store_model, swap_sku
from app.catalog.queries import product_by_id
from app.catalog.rules import Product, check
from app.core.codec import to_plain
from app.core.errors import Problem, RuleViolation
from app.parties.rules import fold
from app.store.history import Done, command
from app.store.session import WriteSession

_ID = select(product.c.id).where(product.c.sku == bindparam("sku"))


@command
def add_product(session: WriteSession, item: Product) -> Done:
    """Add a product whose SKU nothing has yet. Raises `RuleViolation` with all problems."""
    problems = check(item)
    if session.value(_ID, {"sku": item.sku}) is not None:
        problems.append(_taken(item))
    if problems:
        raise RuleViolation(problems)
    return Done("add_product", {"product": session.insert(product, **product_values(item))})


@command
def save_product(session: WriteSession, item: Product, *, product_id: int | None = None) -> Done:
    """Add a product, or change the one with the same SKU, or with `product_id` that one, whose SKU may change.

    Quotes and papers keep what they were written with; bundles that have it as a part follow a new SKU. Raises
    `RuleViolation` with all problems, also where another product has the SKU; `NotFound` for an id that no product has.
    """
    problems = check(item)
    found = session.value(_ID, {"sku": item.sku})
    if product_id is not None and found not in (None, product_id):
        problems.append(_taken(item))
    if problems:
        raise RuleViolation(problems)
    known = product_id if product_id is not None else found
    if known is None:
        return Done("save_product", {"product": session.insert(product, **product_values(item))})
    before = product_by_id(session, int(known)).product
    session.execute(update(product).where(product.c.id == known).values(product_values(item)))
    _note_changes(session, before, item)
    if before.sku != item.sku:
        swap_sku(session, int(known), before.sku, item.sku)
        swap_in_guides(session, before.sku, item.sku)
    return Done("save_product", {"product": int(known)})


@command
def duplicate_product(session: WriteSession, product_id: int, *, sku: str, name: str = "") -> Done:
    """Add a product that is like another one, with everything that can be configured of it, but for SKU and name.

    It is in use, and no variant of anything. Raises `RuleViolation` as `add_product` does; `NotFound`.
    """
    known = product_by_id(session, product_id).product
    copy = replace(known, sku=sku, name=name or known.name, active=True)
    made = add_product(session, copy).ids["product"]
    model = model_of(session, product_id)
    if not model.is_plain:
        store_model(session, made, model)
    return Done("duplicate_product", {"product": made})


@command
def set_picture(session: WriteSession, product_id: int, *, image: str, thumbnail: str) -> Done:
    """Give a product a picture by the names that `app.catalog.pictures.keep` gave it; empty names take it away.

    Raises `NotFound`.
    """
    before = product_by_id(session, product_id).product
    item = replace(before, image=image, thumbnail=thumbnail)
    session.execute(update(product).where(product.c.id == product_id).values(image=image, thumbnail=thumbnail))
    _note_changes(session, before, item)
    return Done("set_picture", {"product": product_id})


def _taken(item: Product) -> Problem:
    return Problem("sku", "taken", f"sku: {item.sku!r} is the SKU of another product.", {"value": item.sku})


def _note_changes(session: WriteSession, before: Product, after: Product) -> None:
    old, new = product_values(before), product_values(after)
    for name in old:
        if old[name] != new[name] and name != "sort_name":
            session.changed(f"product {before.sku}: {name}", str(old[name]), str(new[name]))


def product_values(item: Product) -> dict[str, Any]:
    """The columns of a product's row."""
    return {
        "sku": item.sku,
        "name": item.name,
        "sort_name": fold(item.name),
        "description": item.description,
        "category": item.category,
        "kind": item.kind.value,
        "unit": item.unit,
        "currency": item.currency,
        "unit_price": item.unit_price,
        "base_quantity": item.base_quantity,
        "cost": item.cost,
        "tax_category": item.tax.category.value,
        "tax_rate": item.tax.rate,
        "exemption_reason": item.tax.exemption_reason,
        "active": item.active,
        "stocked": item.stocked,
        "weight": item.weight,
        "active_from": item.active_from,
        "active_to": item.active_to,
        "units": to_plain(item.units),
        "image": item.image,
        "thumbnail": item.thumbnail,
    }
