"""Reading what can be configured: models with everything inside them, where a product is used, and variants."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from app.catalog.model import PLAIN, Configurable, Model
from app.catalog.models import product, product_model, product_part, product_variant
from app.catalog.queries import product_of
from app.catalog.rules import Product
from app.catalog.variants import fixed
from app.core.codec import from_text
from app.store.session import AnyRow, Session

Values = tuple[tuple[str, str], ...]
"""What a variant is: (key of the attribute, code), in the order of the attributes."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a product, and its values by attribute."""

    id: int
    product: Product
    values: Values


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A product that has another one among its parts or options."""

    id: int
    sku: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A part or option of `whole` that is not offered on the day asked for."""

    whole_id: int
    whole: str
    part_id: int
    part: str


_MODEL = select(product_model.c.model).where(product_model.c.product_id == bindparam("product_id"))


def model_of(session: Session, product_id: int) -> Model:
    """What was written for a product; `PLAIN` where nothing was. See `with_parts` for variants."""
    text = session.value(_MODEL, {"product_id": product_id})
    return PLAIN if text is None else from_text(Model, text)


def _reachable() -> Any:
    """Ids of products, of the parents of variants, and of everything inside them."""
    first = select(product.c.id.label("id")).where(product.c.sku.in_(bindparam("skus", expanding=True)))
    found = first.cte("reachable", recursive=True)
    inside = select(product_part.c.part_id).join(found, product_part.c.product_id == found.c.id)
    parents = select(product_variant.c.parent_id).join(found, product_variant.c.product_id == found.c.id)
    return found.union(inside, parents)


_REACHABLE = _reachable()
_WITH_PARTS = (
    select(product, product_model.c.model, product_variant.c.parent_id, product_variant.c.chosen)
    .outerjoin(product_model, product_model.c.product_id == product.c.id)
    .outerjoin(product_variant, product_variant.c.product_id == product.c.id)
    .where(product.c.id.in_(select(_REACHABLE.c.id)))
)


def with_parts(session: Session, skus: Iterable[str]) -> dict[str, Configurable]:
    """The products with these SKUs and everything that is, or can be, inside them at any depth, by SKU. One query.

    A product that was renamed or is gone is simply not there: models name it, and `configure` says so in words.
    """
    wanted = sorted({sku for sku in skus if sku})
    if not wanted:
        return {}
    rows = session.rows(_WITH_PARTS, {"skus": wanted})
    models = {row.id: _model(row.model) for row in rows}
    return {row.sku: Configurable(row.id, product_of(row), _own_model(row, models)) for row in rows}


def _model(text: str | None) -> Model:
    return PLAIN if text is None else from_text(Model, text)


def _own_model(row: AnyRow, models: dict[int, Model]) -> Model:
    if row.parent_id is None or row.model is not None:
        return models[row.id]
    return fixed(models.get(row.parent_id, PLAIN), values_of(row.chosen))


def values_of(text: str) -> Values:
    """The values of a variant from its row."""
    return tuple((key, code) for key, code in json.loads(text))


_USED_IN = (
    select(product.c.id, product.c.sku, product.c.name, product.c.active)
    .join(product_part, product_part.c.product_id == product.c.id)
    .where(product_part.c.part_id == bindparam("product_id"))
    .order_by(product.c.sort_name, product.c.id)
)


def used_in(session: Session, product_id: int) -> list[UsedIn]:
    """The products that have this one as a part or an option, by name."""
    rows = session.rows(_USED_IN, {"product_id": product_id})
    return [UsedIn(row.id, row.sku, row.name, bool(row.active)) for row in rows]


_WHOLE = product.alias("whole")
_PARTS = (
    select(_WHOLE.c.id.label("whole_id"), _WHOLE.c.sku.label("whole"), product)
    .select_from(product_part)
    .join(_WHOLE, _WHOLE.c.id == product_part.c.product_id)
    .join(product, product.c.id == product_part.c.part_id)
    .where(_WHOLE.c.active)
    .order_by(_WHOLE.c.sort_name, _WHOLE.c.id, product.c.sort_name, product.c.id)
)


def unavailable_parts(session: Session, on: date) -> list[Unavailable]:
    """Every part or option that a product in use has and that is not offered on a day itself. One query."""
    return [
        Unavailable(row.whole_id, row.whole, row.id, row.sku)
        for row in session.rows(_PARTS)
        if not product_of(row).offered_on(on)
    ]


_VARIANTS = (
    select(product, product_variant.c.chosen)
    .join(product_variant, product_variant.c.product_id == product.c.id)
    .where(product_variant.c.parent_id == bindparam("parent_id"))
    .order_by(product_variant.c.id)
)
_PARENT = select(product_variant.c.parent_id, product_variant.c.chosen).where(
    product_variant.c.product_id == bindparam("product_id")
)


def variants(session: Session, product_id: int) -> list[Variant]:
    """The variants of a product in the order they were made."""
    rows = session.rows(_VARIANTS, {"parent_id": product_id})
    return [Variant(row.id, product_of(row), values_of(row.chosen)) for row in rows]


def variant_of(session: Session, product_id: int) -> tuple[int, Values] | None:
    """Id of the product that this one is a variant of, and its values; None if it is none."""
    row = session.row(_PARENT, {"product_id": product_id})
    return None if row is None else (row.parent_id, values_of(row.chosen))
