"""Who and what brings in the revenue of some days, and the tax charged in them: one query each.

Days are those on which something was booked, so every figure agrees with the ledger of the same days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from app.core.quantity import from_micro
from app.deals.models import deal
from app.invoicing.models import early_discount, invoice
from app.ledger.models import journal_entry
from app.parties.models import customer
from app.payments.models import payment
from app.pipeline.standing_sql import IS_LATEST
from app.quotes.models import quote, quote_line
from app.revenue.models import revenue_entry
from app.store.session import Session
from app.store.types import BigInt, Day


@dataclass(frozen=True, slots=True)
class CustomerSales:
    """What one customer brought in, in one currency, in minor units without tax."""

    id: int
    customer: str
    currency: str
    deals: int
    revenue: int
    cost: int

    @property
    def margin(self) -> int:
        """What is left of it."""
        return self.revenue - self.cost


@dataclass(frozen=True, slots=True)
class ProductSales:
    """What one item brought in, in one currency; `quantity` counts what was accepted less what came back."""

    sku: str
    name: str
    unit: str
    currency: str
    quantity: Decimal
    revenue: int
    cost: int

    @property
    def margin(self) -> int:
        """What is left of it."""
        return self.revenue - self.cost


@dataclass(frozen=True, slots=True)
class TaxSum:
    """Tax charged under one category and rate in one currency, credit notes taken off (a row of the tax return)."""

    currency: str
    category: str
    rate: Decimal
    taxable: int
    tax: int


_DAYS = revenue_entry.c.earned_on.between(bindparam("first", type_=Day), bindparam("last", type_=Day))
_REVENUE = func.sum(revenue_entry.c.amount, type_=BigInt)
_COST = func.sum(revenue_entry.c.cost, type_=BigInt)
_BY_CUSTOMER = (
    select(
        customer.c.id, customer.c.name, deal.c.currency, func.count(deal.c.id.distinct()),
        _REVENUE.label("revenue"), _COST,
    )
    .select_from(revenue_entry.join(deal).join(customer, customer.c.id == deal.c.customer_id))
    .where(_DAYS)
    .group_by(customer.c.id, deal.c.currency)
    .order_by(_REVENUE.desc(), customer.c.id)
)  # fmt: skip
_ITEM: ColumnElement[str] = case((quote_line.c.sku != "", quote_line.c.sku), else_=quote_line.c.name)
_BY_PRODUCT = (
    select(
        func.max(quote_line.c.sku), func.max(quote_line.c.name), func.max(quote_line.c.unit), deal.c.currency,
        func.sum(revenue_entry.c.quantity, type_=BigInt), _REVENUE, _COST,
    )
    .select_from(
        revenue_entry.join(deal)
        .join(quote, and_(quote.c.deal_id == deal.c.id, IS_LATEST))
        .join(
            quote_line, and_(quote_line.c.quote_id == quote.c.id, quote_line.c.position == revenue_entry.c.position)
        )
    )
    .where(_DAYS)
    .group_by(_ITEM, deal.c.currency)
    .order_by(_REVENUE.desc(), func.max(quote_line.c.name))
)  # fmt: skip
_BOOKED = (
    select(journal_entry.c.document, func.min(journal_entry.c.posted_on, type_=Day).label("day"))
    .group_by(journal_entry.c.document)
    .subquery()
)
_DAY: ColumnElement[date] = func.coalesce(_BOOKED.c.day, invoice.c.issued_on, type_=Day)
_INVOICES = (
    select(invoice.c.kind, invoice.c.currency, invoice.c.figures)
    .outerjoin_from(invoice, _BOOKED, _BOOKED.c.document == invoice.c.number)
    .where(_DAY.between(bindparam("first", type_=Day), bindparam("last", type_=Day)))
)
_DISCOUNTS = (
    select(invoice.c.currency, early_discount.c.figures)
    .join_from(early_discount, invoice)
    .join(payment, payment.c.id == early_discount.c.payment_id)
    .outerjoin(_BOOKED, _BOOKED.c.document == payment.c.number)
    .where(
        func.coalesce(_BOOKED.c.day, early_discount.c.taken_on, type_=Day).between(
            bindparam("first", type_=Day), bindparam("last", type_=Day)
        )
    )
)


def by_customer(session: Session, first: date, last: date) -> list[CustomerSales]:
    """The revenue of some days by customer and currency, the largest first."""
    return [CustomerSales(*row) for row in session.rows(_BY_CUSTOMER, {"first": first, "last": last})]


def by_product(session: Session, first: date, last: date) -> list[ProductSales]:
    """The revenue of some days by item and currency, the largest first; items without SKU go by their name."""
    return [
        ProductSales(sku, name, unit, currency, from_micro(quantity), revenue, cost)
        for sku, name, unit, currency, quantity, revenue, cost in session.rows(
            _BY_PRODUCT, {"first": first, "last": last}
        )
    ]


def tax(session: Session, first: date, last: date) -> list[TaxSum]:
    """The tax of some days by category and rate, as the issued papers have it (BG-23 of EN 16931).

    Discounts for paying early are taken off where they correct the tax.
    """
    sums: dict[tuple[str, str, Decimal], list[int]] = {}
    for kind, currency, figures in session.stream(_INVOICES, {"first": first, "last": last}):
        sign = 1 if kind == "invoice" else -1
        for row in figures["assembled"]["totals"]["breakdown"]:
            of_rate = sums.setdefault((currency, row["tax"]["category"], Decimal(row["tax"]["rate"])), [0, 0])
            of_rate[0] += sign * row["taxable"]
            of_rate[1] += sign * row["amount"]
    for currency, figures in session.stream(_DISCOUNTS, {"first": first, "last": last}):
        for row in _corrected(figures):
            of_rate = sums.setdefault((currency, row["tax"]["category"], Decimal(row["tax"]["rate"])), [0, 0])
            of_rate[0] -= row["taxable"]
            of_rate[1] -= row["amount"]
    found = [TaxSum(*key, *amounts) for key, amounts in sums.items()]
    return sorted(found, key=lambda row: (row.currency, row.category, -row.rate))


def _corrected(figures: Any) -> list[Any]:
    """The tax that a discount for paying early corrects: none where the tax was left as it was."""
    return [
        row for row in figures["assembled"]["totals"]["breakdown"] if row["amount"] or not Decimal(row["tax"]["rate"])
    ]


def totals(rows: Iterable[TaxSum]) -> dict[str, tuple[int, int]]:
    """Taxable amount and tax by currency."""
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        taxable, amount = sums.get(row.currency, (0, 0))
        sums[row.currency] = taxable + row.taxable, amount + row.tax
    return sums
