"""Every revision of every quote, priced anew from its lines, and its paper.

The arithmetic is that of this program: a later one that reckons differently has to keep the old way for old revisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.codec import to_plain
from app.pipeline.proof.record import Record
from app.pipeline.proof.words import amounts, several, values
from app.quotes.rules import printed_proposals
from app.store.session import AnyRow
from app.store.types import json_text


def revisions(record: Record) -> Iterator[str]:
    """Each revision says what its lines make: amounts as typed, net, tax, gross and the net of every line."""
    rows = record.rows["quotes"]
    if not rows:
        yield f"{record.name} has no quote"
    yield from values(f"{record.name}: revisions", [row.revision for row in rows], list(range(1, len(rows) + 1)))
    for row, priced in zip(rows, record.priced, strict=True):
        what, totals = title(record, row), priced.assembled.totals
        if json_text(to_plain(priced.typed)) != row.typed:
            yield f"{what}: the amounts as typed are not those its lines make"
        for name in ("net", "tax", "gross"):
            yield from amounts(f"{what}: {name}", getattr(row, name), getattr(totals, name), record.currency)
        lines = record.lines_of("quote_lines", "quote_id", row.id)
        for number, (line, total) in enumerate(zip(lines, priced.assembled.lines, strict=True), 1):
            yield from values(f"{what}: position", line.position, number)
            yield from amounts(f"{what}, line {number}: net", line.net, total.net, record.currency)


def title(record: Record, row: AnyRow) -> str:
    """What people call a revision."""
    return f"quote {row.number or '(not sent)'} revision {row.revision} of {record.name}"


def papers(record: Record) -> Iterator[str]:
    """The paper of each sent revision says what its rows say."""
    sent = {(row.number, row.revision): index for index, row in enumerate(record.rows["quotes"]) if row.sent_on}
    for document in record.rows["documents"]:
        if document.kind == "quote":
            says = record.snapshots[document.id]
            index = sent.get((says["number"], says["revision"]))
            if index is None:
                yield f"the paper {document.file_name} of {record.name} has no quote that was sent"
            else:
                yield from several(f"the paper {document.file_name}", says, _said(record, index))


def _said(record: Record, index: int) -> dict[str, Any]:
    row = record.rows["quotes"][index]
    clauses = [{"key": key} for key in record.offers[index].terms.clauses]
    dates = {"issued_on": row.sent_on, "valid_until": row.valid_until}
    proposals = to_plain(printed_proposals(record.offers[index], record.basis))
    return dates | record.printed[index] | {"clauses": clauses or None, "proposals": proposals or None}
