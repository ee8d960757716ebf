"""What invoices promised the customer, and what a payment or a credit note makes of it: told before it is done.

`rewarding` does the same in the books; the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.invoicing.document import InvoiceKind
from app.invoicing.queries import Invoice
from app.invoicing.rules import lowers
from app.rewards.points import Points, points_now
from app.rewards.queries import cashback_of_invoice, first_promise, points_of_invoice
from app.rewards.rules import Billed, Cashback, cashback_now
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Promise:
    """What an invoice promised at first and how that stands; `agreed` in minor units, `points_agreed` in points."""

    invoice_id: int
    number: str
    billed: Billed
    agreed: int
    cashback: Cashback
    points_agreed: int = 0
    points: Points = field(default_factory=Points)


@dataclass(frozen=True, slots=True)
class Earned:
    """What becomes the customer's: credit in minor units, and points."""

    cashback: int = 0
    points: int = 0

    def __add__(self, other: Earned) -> Earned:
        return Earned(self.cashback + other.cashback, self.points + other.points)


def promises_of(session: Session, documents: Iterable[Invoice]) -> tuple[Promise, ...]:
    """The promises of the invoices among these documents; those that promised nothing are left out."""
    found = (_promise(session, item) for item in documents if item.kind is InvoiceKind.INVOICE)
    return tuple(item for item in found if item.agreed or item.points_agreed)


def _promise(session: Session, invoice: Invoice) -> Promise:
    points = points_of_invoice(session, invoice.id)
    return Promise(
        invoice_id=invoice.id,
        number=invoice.number,
        billed=Billed(invoice.gross, invoice.credited + invoice.discounted, invoice.open, invoice.rounding),
        agreed=first_promise(session, invoice.id),
        cashback=cashback_of_invoice(session, invoice.id),
        points_agreed=points.agreed if points is not None else 0,
        points=points.points if points is not None else Points(),
    )


def after_payment(promise: Promise, settled: int, off: int) -> Earned:
    """What becomes the customer's if `settled` of the invoice is paid and `off` taken off for paying early."""
    was = promise.billed
    return _change(promise, Billed(was.gross, was.lowered + off, was.open - settled - off, was.rounding))


def after_note(promise: Promise, gross: int, rounding: int = 0) -> Earned:
    """What a credit note over `gross` takes back: below zero where credit and points were the customer's already."""
    return _change(promise, _credited(promise.billed, gross, rounding))


def promised_after_note(promise: Promise, gross: int, rounding: int = 0) -> int:
    """The cashback that the invoice still promises, credited or not, once such a credit note is issued."""
    if not promise.agreed:
        return 0
    return cashback_now(promise.agreed, _credited(promise.billed, gross, rounding), promise.cashback).promised


def _credited(was: Billed, gross: int, rounding: int) -> Billed:
    """A credit note lowers what is open first; the rest it gives as credit."""
    back = gross + rounding
    less = lowers(back, was.open)
    return Billed(was.gross, was.lowered + gross, was.open - less, was.rounding, back - less)


def _change(promise: Promise, now: Billed) -> Earned:
    cashback = cashback_now(promise.agreed, now, promise.cashback) if promise.agreed else promise.cashback
    staying = now.gross - now.lowered
    paid = staying if now.open <= 0 else staying + now.rounding - now.open
    points = points_now(promise.points_agreed, now.gross, now.lowered, paid, promise.points)
    return Earned(cashback.credited - promise.cashback.credited, points.granted - promise.points.granted)
