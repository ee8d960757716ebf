"""Reading the store room's book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.catalog.models import product
from app.core.errors import NotFound
from app.stock.models import stock_movement
from app.stock.rules import Movement, MovementKind, Purchase, purchases
from app.store.session import AnyRow, Session


@dataclass(frozen=True, slots=True)
class Kept:
    """A product that is counted, and its unit."""

    id: int
    sku: str
    name: str
    unit: str


_KEPT = select(product.c.id, product.c.sku, product.c.name, product.c.unit).where(product.c.stocked)
_OF_SKUS = _KEPT.where(product.c.sku.in_(bindparam("skus", expanding=True)))
_MOVEMENTS = (
    select(stock_movement)
    .where(stock_movement.c.product_id.in_(bindparam("ids", expanding=True)))
    .order_by(stock_movement.c.id)
)
_OF_PURCHASE = select(stock_movement).where(
    (stock_movement.c.id == bindparam("id")) | (stock_movement.c.expected_id == bindparam("id"))
)
_ALL_PURCHASES = select(stock_movement).where(
    (stock_movement.c.kind == MovementKind.EXPECTED.value) | stock_movement.c.expected_id.is_not(None)
)


def kept(session: Session, skus: Iterable[str] | None = None) -> list[Kept]:
    """The products that are counted, by name; only those with one of the SKUs where they are given."""
    if skus is None:
        rows = session.rows(_KEPT.order_by(product.c.sort_name, product.c.id))
    else:
        wanted = sorted({sku for sku in skus if sku})
        rows = session.rows(_OF_SKUS, {"skus": wanted}) if wanted else []
    return [Kept(*row) for row in rows]


def movements(session: Session, product_ids: Iterable[int]) -> dict[int, list[Movement]]:
    """What was noted of products, in the order it was; one query."""
    ids = sorted(set(product_ids))
    found: dict[int, list[Movement]] = {product_id: [] for product_id in ids}
    for row in session.rows(_MOVEMENTS, {"ids": ids}) if ids else []:
        found[row.product_id].append(_movement(row))
    return found


def open_purchases(session: Session) -> list[Purchase]:
    """Everything that was bought and is still to arrive, by day."""
    return purchases(_movement(row) for row in session.rows(_ALL_PURCHASES))


def purchase(session: Session, expected_id: int) -> Purchase:
    """One purchase with what is open of it. Raises `NotFound`, also where nothing is open any more."""
    found = purchases(_movement(row) for row in session.rows(_OF_PURCHASE, {"id": expected_id}))
    if not found:
        raise NotFound(f"There is no purchase {expected_id} of which anything is still to arrive.")
    return found[0]


def _movement(row: AnyRow) -> Movement:
    return Movement(
        id=row.id,
        product_id=row.product_id,
        kind=MovementKind(row.kind),
        on=row.moved_on,
        quantity=row.quantity,
        expected_id=row.expected_id,
        seen=row.seen,
        reference=row.reference,
        note=row.note,
    )
