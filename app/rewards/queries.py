"""Reading what was promised to customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import bindparam, case, func, select

from app.core.codec import from_plain
from app.deals.models import deal
from app.invoicing.models import invoice
from app.revenue.models import revenue_entry
from app.rewards.models import cashback_entry, points_entry
from app.rewards.points import Points, PointsLot, Programme
from app.rewards.rules import Cashback
from app.store import settings
from app.store.prepared import Prepared
from app.store.session import Session
from app.store.types import BigInt, Day

PROGRAMMES = "points"
"""Under which name the programmes are kept, by currency."""

_SUMS = (
    func.coalesce(func.sum(cashback_entry.c.promised, type_=BigInt), 0),
    func.coalesce(func.sum(cashback_entry.c.credited, type_=BigInt), 0),
)
_OF_INVOICE = Prepared(select(*_SUMS).where(cashback_entry.c.invoice_id == bindparam("invoice_id")))
_FIRST = Prepared(
    select(cashback_entry.c.promised)
    .where(cashback_entry.c.invoice_id == bindparam("invoice_id"))
    .order_by(cashback_entry.c.id)
    .limit(1)
)
_OF_CUSTOMER = (
    select(*_SUMS)
    .join_from(cashback_entry, invoice)
    .where(invoice.c.customer_id == bindparam("customer_id"), invoice.c.currency == bindparam("currency"))
)
_OF_DEAL = select(*_SUMS).join_from(cashback_entry, invoice).where(invoice.c.deal_id == bindparam("deal_id"))


def cashback_of_invoice(session: Session, invoice_id: int) -> Cashback:
    """What an invoice promises now, in minor units."""
    row = session.row(_OF_INVOICE, {"invoice_id": invoice_id})
    return Cashback() if row is None else Cashback(int(row[0]), int(row[1]))


def first_promise(session: Session, invoice_id: int) -> int:
    """What an invoice promised on its day, in minor units; 0 if nothing."""
    return int(session.value(_FIRST, {"invoice_id": invoice_id}) or 0)


def cashback_of_customer(session: Session, customer_id: int, currency: str) -> Cashback:
    """What all invoices of a customer in one currency promise, and what of it became credit."""
    row = session.row(_OF_CUSTOMER, {"customer_id": customer_id, "currency": currency})
    return Cashback() if row is None else Cashback(int(row[0]), int(row[1]))


def cashback_of_deal(session: Session, deal_id: int) -> Cashback:
    """What all invoices of a deal promise, and what of it became credit."""
    row = session.row(_OF_DEAL, {"deal_id": deal_id})
    return Cashback() if row is None else Cashback(int(row[0]), int(row[1]))


_PROMISES = Prepared(
    select(invoice.c.id)
    .where(
        invoice.c.deal_id == bindparam("deal_id"),
        select(cashback_entry.c.id).where(cashback_entry.c.invoice_id == invoice.c.id).exists()
        | select(points_entry.c.id).where(points_entry.c.invoice_id == invoice.c.id).exists(),
    )
    .limit(1)
)


def has_promises(session: Session, deal_id: int) -> bool:
    """Whether an invoice of a deal has promised cashback or points."""
    return session.row(_PROMISES, {"deal_id": deal_id}) is not None


# ------------------------------------------------------------------ points
@dataclass(frozen=True, slots=True)
class InvoicePoints:
    """The points of an invoice as they stand, how many it promised at first, and what one is worth."""

    agreed: int
    points: Points
    value: Decimal


_POINTS = (
    func.sum(points_entry.c.promised, type_=BigInt).label("promised"),
    func.sum(points_entry.c.granted, type_=BigInt).label("granted"),
    func.sum(points_entry.c.spent, type_=BigInt).label("spent"),
    func.sum(points_entry.c.deferred, type_=BigInt).label("deferred"),
)
_FIRST_POINTS = (
    select(points_entry.c.promised, points_entry.c.point_value)
    .where(points_entry.c.invoice_id == bindparam("invoice_id"))
    .order_by(points_entry.c.id)
    .limit(1)
)
_POINTS_OF_INVOICE = select(*_POINTS).where(points_entry.c.invoice_id == bindparam("invoice_id"))
_LOTS = (
    select(
        invoice.c.id,
        invoice.c.number,
        invoice.c.issued_on,
        *_POINTS,
        func.max(points_entry.c.point_value).label("value"),
        func.max(points_entry.c.expires_on).label("expires_on"),
    )
    .join_from(points_entry, invoice)
    .group_by(invoice.c.id)
    .order_by(invoice.c.id)
)
_BOUGHT = select(
    func.coalesce(
        func.sum(case((invoice.c.kind == "invoice", invoice.c.net), else_=-invoice.c.net), type_=BigInt),
        0,
    )
).where(
    invoice.c.customer_id == bindparam("customer_id"),
    invoice.c.currency == bindparam("currency"),
    invoice.c.id != bindparam("but"),
    invoice.c.issued_on > bindparam("since", type_=Day),
)


def programmes(session: Session) -> dict[str, Programme]:
    """The programmes by currency."""
    kept = settings.get(session, PROGRAMMES, {})
    return {currency: from_plain(Programme, value) for currency, value in kept.items()}


def programme(session: Session, currency: str) -> Programme | None:
    """The programme of one currency, if there is one."""
    return programmes(session).get(currency)


def bought(session: Session, customer_id: int, currency: str, on: date, but: int) -> int:
    """What a customer was invoiced without tax in the twelve months before a day, without one invoice (minor units)."""
    values = {"customer_id": customer_id, "currency": currency, "since": on - timedelta(days=365), "but": but}
    return int(session.value(_BOUGHT, values))


def points_of_invoice(session: Session, invoice_id: int) -> InvoicePoints | None:
    """The points of an invoice, or None if it promised none."""
    first = session.row(_FIRST_POINTS, {"invoice_id": invoice_id})
    row = session.row(_POINTS_OF_INVOICE, {"invoice_id": invoice_id})
    if first is None or row is None:
        return None
    return InvoicePoints(first.promised, Points(row.promised, row.granted, row.spent, row.deferred), first.point_value)


def points_lots(session: Session, customer_id: int, currency: str) -> list[PointsLot]:
    """The points of a customer by invoice, the oldest first; those of which nothing is left are not listed."""
    statement = _LOTS.where(points_entry.c.customer_id == customer_id, invoice.c.currency == currency)
    found = [
        PointsLot(
            row.id,
            row.number,
            Points(row.promised, row.granted, row.spent, row.deferred),
            row.value,
            date.fromisoformat(row.expires_on) if isinstance(row.expires_on, str) else row.expires_on,
            row.issued_on,
        )
        for row in session.rows(statement)
    ]
    return [lot for lot in found if lot.points.outstanding]


# ------------------------------------------------------------------ margin
_MARGIN = (
    select(
        func.sum(revenue_entry.c.amount, type_=BigInt).label("earned"),
        func.sum(revenue_entry.c.cost, type_=BigInt).label("cost"),
    )
    .join_from(revenue_entry, deal)
    .where(
        deal.c.customer_id == bindparam("customer_id"),
        deal.c.currency == bindparam("currency"),
        revenue_entry.c.earned_on > bindparam("since", type_=Day),
    )
)


def usual_margin(session: Session, customer_id: int, currency: str, on: date) -> Decimal | None:
    """What a customer's purchases of the last twelve months left in percent of what they earned; None without any.

    Services carry no cost in the books, so it is the margin over goods and services together.
    """
    values = {"customer_id": customer_id, "currency": currency, "since": on - timedelta(days=365)}
    row = session.row(_MARGIN, values)
    if row is None or not row.earned or row.earned <= 0:
        return None
    earned, cost = int(row.earned), int(row.cost)
    return (Decimal(earned - cost) * 100 / earned).quantize(Decimal("0.01"), ROUND_HALF_UP)
