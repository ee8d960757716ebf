"""Dispatching, confirming receipt, completing services and taking goods back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core.errors import NotAllowed
from app.core.money import decimals, divide, share
from app.core.quantity import MICRO, micro, plain
from app.deals.queries import Deal
from app.delivery.document import DeliveryNoteDocument, NoteLine
from app.delivery.models import delivery, delivery_line, goods_return, receipt, receipt_line, return_line
from app.delivery.queries import Returnable, returnable
from app.delivery.rules import (
    ZERO,
    Confirmed,
    InTransit,
    Moved,
    ReceivedPart,
    difference_postings,
    dispatch_postings,
    return_postings,
    spread,
)
from app.ledger import service as ledger
from app.ledger.rules import Entry, Posting
from app.pricing.rules import Line, printed_bundle, printed_parts
from app.store.numbering import next_number
from app.store.session import WriteSession


@dataclass(frozen=True, slots=True)
class Shipping:
    """How a delivery travels."""

    carrier: str = ""
    tracking: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What a receipt brought: accepted quantity and its cost (minor units) by position."""

    receipt_id: int
    accepted: dict[int, Decimal]
    cost: dict[int, int]
    deliveries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back of one receipt: quantity and its cost (minor units) by position."""

    receipt_id: int
    quantities: dict[int, Decimal] = field(default_factory=dict)
    costs: dict[int, int] = field(default_factory=dict)


def dispatch(
    session: WriteSession,
    deal: Deal,
    contract_number: str,
    lines: Sequence[Line],
    quantities: Mapping[int, Decimal],
    already: Mapping[int, Moved],
    shipping: Shipping,
    on: date,
) -> str:
    """Let goods leave: delivery note, and their cost into goods in transit. Returns the delivery's number.

    Raises `NotAllowed` for a position that does not exist, is a service, or has less open than wanted.
    """
    _check_open(lines, quantities, already)
    number = next_number(session, "D", on)
    delivery_id = session.insert(
        delivery,
        number=number,
        deal_id=deal.id,
        dispatched_on=on,
        carrier=shipping.carrier,
        tracking=shipping.tracking,
        override=shipping.override,
    )
    costs = {position: cost_of(lines[position - 1], q, deal.currency) for position, q in quantities.items()}
    rows = [{"delivery_id": delivery_id, "position": p, "quantity": q, "cost": costs[p]} for p, q in quantities.items()]
    session.insert_all(delivery_line, rows)
    _post(session, deal, on, number, "Goods dispatched", dispatch_postings(sum(costs.values())))
    note = _note(deal, contract_number, number, lines, quantities, already, shipping, on)
    ledger.issue(session, deal.id, "delivery_note", note, on)
    session.changed(f"delivery {number}", "", "dispatched")
    return number


def _check_open(lines: Sequence[Line], quantities: Mapping[int, Decimal], already: Mapping[int, Moved]) -> None:
    if not quantities:
        raise NotAllowed("Nothing is open to dispatch.")
    for position, quantity in quantities.items():
        if not 1 <= position <= len(lines):
            raise NotAllowed(f"Line {position} does not exist; the contract has lines 1 to {len(lines)}.")
        line = lines[position - 1]
        if line.kind != "goods":
            raise NotAllowed(f"Line {position} ({line.name}) is a service: it is completed, not dispatched.")
        still_open = already.get(position, Moved()).open(line.quantity)
        if quantity > still_open:
            message = (
                f"Line {position} ({line.name}): {plain(quantity)} to dispatch, but only {plain(still_open)} open."
            )
            raise NotAllowed(message)


def cost_of(line: Line, quantity: Decimal, currency: str) -> int:
    """Cost of a quantity in minor units; a line without cost counts as zero in the books."""
    return divide(micro(quantity) * micro(line.cost or ZERO) * 10 ** decimals(currency), MICRO * MICRO)


def _note(
    deal: Deal,
    contract_number: str,
    number: str,
    lines: Sequence[Line],
    quantities: Mapping[int, Decimal],
    already: Mapping[int, Moved],
    shipping: Shipping,
    on: date,
) -> DeliveryNoteDocument:
    def line(position: int, quantity: Decimal) -> NoteLine:
        sold = lines[position - 1]
        remaining = already.get(position, Moved()).open(sold.quantity) - quantity
        return NoteLine(
            position, sold.name, quantity, sold.unit, sold.quantity, remaining, sold.sku, sold.description,
            sold.detail.options, printed_parts(sold, quantity),
            printed_bundle(sold, is_whole=quantity == sold.quantity),
        )  # fmt: skip

    return DeliveryNoteDocument(
        heading=deal.heading(),
        number=number,
        dispatched_on=on,
        contract_number=contract_number,
        lines=tuple(line(position, quantity) for position, quantity in sorted(quantities.items())),
        carrier=shipping.carrier,
        tracking=shipping.tracking,
    )


def confirm(
    session: WriteSession,
    deal: Deal,
    open_lines: Sequence[InTransit],
    wanted: Mapping[int, Confirmed],
    by: str,
    on: date,
) -> Received:
    """Note what the buyer received, line by line; refused goods go back, lost ones are written off.

    Raises `NotAllowed` if more is confirmed than is in transit. Cost of sales is posted with the revenue, not here.
    """
    parts = spread(open_lines, wanted)
    if not parts:
        raise NotAllowed("Nothing of this is in transit.")
    receipt_id = _insert_receipt(session, deal, "receipt", by, on)
    session.insert_all(receipt_line, [_receipt_row(receipt_id, part) for part in parts])
    numbers = tuple(dict.fromkeys(part.line.delivery_number for part in parts))
    _post(session, deal, on, ", ".join(numbers), "Refused, damaged or missing at receipt", difference_postings(parts))
    accepted, cost = dict.fromkeys(wanted, ZERO), dict.fromkeys(wanted, 0)
    for part in parts:
        accepted[part.line.position] += part.confirmed.accepted
        cost[part.line.position] += part.accepted_cost
    session.changed(f"delivery {', '.join(numbers)}: receipt", "", "confirmed")
    return Received(receipt_id, {p: q for p, q in accepted.items() if q}, cost, numbers)


def complete(session: WriteSession, deal: Deal, done: Mapping[int, Decimal], by: str, on: date) -> Received:
    """Note that services were done and signed off, by position; no entry is made for their cost."""
    receipt_id = _insert_receipt(session, deal, "service", by, on)
    zero = {"damaged": ZERO, "missing": ZERO, "refused": ZERO, "cost": 0, "delivery_line_id": None}
    session.insert_all(
        receipt_line, [{"receipt_id": receipt_id, "position": p, "accepted": q, **zero} for p, q in done.items()]
    )
    for position in done:
        session.changed(f"line {position}: service", "", "completed")
    return Received(receipt_id, dict(done), dict.fromkeys(done, 0))


def _insert_receipt(session: WriteSession, deal: Deal, kind: str, by: str, on: date) -> int:
    return session.insert(receipt, deal_id=deal.id, kind=kind, confirmed_on=on, confirmed_by=by)


def _receipt_row(receipt_id: int, part: ReceivedPart) -> dict[str, object]:
    return {
        "receipt_id": receipt_id,
        "delivery_line_id": part.line.delivery_line_id,
        "position": part.line.position,
        "accepted": part.confirmed.accepted,
        "damaged": part.confirmed.damaged,
        "missing": part.confirmed.missing,
        "refused": part.confirmed.refused,
        "cost": part.accepted_cost,
    }


def take_back(
    session: WriteSession,
    deal: Deal,
    quantities: Mapping[int, Decimal],
    creditable: Mapping[tuple[int, int], Decimal],
    reason: str,
    restock: bool,
    on: date,
) -> list[Returned]:
    """Take goods back, the latest receipt first; returns what came back, by receipt.

    `creditable` says how much of each receipt and position no credit note has taken back yet: nothing is credited
    twice. Raises `NotAllowed` if less of it was accepted than is to come back.
    """
    parts = _returned_parts(returnable(session, deal.id), quantities, creditable)
    return_id = session.insert(goods_return, deal_id=deal.id, returned_on=on, reason=reason, restock=restock)
    costs = [share(s.cost, micro(s.returned), micro(quantity), micro(s.accepted)) for s, quantity in parts]
    rows = [
        {
            "return_id": return_id,
            "receipt_line_id": source.receipt_line_id,
            "position": source.position,
            "quantity": quantity,
            "cost": cost,
        }
        for (source, quantity), cost in zip(parts, costs, strict=True)
    ]
    session.insert_all(return_line, rows)
    session.changed("goods", "received", "returned")
    return _by_receipt(parts, costs)


def _by_receipt(parts: Sequence[tuple[Returnable, Decimal]], costs: Sequence[int]) -> list[Returned]:
    found: dict[int, Returned] = {}
    for (source, quantity), cost in zip(parts, costs, strict=True):
        back = found.setdefault(source.receipt_id, Returned(source.receipt_id))
        back.quantities[source.position] = back.quantities.get(source.position, ZERO) + quantity
        back.costs[source.position] = back.costs.get(source.position, 0) + cost
    return list(found.values())


def post_return(session: WriteSession, deal: Deal, document: str, cost: int, restock: bool, on: date) -> None:
    """The entry for goods that came back, under the credit note that follows them."""
    text = "Goods returned" if restock else "Goods returned and written off"
    _post(session, deal, on, document, text, return_postings(cost, restock))


def _returned_parts(
    sources: Sequence[Returnable], quantities: Mapping[int, Decimal], creditable: Mapping[tuple[int, int], Decimal]
) -> list[tuple[Returnable, Decimal]]:
    room = dict(creditable)
    by_position: dict[int, list[Returnable]] = {}
    for source in sources:
        by_position.setdefault(source.position, []).append(source)
    parts = []
    for position, wanted in quantities.items():
        left = wanted
        for source in by_position.get(position, []):
            place = source.receipt_id, position
            quantity = min(left, source.accepted - source.returned, room.get(place, ZERO))
            if quantity > 0:
                parts.append((source, quantity))
                room[place] -= quantity
                left -= quantity
        if left > 0:
            found = plain(wanted - left)
            message = (
                f"Line {position}: {plain(wanted)} to return, but only {found} received and kept, and not credited."
            )
            raise NotAllowed(message)
    return parts


def _post(session: WriteSession, deal: Deal, on: date, document: str, text: str, postings: tuple[Posting, ...]) -> None:
    ledger.post(session, Entry(on, document, text, deal.currency, postings, deal.id, deal.customer_id))
