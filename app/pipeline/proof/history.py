"""Who did what: every fact of a deal has the row of the command that made it, and is what that command was told.

Commands and facts are paired in the order they came; that they are equally many is part of the proof.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Any, TypeAlias

from sqlalchemy import select

from app.core.codec import to_plain
from app.core.quantity import from_micro
from app.payments.models import payment
from app.pipeline.proof.reading import raw
from app.pipeline.proof.record import Command, Record, command_of
from app.pipeline.proof.words import several, values
from app.store.history import history
from app.store.session import AnyRow, Session


def _commands(record: Record, *actions: str) -> list[Command]:
    return [command for command in record.commands if command.action in actions]


Beside: TypeAlias = tuple[dict[str, Any], dict[str, Any]]
"""What a fact says, and what its command was told, by name."""


def _paired(
    whose: str,
    noun: str,
    told: Iterable[Command],
    facts: Iterable[AnyRow],
    due: Callable[[Command, AnyRow], Beside],
) -> Iterator[str]:
    """Each command beside its fact, as `due` reads them."""
    for number, (command, fact) in enumerate(zip_longest(told, facts), 1):
        what = f"{noun} {number} of {whose}"
        if command is None:
            yield f"{what} has no command in the history"
        elif fact is None:
            yield f"{command.action} of {command.on} in the history of {whose} has left no {noun}"
        else:
            yield from several(f"{what} (by the history)", *due(command, fact))


def opened(record: Record) -> Iterator[str]:
    """Every deal was opened by one command, which gave it its number and said what it is."""
    opening = _commands(record, "open_deal")
    if len(opening) != 1:
        yield f"{record.name} has {len(opening)} open_deal rows in the history instead of one"
        return
    deal, told = record.deal, opening[0].details
    kept = {
        "number": deal.number,
        "opened_on": deal.opened_on,
        "reference": deal.reference,
        "customer": deal.customer_id,
        "basis": to_plain(record.basis),
        "prices_include_tax": deal.prices_include_tax,
        "seller": json.loads(deal.seller),
    }
    due = {"number": opening[0].number, "opened_on": told["on"], "reference": told.get("reference")}
    due["customer"] = opening[0].ids.get("customer")
    due["prices_include_tax"] = told["basis"].get("prices_include_tax", False)
    due |= {name: told[name] for name in ("basis", "seller") if name in told}
    yield from several(f"{record.name} (by the history)", kept, due)


def offers(record: Record) -> Iterator[str]:
    """Each revision of the quote offers what the command that made it was told."""
    told = [command for command in _commands(record, *_OFFERING) if "offer" in command.details]
    facts = record.rows["quotes"]
    places = {row.id: index for index, row in enumerate(facts)}

    def due(command: Command, row: AnyRow) -> Beside:
        offer = to_plain(record.offers[places[row.id]])
        return {"offer": offer, "made_on": row.made_on}, {"offer": command.details["offer"], "made_on": command.on}

    yield from _paired(record.name, "revision", told, facts, due)


_OFFERING = ("open_deal", "revise_quote", "amend_contract")


def agreements(record: Record) -> Iterator[str]:
    """Contract versions come from acceptance and amendments, signatures from signing the version of that moment."""
    version, versions, signatures = 0, [], []
    for command in _commands(record, "accept_quote", "amend_contract", "sign_contract"):
        if command.action == "sign_contract":
            told = command.details
            signatures.append((version, told["side"], told.get("name", ""), command.on))
        else:
            version += 1
            versions.append((version, command.on))
    ids = {row.id: row.version for row in record.rows["versions"]}
    signed = [(ids.get(r.version_id), r.party, r.name, r.signed_on) for r in record.rows["signatures"]]
    made = [(row.version, row.made_on) for row in record.rows["versions"]]
    what = f"contract of {record.name} (by the history)"
    yield from values(f"{what}: versions and their days", made, versions)
    yield from values(f"{what}: signatures (version, side, name, day)", signed, signatures)
    days = [row.made_on for row in record.rows["contracts"]]
    yield from values(f"{what}: day", days, [on for number, on in versions if number == 1])


def deliveries(record: Record) -> Iterator[str]:
    """Deliveries come from dispatching."""

    def due(command: Command, row: AnyRow) -> Beside:
        names = ("carrier", "tracking", "override")
        kept = {name: getattr(row, name) for name in ("number", "dispatched_on", *names)}
        told = {name: command.details.get(name, "") for name in names}
        return kept, {"number": command.number, "dispatched_on": command.on} | told

    yield from _paired(record.name, "delivery", _commands(record, "dispatch"), record.rows["deliveries"], due)


def receipts(record: Record) -> Iterator[str]:
    """Receipts come from confirming them or completing a service, and gave the number of their invoice."""
    numbers = {row.receipt_id: row.number for row in record.rows["invoices"]}

    def due(command: Command, row: AnyRow) -> Beside:
        service = command.action == "complete_service"
        kept = {"kind": row.kind, "day": row.confirmed_on, "by": row.confirmed_by}
        kept |= {"invoice": numbers.get(row.id, ""), "lines": _received(record, row.id)}
        told = {"kind": "service" if service else "receipt", "day": command.on, "by": command.details.get("by", "")}
        return kept, told | {"invoice": command.number} | _told_of_receipt(command, kept["lines"])

    told = _commands(record, "confirm_receipt", "complete_service")
    yield from _paired(record.name, "receipt", told, record.rows["receipts"], due)


_OUTCOMES = ("accepted", "damaged", "missing", "refused")


def _received(record: Record, receipt_id: int) -> dict[str, dict[str, str]]:
    """What became of each position at one receipt, as the command says it: what is zero is left out."""
    sums: dict[int, dict[str, int]] = {}
    for line in record.lines_of("receipt_lines", "receipt_id", receipt_id):
        outcome = sums.setdefault(line.position, dict.fromkeys(_OUTCOMES, 0))
        for name in _OUTCOMES:
            outcome[name] += getattr(line, name)
    return {
        str(position): {name: str(from_micro(quantity)) for name, quantity in outcome.items() if quantity}
        for position, outcome in sorted(sums.items())
    }


def _told_of_receipt(command: Command, kept: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What the command says of the lines, where it names them; without lines all that was in transit is accepted."""
    told = command.details
    if command.action == "complete_service":
        quantity = told.get("quantity", kept.get(str(told["line"]), {}).get("accepted"))
        also = [(int(position), much) for position, much in told.get("also", {}).items()]
        lines = sorted([(int(told["line"]), quantity), *also])
        return {"lines": {str(position): {"accepted": much} for position, much in lines}}
    if told.get("lines") is None:
        return {"lines": {position: {"accepted": line.get("accepted")} for position, line in kept.items()}}
    lines = sorted((int(position), line) for position, line in told["lines"].items())
    return {"lines": {str(position): line for position, line in lines if any(line.values())}}


