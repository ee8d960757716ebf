"""The facts of a payment: what is owed, the customer's credit by lots, and what the open invoices promise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.invoicing import queries as invoicing
from app.payments.draft import Owed
from app.payments.rules import Division
from app.pipeline import openings
from app.pipeline.facts import Facts
from app.pipeline.promises import Earned, Promise, after_payment, promises_of
from app.rewards.lots import Lot
from app.rewards.wallet import wallet
from app.store.session import Session


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


def paying(session: Session, known: Facts) -> Paying:
    """The facts of a payment in a deal."""
    deal, early = known.deal, known.quote.offer.terms.early
    return Paying(
        owed=openings.money(session, known),
        customer_id=deal.customer_id,
        customer=deal.customer.name,
        lots=wallet(session, deal.customer_id, deal.currency).lots,
        promises=promises_of(session, (item for item in invoicing.of_deal(session, deal.id) if item.open > 0)),
        early_percent=None if early is None else early.percent,
    )


def earned_by(facts: Paying, division: Division) -> Earned:
    """What becomes the customer's once a payment is divided like this."""
    settled = {item.id: amount for item, amount in division.invoices}
    off = {item.id: amount for item, amount in division.discounts}
    touched = (item for item in facts.promises if item.invoice_id in settled or item.invoice_id in off)
    parts = (after_payment(item, settled.get(item.invoice_id, 0), off.get(item.invoice_id, 0)) for item in touched)
    return sum(parts, Earned())
