"""The papers that a command would issue, before anybody decides: it is done, looked at, and taken back whole.

Nothing is worked out a second time for a preview, so what is shown is exactly what the command will do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.core.codec import from_text
from app.ledger import queries as books
from app.outputs.papers import KINDS, look_of
from app.store.history import Done
from app.store.session import WriteSession
from app.store.store import Store

Command = Callable[[WriteSession], Done]
"""A command with everything but its session."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A document that would be issued: its kind, and the frozen value it would be printed from."""

    kind: str
    document: Any


class _TakenBack(Exception):
    """Ends the transaction of a rehearsal without a trace."""


def rehearse(store: Store, actor: str, work: Command, deal_id: int) -> tuple[Foreseen, ...]:
    """The documents that a command would issue for a deal. Nothing of it is kept. Raises what the command raises."""
    found: list[Foreseen] = []
    try:
        with store.write(actor) as session:
            before = {issued.id for issued in books.documents_of(session, deal_id)}
            work(session)
            new = [issued for issued in books.documents_of(session, deal_id) if issued.id not in before]
            for issued in new:
                kind, text = books.snapshot(session, issued.id)
                found.append(Foreseen(kind, from_text(KINDS[kind], text)))
            raise _TakenBack
    except _TakenBack:
        return tuple(found)


def pages(store: Store, foreseen: Foreseen) -> bytes:
    """The paper of a document that is not issued yet, in the company's look."""
    from app.outputs.pdf.render import render  # reportlab is loaded only where a paper is made

    with store.read() as session:
        look = look_of(session)
    return render(foreseen.document, look)
