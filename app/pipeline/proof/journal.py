"""The journal as a whole: every entry balances, every currency adds up to zero, and every day was open when posted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from sqlalchemy import and_, func, or_, select

from app.ledger.models import journal_entry, journal_line, period_lock
from app.ledger.rules import posting_day
from app.pipeline.proof.reading import raw
from app.pipeline.proof.words import values
from app.store.chain import chain
from app.store.history import history
from app.store.session import AnyRow, Session
from app.store.types import BigInt

_BALANCE = func.coalesce(func.sum(journal_line.c.debit - journal_line.c.credit, type_=BigInt), 0)
_UNBALANCED = (
    select(
        journal_entry.c.id,
        journal_entry.c.document,
        func.count(journal_line.c.id).label("lines"),
        _BALANCE.label("off"),
    )
    .join_from(journal_entry, journal_line, isouter=True)
    .group_by(journal_entry.c.id)
    .having(or_(func.count(journal_line.c.id) < 2, _BALANCE != 0))
    .order_by(journal_entry.c.id)
)
_SUMS = (
    select(journal_entry.c.currency, _BALANCE)
    .join_from(journal_entry, journal_line)
    .group_by(journal_entry.c.currency)
    .having(_BALANCE != 0)
)


def balanced(session: Session) -> Iterator[str]:
    """Every entry has two lines or more, and its debits are its credits."""
    for row in session.stream(_UNBALANCED):
        if row.lines < 2:
            yield f"entry {row.id} ({row.document}) has {row.lines} lines; an entry has two or more"
        if row.off:
            yield f"entry {row.id} ({row.document}) does not balance: debits and credits differ by {row.off}"


def sums(session: Session) -> Iterator[str]:
    """All entries of a currency add up to zero."""
    for currency, off in session.stream(_SUMS):
        yield f"the ledger in {currency} does not add up to zero: it is off by {off}"


_LOCKS = select(*raw(period_lock)).order_by(period_lock.c.id)
_CLOSINGS = (
    select(*raw(history, "id", "at", "details"), chain.c.id.label("link"))
    .join_from(history, chain, and_(chain.c.kind == "history", chain.c.subject == history.c.id))
    .where(history.c.action == "close_period")
    .order_by(history.c.id)
)
_POSTED = (
    select(*raw(journal_entry, "id", "document", "posted_on", "happened_on"), chain.c.id.label("link"))
    .join_from(chain, journal_entry, and_(chain.c.kind == "entry", chain.c.subject == journal_entry.c.id))
    .order_by(chain.c.id)
)


def locks(session: Session) -> Iterator[str]:
    """Every closed period was closed by a command, at that moment; one that reaches no further locks nothing."""
    for lock, command in zip_longest(session.stream(_LOCKS), _closings(session)):
        if command is None:
            yield f"the books are locked through {lock.through} by no command in the history"
        elif lock is None:
            yield f"the history tells of a period closed at {command.at} that is not locked"
        else:
            what = f"lock {lock.id} of the books"
            yield from values(f"{what}: last day", lock.through, command.through.isoformat())
            yield from values(f"{what}: moment", lock.locked_at, command.at)


@dataclass(frozen=True, slots=True)
class _Closing:
    """A command that closed a period, and its link in the chain."""

    link: int
    at: str
    through: date


def _closings(session: Session) -> Iterator[_Closing]:
    """Those that reached further than all before."""
    before = date.min
    for row in session.stream(_CLOSINGS):
        through = date.fromisoformat(json.loads(row.details)["through"])
        if through > before:
            yield _Closing(row.link, row.at, through)
            before = through


def posting_days(session: Session) -> Iterator[str]:
    """Every entry was posted on its own day, or where that was closed at the time, on the first open day.

    What was closed when it was posted is told by the chain: it holds commands and entries in the order they were done.
    """
    closings, locked = _closings(session), None
    coming = next(closings, None)
    for row in session.stream(_POSTED):
        while coming is not None and coming.link < row.link:
            locked, coming = coming.through, next(closings, None)
        if row.posted_on != row.happened_on or locked is not None:
            yield from _posted(row, locked)


def _posted(row: AnyRow, locked: date | None) -> Iterator[str]:
    due = posting_day(date.fromisoformat(row.happened_on), locked).isoformat()
    yield from values(f"entry {row.id} ({row.document}): posting day", row.posted_on, due)
