"""What needs doing today: one entry a deal and reason, the most pressing first, each with the day it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from app.contracts.models import contract
from app.deals.models import deal
from app.delivery.models import delivery, delivery_line
from app.invoicing.models import invoice
from app.parties.models import customer
from app.pipeline import standing_sql as standing
from app.quotes.models import quote
from app.store.session import AnyRow, Session
from app.store.types import Day

EXPIRES_WITHIN_DAYS = 7
FOLLOW_UP_AFTER_DAYS = 5
EACH = 50
"""How many of each kind are listed at most; the counts tell the rest."""


class Doing(StrEnum):
    """What is to be done, in the order of how much it presses."""

    COLLECT = "collect"
    EXPIRING = "expiring"
    CONFIRM = "confirm"
    DISPATCH = "dispatch"
    COMPLETE = "complete"
    DEPOSIT = "deposit"
    SIGN = "sign"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `amount` is what it is about, in minor units of `currency`; `day` is explained by the kind.

    COLLECT: the day it was due. EXPIRING: the last valid day. CONFIRM: the day it left. FOLLOW_UP: the day it was
    sent. SIGN, DISPATCH, COMPLETE, DEPOSIT: the day of the contract. `number` is that of the document concerned.
    """

    doing: Doing
    deal_id: int
    number: str
    title: str
    customer: str
    day: date
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Work:
    """The tasks of a day, and how many there are of each kind (which may be more than are listed)."""

    tasks: tuple[Task, ...]
    counts: Mapping[Doing, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


_DEALS = deal.join(customer, customer.c.id == deal.c.customer_id)
_QUOTES = _DEALS.join(quote, (quote.c.deal_id == deal.c.id) & standing.IS_LATEST)
_CONTRACTS = _QUOTES.join(contract, contract.c.deal_id == deal.c.id)
_LIVE = deal.c.cancelled_on.is_(None)
_OUT = (_LIVE, quote.c.state == "sent")
_ON, _SOON, _EARLIER = (bindparam(name, type_=Day) for name in ("on", "soon", "earlier"))


def _tasks(
    source: Any, number: ColumnElement[str], day: ColumnElement[Any], amount: ColumnElement[int], *conditions: Any
) -> Select[Any]:
    columns = (
        deal.c.id,
        number.label("number"),
        deal.c.title,
        customer.c.name,
        day.label("day"),
        amount.label("amount"),
    )
    return select(*columns, deal.c.currency).select_from(source).where(*conditions).order_by("day", deal.c.id)


_INVOICES = _DEALS.join(invoice, invoice.c.deal_id == deal.c.id)
_OVERDUE = (invoice.c.kind == "invoice", invoice.c.due_on < _ON, standing.INVOICE_OPEN > 0)
_EXPIRING = (*_OUT, quote.c.valid_until >= _ON, quote.c.valid_until <= _SOON)
_WAITING = (*_OUT, quote.c.valid_until > _SOON, quote.c.sent_on <= _EARLIER)
_SIMPLE: dict[Doing, Select[Any]] = {
    Doing.COLLECT: _tasks(_INVOICES, invoice.c.number, invoice.c.due_on, standing.INVOICE_OPEN, *_OVERDUE),
    Doing.EXPIRING: _tasks(_QUOTES, quote.c.number, quote.c.valid_until, quote.c.gross, *_EXPIRING),
    Doing.SIGN: _tasks(
        _CONTRACTS, contract.c.number, contract.c.made_on, quote.c.gross, _LIVE, standing.SIGNATURES < 2
    ),
    Doing.FOLLOW_UP: _tasks(_QUOTES, quote.c.number, quote.c.sent_on, quote.c.gross, *_WAITING),
}
_LEFT_ON = (
    select(func.min(delivery.c.dispatched_on, type_=Day))
    .select_from(delivery.join(delivery_line))
    .where(delivery.c.deal_id == deal.c.id, standing.LINE_IN_TRANSIT)
    .correlate(deal)
    .scalar_subquery()
)
_ORDERS = _tasks(
    _CONTRACTS,
    contract.c.number,
    contract.c.made_on,
    quote.c.gross,
    _LIVE,
    standing.HAS_OPEN_LINES,
    standing.SIGNATURES >= 2,
).add_columns(
    standing.HAS_TO_DISPATCH.label("to_dispatch"),
    _LEFT_ON.label("left_on"),
    (standing.DEPOSIT - standing.RECEIVED).label("missing"),
)
"""Orders of which something is not accepted yet: what is to be done with each follows from its facts."""


def today_work(session: Session, on: date) -> Work:
    """Everything that needs doing on a day, in a handful of queries, whatever the number of deals."""
    days = {
        "on": on,
        "soon": on + timedelta(days=EXPIRES_WITHIN_DAYS),
        "earlier": on - timedelta(days=FOLLOW_UP_AFTER_DAYS),
    }
    found: dict[Doing, list[Task]] = {doing: [] for doing in Doing}
    for doing, statement in _SIMPLE.items():
        found[doing] = [_task(doing, row) for row in session.rows(statement, days)]
    for row in session.rows(_ORDERS, days):
        for task in _of_order(row):
            found[task.doing].append(task)
    found[Doing.CONFIRM].sort(key=lambda task: (task.day, task.deal_id))
    tasks = tuple(task for doing in Doing for task in found[doing][:EACH])
    return Work(tasks, {doing: len(found[doing]) for doing in Doing})


def _of_order(row: AnyRow) -> Iterable[Task]:
    """Money first where it is agreed so; what is under way is confirmed whatever else is open."""
    if row.left_on is not None:
        yield replace(_task(Doing.CONFIRM, row), day=row.left_on)
    if row.missing > 0 and row.to_dispatch:
        yield replace(_task(Doing.DEPOSIT, row), amount=int(row.missing))
    elif row.to_dispatch:
        yield _task(Doing.DISPATCH, row)
    elif row.left_on is None:
        yield _task(Doing.COMPLETE, row)


def _task(doing: Doing, row: AnyRow) -> Task:
    return Task(doing, row.id, row.number, row.title, row.name, row.day, int(row.amount), row.currency)
