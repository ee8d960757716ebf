"""Wizards that were left before their end: what each was about, and when it was last saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.deals.models import deal
from app.parties.models import customer
from app.store import drafts
from app.store.drafts import Draft
from app.store.session import Session


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A kept draft; of a wizard about a deal with that deal's number, title and customer, else empty texts."""

    draft: Draft
    saved_at: datetime
    deal_id: int | None = None
    number: str = ""
    title: str = ""
    customer: str = ""


def unfinished(session: Session) -> list[Unfinished]:
    """All of them, the newest first. A draft's subject is the id of its deal, or anything else for a new one."""
    kept = drafts.kept(session)
    ids = {int(item.subject) for item in kept if item.subject.isdecimal()}
    rows = session.rows(
        select(deal.c.id, deal.c.number, deal.c.title, customer.c.name)
        .join_from(deal, customer, customer.c.id == deal.c.customer_id)
        .where(deal.c.id.in_(ids))
    )
    known = {str(row.id): row for row in rows}
    found = []
    for item in kept:
        row, saved_at = known.get(item.subject), datetime.fromisoformat(item.saved_at)
        about = (row.id, row.number, row.title, row.name) if row is not None else ()
        found.append(Unfinished(item, saved_at, *about))
    return found
