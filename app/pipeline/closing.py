"""What closing the books through a day would lock, and what of that time is still open. Nothing is written here.

Whatever opens a list is counted over that very list with that very filter, so the two cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from app.invoicing.models import invoice
from app.ledger import queries as books
from app.ledger.models import journal_entry
from app.pipeline import lists
from app.pipeline.lists import Filter, ListOf
from app.store.session import Session
from app.store.types import BigInt, Day


@dataclass(frozen=True, slots=True)
class Locked:
    """What is fixed by closing: revenue in minor units by currency, and how many documents and entries it rests on."""

    since: date | None
    """The first open day; None where nothing is closed yet."""
    revenue: tuple[tuple[str, int], ...]
    invoices: int
    entries: int


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What began until that day and is not at its end: it will be booked after it.

    `in_transit` counts deliveries that nobody confirmed, `undelivered` orders with goods or services still to come,
    `unallocated` payments that settle nothing yet, `unprinted` documents whose paper was not made.
    """

    in_transit: int
    undelivered: int
    unallocated: int
    unprinted: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.in_transit + self.undelivered + self.unallocated + self.unprinted


@dataclass(frozen=True, slots=True)
class Closing:
    """Both, for one day."""

    through: date
    locked: Locked
    still_open: StillOpen


def in_transit(through: date) -> Filter:
    """The deliveries that left until a day and are not confirmed."""
    return Filter(states=("dispatched",), until=through)


def undelivered(through: date) -> Filter:
    """The deals opened until a day that wait for delivery."""
    return Filter(waiting="delivery", until=through)


def unallocated(through: date) -> Filter:
    """The payments until a day of which something settles nothing yet."""
    return Filter(states=("unallocated",), until=through)


_SINCE, _THROUGH = bindparam("since", type_=Day), bindparam("through", type_=Day)
_REVENUE = (
    select(lists.REVENUE.table.c.currency, func.sum(lists.REVENUE.table.c.amount, type_=BigInt))
    .where(lists.REVENUE.table.c.earned_on >= _SINCE, lists.REVENUE.table.c.earned_on <= _THROUGH)
    .group_by(lists.REVENUE.table.c.currency)
    .order_by(lists.REVENUE.table.c.currency)
)
_ISSUED = (
    select(func.count()).select_from(invoice).where(invoice.c.issued_on >= _SINCE, invoice.c.issued_on <= _THROUGH)
)
_ENTRIES = (
    select(func.count())
    .select_from(journal_entry)
    .where(journal_entry.c.posted_on >= _SINCE, journal_entry.c.posted_on <= _THROUGH)
)


def closing(session: Session, through: date, on: date) -> Closing:
    """What closing the books through a day locks and leaves open, as of `on`."""
    return Closing(through, _locked(session, through), _still_open(session, through, on))


def _locked(session: Session, through: date) -> Locked:
    closed = books.locked_through(session)
    since = closed + timedelta(days=1) if closed is not None else None
    span = {"since": since or date.min, "through": through}
    revenue = tuple((row[0], int(row[1])) for row in session.rows(_REVENUE, span))
    return Locked(since, revenue, int(session.value(_ISSUED, span)), int(session.value(_ENTRIES, span)))


def _still_open(session: Session, through: date, on: date) -> StillOpen:
    def count(what: ListOf[Any], narrowed: Filter) -> int:
        return lists.count(session, what, narrowed, on)

    return StillOpen(
        count(lists.DELIVERIES, in_transit(through)),
        count(lists.DEALS, undelivered(through)),
        count(lists.PAYMENTS, unallocated(through)),
        sum(1 for item in books.unprinted(session) if item.issued_on <= through),
    )
