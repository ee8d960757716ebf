"""Issued documents against the rows that they were issued for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import TypeAlias

from app.pipeline.proof.record import Record
from app.pipeline.proof.words import several, values

Issued: TypeAlias = tuple[str, str, str, str]
"""Kind, number, file name and day of a document."""


def issued(record: Record) -> Iterator[str]:
    """Each number that was given has its one document, with the right name and day, and no document has no number."""
    kept = sorted((row.kind, row.number, row.file_name, row.issued_on) for row in record.rows["documents"])
    due = sorted(_due(record))
    for kind, number, name, day in sorted(set(due) - set(kept)):
        yield f"{record.name}: the {kind} {number} of {day} has no document {name!r}"
    for kind, number, name, day in sorted(set(kept) - set(due)):
        yield f"{record.name}: the document {name!r} ({kind} {number} of {day}) belongs to nothing that was issued"
    if len(kept) != len(set(kept)):
        yield f"{record.name}: a document was issued twice"
    yield from _owned(record)


def _due(record: Record) -> Iterator[Issued]:
    rows = record.rows
    for row in rows["quotes"]:
        if row.sent_on is not None:
            later = f"-r{row.revision}" if row.revision > 1 else ""
            yield "quote", row.number, f"quote {row.number}{later}", row.sent_on
    for row in rows["versions"]:
        number = next(c.number for c in rows["contracts"] if c.id == row.contract_id)
        later = f"-v{row.version}" if row.version > 1 else ""
        yield "contract", number, f"contract {number}{later}", row.made_on
    for row in rows["deliveries"]:
        yield "delivery_note", row.number, f"delivery note {row.number}", row.dispatched_on
    for row in rows["invoices"]:
        yield row.kind, row.number, f"{row.kind.replace('_', ' ')} {row.number}", row.issued_on
    for row in rows["payments"]:
        yield "receipt", row.number, f"receipt {row.number}", row.paid_on


def _owned(record: Record) -> Iterator[str]:
    """Invoices refer to their own document."""
    numbers = {row.id: (row.kind, row.number) for row in record.rows["documents"]}
    for row in record.rows["invoices"]:
        if numbers.get(row.document_id) != (row.kind, row.number):
            yield f"{row.kind.replace('_', ' ')} {row.number} refers to the document of another"


def snapshots(record: Record) -> Iterator[str]:
    """What was frozen is unchanged: it has its SHA-256, its number, and stands under this deal and its seller."""
    heading = {
        "seller": json.loads(record.deal.seller),
        "currency": record.currency,
        "deal_number": record.deal.number,
        "prices_include_tax": bool(record.deal.prices_include_tax) or None,
    }
    for row in record.rows["documents"]:
        if hashlib.sha256(row.snapshot.encode()).hexdigest() != row.sha256:
            yield f"the document {row.file_name} was changed: its SHA-256 is another"
        says = record.snapshots[row.id]
        yield from values(f"the document {row.file_name}: number", says.get("number"), row.number)
        yield from several(f"the document {row.file_name}: heading", says["heading"], heading)
