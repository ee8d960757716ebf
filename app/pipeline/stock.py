"""Where goods are, item by item, from the facts: ordered, on their way, accepted, come back.

No product is counted in a store yet, so nothing is said of what lies there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select

from app.catalog.models import product
from app.contracts.models import contract
from app.core.quantity import from_micro
from app.deals.models import deal
from app.delivery.models import delivery, delivery_line, receipt, receipt_line, return_line
from app.pipeline import standing_sql as standing
from app.quotes.models import quote, quote_line
from app.store.session import Session
from app.store.types import BigInt


@dataclass(frozen=True, slots=True)
class StockRow:
    """One item over all contracts in force; quantities in its unit. `product_id` is None where no product has the SKU.

    Of a cancelled deal only what was accepted counts as ordered.
    """

    id: str
    product_id: int | None
    sku: str
    name: str
    unit: str
    ordered: Decimal
    dispatched: Decimal
    in_transit: Decimal
    accepted: Decimal
    returned: Decimal

    @property
    def to_dispatch(self) -> Decimal:
        """Ordered, and neither accepted nor on its way."""
        return max(self.ordered - self.accepted - self.in_transit, Decimal(0))


def _sums(source: FromClause, deal_id: Any, position: Any, *amounts: tuple[str, Any]) -> Any:
    """Sums by deal and position."""
    columns = [func.sum(amount, type_=BigInt).label(name) for name, amount in amounts]
    return (
        select(deal_id.label("deal_id"), position.label("position"), *columns)
        .select_from(source)
        .group_by(deal_id, position)
        .subquery()
    )


_CONFIRMED = receipt_line.c.accepted + receipt_line.c.damaged + receipt_line.c.missing + receipt_line.c.refused
_SENT = _sums(
    delivery_line.join(delivery),
    delivery.c.deal_id,
    delivery_line.c.position,
    ("dispatched", delivery_line.c.quantity),
)
_ARRIVED = _sums(
    receipt_line.join(receipt),
    receipt.c.deal_id,
    receipt_line.c.position,
    ("accepted", receipt_line.c.accepted),
    ("confirmed", _CONFIRMED),
)
_BACK = _sums(
    return_line.join(receipt_line, receipt_line.c.id == return_line.c.receipt_line_id).join(receipt),
    receipt.c.deal_id,
    return_line.c.position,
    ("returned", return_line.c.quantity),
)


def _of(sums: Any) -> ColumnElement[bool]:
    return and_(sums.c.deal_id == deal.c.id, sums.c.position == quote_line.c.position)


def _amount(column: Any) -> ColumnElement[int]:
    return func.coalesce(column, 0, type_=BigInt)


_ORDERED: ColumnElement[int] = case(
    (deal.c.cancelled_on.is_not(None), _amount(_ARRIVED.c.accepted)), else_=quote_line.c.quantity
)
_ITEM: ColumnElement[str] = case((quote_line.c.sku != "", quote_line.c.sku), else_=quote_line.c.name)
_SOLD = (
    deal.join(contract, contract.c.deal_id == deal.c.id)
    .join(quote, and_(quote.c.deal_id == deal.c.id, standing.IS_LATEST))
    .join(quote_line, quote_line.c.quote_id == quote.c.id)
    .outerjoin(_SENT, _of(_SENT))
    .outerjoin(_ARRIVED, _of(_ARRIVED))
    .outerjoin(_BACK, _of(_BACK))
    .outerjoin(product, and_(product.c.sku == quote_line.c.sku, quote_line.c.sku != ""))
)
_ROWS = (
    select(
        _ITEM.label("item"),
        func.max(product.c.id),
        func.max(quote_line.c.sku),
        func.coalesce(func.max(product.c.name), func.max(quote_line.c.name)).label("name"),
        func.max(quote_line.c.unit),
        func.sum(_ORDERED, type_=BigInt),
        func.sum(_amount(_SENT.c.dispatched), type_=BigInt),
        func.sum(_amount(_SENT.c.dispatched) - _amount(_ARRIVED.c.confirmed), type_=BigInt),
        func.sum(_amount(_ARRIVED.c.accepted), type_=BigInt),
        func.sum(_amount(_BACK.c.returned), type_=BigInt),
    )
    .select_from(_SOLD)
    .where(quote_line.c.kind == "goods", standing.SIGNATURES >= 2)
    .group_by(_ITEM)
    .order_by(func.coalesce(func.max(product.c.name), func.max(quote_line.c.name)), _ITEM)
)


def rows(session: Session, sku: str = "") -> list[StockRow]:
    """Every item of goods that stands in a contract in force, by name; or the one with a SKU."""
    statement = _ROWS.where(quote_line.c.sku == sku) if sku else _ROWS
    return [
        StockRow(item, product_id, own, name, unit, *(from_micro(amount) for amount in amounts))
        for item, product_id, own, name, unit, *amounts in session.rows(statement)
    ]
