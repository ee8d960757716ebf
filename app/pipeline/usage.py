"""Where a product was offered: the newest revisions of quotes that have a line with its SKU."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, case, func, select

from app.deals.models import deal
from app.parties.models import customer
from app.pipeline import standing_sql as standing
from app.quotes.models import quote, quote_line
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class UseRow:
    """A line of a quote with the product; `unit_price` is what was asked, `net` the line's in minor units."""

    id: int
    deal_id: int
    number: str
    title: str
    customer: str
    made_on: date
    state: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    currency: str
    net: int


_SOURCE = (
    quote_line.join(quote, quote.c.id == quote_line.c.quote_id)
    .join(deal, deal.c.id == quote.c.deal_id)
    .join(customer, customer.c.id == deal.c.customer_id)
)
_WITH_SKU = (quote_line.c.sku == bindparam("sku"), standing.IS_LATEST)
_USES = (
    select(
        quote_line.c.id,
        quote.c.deal_id,
        case((quote.c.number != "", quote.c.number), else_=deal.c.number).label("number"),
        deal.c.title,
        customer.c.name.label("customer"),
        quote.c.made_on,
        case((deal.c.cancelled_on.is_not(None), "cancelled"), else_=standing.QUOTE_STATE).label("state"),
        quote_line.c.quantity,
        quote_line.c.unit,
        quote_line.c.unit_price,
        deal.c.currency,
        quote_line.c.net,
    )
    .select_from(_SOURCE)
    .where(*_WITH_SKU)
    .order_by(quote.c.made_on.desc(), quote_line.c.id.desc())
    .limit(bindparam("most"))
)
_COUNT = select(func.count(quote.c.deal_id.distinct())).select_from(_SOURCE).where(*_WITH_SKU)


def uses(session: Session, sku: str, on: date, most: int = 12) -> list[UseRow]:
    """The newest lines with a SKU, as of a day."""
    return [UseRow(*row) for row in session.rows(_USES, {"sku": sku, "today": on, "most": most})]


def deals_with(session: Session, sku: str) -> int:
    """In how many deals a SKU stands."""
    return int(session.value(_COUNT, {"sku": sku}))
