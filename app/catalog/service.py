"""Changing the catalogue."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, update

from app.catalog.models import product
from app.catalog.rules import Product, check
from app.core.errors import RuleViolation
from app.parties.rules import fold
from app.store.history import Done, command
from app.store.session import WriteSession

_ID = select(product.c.id).where(product.c.sku == bindparam("sku"))


@command
def save_product(session: WriteSession, item: Product) -> Done:
    """Add a product, or change the one with the same SKU. Raises `RuleViolation` with all its problems."""
    if problems := check(item):
        raise RuleViolation(problems)
    found = session.value(_ID, {"sku": item.sku})
    if found is None:
        return Done("save_product", {"product": session.insert(product, **product_values(item))})
    session.execute(update(product).where(product.c.id == found).values(product_values(item)))
    return Done("save_product", {"product": int(found)})


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
    }
