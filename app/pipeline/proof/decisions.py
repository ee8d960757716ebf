"""What was decided - sent, accepted, declined, superseded, cancelled - told anew from the history.

These columns are the only ones of a quote, a contract and a deal's course that may change, so no trigger keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from app.pipeline.proof.quotes import title
from app.pipeline.proof.record import Command, Record
from app.pipeline.proof.words import several, values
from app.quotes.rules import QuoteState

Revision: TypeAlias = dict[str, Any]
"""The decisions about one revision by the names of their columns."""


def decided(record: Record) -> Iterator[str]:
    """Each revision of the quote is where the commands have brought it, and a deal is cancelled by a command only."""
    due: list[Revision] = []
    for command in record.commands:
        _decide(command, due)
    for row, revision in zip(record.rows["quotes"], due, strict=False):
        kept = {name: getattr(row, name) for name in revision}
        yield from several(f"{title(record, row)} (by the history)", kept, revision)
    days = [command.on for command in record.commands if command.action == "cancel"]
    cancelled = days[0] if days else None
    yield from values(f"{record.name}: day of its cancellation", record.deal.cancelled_on, cancelled)
    for row in record.rows["contracts"]:
        yield from values(f"contract {row.number}: day of its cancellation", row.cancelled_on, cancelled)


def _decide(command: Command, due: list[Revision]) -> None:
    """What one command makes of the revisions so far."""
    if command.action in ("open_deal", "revise_quote") or "offer" in command.details:
        _offer(command, due)
    elif command.action == "send_quote":
        draft = due[-1]["state"] == QuoteState.DRAFT
        due[-1] |= {"state": QuoteState.SENT, "sent_on": command.on} if draft else {"handed_over": True}
    elif command.action in ("accept_quote", "decline_quote"):
        state = QuoteState.ACCEPTED if command.action == "accept_quote" else QuoteState.DECLINED
        by, reason = (command.details.get(name, "") for name in ("by", "reason"))
        due[-1] |= {"state": state, "decided_on": command.on, "decided_by": by, "reason": reason}


def _offer(command: Command, due: list[Revision]) -> None:
    """A new revision supersedes the one before, and is as far as that was: a draft, sent, or agreed."""
    new = dict(_DRAFT)
    if due:
        before = due[-1]
        if command.action == "amend_contract":
            agreed = {"decided_on": command.on, "decided_by": before["decided_by"]}
            new |= {"state": QuoteState.ACCEPTED, "sent_on": command.on} | agreed
        elif before["state"] != QuoteState.DRAFT:
            new |= {"state": QuoteState.SENT, "sent_on": command.on, "handed_over": False}
        before["state"] = QuoteState.SUPERSEDED
    due.append(new)


_DRAFT: Revision = {
    "state": QuoteState.DRAFT,
    "sent_on": None,
    "decided_on": None,
    "decided_by": "",
    "reason": "",
    "handed_over": True,
}
