"""Promising cashback and points with an invoice, giving them as it is paid, and taking them back with its credits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.core.money import amount_text
from app.deals.queries import Deal
from app.invoicing.queries import Invoice
from app.ledger import service as ledger
from app.ledger.rules import Entry, Posting
from app.revenue import service as revenue
from app.revenue.rules import Earned
from app.rewards.models import cashback_entry, points_entry
from app.rewards.points import (
    Points,
    deferred_of,
    factor_of,
    months_later,
    points_now,
    points_of,
    points_promise_postings,
    worth,
)
from app.rewards.queries import bought, cashback_of_invoice, first_promise, points_of_invoice, programme
from app.rewards.rules import Billed, Cashback, cashback_now, credit_postings, promise_postings, spread
from app.store import chain
from app.store.session import WriteSession

ZERO = Decimal(0)


def promise_cashback(session: WriteSession, deal: Deal, invoice: Invoice, amount: int, on: date) -> None:
    """An invoice promises `amount` minor units; what of it is paid by a deposit already is credit at once."""
    if amount <= 0:
        return
    billed = Billed(invoice.gross, 0, invoice.open, invoice.rounding)
    now = cashback_now(amount, billed, Cashback())
    _move(session, deal, invoice, invoice.number, now, on)


def promise_points(session: WriteSession, deal: Deal, invoice: Invoice, on: date) -> None:
    """An invoice promises points where its currency has a programme: their part of the price is owed from now."""
    known = programme(session, deal.currency)
    if known is None or invoice.figures.totals.net <= 0:
        return
    factor = factor_of(known, bought(session, deal.customer_id, deal.currency, on, invoice.id))
    count = points_of(invoice.figures.totals.net, known, factor)
    deferred = deferred_of(invoice.figures.totals.net, worth(count, known.value, deal.currency))
    if count:
        first = Points(count, 0, 0, deferred)
        _move_points(session, deal, invoice, invoice.number, (first, known.value), on)
        follow(session, deal, invoice, invoice.number, on)


def follow(session: WriteSession, deal: Deal, invoice: Invoice, document: str, on: date, *, given: int = 0) -> None:
    """What an invoice promised follows what `document` did to it: a payment, or a credit note that gave credit."""
    _follow_cashback(session, deal, invoice, document, on, given)
    _follow_points(session, deal, invoice, document, on)


def _follow_points(session: WriteSession, deal: Deal, invoice: Invoice, document: str, on: date) -> None:
    known = points_of_invoice(session, invoice.id)
    if known is None:
        return
    lowered = invoice.credited + invoice.discounted
    staying = invoice.gross - lowered
    settled = staying if invoice.open <= 0 else staying + invoice.rounding - invoice.open
    now = points_now(known.agreed, invoice.gross, lowered, settled, known.points)
    _move_points(session, deal, invoice, document, (now - known.points, known.value), on)


def _move_points(
    session: WriteSession, deal: Deal, invoice: Invoice, document: str, change: tuple[Points, Decimal], on: date
) -> None:
    points, value = change
    if points == Points():
        return
    text = "Points promised" if points.promised >= 0 else "Points taken back"
    _post(session, deal, document, text, points_promise_postings(points.liability), on)
    lower_revenue(session, deal, invoice, points.liability, document, on)
    add_points(session, deal.customer_id, invoice.id, document, (points, value), on, _last_day(session, deal, on))
    for name in ("promised", "granted"):
        if amount := getattr(points, name):
            session.changed(f"invoice {invoice.number}: points {name}", "", str(amount))


def _last_day(session: WriteSession, deal: Deal, on: date) -> date | None:
    known = programme(session, deal.currency)
    months = known.expiry_months if known is not None else None
    return None if months is None else months_later(on, months)


def add_points(
    session: WriteSession,
    customer_id: int,
    invoice_id: int,
    document: str,
    change: tuple[Points, Decimal],
    on: date,
    expires_on: date | None = None,
) -> None:
    """Note by how much a document changes the points of an invoice, and what one is worth; posts nothing."""
    points, value = change
    chain.add(
        session,
        points_entry,
        customer_id=customer_id,
        invoice_id=invoice_id,
        document=document,
        happened_on=on,
        promised=points.promised,
        granted=points.granted,
        spent=points.spent,
        deferred=points.liability,
        expires_on=expires_on if points.granted > 0 else None,
        point_value=value,
    )


def _follow_cashback(session: WriteSession, deal: Deal, invoice: Invoice, document: str, on: date, given: int) -> None:
    agreed = first_promise(session, invoice.id)
    if not agreed:
        return
    before = cashback_of_invoice(session, invoice.id)
    lowered = invoice.credited + invoice.discounted
    billed = Billed(invoice.gross, lowered, invoice.open, invoice.rounding, given)
    _move(session, deal, invoice, document, cashback_now(agreed, billed, before) - before, on)


def _move(session: WriteSession, deal: Deal, invoice: Invoice, document: str, change: Cashback, on: date) -> None:
    if change == Cashback():
        return
    promised = promise_postings(change.promised, invoice.number)
    credited = credit_postings(change.credited, invoice.number)
    if change.credited < 0:
        _post(session, deal, document, "Cashback taken back", (*promised, *credited), on)
    else:
        text = "Cashback promised" if change.promised >= 0 else "Cashback taken back"
        _post(session, deal, document, text, promised, on)
        _post(session, deal, document, "Cashback credited", credited, on)
    lower_revenue(session, deal, invoice, change.promised, document, on)
    values = {"promised": change.promised, "credited": change.credited}
    chain.add(session, cashback_entry, invoice_id=invoice.id, document=document, happened_on=on, **values)
    for name, amount in values.items():
        if amount:
            session.changed(f"invoice {invoice.number}: cashback {name}", "", amount_text(amount, deal.currency))


def lower_revenue(session: WriteSession, deal: Deal, invoice: Invoice, amount: int, document: str, on: date) -> None:
    """Note that the lines of an invoice bring in `amount` minor units less; whoever calls has posted it."""
    if not amount:
        return
    lines = invoice.figures.assembled.lines
    parts = spread(-amount, [line.earned for line in lines])
    rows = [
        Earned(position, ZERO, part) for position, part in zip(invoice.figures.positions, parts, strict=True) if part
    ]
    revenue.take_back(session, deal, rows, document, on)


def _post(session: WriteSession, deal: Deal, document: str, text: str, postings: tuple[Posting, ...], on: date) -> None:
    ledger.post(session, Entry(on, document, text, deal.currency, postings, deal.id, deal.customer_id))
