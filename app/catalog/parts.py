"""Writing models: the one place that keeps a model and the rows of what is in it in step."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, delete, select, update

from app.catalog.model import Model
from app.catalog.model_queries import model_of, used_in
from app.catalog.models import product, product_model, product_part
from app.core.codec import to_text
from app.store.session import WriteSession

_IDS = select(product.c.id, product.c.sku).where(product.c.sku.in_(bindparam("skus", expanding=True)))
_KNOWN = select(product_model.c.id).where(product_model.c.product_id == bindparam("product_id"))


def store_model(session: WriteSession, product_id: int, model: Model) -> None:
    """Keep a model that was checked, in place of the one before; a plain one leaves no row."""
    session.execute(delete(product_part).where(product_part.c.product_id == product_id))
    known = session.value(_KNOWN, {"product_id": product_id})
    if model.is_plain:
        session.execute(delete(product_model).where(product_model.c.product_id == product_id))
        return
    if known is None:
        session.insert(product_model, product_id=product_id, model=to_text(model))
    else:
        session.execute(update(product_model).where(product_model.c.id == known).values(model=to_text(model)))
    ids = {row.sku: row.id for row in session.rows(_IDS, {"skus": list(model.skus())})}
    parts = [{"product_id": product_id, "part_id": ids[sku]} for sku in model.skus() if sku in ids]
    session.insert_all(product_part, parts)


def swap_sku(session: WriteSession, product_id: int, old: str, new: str) -> None:
    """Let every model that has a product as a part or option follow its new SKU."""
    for whole in used_in(session, product_id):
        model = _swapped(model_of(session, whole.id), old, new)
        values = {"model": to_text(model)}
        session.execute(update(product_model).where(product_model.c.product_id == whole.id).values(values))
        session.changed(f"model of {whole.sku}", old, new)


def _swapped(model: Model, old: str, new: str) -> Model:
    parts = tuple(replace(part, sku=new) if part.sku == old else part for part in model.parts.parts)
    groups = tuple(
        replace(
            group,
            options=tuple(replace(option, sku=new) if option.sku == old else option for option in group.options),
        )
        for group in model.groups
    )
    return replace(model, parts=replace(model.parts, parts=parts), groups=groups)
