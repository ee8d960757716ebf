"""What customers owe as of any day, with its age: one query over the journal, whatever was paid later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, func, select

from app.invoicing.models import invoice
from app.ledger.models import journal_entry, journal_line
from app.parties.models import customer
from app.store.session import Session
from app.store.types import BigInt, Day

AGES = ("not_due", "to_30", "to_60", "to_90", "over_90")
"""Ages in days overdue: none, 1-30, 31-60, 61-90, more."""

_LIMITS = (0, 30, 60, 90)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice that was open on the day, in minor units; `days_overdue` is 0 until its due day is over."""

    id: int
    deal_id: int
    number: str
    customer_id: int
    customer: str
    issued_on: date
    due_on: date
    currency: str
    gross: int
    open: int
    days_overdue: int

    @property
    def age(self) -> str:
        """Which of `AGES` it is."""
        return age(self.days_overdue)


@dataclass(frozen=True, slots=True)
class Aged:
    """The sum of open items of one currency by age, in minor units."""

    currency: str
    open: int
    overdue: int
    by_age: dict[str, int] = field(default_factory=dict)


_OPEN = func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt)
_ITEMS = (
    select(
        invoice.c.id,
        invoice.c.deal_id,
        invoice.c.number,
        invoice.c.customer_id,
        customer.c.name.label("customer"),
        invoice.c.issued_on,
        invoice.c.due_on,
        invoice.c.currency,
        invoice.c.gross,
        _OPEN.label("open"),
    )
    .join_from(journal_line, journal_entry)
    .join(invoice, invoice.c.number == journal_line.c.document)
    .join(customer, customer.c.id == invoice.c.customer_id)
    .where(journal_line.c.role == "receivable", journal_entry.c.posted_on <= bindparam("on", type_=Day))
    .group_by(invoice.c.id, customer.c.id)
    .having(_OPEN > 0)
    .order_by(invoice.c.due_on, invoice.c.id)
)


def open_items(session: Session, on: date, customer_id: int | None = None) -> list[OpenItem]:
    """Every invoice with something open at the end of a day, the oldest due first; of one customer, or of all."""
    statement = _ITEMS if customer_id is None else _ITEMS.where(journal_line.c.customer_id == customer_id)
    return [
        OpenItem(**row._mapping, days_overdue=max((on - row.due_on).days, 0))
        for row in session.rows(statement, {"on": on})
    ]


def age(days_overdue: int) -> str:
    """The age of something that is so many days overdue."""
    return AGES[sum(days_overdue > limit for limit in _LIMITS)]


def aged(items: Iterable[OpenItem]) -> list[Aged]:
    """The items added up by currency and age, the largest sum first."""
    sums: dict[str, dict[str, int]] = {}
    for item in items:
        of_currency = sums.setdefault(item.currency, dict.fromkeys(AGES, 0))
        of_currency[item.age] += item.open
    found = [
        Aged(currency, sum(by_age.values()), sum(by_age.values()) - by_age["not_due"], by_age)
        for currency, by_age in sums.items()
    ]
    return sorted(found, key=lambda row: (-row.open, row.currency))
