"""States of deals and documents as SQL, for lists and counts; the rules in words are in the stages' own `rules.py`.

Each is a correlated expression over the deal, so a page of a list computes only its own rows; a test compares them
with the rules for deals in every state.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, exists, func, literal, select
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import UnaryExpression

from app.contracts.models import contract, contract_version, signature
from app.deals.models import deal
from app.delivery.models import delivery, delivery_line, receipt, receipt_line
from app.invoicing.models import invoice
from app.ledger.models import journal_line
from app.payments.models import payment
from app.quotes.models import quote, quote_line
from app.store.types import BigInt, Day

TODAY: BindParameter[date] = bindparam("today", type_=Day)
"""The day as of which quotes expire and invoices are overdue."""


def first(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column to join by whose table is read first: SQLite looks no row up by what is written so."""
    return UnaryExpression(column, operator=operators.custom_op("+"), type_=column.type)


_ZERO = literal(0, BigInt)
_OTHER = quote.alias("other_revision")
IS_LATEST: ColumnElement[bool] = ~(
    exists().where(_OTHER.c.deal_id == quote.c.deal_id, _OTHER.c.revision > quote.c.revision).correlate(quote)
)
"""Whether a quote row is the newest revision of its deal."""

_NEWER = contract_version.alias("newer_version")
_NEWEST = (
    select(func.max(_NEWER.c.version))
    .where(_NEWER.c.contract_id == contract.c.id)
    .correlate(contract)
    .scalar_subquery()
)
VERSION: ColumnElement[int] = _NEWEST
"""Newest version of a contract."""

SIGNATURES: ColumnElement[int] = (
    select(func.count())
    .select_from(signature.join(contract_version))
    .where(contract_version.c.contract_id == contract.c.id, contract_version.c.version == _NEWEST)
    .correlate(contract)
    .scalar_subquery()
)
"""How many sides have signed the newest version of a contract."""

_ACCEPTED = (
    select(func.coalesce(func.sum(receipt_line.c.accepted, type_=BigInt), 0))
    .select_from(receipt_line.join(receipt))
    .where(receipt.c.deal_id == deal.c.id, receipt_line.c.position == quote_line.c.position)
    .correlate(deal, quote_line)
    .scalar_subquery()
)
_ACCEPTED_OF_ALL = (
    select(func.coalesce(func.sum(receipt_line.c.accepted, type_=BigInt), 0))
    .select_from(receipt_line.join(receipt))
    .where(receipt.c.deal_id == deal.c.id)
    .correlate(deal)
    .scalar_subquery()
)
_AGREED = (
    select(func.sum(quote_line.c.quantity, type_=BigInt))
    .where(quote_line.c.quote_id == quote.c.id)
    .correlate(quote)
    .scalar_subquery()
)
HAS_OPEN_LINES: ColumnElement[bool] = _AGREED > _ACCEPTED_OF_ALL
"""Whether a line of the agreed quote was not accepted in full: no line is ever accepted beyond its quantity, so the
sums over all lines tell it, at a fifth of the cost of asking line by line."""

_CONFIRMED = (
    select(
        func.coalesce(
            func.sum(
                receipt_line.c.accepted + receipt_line.c.damaged + receipt_line.c.missing + receipt_line.c.refused,
                type_=BigInt,
            ),
            0,
        )
    )
    .where(receipt_line.c.delivery_line_id == delivery_line.c.id)
    .correlate(delivery_line)
    .scalar_subquery()
)
LINE_IN_TRANSIT: ColumnElement[bool] = delivery_line.c.quantity > _CONFIRMED
"""Whether something of a delivery line is in transit."""

HAS_IN_TRANSIT: ColumnElement[bool] = (
    exists()
    .where(delivery.c.id == delivery_line.c.delivery_id, delivery.c.deal_id == deal.c.id, LINE_IN_TRANSIT)
    .correlate(deal)
)
"""Whether goods of a deal are in transit."""

_DISPATCHED = (
    select(func.coalesce(func.sum(delivery_line.c.quantity - _CONFIRMED, type_=BigInt), 0))
    .select_from(delivery_line.join(delivery))
    .where(delivery.c.deal_id == deal.c.id, delivery_line.c.position == quote_line.c.position)
    .correlate(deal, quote_line)
    .scalar_subquery()
)
HAS_TO_DISPATCH: ColumnElement[bool] = (
    exists()
    .where(
        quote_line.c.quote_id == quote.c.id,
        quote_line.c.kind == "goods",
        quote_line.c.quantity > _ACCEPTED + _DISPATCHED,
    )
    .correlate(deal, quote)
)
"""Whether goods of the agreed quote are neither accepted nor under way."""

INVOICE_OPEN: ColumnElement[int] = (
    select(func.coalesce(func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt), 0))
    .where(journal_line.c.document == invoice.c.number, journal_line.c.role == "receivable")
    .correlate(invoice)
    .scalar_subquery()
)
"""What is open of an invoice, in minor units."""

_OF_DEAL = select(invoice.c.number).where(invoice.c.deal_id == deal.c.id).correlate(deal)
RECEIVABLE: ColumnElement[int] = (
    select(func.coalesce(func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt), 0))
    .where(journal_line.c.document.in_(_OF_DEAL), journal_line.c.role == "receivable")
    .correlate(deal)
    .scalar_subquery()
)
"""What is open of all invoices of a deal, in minor units."""

RECEIVED: ColumnElement[int] = (
    select(func.coalesce(func.sum(payment.c.amount - payment.c.credit, type_=BigInt), 0))
    .where(payment.c.deal_id == deal.c.id, payment.c.direction == "in")
    .correlate(deal)
    .scalar_subquery()
)
"""Money received for a deal, without what became credit."""

_PERCENT = func.coalesce(quote.c.deposit_percent, _ZERO, type_=BigInt)
DEPOSIT: ColumnElement[int] = case(
    (quote.c.payment == "prepaid", quote.c.gross),
    (quote.c.deposit_amount.is_not(None), quote.c.deposit_amount),
    else_=(quote.c.gross * _PERCENT + 50_000_000) // 100_000_000,
)
"""What has to be paid before goods leave, in minor units (half away from zero, as the rules round)."""

LACKS_DEPOSIT: ColumnElement[bool] = and_(DEPOSIT > 0, RECEIVED < DEPOSIT)
"""Whether what has to be paid before goods leave did not come in full."""

QUOTE_STATE: ColumnElement[str] = case(
    (and_(quote.c.state == "sent", quote.c.valid_until < TODAY), "expired"), else_=quote.c.state
)
"""State of a revision on a day."""

CONTRACT_STATE: ColumnElement[str] = case(
    (contract.c.cancelled_on.is_not(None), "cancelled"),
    (SIGNATURES >= 2, "in_force"),
    (SIGNATURES == 1, "signed_by_one"),
    else_="draft",
)
"""State of a contract."""

DEAL_STATE: ColumnElement[Any] = case(
    (deal.c.cancelled_on.is_not(None), "cancelled"),
    (and_(contract.c.id.is_(None), quote.c.state == "draft"), "draft"),
    (contract.c.id.is_(None), "quoted"),
    (SIGNATURES < 2, "contracted"),
    (HAS_OPEN_LINES, "open"),
    (RECEIVABLE > 0, "fulfilled"),
    else_="closed",
)
"""State of a deal; deal, its newest quote and its contract (outer) have to be in the FROM list."""
