"""Whether an offer earns enough to be sent, after every discount and everything that is given back on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.core.errors import NotAllowed, Problem
from app.core.totals import Basis
from app.deals.queries import Deal
from app.pricing import approval
from app.pricing.approval import Approval
from app.pricing.marks import MarginMarks, margin_marks
from app.pricing.rules import Priced, line_cost, margin_percent
from app.quotes.queries import Quote
from app.quotes.rules import Offer
from app.rewards.costs import cost_of
from app.store.session import Session, WriteSession


@dataclass(frozen=True, slots=True)
class Earning:
    """Margins of the net total in percent, None where a cost is not known: as offered, and after all rewards.

    `rewards` is what cashback and a discount for paying early cost, in minor units; `loses` says that some line brings
    in less than it costs.
    """

    margin: Decimal | None
    after_rewards: Decimal | None
    rewards: int
    loses: bool


def earning(offer: Offer, basis: Basis, priced: Priced) -> Earning:
    """What an offer earns if all of it is bought, and paid as early as its terms reward."""
    margin = margin_percent(offer.lines, priced, basis)
    rewards = cost_of(offer, basis, priced=priced).total
    costs = [line_cost(line, basis.currency) for line in offer.lines]
    totals = zip(costs, priced.assembled.lines, strict=True)
    loses = any(cost is not None and cost > line.earned for cost, line in totals)
    return Earning(margin, _less(margin, rewards, priced.assembled.totals.net), rewards, loses)


def _less(margin: Decimal | None, rewards: int, net: int) -> Decimal | None:
    if margin is None:
        return None
    return (margin - Decimal(rewards) * 100 / net).quantize(Decimal("0.01"), ROUND_HALF_UP)


def needed(marks: MarginMarks, offer: Offer, basis: Basis, priced: Priced) -> Problem | None:
    """Why this offer needs a reason or the owner's PIN to be sent; None if it may be sent as it is."""
    if not marks.stop:
        return None
    earned = earning(offer, basis, priced)
    return approval.needed(marks, earned.after_rewards, earned.loses)


def require(session: WriteSession, deal: Deal, quote: Quote, given: Approval | None) -> None:
    """Raises `NotAllowed` for an offer that earns too little and was not approved; history tells an approval."""
    marks = margin_marks(session)
    if not marks.stop:
        return
    problem = needed(marks, quote.offer, deal.basis, quote.priced(deal.basis))
    if problem is None:
        return
    if given is None or not (given.reason.strip() or given.by_owner):
        raise NotAllowed(f"{problem.message} Sending it needs a reason, or the owner's PIN.")
    by = "approved by the owner" if given.by_owner else "approved with a reason"
    said = f"{by}: {given.reason.strip()}" if given.reason.strip() else by
    session.changed(f"deal {deal.number}: margin", problem.message.removeprefix("margin: "), said)


def stands(session: Session, offer: Offer, basis: Basis, priced: Priced) -> Problem | None:
    """As `needed`, by the marks that are kept in the file."""
    return needed(margin_marks(session), offer, basis, priced)
