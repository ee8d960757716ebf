"""Reading payments, and what is left of deposits and credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from app.payments.models import payment, payment_use
from app.store.prepared import Prepared
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment or refund; amounts in minor units."""

    id: int
    number: str
    direction: str
    paid_on: date
    method: str
    reference: str
    reason: str
    amount: int
    deposit: int
    credit: int
    spent: int
    """What of its credit was used for other payments or paid back."""


def _used(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """Sum of the uses that meet the conditions."""
    return func.coalesce(func.sum(case((and_(*conditions), payment_use.c.amount), else_=0)), 0)


_FROM_DEPOSIT = payment_use.c.source == "deposit"
_FROM_CREDIT = payment_use.c.source == "credit"
_DEPOSIT_LEFT = payment.c.deposit - _used(_FROM_DEPOSIT)
_CREDIT_LEFT = payment.c.credit + _used(_FROM_DEPOSIT, payment_use.c.purpose == "credit") - _used(_FROM_CREDIT)
_WITH_USES = payment.outerjoin(payment_use)
_DEPOSITS = Prepared(
    select(payment.c.id, _DEPOSIT_LEFT.label("left"))
    .select_from(_WITH_USES)
    .where(payment.c.deal_id == bindparam("deal_id"), payment.c.deposit > 0)
    .group_by(payment.c.id)
    .order_by(payment.c.id)
)
_CREDITS = Prepared(
    select(payment.c.id, _CREDIT_LEFT.label("left"))
    .select_from(_WITH_USES)
    .where(
        payment.c.customer_id == bindparam("customer_id"),
        payment.c.currency == bindparam("currency"),
        payment.c.deposit + payment.c.credit > 0,
    )
    .group_by(payment.c.id)
    .order_by(payment.c.id)
)
_OF_DEAL = (
    select(
        payment.c.id,
        payment.c.number,
        payment.c.direction,
        payment.c.paid_on,
        payment.c.method,
        payment.c.reference,
        payment.c.reason,
        payment.c.amount,
        payment.c.deposit,
        payment.c.credit,
        _used(payment_use.c.purpose.in_(("payment", "refund"))).label("spent"),
    )
    .select_from(_WITH_USES)
    .where(payment.c.deal_id == bindparam("deal_id"))
    .group_by(payment.c.id)
    .order_by(payment.c.id)
)


def deposits_left(session: Session, deal_id: int) -> list[tuple[int, int]]:
    """(payment, what is left of its deposit) of one deal, oldest first."""
    return [(row.id, int(row.left)) for row in session.rows(_DEPOSITS, {"deal_id": deal_id})]


def credits_left(session: Session, customer_id: int, currency: str) -> list[tuple[int, int]]:
    """(payment, what is left of its credit) of one customer, oldest first."""
    values = {"customer_id": customer_id, "currency": currency}
    return [(row.id, int(row.left)) for row in session.rows(_CREDITS, values)]


def of_deal(session: Session, deal_id: int) -> Sequence[Payment]:
    """The payments and refunds of a deal in the order they came."""
    return [Payment(*row) for row in session.rows(_OF_DEAL, {"deal_id": deal_id})]
