"""What was earned against what was invoiced, accepted and returned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.ledger.rules import Role
from app.pipeline.proof.invoices import INVOICE
from app.pipeline.proof.record import Record
from app.pipeline.proof.rewards import given_back
from app.pipeline.proof.words import amounts, values
from app.rewards.wallet import document_of


def earned(record: Record) -> Iterator[str]:
    """Revenue is earned line by line with each invoice, and taken back line by line with each credit note.

    Discounts for early payment, cashback, points and goodwill lower it line by line as well.
    """
    kept: Counter[tuple[str, int, str]] = Counter()
    for row in record.rows["revenue"]:
        kept[row.document, row.position, "amount"] += row.amount
        kept[row.document, row.position, "quantity"] += row.quantity
    due: Counter[tuple[str, int, str]] = Counter()
    for row in record.rows["invoices"]:
        sign = 1 if row.kind == INVOICE else -1
        for line in record.lines_of("invoice_lines", "invoice_id", row.id):
            due[row.number, line.position, "amount"] += sign * line.earned
            due[row.number, line.position, "quantity"] += sign * line.quantity
    for document, position, amount in given_back(record):
        due[document, position, "amount"] -= amount
        due[document, position, "quantity"] += 0
    for key in sorted(kept.keys() | due.keys()):
        document, position, name = key
        what = f"revenue of {document}, line {position}: {name}"
        if name == "amount":
            yield from amounts(what, kept[key], due[key], record.currency)
        else:
            yield from values(f"{what} in millionths", kept[key], due[key])


def costs(record: Record) -> Iterator[str]:
    """With revenue goes the cost of what was accepted, and comes back the cost of what was returned."""
    kept: Counter[int] = Counter()
    for row in record.rows["revenue"]:
        kept[row.position] += row.cost
    for line in record.rows["receipt_lines"]:
        kept[line.position] -= line.cost
    for line in record.rows["return_lines"]:
        kept[line.position] += line.cost
    for position, difference in sorted(kept.items()):
        yield from amounts(
            f"{record.name}, line {position}: cost beyond that of its goods", difference, 0, record.currency
        )


def booked(record: Record) -> Iterator[str]:
    """The books show this revenue, its cost and the tax of the invoices, and nothing that waits to be invoiced."""
    rows = record.rows["revenue"]
    signs = [(1 if row.kind == INVOICE else -1, row) for row in record.rows["invoices"]]
    due = {
        Role.REVENUE: -sum(row.amount for row in rows),
        Role.COST_OF_SALES: sum(row.cost for row in rows),
        Role.OUTPUT_TAX: sum(row.tax for row in record.rows["discounts"]) - sum(sign * row.tax for sign, row in signs),
        Role.CONTRACT_ASSET: 0,
    }
    for role, amount in due.items():
        kept = record.balances.get(role.value, 0)
        yield from amounts(f"{record.name}: {role.value} in the books", kept, amount, record.currency)


def days(record: Record) -> Iterator[str]:
    """Revenue is earned on the day its entry was posted, and entries happened on the day of their document."""
    posted: dict[str, str] = {}
    for entry in record.rows["entries"]:
        posted.setdefault(entry.document, entry.posted_on)
    for row in record.rows["revenue"]:
        if row.document in posted:
            yield from values(f"revenue of {row.document}: day", row.earned_on, posted[row.document])
    issued = {document_of(row.id): row.happened_on for row in record.rows["wallet"]}
    issued |= {row.number: row.issued_on for row in record.rows["invoices"]}
    issued |= {row.number: row.paid_on for row in record.rows["payments"]}
    for entry in record.rows["entries"]:
        if entry.document in issued:
            yield from values(f"entry {entry.id} of {entry.document}: day", entry.happened_on, issued[entry.document])
