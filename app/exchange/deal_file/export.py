"""A stored deal as a deal file that, run in an empty store, has the same outcome but for the numbers.

The history is its only source: each command of the deal is a step, so a deal made by hand exports as well as one that
came from a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.core.codec import from_plain
from app.core.errors import RuleViolation
from app.deals.queries import by_id, id_by_number
from app.exchange.deal_file import recorded
from app.exchange.deal_file.faults import BadDealFile
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.recorded import Recorded
from app.exchange.deal_file.shape import ClosePeriod, DealFile, Step
from app.exchange.deal_file.write import write
from app.ledger.queries import journal
from app.parties.rules import UNNAMED_COMPANY
from app.store.history import history
from app.store.session import Session
from app.store.store import Store

_LOCKS = select(history.c.id, history.c.details).where(history.c.action == "close_period").order_by(history.c.id)


def export(store: Store, number: str) -> dict[str, Any]:
    """The deal with this number as a JSON object in the format of deal files.

    Raises `NotFound`, and `RuleViolation` where the deal holds something that the format cannot tell.
    """
    with store.read() as session:
        deal_file = deal_file_of(session, id_by_number(session, number))
    written = write(deal_file)
    try:
        parse(json.dumps(written).encode())
    except BadDealFile as error:
        raise RuleViolation.of("number", "not_tellable", f"{number} cannot be told by a deal file: {error}") from None
    return written


def deal_file_of(session: Session, deal_id: int) -> DealFile:
    """The deal as a file. Raises `RuleViolation` where a command cannot be told as a step."""
    deal = by_id(session, deal_id)
    opened, *later = recorded.commands_of(session, deal_id)
    head = recorded.head(opened, None if deal.seller == UNNAMED_COMPANY else deal.seller)
    told = list(recorded.steps(opened, later))
    return replace(head, steps=tuple(_with_locks(opened, told, _felt_locks(session, deal_id))))


def _felt_locks(session: Session, deal_id: int) -> list[tuple[int, date]]:
    """Locks of the books under which an entry of this deal was posted on another day than it happened, by their row.

    The books are one for all deals, so another deal's story may have closed them.
    """
    felt = {
        line.posted_on - timedelta(days=1) for line in journal(session, deal_id) if line.posted_on != line.happened_on
    }
    if not felt:
        return []
    locks = [(row.id, from_plain(date, row.details["through"])) for row in session.rows(_LOCKS)]
    return [(row_id, through) for row_id, through in locks if through in felt]


def _with_locks(
    opened: Recorded, told: Sequence[tuple[Recorded, Step]], felt: Iterable[tuple[int, date]]
) -> Iterable[Step]:
    """The steps, and before each the lock it felt that no step of its own deal had set."""
    waiting, before = sorted(felt), opened.on
    locked = due = date.min
    for command, step in told:
        while waiting and waiting[0][0] < command.id:
            due = max(due, waiting.pop(0)[1])
        if isinstance(step, ClosePeriod):
            locked = max(locked, step.through)
        elif due > locked:
            locked = due
            yield ClosePeriod(before, due)
        before = step.on
        yield step
