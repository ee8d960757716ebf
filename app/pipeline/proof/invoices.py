"""Every invoice worked out anew from what was accepted, every credit note from what was left of its invoice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.codec import to_plain
from app.core.dates import add_days
from app.core.printed import PrintedTerms
from app.core.quantity import from_micro, micro
from app.invoicing.early import discount_figures, early_offer, leaves_tax, printed_terms
from app.invoicing.rules import Figures, bill, credit_amount, credit_quantities, left_to_credit, rounding_back
from app.pipeline.proof.record import Record
from app.pipeline.proof.words import amounts, several, values
from app.pricing.rules import printed_line, printed_totals
from app.quotes.rules import net_days
from app.store.session import AnyRow
from app.store.types import json_text

ZERO = Decimal(0)
INVOICE = "invoice"


@dataclass(slots=True)
class Worked:
    """The invoices of a deal worked out one after the other: figures by id, quantities invoiced, credit notes.

    `discounts` are those for early payment by invoice; `roundings` is what cash rounding goes back with a note.
    """

    figures: dict[int, Figures] = field(default_factory=dict)
    invoiced: dict[int, Decimal] = field(default_factory=dict)
    notes: dict[int, list[Figures]] = field(default_factory=dict)
    discounts: dict[int, list[Figures]] = field(default_factory=dict)
    roundings: dict[int, int] = field(default_factory=dict)


def title(row: AnyRow) -> str:
    """What people call it."""
    return f"{row.kind.replace('_', ' ')} {row.number}"


def figures(record: Record) -> Iterator[str]:
    """Each invoice bills exactly what one receipt accepted, each credit note takes back its share of its invoice.

    What was paid early lowers an invoice like a credit, by no more than was offered.
    """
    worked = Worked()
    for row in _in_order(record):
        if hasattr(row, "taken_on"):
            yield from _discount(record, row, worked)
            continue
        due = _bill(record, row, worked) if row.kind == INVOICE else _note(record, row, worked)
        worked.figures[row.id] = due
        yield from _amounts(record, row, due)
        if row.id in worked.roundings:
            back = worked.roundings[row.id]
            yield from amounts(f"{title(row)}: cash rounding", row.rounding, back, record.currency)
        yield from _paper(record, row, due)


def _in_order(record: Record) -> list[AnyRow]:
    """Invoices, credit notes and early-payment discounts in the order of the commands that made them."""
    places = {number: place for place, command in enumerate(record.commands) for number in command.numbers}
    paid = {row.id: row.number for row in record.rows["payments"]}
    rows = [(places.get(row.number, len(places)), row) for row in record.rows["invoices"]]
    rows += [(places.get(paid.get(row.payment_id, ""), len(places)), row) for row in record.rows["discounts"]]
    return [row for _, row in sorted(rows, key=lambda item: item[0])]


def _discount(record: Record, row: AnyRow, worked: Worked) -> Iterator[str]:
    """A discount follows from what was left, is no more than was offered, and late only with a reason."""
    offer, notes = record.agreed[0], worked.notes.get(row.invoice_id, [])
    taken = worked.discounts.setdefault(row.invoice_id, [])
    billed = next(item for item in record.rows["invoices"] if item.id == row.invoice_id)
    what = f"early-payment discount on {billed.number}"
    kept = left_to_credit(worked.figures[row.invoice_id], notes)
    before = sum(figures.totals.gross for figures in taken)
    found = early_offer(kept, before, offer, date.fromisoformat(billed.issued_on))
    if found is None or row.gross > found.amount:
        yield f"{what} is more than was offered"
    elif date.fromisoformat(row.taken_on) > found.until and not row.reason:
        yield f"{what} was taken after {found.until} without a reason"
    due = discount_figures(left_to_credit(kept, taken), row.gross, offer, record.basis)
    for name in ("net", "tax", "gross"):
        yield from amounts(f"{what}: {name}", getattr(row, name), getattr(due.totals, name), record.currency)
    if json_text(to_plain(due)) != row.figures:
        yield f"{what}: its figures are not those that follow from the invoice"
    taken.append(due)


def _bill(record: Record, row: AnyRow, worked: Worked) -> Figures:
    offer, priced = record.agreed
    accepted = accepted_at(record, row.receipt_id)
    due = bill(priced.typed, [line.quantity for line in offer.lines], worked.invoiced, accepted, record.basis)
    for position, quantity in accepted.items():
        worked.invoiced[position] = worked.invoiced.get(position, ZERO) + quantity
    return due


def accepted_at(record: Record, receipt_id: int) -> dict[int, Decimal]:
    """What one receipt accepted, by position; lines without anything are left out."""
    found: dict[int, int] = {}
    for line in record.lines_of("receipt_lines", "receipt_id", receipt_id):
        if line.accepted:
            found[line.position] = found.get(line.position, 0) + line.accepted
    return {position: from_micro(quantity) for position, quantity in found.items()}


def _note(record: Record, row: AnyRow, worked: Worked) -> Figures:
    """A credit of quantities by those, one over an amount by its gross."""
    notes = worked.notes.setdefault(row.corrects_id, [])
    taken = worked.discounts.get(row.corrects_id, [])
    left = left_to_credit(worked.figures[row.corrects_id], [*taken, *notes])
    lines = record.lines_of("invoice_lines", "invoice_id", row.id)
    quantities = {line.position: from_micro(line.quantity) for line in lines}
    if any(quantities.values()):
        as_left = leaves_tax(record.agreed[0], taken)
        due = credit_quantities(left, quantities, record.basis, as_left=as_left)
    else:
        due = credit_amount(left, row.gross, record.basis)
    worked.roundings[row.id] = rounding_back(_rounding_of(record, row.corrects_id), left, due)
    notes.append(due)
    return due


def _rounding_of(record: Record, invoice_id: int) -> int:
    return next((int(row.rounding) for row in record.rows["invoices"] if row.id == invoice_id), 0)


def _amounts(record: Record, row: AnyRow, due: Figures) -> Iterator[str]:
    what, totals = title(row), due.totals
    for name in ("net", "tax", "gross"):
        yield from amounts(f"{what}: {name}", getattr(row, name), getattr(totals, name), record.currency)
    if json_text(to_plain(due)) != row.figures:
        yield f"{what}: its figures are not those that follow from what was accepted"
    lines = record.lines_of("invoice_lines", "invoice_id", row.id)
    kept = [(line.position, line.quantity, line.net, line.earned, line.tax) for line in lines]
    made = [
        (position, micro(quantity), line.net, line.earned, line.tax)
        for position, quantity, line in zip(due.positions, due.quantities, due.assembled.lines, strict=True)
    ]
    yield from values(f"{what}: lines (position, millionths, net, earned, tax)", kept, made)


def _paper(record: Record, row: AnyRow, due: Figures) -> Iterator[str]:
    """What was printed is what the rows say."""
    says = record.snapshots.get(row.document_id)
    if says is None:
        yield f"{title(row)} has no document in {record.name}"
        return
    yield from several(title(row), says, _common(record, row, due) | _own(record, row))


def _common(record: Record, row: AnyRow, due: Figures) -> dict[str, Any]:
    printed = printed_totals(due.typed, due.assembled, record.agreed[0].reductions, row.prepaid)
    return {
        "kind": row.kind,
        "number": row.number,
        "issued_on": row.issued_on,
        "due_on": row.due_on,
        "contract_number": record.rows["contracts"][0].number,
        "lines": to_plain(_printed(record, due)),
        "totals": to_plain(replace(printed, rounding=row.rounding)),
        "terms": to_plain(_terms(record, row, due)),
        "reason": row.reason or None,
    }


def _terms(record: Record, row: AnyRow, due: Figures) -> PrintedTerms:
    offer, gross = record.agreed[0], record.agreed[1].assembled.totals.gross
    if row.kind != INVOICE:
        return offer.terms.printed(gross)
    return printed_terms(offer, gross, due, row.prepaid, date.fromisoformat(row.issued_on))


def _printed(record: Record, due: Figures) -> list[Any]:
    lines = (
        printed_line(position, record.offers[-1].lines[position - 1], quantity, typed, total.net)
        for position, quantity, typed, total in zip(
            due.positions, due.quantities, due.typed.lines, due.assembled.lines, strict=True
        )
    )
    return [line for line in lines if line.quantity or line.amount]


def _own(record: Record, row: AnyRow) -> dict[str, Any]:
    """What only an invoice, or only a credit note, prints."""
    if row.kind == INVOICE:
        lines = record.lines_of("receipt_lines", "receipt_id", row.receipt_id)
        notes = list(dict.fromkeys(line.delivery for line in lines if line.delivery is not None))
        return {"delivered_from": row.issued_on, "delivered_until": row.issued_on, "delivery_notes": notes or None}
    original = next(item for item in record.rows["invoices"] if item.id == row.corrects_id)
    return {"corrects": original.number, "corrects_issued_on": original.issued_on}


def occasions(record: Record) -> Iterator[str]:
    """Each receipt that accepted something has its one invoice of the same day, under this deal's terms."""
    receipts = {row.id: row for row in record.rows["receipts"]}
    days = net_days(record.rows["quotes"][-1].payment)
    for row in record.rows["invoices"]:
        what = title(row)
        yield from values(f"{what}: customer", row.customer_id, record.deal.customer_id)
        yield from values(f"{what}: currency", row.currency, record.currency)
        if row.kind == INVOICE and row.receipt_id in receipts:
            receipt = receipts[row.receipt_id]
            yield from values(f"{what}: day", row.issued_on, receipt.confirmed_on)
            due_on = add_days(date.fromisoformat(row.issued_on), days).isoformat()
            yield from values(f"{what}: due day", row.due_on, due_on)
    billed = sorted(row.receipt_id or 0 for row in record.rows["invoices"] if row.kind == INVOICE)
    due = sorted(receipt_id for receipt_id in receipts if accepted_at(record, receipt_id))
    if billed != due:
        yield f"{record.name}: its invoices are not one for each receipt that accepted something"


