"""Money in the books against the facts: each check sets the two against each other and tells where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.core.money import amount_text
from app.deals.models import deal
from app.invoicing.models import allocation, early_discount, invoice
from app.ledger.models import journal_entry, journal_line
from app.ledger.rules import Role
from app.parties.models import customer
from app.payments.models import payment, payment_use
from app.pipeline.proof.reading import differing
from app.rewards.models import cashback_entry, gift_card, wallet_entry
from app.store.session import Session
from app.store.types import BigInt

_MOVED = journal_line.c.debit - journal_line.c.credit
_PAID = case((payment.c.direction == "in", payment.c.amount), else_=-payment.c.amount)
_IN_MONEY = payment.c.method != "credit"
_ASKED = invoice.c.gross + invoice.c.rounding
_BILLED = case((invoice.c.kind == "invoice", _ASKED), else_=-_ASKED)
_FROM_DEPOSIT = payment_use.c.source == "deposit"
_NOTE, _ORIGINAL = invoice.alias("note"), invoice.alias("original")


def _books(roles: tuple[Role, ...], *keys: ColumnElement[Any]) -> Select[Any]:
    """What the books say of some roles; the joins of a check's own follow."""
    statement = select(*keys, journal_entry.c.currency, _MOVED).join_from(journal_line, journal_entry)
    return statement.where(journal_line.c.role.in_([role.value for role in roles]))


def _uses(*keys: ColumnElement[Any]) -> Select[Any]:
    """Deposits used up; the joins of a check's own follow."""
    return select(*keys, payment.c.currency, payment_use.c.amount).join_from(payment_use, payment).where(_FROM_DEPOSIT)


def _off(difference: int, currency: str) -> str:
    return f"{amount_text(abs(difference), currency)} {currency} {'above' if difference > 0 else 'below'}"


def moved(session: Session) -> Iterator[str]:
    """Bank and cash have moved by exactly the payments and refunds that were made that way."""
    role = case((payment.c.method == "cash", Role.CASH.value), else_=Role.BANK.value)
    facts = select(role, payment.c.currency, -_PAID).where(_IN_MONEY)
    for name, currency, off in differing(session, _books((Role.BANK, Role.CASH), journal_line.c.role), facts):
        yield f"{name} in the books is {_off(off, currency)} what was paid"


def deposits(session: Session) -> Iterator[str]:
    """The deposits a deal's books hold are those paid and not used up."""
    books = _books((Role.CONTRACT_LIABILITY,), deal.c.number).join(deal, deal.c.id == journal_entry.c.deal_id)
    paid = select(deal.c.number, payment.c.currency, payment.c.deposit).join_from(payment, deal)
    used = _uses(deal.c.number).join(deal, deal.c.id == payment.c.deal_id)
    used = used.with_only_columns(deal.c.number, payment.c.currency, -payment_use.c.amount)
    for number, currency, off in differing(session, books, paid, used):
        yield f"the deposits of deal {number} in the books are {_off(-off, currency)} what is left of its payments"


def receivables(session: Session) -> Iterator[str]:
    """What is open of an invoice is its gross less what was allocated to it and what its credit notes lowered it by.

    Cash rounding belongs to what it asks for, and discounts for early payment lower it. One that discounts leave below
    zero by a rounding cent asks for nothing.
    """
    books = _books((Role.RECEIVABLE,), journal_line.c.document)
    billed = select(invoice.c.number, invoice.c.currency, -_ASKED)
    billed = billed.where(invoice.c.kind == "invoice", invoice.c.gross > 0)
    paid = select(invoice.c.number, invoice.c.currency, allocation.c.amount).join_from(allocation, invoice)
    early = select(invoice.c.number, invoice.c.currency, early_discount.c.gross).join_from(early_discount, invoice)
    back = _NOTE.c.gross + _NOTE.c.rounding
    notes = select(_ORIGINAL.c.number, _ORIGINAL.c.currency, back).join_from(
        _NOTE, _ORIGINAL, _ORIGINAL.c.id == _NOTE.c.corrects_id
    )
    for number, currency, off in differing(session, books, billed, paid, early, notes, _given_as_credit(), _cashback()):
        yield f"what is open of invoice {number} in the books is {_off(off, currency)} what is left of it"


def _given_as_credit() -> Select[Any]:
    """What of each credit note became the customer's credit because its invoice had less open (negative)."""
    return (
        _books((Role.CUSTOMER_CREDIT,), _ORIGINAL.c.number)
        .join(_NOTE, _NOTE.c.number == journal_entry.c.document)
        .join(_ORIGINAL, _ORIGINAL.c.id == _NOTE.c.corrects_id)
    )


