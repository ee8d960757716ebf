"""Reading products."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from app.catalog.models import product
from app.catalog.rules import Kind, Product
from app.core.tax import Tax, TaxCategory
from app.store.session import AnyRow, Session

_BY_SKU = select(product).where(product.c.sku.in_(bindparam("skus", expanding=True)))


def by_sku(session: Session, skus: Iterable[str]) -> dict[str, Product]:
    """The products with these SKUs, by SKU; one query for all."""
    wanted = [sku for sku in set(skus) if sku]
    if not wanted:
        return {}
    return {row.sku: product_of(row) for row in session.rows(_BY_SKU, {"skus": wanted})}


def product_of(row: AnyRow) -> Product:
    """The product in a row."""
    return Product(
        sku=row.sku,
        name=row.name,
        currency=row.currency,
        unit_price=row.unit_price,
        tax=Tax(TaxCategory(row.tax_category), row.tax_rate, row.exemption_reason),
        description=row.description,
        category=row.category,
        kind=Kind(row.kind),
        unit=row.unit,
        base_quantity=row.base_quantity,
        cost=row.cost,
        active=bool(row.active),
    )
