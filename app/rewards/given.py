"""What was promised, credited, taken back and given for a complaint on account of one invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from app.rewards.models import cashback_entry, points_entry, wallet_entry
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Change:
    """What a document changed of an invoice's promise: minor units of cashback, or points; negative is taken back.

    `granted` of it became the customer's; of points `spent` were turned into credit.
    """

    document: str
    on: date
    promised: int
    granted: int
    spent: int = 0


@dataclass(frozen=True, slots=True)
class Goodwill:
    """Credit for a complaint, in minor units."""

    on: date
    amount: int
    reason: str
    expires_on: date | None


_CASHBACK = (
    select(cashback_entry.c.document, cashback_entry.c.happened_on, cashback_entry.c.promised)
    .add_columns(cashback_entry.c.credited)
    .where(cashback_entry.c.invoice_id == bindparam("invoice_id"))
    .order_by(cashback_entry.c.id)
)
_POINTS = (
    select(points_entry.c.document, points_entry.c.happened_on, points_entry.c.promised)
    .add_columns(points_entry.c.granted, points_entry.c.spent)
    .where(points_entry.c.invoice_id == bindparam("invoice_id"))
    .order_by(points_entry.c.id)
)
_GOODWILL = (
    select(wallet_entry.c.happened_on, wallet_entry.c.amount, wallet_entry.c.reason, wallet_entry.c.expires_on)
    .where(wallet_entry.c.invoice_id == bindparam("invoice_id"), wallet_entry.c.kind == "goodwill")
    .order_by(wallet_entry.c.id)
)


def cashback_changes(session: Session, invoice_id: int) -> tuple[Change, ...]:
    """The cashback of an invoice, document by document."""
    return tuple(Change(*row) for row in session.rows(_CASHBACK, {"invoice_id": invoice_id}))


def points_changes(session: Session, invoice_id: int) -> tuple[Change, ...]:
    """The points of an invoice, document by document."""
    return tuple(Change(*row) for row in session.rows(_POINTS, {"invoice_id": invoice_id}))


def goodwill_of(session: Session, invoice_id: int) -> tuple[Goodwill, ...]:
    """The goodwill that was given on account of an invoice."""
    return tuple(Goodwill(*row) for row in session.rows(_GOODWILL, {"invoice_id": invoice_id}))
