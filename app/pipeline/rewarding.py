"""What payments, credit notes and invoices do to what was promised: cashback, points, discounts for paying early."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from app.invoicing import queries as invoice_queries
from app.invoicing import service as invoicing
from app.invoicing.document import InvoiceKind
from app.invoicing.queries import left_of
from app.payments.early import Taken, taken_as_asked, taken_by_itself
from app.payments.rules import Division, OpenInvoice
from app.pipeline import facts
from app.pipeline.facts import Facts
from app.revenue import service as revenue
from app.revenue.rules import Earned
from app.rewards import queries as promises
from app.rewards import service as rewards
from app.rewards.rules import cashback_of
from app.store.session import WriteSession


def promise(session: WriteSession, known: Facts, number: str, on: date) -> None:
    """The invoice promises its part of the agreed cashback, after the invoices before it, and points."""
    percent, deal = known.quote.offer.terms.cashback_percent, known.deal
    if not percent and promises.programme(session, deal.currency) is None:
        return
    invoices = [i for i in invoice_queries.of_deal(session, deal.id) if i.kind is InvoiceKind.INVOICE]
    before = sum(max(item.gross, 0) for item in invoices if item.number != number)
    invoice = next(item for item in invoices if item.number == number)
    rewards.promise_cashback(session, deal, invoice, cashback_of(percent, before, invoice.gross), on)
    rewards.promise_points(session, deal, invoice, on)


def discounts_of(
    session: WriteSession,
    known: Facts,
    invoices: Sequence[OpenInvoice],
    amount: int,
    discount: int | None,
    reason: str,
    on: date,
) -> tuple[Taken, ...]:
    """The early-payment discounts a payment takes: the one that is asked for, else those it leaves open exactly."""
    if discount is None and known.quote.offer.terms.early is None:
        return ()
    offers = facts.early_offers(session, known)
    if discount is None:
        return taken_by_itself(amount, invoices, offers, on)
    first = invoices[0] if invoices else None
    offer = offers.get(first.id) if first is not None else None
    return taken_as_asked(amount, discount, reason, on, first, offer, known.deal.currency)


def take_discounts(
    session: WriteSession, known: Facts, taken: Sequence[Taken], paid: tuple[int, str], on: date
) -> None:
    """Take them, with the revenue of each line that they lower; `paid` is the payment's id and number."""
    documents = invoice_queries.of_deal(session, known.deal.id) if taken else []
    for item in taken:
        invoice = next(i for i in documents if i.id == item.invoice.id)
        left = left_of(invoice, documents)
        figures = invoicing.take_discount(session, known.deal, known.quote, left, item, paid, on)
        rows = zip(figures.positions, figures.assembled.lines, strict=True)
        earned = [Earned(position, Decimal(0), -line.earned) for position, line in rows if line.earned]
        revenue.take_back(session, known.deal, earned, paid[1], on)


def follow_payment(session: WriteSession, known: Facts, division: Division, number: str, on: date) -> None:
    """What was promised of the invoices becomes the customer's, in proportion to what is paid of them."""
    if not promises.has_promises(session, known.deal.id):
        return
    touched = {item.id for item, _ in (*division.invoices, *division.discounts)}
    for invoice in invoice_queries.of_deal(session, known.deal.id):
        if invoice.id in touched:
            rewards.follow(session, known.deal, invoice, number, on)


def follow_note(session: WriteSession, known: Facts, invoice_id: int, number: str, given: int, on: date) -> None:
    """What an invoice promised goes back in proportion; `given` is what its credit note gave as credit."""
    if promises.has_promises(session, known.deal.id):
        documents = invoice_queries.of_deal(session, known.deal.id)
        invoice = next(item for item in documents if item.id == invoice_id)
        rewards.follow(session, known.deal, invoice, number, on, given=given)