def quantities(record: Record) -> Iterator[str]:
    """What was invoiced is what was accepted, line by line; fulfilled at net prices, the nets are what was agreed."""
    kinds = {row.id: row.kind for row in record.rows["invoices"]}
    complete = bool(record.rows["receipts"])
    for position, ordered in enumerate(record.ordered, 1):
        accepted = sum(line.accepted for line in record.lines_of("receipt_lines", "position", position))
        lines = record.lines_of("invoice_lines", "position", position)
        billed = sum(line.quantity for line in lines if kinds[line.invoice_id] == INVOICE)
        what = f"{record.name}, line {position}: quantity invoiced"
        yield from values(what, from_micro(billed), from_micro(accepted))
        complete &= accepted == micro(ordered)
    if complete and not record.basis.prices_include_tax:
        nets = sum(row.net for row in record.rows["invoices"] if row.kind == INVOICE)
        agreed = record.agreed[1].assembled.totals.net
        yield from amounts(f"{record.name}: the nets of all its invoices", nets, agreed, record.currency)


def credit_notes(record: Record) -> Iterator[str]:
    """Credit notes never take back more than their invoice billed."""
    for row in record.rows["invoices"]:
        notes = record.lines_of("invoices", "corrects_id", row.id)
        if not notes:
            continue
        if row.kind != INVOICE:
            yield f"{title(row)} is corrected like an invoice, and is none"
        for name in ("net", "tax", "gross"):
            if sum(getattr(note, name) for note in notes) > getattr(row, name):
                yield f"{title(row)}: its credit notes exceed its {name}"
        billed, back = _by_position(record, [row.id]), _by_position(record, [note.id for note in notes])
        for position, quantity in back.items():
            if quantity > billed.get(position, 0):
                yield f"{title(row)}: its credit notes exceed the quantity of line {position}"


def _by_position(record: Record, ids: list[int]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for invoice_id in ids:
        for line in record.lines_of("invoice_lines", "invoice_id", invoice_id):
            found[line.position] = found.get(line.position, 0) + line.quantity
    return found
