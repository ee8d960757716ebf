"""The catalogue: the rows of what is in a bundle are those of its model, and pictures are kept as they were made."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.catalog.model import Model
from app.catalog.models import product, product_model, product_part, product_variant
from app.core.codec import from_text
from app.core.errors import StoreError
from app.pipeline.proof.reading import UNREADABLE
from app.pipeline.proof.words import values
from app.store.files import Files
from app.store.session import Session

_SKUS = select(product.c.id, product.c.sku)
_MODELS = select(product_model.c.product_id, product_model.c.model).order_by(product_model.c.product_id)
_PARTS = select(product_part.c.product_id, product_part.c.part_id).order_by(product_part.c.id)
_OF_VARIANTS = select(product_variant.c.product_id).join(
    product_model, product_model.c.product_id == product_variant.c.product_id
)


def parts(session: Session) -> Iterator[str]:
    """What is in a bundle is what its model says, and variants have no model of their own."""
    skus = {row.id: row.sku for row in session.rows(_SKUS)}
    noted: dict[int, set[str]] = {}
    for row in session.stream(_PARTS):
        noted.setdefault(row.product_id, set()).add(skus.get(row.part_id, ""))
    for row in session.stream(_MODELS):
        what = f"product {skus.get(row.product_id, '')!r}"
        try:
            named = from_text(Model, row.model).skus()
        except UNREADABLE:
            yield f"{what}: its model cannot be read"
            named = ()
        yield from values(f"{what}: its parts", sorted(noted.pop(row.product_id, ())), sorted(named))
    for product_id in noted:
        yield f"product {skus.get(product_id, '')!r} has parts, but no model"
    for row in session.rows(_OF_VARIANTS):
        yield f"product {skus.get(row.product_id, '')!r} is a variant and has a model of its own"


_PICTURES = select(product.c.sku, product.c.image, product.c.thumbnail).where(product.c.image != "")


def pictures(session: Session, files: Files) -> Iterator[str]:
    """Every picture of a product is kept as it was made."""
    for row in session.stream(_PICTURES.order_by(product.c.id)):
        for name in (row.image, row.thumbnail):
            try:
                files.get(name)
            except (StoreError, ValueError) as error:
                yield f"the picture of product {row.sku!r}: {error}"
