"""What a payment will do besides settling: the cashback and points it makes the customer's, and the credit it uses.

Read once, then worked out live while an amount is typed; `rewarding.follow_payment` does the same in the books.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from app.invoicing import queries as invoicing
from app.invoicing.document import InvoiceKind
from app.invoicing.queries import Invoice
from app.payments.draft import Owed
from app.payments.rules import Division
from app.pipeline import openings
from app.pipeline.facts import Facts
from app.rewards.lots import Lot
from app.rewards.points import Points, points_now
from app.rewards.queries import cashback_of_invoice, first_promise, points_of_invoice
from app.rewards.rules import Billed, Cashback, cashback_now
from app.rewards.wallet import wallet
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Promise:
    """What an invoice promised at first and how that stands; `agreed` in minor units, `points_agreed` in points."""

    invoice_id: int
    billed: Billed
    agreed: int
    cashback: Cashback
    points_agreed: int = 0
    points: Points = field(default_factory=Points)


@dataclass(frozen=True, slots=True)
class Paying:
    """What is owed in a deal, the customer's credit by lots, and what the open invoices promise.

    `early_percent` is the discount that was agreed for paying early, None without one.
    """

    owed: Owed
    customer_id: int
    customer: str
    lots: tuple[Lot, ...] = ()
    promises: tuple[Promise, ...] = ()
    early_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Earned:
    """What becomes the customer's by a payment: credit in minor units, and points."""

    cashback: int = 0
    points: int = 0


def paying(session: Session, known: Facts) -> Paying:
    """The facts of a payment in a deal."""
    deal, early = known.deal, known.quote.offer.terms.early
    documents = invoicing.of_deal(session, deal.id)
    invoices = (item for item in documents if item.kind is InvoiceKind.INVOICE and item.open > 0)
    found = (_promise(session, item) for item in invoices)
    return Paying(
        owed=openings.money(session, known),
        customer_id=deal.customer_id,
        customer=deal.customer.name,
        lots=wallet(session, deal.customer_id, deal.currency).lots,
        promises=tuple(item for item in found if item.agreed or item.points_agreed),
        early_percent=None if early is None else early.percent,
    )


def _promise(session: Session, invoice: Invoice) -> Promise:
    points = points_of_invoice(session, invoice.id)
    return Promise(
        invoice_id=invoice.id,
        billed=Billed(invoice.gross, invoice.credited + invoice.discounted, invoice.open, invoice.rounding),
        agreed=first_promise(session, invoice.id),
        cashback=cashback_of_invoice(session, invoice.id),
        points_agreed=points.agreed if points is not None else 0,
        points=points.points if points is not None else Points(),
    )


def earned_by(facts: Paying, division: Division) -> Earned:
    """What becomes the customer's once a payment is divided like this."""
    settled = {item.id: amount for item, amount in division.invoices}
    off = {item.id: amount for item, amount in division.discounts}
    touched = [item for item in facts.promises if item.invoice_id in settled or item.invoice_id in off]
    parts = [_earned(item, settled.get(item.invoice_id, 0), off.get(item.invoice_id, 0)) for item in touched]
    return Earned(sum(part.cashback for part in parts), sum(part.points for part in parts))


def _earned(promise: Promise, settled: int, off: int) -> Earned:
    billed = promise.billed
    now = Billed(billed.gross, billed.lowered + off, billed.open - settled - off, billed.rounding)
    cashback = cashback_now(promise.agreed, now, promise.cashback) if promise.agreed else promise.cashback
    staying = now.gross - now.lowered
    paid = staying if now.open <= 0 else staying + now.rounding - now.open
    points = points_now(promise.points_agreed, now.gross, now.lowered, paid, promise.points)
    return Earned(cashback.credited - promise.cashback.credited, points.granted - promise.points.granted)
