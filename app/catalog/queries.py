"""Reading products."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.catalog.models import product
from app.catalog.rules import Kind, Product, SellingUnit
from app.core.codec import from_plain
from app.core.errors import NotFound
from app.core.tax import Tax, TaxCategory
from app.store.session import AnyRow, Session


@dataclass(frozen=True, slots=True)
class Stored:
    """A product with its row's id, which stays when the SKU changes."""

    id: int
    product: Product


_BY_ID = select(product).where(product.c.id == bindparam("id"))
_IN_USE = select(product).where(product.c.active).order_by(product.c.sort_name, product.c.id)
_CATEGORIES = select(product.c.category).where(product.c.category != "").distinct().order_by(product.c.category)
_BY_SKU = select(product).where(product.c.sku.in_(bindparam("skus", expanding=True)))


def by_sku(session: Session, skus: Iterable[str]) -> dict[str, Product]:
    """The products with these SKUs, by SKU; one query for all."""
    wanted = [sku for sku in set(skus) if sku]
    if not wanted:
        return {}
    return {row.sku: product_of(row) for row in session.rows(_BY_SKU, {"skus": wanted})}


def in_use(session: Session) -> dict[str, Product]:
    """Every product in use by SKU, in the order of their names; for pickers that hold the whole catalogue."""
    return {row.sku: product_of(row) for row in session.rows(_IN_USE)}


def product_by_id(session: Session, product_id: int) -> Stored:
    """One product. Raises `NotFound`."""
    row = session.row(_BY_ID, {"id": product_id})
    if row is None:
        raise NotFound(f"There is no product with the id {product_id}.")
    return Stored(row.id, product_of(row))


def categories(session: Session) -> list[str]:
    """Every category in use, in order."""
    return [row.category for row in session.rows(_CATEGORIES)]


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
        stocked=bool(row.stocked),
        weight=row.weight,
        active_from=row.active_from,
        active_to=row.active_to,
        units=tuple(from_plain(SellingUnit, unit) for unit in row.units),
        image=row.image,
        thumbnail=row.thumbnail,
    )
