"""How money received splits, and which earlier money is used first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.ledger.rules import Posting, Role, credit, debit


class Method(StrEnum):
    """How money is paid."""

    CASH = "cash"
    BANK = "bank"
    CARD = "card"
    CHEQUE = "cheque"
    ONLINE = "online"
    CREDIT = "credit"


class Source(StrEnum):
    """Where unallocated money of a payment lies."""

    DEPOSIT = "deposit"
    CREDIT = "credit"


class Purpose(StrEnum):
    """What it was used for: an invoice, customer credit (a freed deposit), another payment by credit, a refund."""

    INVOICE = "invoice"
    CREDIT = "credit"
    PAYMENT = "payment"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice with what is still open of it, in minor units."""

    id: int
    number: str
    open: int


@dataclass(frozen=True, slots=True)
class Division:
    """How a payment divides: to invoices, a deposit, the customer's credit; `discounts` it takes for being early."""

    invoices: tuple[tuple[OpenInvoice, int], ...]
    deposit: int
    credit: int
    discounts: tuple[tuple[OpenInvoice, int], ...] = ()


def divide_payment(amount: int, invoices: Sequence[OpenInvoice], deposit_room: int) -> Division:
    """Settle the invoices in their order, then fill the deposit, and keep the rest as credit (deal file, Payments)."""
    left, settled = amount, []
    for invoice in invoices:
        part = min(left, invoice.open)
        if part > 0:
            settled.append((invoice, part))
            left -= part
    deposit = min(left, max(deposit_room, 0))
    return Division(tuple(settled), deposit, left - deposit)


def money_role(method: Method) -> Role:
    """The account that moves: cash, the customer's credit, or the bank for everything else."""
    return {Method.CASH: Role.CASH, Method.CREDIT: Role.CUSTOMER_CREDIT}.get(method, Role.BANK)


def payment_postings(method: Method, amount: int, division: Division, deal_number: str) -> tuple[Posting, ...]:
    """Money in: debit what received it, credit what it settles (correctness E6, E11)."""
    settled = [credit(Role.RECEIVABLE, part, invoice.number) for invoice, part in division.invoices]
    return (
        debit(money_role(method), amount),
        *settled,
        credit(Role.CONTRACT_LIABILITY, division.deposit, deal_number),
        credit(Role.CUSTOMER_CREDIT, division.credit),
    )


def refund_postings(method: Method, amount: int) -> tuple[Posting, ...]:
    """Money back out of the customer's credit."""
    return debit(Role.CUSTOMER_CREDIT, amount), credit(money_role(method), amount)


def take(amount: int, available: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take `amount` from (id, left) in their order; what they do not hold came from elsewhere and is not listed."""
    taken = []
    for key, left in available:
        part = min(amount, left)
        if part > 0:
            taken.append((key, part))
            amount -= part
    return taken