def returns(record: Record) -> Iterator[str]:
    """Returns come from taking goods back, and each credit note corrects the invoice of what came back."""
    corrected = {row.id: row.receipt_id for row in record.rows["invoices"]}
    receipts = {row.number: corrected.get(row.corrects_id) for row in record.rows["invoices"]}
    places = {row.id: row.receipt_id for row in record.rows["receipt_lines"]}

    def due(command: Command, row: AnyRow) -> Beside:
        lines, told = record.lines_of("return_lines", "return_id", row.id), command.details
        sums: dict[str, int] = {}
        for line in lines:
            sums[str(line.position)] = sums.get(str(line.position), 0) + line.quantity
        kept = {"day": row.returned_on, "reason": row.reason, "restock": row.restock}
        kept["quantities"] = {position: str(from_micro(quantity)) for position, quantity in sums.items()}
        kept["receipts"] = list(dict.fromkeys(places.get(line.receipt_line_id) for line in lines))
        due = {"day": command.on, "reason": told.get("reason", ""), "restock": told.get("restock", True)}
        due |= {"quantities": told["quantities"], "receipts": [receipts.get(number) for number in command.numbers]}
        return kept, due

    yield from _paired(record.name, "return", _commands(record, "return_goods"), record.rows["returns"], due)


def credit_notes(record: Record) -> Iterator[str]:
    """Credit notes come from returns and credits, and carry their reason."""
    told = [
        (number, command.details.get("reason", ""), command.on)
        for command in _commands(record, "return_goods", "credit")
        for number in command.numbers
    ]
    notes = [(row.number, row.reason, row.issued_on) for row in record.rows["invoices"] if row.kind == "credit_note"]
    yield from values(f"credit notes of {record.name} (by the history)", notes, told)


def payments(record: Record) -> Iterator[str]:
    """Payments and refunds come from paying and refunding."""
    yield from _paired(record.name, "payment", _commands(record, "pay", "refund"), record.rows["payments"], _paid)


def _paid(command: Command, row: AnyRow) -> Beside:
    names = ("number", "paid_on", "direction", "amount", "method", "reference", "reason")
    told = command.details
    return {name: getattr(row, name) for name in names}, {
        "number": command.number,
        "paid_on": command.on,
        "direction": "out" if command.action == "refund" else "in",
        "amount": told["amount"],
        "method": told.get("method", "bank"),
        "reference": told.get("reference", ""),
        "reason": told.get("reason", ""),
    }


_RECORDED = (
    select(*raw(history)).where(history.c.action.in_(("record_payment", "sell_gift_card"))).order_by(history.c.id)
)
_UNDIRECTED = select(*raw(payment)).where(payment.c.deal_id.is_(None)).order_by(payment.c.id)


def payments_without_a_deal(session: Session) -> Iterator[str]:
    """Payments that name no deal come from recording them, or from selling a gift card."""
    told = (command_of(row) for row in session.stream(_RECORDED))
    yield from _paired("no deal", "payment", told, session.stream(_UNDIRECTED), _paid)
