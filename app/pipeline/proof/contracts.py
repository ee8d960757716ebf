"""Every version of every contract against the quote it agrees on, and the signatures under it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.contracts.rules import Side
from app.pipeline.proof.record import Record
from app.pipeline.proof.words import several, values


def versions(record: Record) -> Iterator[str]:
    """Versions are counted without a gap, and the newest agrees on the newest revision of the quote."""
    rows, quotes = record.rows["versions"], record.rows["quotes"]
    contracts = record.rows["contracts"]
    if bool(rows) != bool(contracts):
        yield f"{record.name}: a contract without a version, or a version without a contract"
    for contract in contracts:
        kept = [row.version for row in rows if row.contract_id == contract.id]
        yield from values(f"contract {contract.number}: versions", kept, list(range(1, len(kept) + 1)))
    if rows and quotes and rows[-1].quote_id != quotes[-1].id:
        yield f"the newest contract version of {record.name} does not agree on the newest revision of its quote"


def papers(record: Record) -> Iterator[str]:
    """The paper of each version says what its rows and its quote say."""
    places = {row.id: index for index, row in enumerate(record.rows["quotes"])}
    numbers = {row.id: row.number for row in record.rows["contracts"]}
    names = {row.id: row.file_name for row in record.rows["documents"]}
    for row in record.rows["versions"]:
        what, says = f"the paper {names.get(row.document_id)}", record.snapshots.get(row.document_id)
        if says is None or row.quote_id not in places:
            yield f"version {row.version} of the contract of {record.name} has no paper or no quote of this deal"
            continue
        quote = record.rows["quotes"][places[row.quote_id]]
        told = {
            "number": numbers[row.contract_id],
            "version": row.version,
            "made_on": row.made_on,
            "quote_number": quote.number,
            "quote_revision": quote.revision,
            "clauses": json.loads(row.clauses) or None,
            "changes": json.loads(row.changes) or None,
        }
        yield from several(what, says, told | record.printed[places[row.quote_id]])


def signatures(record: Record) -> Iterator[str]:
    """Each side signs a version once; delivery needs both under the newest."""
    sides = {side.value for side in Side}
    versions = {row.id for row in record.rows["versions"]}
    for row in record.rows["signatures"]:
        if row.party not in sides or row.version_id not in versions:
            yield f"{record.name}: a signature of {row.party!r} belongs to no side or no version"
    if record.rows["deliveries"] or record.rows["receipts"]:
        newest = record.rows["versions"][-1].id
        signed = {row.party for row in record.rows["signatures"] if row.version_id == newest}
        if signed != sides:
            yield f"{record.name} was delivered, but its contract is not signed by both"
