"""Reading guides, and the products that they choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, or_, select

from app.catalog.guides import Guide
from app.catalog.guides_check import Known
from app.catalog.model import Configurable, Model
from app.catalog.model_queries import with_parts
from app.catalog.models import guide, product, product_model
from app.catalog.queries import categories
from app.core.codec import from_text
from app.core.errors import NotFound
from app.store.session import AnyRow, Session


@dataclass(frozen=True, slots=True)
class StoredGuide:
    """A guide with its row's id, which stays when the name changes."""

    id: int
    guide: Guide


_ALL = select(guide.c.id, guide.c.guide).order_by(guide.c.name, guide.c.id)
_BY_ID = select(guide.c.id, guide.c.guide).where(guide.c.id == bindparam("id"))
_OFFERED = (
    select(product.c.sku)
    .where(
        product.c.active,
        or_(
            product.c.active_from.is_(None), product.c.active_from <= bindparam("on", type_=product.c.active_from.type)
        ),
        or_(product.c.active_to.is_(None), product.c.active_to >= bindparam("on", type_=product.c.active_to.type)),
    )
    .order_by(product.c.sort_name, product.c.id)
)
_SKUS = select(product.c.sku)
_MODELS = select(product_model.c.model)


def guides(session: Session, *, active_only: bool = False) -> list[StoredGuide]:
    """Every guide by name, or only those that are offered to the seller."""
    found = [_stored(row) for row in session.rows(_ALL)]
    return [one for one in found if one.guide.active or not active_only]


def guide_by_id(session: Session, guide_id: int) -> StoredGuide:
    """One guide. Raises `NotFound`."""
    row = session.row(_BY_ID, {"id": guide_id})
    if row is None:
        raise NotFound(f"There is no guide with the id {guide_id}.")
    return _stored(row)


def _stored(row: AnyRow) -> StoredGuide:
    return StoredGuide(row.id, from_text(Guide, row.guide))


def offered(session: Session, on: date) -> dict[str, Configurable]:
    """The products that are offered on a day, in the order of their names: what `guides.advance` chooses from."""
    skus = [row.sku for row in session.rows(_OFFERED, {"on": on})]
    found = with_parts(session, skus)
    return {sku: found[sku] for sku in skus}


def known(session: Session) -> Known:
    """What the catalogue has that a guide may name."""
    models = [from_text(Model, row.model) for row in session.rows(_MODELS)]
    skus = frozenset(row.sku for row in session.rows(_SKUS))
    options = frozenset(option.key for model in models for option in model.options())
    return Known(skus, frozenset(categories(session)), options, *_attributes(models))


def _attributes(models: Iterable[Model]) -> tuple[frozenset[str], dict[str, set[str]]]:
    codes: dict[str, set[str]] = {}
    keys = set()
    for attribute in (attribute for model in models for attribute in model.attributes):
        keys.add(attribute.key)
        if attribute.values:
            codes.setdefault(attribute.key, set()).update(value.code for value in attribute.values)
    return frozenset(keys), codes
