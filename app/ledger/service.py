"""Posting to the books, closing periods, and sealing issued documents. Nothing here is ever changed afterwards."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Protocol

from app.core.codec import to_text
from app.ledger.models import document, journal_entry, journal_line, paper, period_lock
from app.ledger.queries import locked_through
from app.ledger.rules import PER_CUSTOMER, Entry, lines, posting_day
from app.store import chain
from app.store.session import WriteSession


class Paper(Protocol):
    """A frozen document that can be issued."""

    @property
    def number(self) -> str: ...
    @property
    def file_name(self) -> str: ...


def post(session: WriteSession, entry: Entry) -> date | None:
    """Post an entry and seal it; returns its posting day, or None if it moves nothing.

    In a closed period it is posted on the first open day and keeps its true date.
    """
    moved = lines(entry.postings)
    if not moved:
        return None
    posted_on = day_for(session, entry.on)
    entry_id = session.insert(
        journal_entry,
        deal_id=entry.deal_id,
        posted_on=posted_on,
        happened_on=entry.on,
        document=entry.document,
        text=entry.text,
        currency=entry.currency,
    )
    rows = [_line(entry, entry_id, posting.role, posting.amount, posting.document) for posting in moved]
    session.insert_all(journal_line, rows)
    chain.append(session, "entry", entry_id, entry_payload(posted_on, entry, rows))
    return posted_on


def day_for(session: WriteSession, on: date) -> date:
    """The day on which something of `on` is posted: its own, or the first open one."""
    if "locked_through" not in session.memo:
        session.memo["locked_through"] = locked_through(session)
    return posting_day(on, session.memo["locked_through"])


def _line(entry: Entry, entry_id: int, role: Any, amount: int, document_number: str) -> dict[str, Any]:
    return {
        "entry_id": entry_id,
        "role": role.value,
        "debit": max(amount, 0),
        "credit": max(-amount, 0),
        "customer_id": entry.customer_id if role in PER_CUSTOMER else None,
        "document": document_number,
    }


def entry_payload(posted_on: date, entry: Entry, rows: list[dict[str, Any]]) -> str:
    """The text of an entry that goes into the hash chain; `prove` builds it again from the rows."""
    head = [posted_on.isoformat(), entry.on.isoformat(), entry.document, entry.text, entry.currency, entry.deal_id]
    body = [[r["role"], r["debit"], r["credit"], r["customer_id"], r["document"]] for r in rows]
    return to_text([*head, body])


def issue(session: WriteSession, deal_id: int, kind: str, printed: Paper, on: date) -> int:
    """Freeze a document: its snapshot is stored and sealed; papers are made from it alone. Returns its id."""
    snapshot = to_text(printed)
    document_id = session.insert(
        document,
        deal_id=deal_id,
        kind=kind,
        number=printed.number,
        file_name=printed.file_name,
        issued_on=on,
        snapshot=snapshot,
        sha256=hashlib.sha256(snapshot.encode()).hexdigest(),
    )
    chain.append(session, "document", document_id, snapshot)
    return document_id


def keep_paper(session: WriteSession, document_id: int, name: str, sha256: str, size: int) -> None:
    """Note the file that was made of a document; it is made once and never anew."""
    paper_id = session.insert(paper, document_id=document_id, name=name, sha256=sha256, size=size, made_at=session.at)
    chain.append(session, "paper", paper_id, paper_payload(document_id, name, sha256, size, session.at))


def paper_payload(document_id: int, name: str, sha256: str, size: int, made_at: str) -> str:
    """The text of a paper's row that goes into the hash chain, so that no other file can take its place."""
    return to_text([document_id, name, sha256, size, made_at])


def close_period(session: WriteSession, through: date) -> None:
    """Lock the books through a day; nothing happens if they are locked that far already."""
    locked = locked_through(session)
    if locked is not None and through <= locked:
        return
    session.insert(period_lock, through=through, locked_at=session.at)
    session.memo["locked_through"] = through
    session.changed("books closed through", str(locked or ""), str(through))
