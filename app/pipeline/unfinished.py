"""Wizards that were left before their end: what each was about, and when it was last saved."""

from __future__ import annotations

from collections.abc import Iterable
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
    """A kept draft, with number, title and customer of the deal it is about (or is a copy of), as far as there is one.

    `subject_id` is the deal's id, or the customer's for a new quote; `is_copy` says that the deal is only copied.
    """

    draft: Draft
    saved_at: datetime
    subject_id: int | None = None
    is_copy: bool = False
    number: str = ""
    title: str = ""
    customer: str = ""


NEW, COPY = "new-quote", "copy-"
"""The kind whose subject is a customer, and how the subject of a copied deal begins."""


def unfinished(session: Session) -> list[Unfinished]:
    """All of them, the newest first."""
    kept = [(item, *_subject(item)) for item in drafts.kept(session)]
    deals = _deals(session, {key for item, key, is_copy in kept if key and (item.kind != NEW or is_copy)})
    customers = _customers(session, {key for item, key, is_copy in kept if key and item.kind == NEW and not is_copy})
    found = []
    for item, key, is_copy in kept:
        if item.kind == NEW and not is_copy:
            about = ("", "", customers.get(key or 0, ""))
        else:
            about = deals.get(key or 0, ("", "", ""))
        found.append(Unfinished(item, datetime.fromisoformat(item.saved_at), key, is_copy, *about))
    return found


def _subject(item: Draft) -> tuple[int | None, bool]:
    text = item.subject.removeprefix(COPY)
    return (int(text) if text.isdecimal() else None), text != item.subject


def _deals(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    statement = (
        select(deal.c.id, deal.c.number, deal.c.title, customer.c.name)
        .join_from(deal, customer, customer.c.id == deal.c.customer_id)
        .where(deal.c.id.in_(ids))
    )
    return {row.id: (row.number, row.title, row.name) for row in session.rows(statement)}


def _customers(session: Session, ids: Iterable[int]) -> dict[int, str]:
    return {
        row.id: row.name for row in session.rows(select(customer.c.id, customer.c.name).where(customer.c.id.in_(ids)))
    }
