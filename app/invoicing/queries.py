"""Reading invoices, what is open of them, and what was allocated to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, func, select

from app.core.codec import from_plain
from app.core.quantity import from_micro
from app.invoicing.document import InvoiceKind
from app.invoicing.models import allocation, early_discount, invoice, invoice_line
from app.invoicing.rules import Figures, InvoiceState, left_to_credit, state
from app.ledger.queries import open_amounts
from app.ledger.rules import Role
from app.payments.models import payment
from app.payments.rules import OpenInvoice
from app.store.prepared import Prepared
from app.store.session import Session
from app.store.types import BigInt


@dataclass(frozen=True, slots=True)
class Invoice:
    """An issued invoice or credit note; `open` and `state` are computed from the ledger.

    `discounts` are the figures of early-payment discounts that were taken; `rounding` is what cash rounding adds.
    """

    id: int
    number: str
    kind: InvoiceKind
    issued_on: date
    due_on: date
    receipt_id: int | None
    corrects_id: int | None
    prepaid: int
    reason: str
    figures: Figures
    open: int
    credited: int
    rounding: int = 0
    discounts: tuple[Figures, ...] = ()

    @property
    def discounted(self) -> int:
        """What early payment took off, with tax."""
        return sum(discount.totals.gross for discount in self.discounts)

    @property
    def gross(self) -> int:
        """Total with tax."""
        return self.figures.totals.gross

    @property
    def state(self) -> InvoiceState:
        """Open, partly paid, paid, partly credited or credited."""
        asked = self.gross - self.discounted + self.rounding
        credited = self.credited + self.rounding if self.credited else 0
        return state(asked, self.open, credited, self.kind is InvoiceKind.CREDIT_NOTE)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Part of a payment that settles an invoice."""

    payment_id: int
    invoice: str
    amount: int


_OF_DEAL = Prepared(select(invoice).where(invoice.c.deal_id == bindparam("deal_id")).order_by(invoice.c.id))
_DISCOUNTS = Prepared(
    select(early_discount.c.invoice_id, early_discount.c.figures)
    .join_from(early_discount, invoice)
    .where(invoice.c.deal_id == bindparam("deal_id"))
    .order_by(early_discount.c.id)
)
_INVOICED = Prepared(
    select(invoice_line.c.position, func.sum(invoice_line.c.quantity, type_=BigInt))
    .join_from(invoice_line, invoice)
    .where(invoice.c.deal_id == bindparam("deal_id"), invoice.c.kind == "invoice")
    .group_by(invoice_line.c.position)
)
_GROSS = Prepared(
    select(func.coalesce(func.sum(invoice.c.gross), 0)).where(
        invoice.c.deal_id == bindparam("deal_id"), invoice.c.kind == "invoice"
    )
)
_NUMBERS = Prepared(
    select(invoice.c.id, invoice.c.number)
    .where(invoice.c.deal_id == bindparam("deal_id"), invoice.c.kind == "invoice")
    .order_by(invoice.c.due_on, invoice.c.id)
)
_ALLOCATIONS = (
    select(allocation.c.payment_id, invoice.c.number, func.sum(allocation.c.amount, type_=BigInt))
    .join_from(allocation, invoice)
    .join(payment, payment.c.id == allocation.c.payment_id)
    .where(payment.c.deal_id == bindparam("deal_id"))
    .group_by(allocation.c.payment_id, invoice.c.id)
    .order_by(allocation.c.payment_id, invoice.c.id)
)


def of_deal(session: Session, deal_id: int) -> Sequence[Invoice]:
    """Invoices and credit notes of a deal in the order they came, with what is open."""
    rows = session.rows(_OF_DEAL, {"deal_id": deal_id})
    opened = open_amounts(session, [row.number for row in rows])
    credited: dict[int, int] = {}
    for row in rows:
        if row.corrects_id is not None:
            credited[row.corrects_id] = credited.get(row.corrects_id, 0) + row.gross
    discounts: dict[int, tuple[Figures, ...]] = {}
    for row in session.rows(_DISCOUNTS, {"deal_id": deal_id}) if rows else ():
        discounts[row.invoice_id] = (*discounts.get(row.invoice_id, ()), from_plain(Figures, row.figures))
    return [
        Invoice(
            id=row.id,
            number=row.number,
            kind=InvoiceKind(row.kind),
            issued_on=row.issued_on,
            due_on=row.due_on,
            receipt_id=row.receipt_id,
            corrects_id=row.corrects_id,
            prepaid=row.prepaid,
            reason=row.reason,
            figures=from_plain(Figures, row.figures),
            open=opened.get((row.number, Role.RECEIVABLE.value), 0),
            credited=credited.get(row.id, 0),
            rounding=row.rounding,
            discounts=discounts.get(row.id, ()),
        )
        for row in rows
    ]


def left_of(invoice: Invoice, documents: Sequence[Invoice]) -> Figures:
    """What of an invoice neither a credit note nor an early-payment discount has taken off yet."""
    notes = [note.figures for note in documents if note.corrects_id == invoice.id]
    return left_to_credit(invoice.figures, [*invoice.discounts, *notes])


def kept_of(invoice: Invoice, documents: Sequence[Invoice]) -> Figures:
    """What of an invoice no credit note has taken back: the base of its early-payment discount."""
    return left_to_credit(invoice.figures, [note.figures for note in documents if note.corrects_id == invoice.id])


def invoiced(session: Session, deal_id: int) -> dict[int, Decimal]:
    """Quantity invoiced so far, by position of the contract; credit notes do not count."""
    return {position: from_micro(total) for position, total in session.rows(_INVOICED, {"deal_id": deal_id})}


def invoiced_gross(session: Session, deal_id: int) -> int:
    """Gross of all invoices of a deal; credit notes do not count."""
    return int(session.value(_GROSS, {"deal_id": deal_id}))


def open_invoices(session: Session, deal_id: int) -> list[OpenInvoice]:
    """The invoices of a deal with something open, oldest due first."""
    rows = session.rows(_NUMBERS, {"deal_id": deal_id})
    if not rows:
        return []
    opened = open_amounts(session, [row.number for row in rows])
    found = [OpenInvoice(row.id, row.number, opened.get((row.number, Role.RECEIVABLE.value), 0)) for row in rows]
    return [item for item in found if item.open > 0]


def allocations_of(session: Session, deal_id: int) -> Sequence[Allocation]:
    """What the payments of a deal settle."""
    return [Allocation(*row) for row in session.rows(_ALLOCATIONS, {"deal_id": deal_id})]
