"""The buyer accepts and takes some of the options: a revision with them in the total, handed over, and accepted.

Each is a command of its own, so history, proofs and deal files tell it as it was; the caller's transaction makes them
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.pipeline import facts, service
from app.pipeline.rules import Action, require
from app.pricing.approval import Approval
from app.quotes.proposing import choose
from app.store.history import Done
from app.store.session import WriteSession


def accept_with(
    session: WriteSession,
    deal_id: int,
    chosen: Sequence[int] = (),
    *,
    on: date,
    by: str = "",
    reason: str = "",
    approval: Approval | None = None,
) -> Done:
    """Accept the quote with the proposals at these places (from 0) in its total; the others are not offered any more.

    Without any it is accepted as it was sent. Raises `NotAllowed` where it cannot be accepted on that day, or the
    company stops offers below the floor and `approval` does not let it pass; `RuleViolation` where the whole cannot be
    priced with the options.
    """
    known = facts.load(session, deal_id)
    require(known.standing(on), Action.ACCEPT_QUOTE)
    if chosen:
        offer = choose(known.quote.offer, chosen, known.deal.basis)
        service.revise_quote(session, deal_id, offer=offer, on=on, approval=approval)
        service.send_quote(session, deal_id, on=on)
    return service.accept_quote(session, deal_id, on=on, by=by, reason=reason)