def _cashback() -> Select[Any]:
    """What of each credit note took cashback back that was credit: its entries name it as well."""
    return (
        select(_ORIGINAL.c.number, _ORIGINAL.c.currency, cashback_entry.c.credited)
        .join_from(cashback_entry, _NOTE, _NOTE.c.number == cashback_entry.c.document)
        .join(_ORIGINAL, _ORIGINAL.c.id == _NOTE.c.corrects_id)
    )


def settled(session: Session) -> Iterator[str]:
    """No invoice is settled beyond its gross, and none has something open while a credit note of it gave credit."""
    given = _given_as_credit().subquery()
    opened = (
        select(journal_line.c.document, func.sum(_MOVED, type_=BigInt).label("open"))
        .where(journal_line.c.role == Role.RECEIVABLE.value)
        .group_by(journal_line.c.document)
        .subquery()
    )
    for number, amount in session.stream(select(opened).where(opened.c.open < 0).order_by(opened.c.document)):
        yield f"invoice {number} is settled beyond its gross: {amount} minor units are open"
    both = select(given.c.number).join_from(given, opened, opened.c.document == given.c.number)
    for (number,) in session.stream(both.where(opened.c.open > 0).distinct().order_by(given.c.number)):
        yield f"a credit note of invoice {number} gave credit although the invoice has something open"


def payments(session: Session) -> Iterator[str]:
    """Every payment is allocated, a deposit or credit to the last cent, and no further."""
    paid = select(payment.c.number, payment.c.currency, payment.c.amount - payment.c.deposit - payment.c.credit)
    paid = paid.where(payment.c.direction == "in")
    given = select(payment.c.number, payment.c.currency, -allocation.c.amount).join_from(allocation, payment)
    used = _uses(payment.c.number).where(payment_use.c.purpose == "invoice")
    cards = select(payment.c.number, gift_card.c.currency, -gift_card.c.amount).join_from(gift_card, payment)
    for number, currency, off in differing(session, paid, given, used, cards):
        yield f"payment {number} is {_off(off, currency)} its allocations, deposit and credit together"


def allocations(session: Session) -> Iterator[str]:
    """No payment settles more than it brought, and no invoice is paid more than it asks."""
    total = func.sum(allocation.c.amount, type_=BigInt)
    of_payments = select(payment.c.number).join_from(allocation, payment).group_by(payment.c.id, payment.c.number)
    of_invoices = select(invoice.c.number).join_from(allocation, invoice).group_by(invoice.c.id, invoice.c.number)
    for (number,) in session.stream(of_payments.having(total > func.max(payment.c.amount)).order_by(payment.c.id)):
        yield f"payment {number} is allocated beyond its amount"
    for (number,) in session.stream(of_invoices.having(total > func.max(_ASKED)).order_by(invoice.c.id)):
        yield f"more is allocated to invoice {number} than its gross"


def prepaid(session: Session) -> Iterator[str]:
    """What an invoice shows as prepaid are the deposits that were used up for it."""
    shown = select(invoice.c.number, invoice.c.currency, invoice.c.prepaid)
    used = _uses(payment_use.c.document).where(payment_use.c.purpose == "invoice")
    used = used.with_only_columns(payment_use.c.document, payment.c.currency, -payment_use.c.amount)
    for number, currency, off in differing(session, shown, used):
        yield f"invoice {number} shows as prepaid {_off(off, currency)} the deposits used up for it"


_IN_WALLET: ColumnElement[int] = case(
    (wallet_entry.c.kind == "expired", -wallet_entry.c.amount),
    (wallet_entry.c.kind == "points_expired", 0),
    else_=wallet_entry.c.amount,
)
"""What an entry of a wallet adds to the credit of its customer."""


def customers(session: Session) -> Iterator[str]:
    """What a customer owes, less his deposits and credit, is what he was billed less what he paid."""
    keys = (customer.c.id, customer.c.name)
    roles = (Role.RECEIVABLE, Role.CONTRACT_LIABILITY, Role.CUSTOMER_CREDIT)
    books = _books(roles, *keys).join(customer, customer.c.id == journal_line.c.customer_id)
    billed = select(*keys, invoice.c.currency, -_BILLED).join_from(invoice, customer)
    paid = select(*keys, payment.c.currency, _PAID).join_from(payment, customer).where(_IN_MONEY)
    early = select(*keys, invoice.c.currency, early_discount.c.gross).join_from(early_discount, invoice).join(customer)
    cards = select(*keys, gift_card.c.currency, -gift_card.c.amount).join_from(gift_card, payment).join(customer)
    cashback = select(*keys, invoice.c.currency, cashback_entry.c.credited).join_from(cashback_entry, invoice)
    cashback = cashback.join(customer)
    wallets = select(*keys, wallet_entry.c.currency, _IN_WALLET).join_from(wallet_entry, customer)
    for _, name, currency, off in differing(session, books, billed, paid, early, cards, cashback, wallets):
        yield f"the balance of customer {name} in the books is {_off(off, currency)} what was billed less what was paid"
