"""Changing what a contract says, from the wizard's draft to its next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.contracts.draft import changed_offer
from app.pipeline import quoting, service
from app.pipeline.facts import Facts
from app.pricing.approval import Approval
from app.quotes import queries as quotes
from app.quotes.draft import QuoteDraft
from app.store.history import Done
from app.store.session import Session, WriteSession


def begin_lines(session: Session, known: Facts, on: date) -> QuoteDraft:
    """A draft with the agreed lines, to change them on `on`, or on the day of the contract if that is later."""
    made_on = known.contract.made_on if known.contract is not None else on
    return replace(quoting.revision(session, known.deal.id, on), on=max(on, made_on))


def amend_lines(session: WriteSession, draft: QuoteDraft, approval: Approval | None = None) -> Done:
    """A new version of the contract with the lines of the draft; all signatures drop.

    `approval` as in `service.send_quote`. Raises `NotAllowed` once both sides have signed, `RuleViolation` for lines
    that cannot be priced.
    """
    deal_id = draft.deal_id or 0
    offer = changed_offer(quotes.latest(session, deal_id).offer, draft)
    return service.amend_contract(session, deal_id, on=draft.on, offer=offer, approval=approval)
