"""The uses of coupons, told anew from what was done with each deal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.pipeline.proof.record import Command, Record
from app.pipeline.proof.words import values
from app.pricing.book import coupon_code
from app.quotes.rules import Offer, valid_until

Event = tuple[str, str, str | None]
"""What became of a coupon, on which day, and reserved until when."""


def used(record: Record) -> Iterator[str]:
    """Coupons are reserved with the quote, kept with its acceptance, and else given back."""
    kept: dict[str, list[Event]] = {}
    for row in record.rows["coupon_uses"]:
        kept.setdefault(row.code, []).append((row.event, row.happened_on, row.reserved_until))
        yield from values(f"coupon {row.code} in {record.name}: customer", row.customer_id, record.deal.customer_id)
    due = _due(record)
    for code, events in kept.items():
        yield from values(f"coupon {code} in {record.name} (by the history)", events, due.get(code, []))


@dataclass(slots=True)
class _Told:
    """What the commands so far have made of the coupons of one deal."""

    offers: list[Offer]
    revision: int = -1
    is_out: bool = False
    held: set[str] = field(default_factory=set)
    events: dict[str, list[Event]] = field(default_factory=dict)

    def note(self, code: str, event: str, on: str, until: str | None = None) -> None:
        """One event of one coupon."""
        self.events.setdefault(code, []).append((event, on, until))

    def reserve(self, on: str) -> None:
        """The newest revision is sent."""
        offer = self.offers[self.revision]
        until = valid_until(date.fromisoformat(on), offer.terms.valid_days).isoformat()
        self.is_out, self.held = True, {coupon_code(text) for text in offer.coupons}
        for code in self.held:
            self.note(code, "reserved", on, until)

    def end(self, event: str, on: str) -> None:
        """What is held is kept, or given back."""
        for code in self.held:
            self.note(code, event, on)
        if event == "given_back":
            self.held = set()


def _due(record: Record) -> dict[str, list[Event]]:
    told = _Told(record.offers)
    for command in record.commands:
        _tell(told, command)
    return told.events


def _tell(told: _Told, command: Command) -> None:
    on = command.on
    if command.action == "open_deal":
        told.revision = 0
    elif command.action == "revise_quote" or (command.action == "amend_contract" and "offer" in command.details):
        told.end("given_back", on)
        told.revision += 1
        if told.is_out:
            told.reserve(on)
        if command.action == "amend_contract":
            told.end("kept", on)
    elif command.action == "send_quote" and not told.is_out:
        told.reserve(on)
    elif command.action == "accept_quote":
        told.end("kept", on)
    elif command.action in ("decline_quote", "cancel"):
        told.end("given_back", on)
