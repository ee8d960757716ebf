"""What left, what was received and what came back, by quantity and by cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.money import share
from app.core.quantity import from_micro, micro
from app.delivery.service import cost_of
from app.ledger.rules import Role
from app.pipeline.proof.record import Record
from app.pipeline.proof.words import amounts, several, values
from app.store.session import AnyRow


@dataclass(slots=True)
class Flow:
    """Cost of a deal's goods by where they are, in minor units."""

    dispatched: int = 0
    accepted: int = 0
    lost: int = 0
    refused: int = 0
    restocked: int = 0
    scrapped: int = 0

    @property
    def in_transit(self) -> int:
        """Dispatched and not confirmed."""
        return self.dispatched - self.accepted - self.lost - self.refused


def quantities(record: Record) -> Iterator[str]:
    """No more is confirmed than was dispatched, accepted than ordered, returned than accepted."""
    confirmed = record.lines_of
    for line in record.rows["delivery_lines"]:
        done = sum(_confirmed(row) for row in confirmed("receipt_lines", "delivery_line_id", line.id))
        if done > line.quantity:
            yield f"{_line(record, line)}: more was confirmed than dispatched"
    for position, (ordered, accepted, under_way) in enumerate(_by_position(record), 1):
        if accepted + under_way > ordered:
            yield f"{record.name}, line {position}: more was accepted or is in transit than was ordered"
    for row in record.rows["receipt_lines"]:
        back = sum(line.quantity for line in record.lines_of("return_lines", "receipt_line_id", row.id))
        if back > row.accepted:
            yield f"{record.name}, line {row.position}: more came back than was accepted"


def _by_position(record: Record) -> Iterator[tuple[int, int, int]]:
    """Ordered, accepted, and in transit of each agreed line, in millionths."""
    for position, ordered in enumerate(record.ordered, 1):
        received = record.lines_of("receipt_lines", "position", position)
        sent = sum(line.quantity for line in record.lines_of("delivery_lines", "position", position))
        confirmed = sum(_confirmed(row) for row in received if row.delivery_line_id is not None)
        yield micro(ordered), sum(row.accepted for row in received), sent - confirmed


def _confirmed(row: AnyRow) -> int:
    return int(row.accepted + row.damaged + row.missing + row.refused)


def _line(record: Record, line: AnyRow) -> str:
    number = next((row.number for row in record.rows["deliveries"] if row.id == line.delivery_id), "?")
    return f"delivery {number}, line {line.position}"


def costs(record: Record) -> Iterator[str]:
    """Every cost is its share of the cost per unit that was agreed, and the goods of the books are where they are."""
    flow = Flow()
    for line in record.rows["delivery_lines"]:
        agreed = record.offers[-1].lines[line.position - 1]
        due = cost_of(agreed, from_micro(line.quantity), record.currency)
        if line.cost != due:
            yield from amounts(f"{_line(record, line)}: cost", line.cost, due, record.currency)
        flow.dispatched += line.cost
        yield from _received(record, line, flow)
    yield from _services(record)
    yield from _returned(record, flow)
    yield from _booked(record, flow)


def _received(record: Record, line: AnyRow, flow: Flow) -> Iterator[str]:
    """What was confirmed of one delivery line, in order: accepted, lost, refused, by cumulative rounding."""
    before = 0
    for row in record.lines_of("receipt_lines", "delivery_line_id", line.id):
        if row.position != line.position:
            yield f"{_line(record, line)}: it was received as line {row.position}"
        parts = []
        for quantity in (row.accepted, row.damaged + row.missing, row.refused):
            parts.append(share(line.cost, before, quantity, line.quantity))
            before += quantity
        if row.cost != parts[0]:
            yield from amounts(f"{_line(record, line)}: cost received", row.cost, parts[0], record.currency)
        flow.accepted += parts[0]
        flow.lost += parts[1]
        flow.refused += parts[2]


def _services(record: Record) -> Iterator[str]:
    """A service is completed, never dispatched; no entry is made for its cost."""
    for row in record.rows["receipt_lines"]:
        if row.delivery_line_id is None:
            what = f"{record.name}, line {row.position} completed"
            if record.is_goods(row.position):
                yield f"{what}: it is no service"
            told = [row.damaged, row.missing, row.refused, row.cost]
            yield from values(f"{what}: damaged, missing, refused, cost", told, [0, 0, 0, 0])


def _returned(record: Record, flow: Flow) -> Iterator[str]:
    """What came back, at the cost it was received at, in the order it came."""
    restock = {row.id: bool(row.restock) for row in record.rows["returns"]}
    for row in record.rows["receipt_lines"]:
        before = 0
        for line in record.lines_of("return_lines", "receipt_line_id", row.id):
            what = f"{record.name}, line {row.position} returned"
            yield from values(f"{what}: position", line.position, row.position)
            due = share(row.cost, before, line.quantity, row.accepted)
            yield from amounts(f"{what}: cost", line.cost, due, record.currency)
            before += line.quantity
            flow.restocked += line.cost if restock[line.return_id] else 0
            flow.scrapped += 0 if restock[line.return_id] else line.cost


def _booked(record: Record, flow: Flow) -> Iterator[str]:
    due = {
        Role.GOODS_IN_TRANSIT: flow.in_transit,
        Role.INVENTORY: flow.refused + flow.restocked - flow.dispatched,
        Role.WRITE_OFF: flow.lost + flow.scrapped,
        Role.COST_OF_SALES: flow.accepted - flow.restocked - flow.scrapped,
    }
    for role, amount in due.items():
        kept = record.balances.get(role.value, 0)
        yield from amounts(f"{record.name}: {role.value} in the books", kept, amount, record.currency)


def notes(record: Record) -> Iterator[str]:
    """Each delivery note says what left and how."""
    papers = {row.number: row for row in record.rows["documents"] if row.kind == "delivery_note"}
    for row in record.rows["deliveries"]:
        if row.number in papers:
            says = record.snapshots[papers[row.number].id]
            yield from several(f"delivery note {row.number}", says | _lines_said(says), _said(record, row))


def _lines_said(says: dict[str, Any]) -> dict[str, Any]:
    return {"lines": [[line["position"], micro(Decimal(line["quantity"]))] for line in says["lines"]]}


def _said(record: Record, row: AnyRow) -> dict[str, Any]:
    lines = record.lines_of("delivery_lines", "delivery_id", row.id)
    return {
        "dispatched_on": row.dispatched_on,
        "contract_number": record.rows["contracts"][0].number,
        "carrier": row.carrier or None,
        "tracking": row.tracking or None,
        "lines": sorted([line.position, line.quantity] for line in lines),
    }
