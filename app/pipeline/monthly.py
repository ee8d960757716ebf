"""What was earned, invoiced and received, month by month, for one currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from app.deals.models import deal
from app.invoicing.models import invoice
from app.payments.models import payment
from app.revenue.models import revenue_entry
from app.store.session import Session
from app.store.types import BigInt

_EARNED = select(
    func.substr(revenue_entry.c.earned_on, 1, 7), deal.c.currency, func.sum(revenue_entry.c.amount, type_=BigInt)
).select_from(revenue_entry.join(deal))
_SIGNED: ColumnElement[int] = case((invoice.c.kind == "invoice", invoice.c.net), else_=-invoice.c.net)
_INVOICED = select(func.substr(invoice.c.issued_on, 1, 7), invoice.c.currency, func.sum(_SIGNED, type_=BigInt))
_PAID: ColumnElement[int] = case((payment.c.direction == "in", payment.c.amount), else_=-payment.c.amount)
_RECEIVED = select(func.substr(payment.c.paid_on, 1, 7), payment.c.currency, func.sum(_PAID, type_=BigInt)).where(
    payment.c.method != "credit"
)


@dataclass(frozen=True, slots=True)
class Month:
    """One month in minor units: revenue and invoices without tax, money with it (a payment by credit is no money)."""

    first: date
    earned: int = 0
    invoiced: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Monthly:
    """The last months in one currency, the oldest first; the last one is the current month."""

    currency: str
    months: tuple[Month, ...]

    @property
    def now(self) -> Month:
        """The current month."""
        return self.months[-1]

    @property
    def before(self) -> Month:
        """The month before."""
        return self.months[-2]


def monthly(session: Session, on: date, months: int = 12, usual: str = "EUR") -> list[Monthly]:
    """The last months in each currency that something happened in, the usual one first; it is there in any case."""
    firsts = _firsts(on, months)
    since, until = firsts[0], on
    spans = (
        (_EARNED, revenue_entry.c.earned_on),
        (_INVOICED, invoice.c.issued_on),
        (_RECEIVED, payment.c.paid_on),
    )
    sums: dict[tuple[str, str], list[int]] = {}
    for index, (statement, day) in enumerate(spans):
        keys = list(statement.selected_columns)[:2]
        for month, currency, amount in session.rows(statement.where(day >= since, day <= until).group_by(*keys)):
            sums.setdefault((currency, month), [0, 0, 0])[index] = int(amount)
    currencies = sorted({currency for currency, _ in sums} | {usual}, key=lambda code: (code != usual, code))
    return [
        Monthly(code, tuple(Month(first, *sums.get((code, f"{first:%Y-%m}"), (0, 0, 0))) for first in firsts))
        for code in currencies
    ]


def _firsts(on: date, months: int) -> list[date]:
    """First days of the months up to that of `on`."""
    last = on.year * 12 + on.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - months + 1, last + 1)]
