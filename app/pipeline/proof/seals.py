"""The hash chain, made anew from the rows it covers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Table, select

from app.invoicing.models import early_discount
from app.ledger.models import document, journal_entry, journal_line, paper
from app.ledger.service import paper_payload
from app.pipeline.proof.reading import raw
from app.rewards.models import cashback_entry, gift_card, points_entry, wallet_entry
from app.store import chain, history
from app.store.chain import Sealed
from app.store.session import Session
from app.store.types import json_text

_ENTRIES = (
    select(
        *raw(journal_entry, "id", "posted_on", "happened_on", "document", "text", "currency", "deal_id"),
        *raw(journal_line, "role", "debit", "credit", "customer_id"),
        journal_line.c.document.label("place"),
    )
    .join_from(journal_entry, journal_line)
    .order_by(journal_entry.c.id, journal_line.c.id)
)
_DOCUMENTS = select(document.c.id, document.c.file_name, document.c.snapshot).order_by(document.c.id)
_HISTORY = select(*raw(history.history)).order_by(history.history.c.id)
_COMMAND = tuple(history.history.columns.keys())
_PAPERS = select(*raw(paper)).order_by(paper.c.id)


_SEALED_ROWS = (early_discount, cashback_entry, gift_card, wallet_entry, points_entry)
"""Tables whose rows are sealed as they are kept."""


def unbroken(session: Session) -> Iterator[str]:
    """Documents, entries, history, papers and rewards are those that were sealed; none is missing, none was added."""
    sealed = {
        "document": (Sealed(row.id, row.snapshot, row.file_name) for row in session.stream(_DOCUMENTS)),
        "entry": _entries(session),
        "history": _commands(session),
        "paper": _papers(session),
        **{table.name: _rows(session, table) for table in _SEALED_ROWS},
    }
    yield from chain.verify(session, sealed)


def _entries(session: Session) -> Iterator[Sealed]:
    for entry_id, rows in groupby(session.stream(_ENTRIES), key=lambda row: row.id):
        lines = list(rows)
        first = lines[0]
        head = [first.posted_on, first.happened_on, first.document, first.text, first.currency, first.deal_id]
        body = [[line.role, line.debit, line.credit, line.customer_id, line.place] for line in lines]
        yield Sealed(entry_id, json_text([*head, body]), first.document)


def _rows(session: Session, table: Table) -> Iterator[Sealed]:
    for row_id, *kept in session.stream(select(*raw(table)).order_by(table.c.id)):
        yield Sealed(row_id, json_text(kept))


def _commands(session: Session) -> Iterator[Sealed]:
    for row in session.stream(_HISTORY):
        yield Sealed(row.id, history.payload(dict(zip(_COMMAND, row, strict=True))), f"{row.action} at {row.at}")


def _papers(session: Session) -> Iterator[Sealed]:
    for row in session.stream(_PAPERS):
        yield Sealed(row.id, paper_payload(row.document_id, row.name, row.sha256, row.size, row.made_at), row.name)
