"""What the accountant's workbook contains, as frozen values: one row a record, every amount in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice or credit note; a credit note's amounts are negative here, so that columns add up."""

    number: str
    kind: str
    issued_on: date
    due_on: date
    deal: str
    customer: str
    tax_id: str
    country: str
    currency: str
    net: int
    tax: int
    gross: int
    settled: int
    open: int
    state: str
    corrects: str


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """A line of an invoice or credit note; `revenue` includes its part of document discounts and charges."""

    number: str
    kind: str
    issued_on: date
    position: int
    sku: str
    name: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    currency: str
    net: int
    revenue: int
    tax_category: str
    tax_rate: Decimal
    cost: int | None


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """Money in (positive) or out (negative), and what became of it."""

    number: str
    paid_on: date
    deal: str
    customer: str
    method: str
    reference: str
    currency: str
    amount: int
    allocated: int
    unallocated: int


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line of a journal entry; `happened_on` is the true date where a closed period moved the posting."""

    entry: int
    posted_on: date
    happened_on: date
    document: str
    text: str
    account: str
    role: str
    name: str
    currency: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class OpenItemRow:
    """An open invoice with its age on the day of the report."""

    number: str
    customer: str
    issued_on: date
    due_on: date
    currency: str
    gross: int
    open: int
    days_overdue: int


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """The balance of one account in one currency, positive as its role normally stands."""

    account: str
    role: str
    name: str
    currency: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class RevenueReport:
    """Everything in `revenue.xlsx`: for one deal or the whole store, from `first` to `last` day.

    Invoices, lines, payments and journal are those of the period; open items and `balances` stand as on its last day,
    `opening` as before its first (empty where nothing came before).
    """

    company: str
    title: str
    first: date
    last: date
    invoices: tuple[InvoiceRow, ...]
    lines: tuple[InvoiceLineRow, ...]
    payments: tuple[PaymentRow, ...]
    journal: tuple[JournalRow, ...]
    open_items: tuple[OpenItemRow, ...]
    balances: tuple[BalanceRow, ...]
    opening: tuple[BalanceRow, ...] = ()
    is_part: bool = False
    """Some days only: payments listed then need not be those that settled what was settled in these days."""
