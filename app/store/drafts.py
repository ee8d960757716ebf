"""Drafts of unfinished wizards, saved while they are filled in, so that a laptop that dies loses nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Integer, Text, UniqueConstraint, bindparam, delete, select, text

from app.store.base import table
from app.store.session import Session, WriteSession

draft = table(
    "draft",
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    UniqueConstraint("kind", "subject"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a wizard of one kind holds about one subject ("" for something new); `version` is that of its format."""

    kind: str
    subject: str
    version: int
    text: str
    saved_at: str = ""


_SAME = (draft.c.kind == bindparam("kind"), draft.c.subject == bindparam("subject"))
_COLUMNS = (draft.c.kind, draft.c.subject, draft.c.version, draft.c.text, draft.c.saved_at)
_GET = select(*_COLUMNS).where(*_SAME)
_ALL = select(*_COLUMNS).order_by(draft.c.saved_at.desc(), draft.c.id.desc())
_DELETE = delete(draft).where(*_SAME)
_PUT = text(
    "INSERT INTO draft (kind, subject, version, text, saved_at) VALUES (:kind, :subject, :version, :text, :saved_at) "
    "ON CONFLICT (kind, subject) DO UPDATE SET version = excluded.version, text = excluded.text, "
    "saved_at = excluded.saved_at"
)


def put(session: WriteSession, item: Draft) -> None:
    """Keep a draft in place of the one before; its time is the session's."""
    values = {"kind": item.kind, "subject": item.subject, "version": item.version, "text": item.text}
    session.execute(_PUT, values | {"saved_at": session.at})


def get(session: Session, kind: str, subject: str = "") -> Draft | None:
    """The draft of a kind about a subject, if one is kept."""
    row = session.row(_GET, {"kind": kind, "subject": subject})
    return None if row is None else Draft(*row)


def kept(session: Session) -> list[Draft]:
    """All drafts, the newest first."""
    return [Draft(*row) for row in session.rows(_ALL)]


def remove(session: WriteSession, kind: str, subject: str = "") -> None:
    """Forget a draft; nothing happens if there is none."""
    session.execute(_DELETE, {"kind": kind, "subject": subject})
