"""Everything that happened to a deal, newest first, from the history of commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.store.history import history
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Happened:
    """One command: when it was entered (UTC), by whom, the day it happened on, its arguments, the numbers it gave."""

    id: int
    at: datetime
    actor: str
    action: str
    on: date | None
    details: Mapping[str, Any] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()


_OF_DEAL = (
    select(history.c.id, history.c.at, history.c.actor, history.c.action, history.c.happened_on, history.c.details)
    .add_columns(history.c.result)
    .where(history.c.deal_id == bindparam("deal_id"))
    .order_by(history.c.id.desc())
    .limit(bindparam("most"))
)


def of_deal(session: Session, deal_id: int, most: int = 200) -> Sequence[Happened]:
    """The last things that happened to a deal, the newest first."""
    rows = session.rows(_OF_DEAL, {"deal_id": deal_id, "most": most})
    return [
        Happened(
            id=row.id,
            at=datetime.fromisoformat(row.at),
            actor=row.actor,
            action=row.action,
            on=row.happened_on,
            details=row.details,
            numbers=tuple(row.result.get("numbers", ())),
        )
        for row in rows
    ]
