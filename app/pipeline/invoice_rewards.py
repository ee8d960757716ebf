"""What an invoice brought the customer besides goods: discounts for paying early, cashback, points, goodwill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, select

from app.invoicing.document import InvoiceKind
from app.invoicing.early import early_offer
from app.invoicing.models import early_discount
from app.invoicing.queries import kept_of, left_of
from app.payments.early import EarlyOffer
from app.payments.models import payment
from app.pipeline.details import InvoiceDetail
from app.rewards.given import Change, Goodwill, cashback_changes, goodwill_of, points_changes
from app.rewards.rules import Cashback
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class EarlyTaken:
    """A discount for paying early that a payment took, in minor units."""

    payment_id: int
    payment: str
    on: date
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class InvoiceRewards:
    """All of it; of a credit note only what it took back. `goodwill_most` is what can be given, in minor units.

    `early` is what may still be taken off, None where paying early was not agreed.
    """

    cashback: tuple[Change, ...] = ()
    points: tuple[Change, ...] = ()
    goodwill: tuple[Goodwill, ...] = ()
    taken: tuple[EarlyTaken, ...] = ()
    goodwill_most: int = 0
    early: EarlyOffer | None = None
    early_percent: Decimal | None = None

    @property
    def cashback_now(self) -> Cashback:
        """What is promised now, and what of it is credit."""
        return Cashback(sum(item.promised for item in self.cashback), sum(item.granted for item in self.cashback))

    @property
    def points_now(self) -> Change | None:
        """Points promised, granted and spent in all; None without any."""
        if not self.points:
            return None
        sums = (sum(getattr(item, name) for item in self.points) for name in ("promised", "granted", "spent"))
        return Change("", self.points[0].on, *sums)


_TAKEN = (
    select(payment.c.id, payment.c.number, early_discount.c.taken_on, early_discount.c.gross, early_discount.c.reason)
    .join_from(early_discount, payment)
    .where(early_discount.c.invoice_id == bindparam("invoice_id"))
    .order_by(early_discount.c.id)
)


def of_invoice(session: Session, found: InvoiceDetail) -> InvoiceRewards:
    """The rewards of an invoice or credit note that was read."""
    invoice, documents, offer = found.invoice, found.view.invoices, found.view.quote.offer
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return _of_note(session, invoice.number, invoice.corrects_id or 0)
    early = offer.terms.early
    return InvoiceRewards(
        cashback=cashback_changes(session, invoice.id),
        points=points_changes(session, invoice.id),
        goodwill=goodwill_of(session, invoice.id),
        taken=tuple(EarlyTaken(*row) for row in session.rows(_TAKEN, {"invoice_id": invoice.id})),
        goodwill_most=max(left_of(invoice, documents).totals.net, 0),
        early=early_offer(kept_of(invoice, documents), invoice.discounted, offer, invoice.issued_on),
        early_percent=None if early is None else early.percent,
    )


def _of_note(session: Session, number: str, invoice_id: int) -> InvoiceRewards:
    return InvoiceRewards(
        cashback=tuple(item for item in cashback_changes(session, invoice_id) if item.document == number),
        points=tuple(item for item in points_changes(session, invoice_id) if item.document == number),
    )
