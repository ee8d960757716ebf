"""Terms, states and dates of a quote. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.core.errors import RuleViolation
from app.core.money import percent_of
from app.core.printed import PrintedProposal, PrintedTerms
from app.core.quantity import micro
from app.core.totals import Basis, Reduction
from app.pricing.rules import Line, price, printed_lines


class QuoteState(StrEnum):
    """Where a revision stands. All but `expired` are decisions and stored."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


MOVES: dict[QuoteState, frozenset[QuoteState]] = {
    QuoteState.DRAFT: frozenset({QuoteState.SENT, QuoteState.SUPERSEDED}),
    QuoteState.SENT: frozenset({QuoteState.ACCEPTED, QuoteState.DECLINED, QuoteState.SUPERSEDED}),
    QuoteState.DECLINED: frozenset({QuoteState.SUPERSEDED}),
    QuoteState.ACCEPTED: frozenset({QuoteState.SUPERSEDED}),
}
"""Allowed moves of a revision; an accepted one is superseded only by an amendment of its contract."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed beside the price. `payment` is "net N", "prepaid" or "on delivery"; the deposit is one of both.

    `cashback_percent` of what is paid becomes the customer's credit (deal file, Cashback).
    """

    payment: str = "net 30"
    valid_days: int = 30
    deposit_percent: Decimal | None = None
    deposit_amount: int | None = None
    clauses: tuple[str, ...] = ()
    cashback_percent: Decimal | None = None
    early_tax: str = ""
    """How an early-payment discount treats the tax (correctness E17); empty where none is offered."""

    @property
    def prepaid(self) -> bool:
        """Whether everything is to be paid before anything leaves."""
        return self.payment == "prepaid"

    def deposit(self, gross: int) -> int:
        """The deposit in minor units: the amount, or the percentage of the quote's gross, never more than all of it."""
        if self.deposit_amount is not None:
            return min(self.deposit_amount, gross)
        return percent_of(gross, micro(self.deposit_percent)) if self.deposit_percent is not None else 0

    def printed(self, gross: int) -> PrintedTerms:
        """The terms as they are printed for an offer over `gross` minor units."""
        return PrintedTerms(self.payment, self.deposit(gross), self.deposit_percent)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line that the buyer may choose: it is outside the total. `instead_of` is the line it would replace, from 0."""

    line: Line
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything a quote says: lines, document reductions, terms; proposals and coupons where there are any."""

    lines: tuple[Line, ...]
    reductions: tuple[Reduction, ...] = ()
    terms: Terms = Terms()
    proposals: tuple[Proposal, ...] = ()
    coupons: tuple[str, ...] = ()


def printed_proposals(offer: Offer, basis: Basis) -> tuple[PrintedProposal, ...]:
    """The lines outside the total as they are printed, each priced by itself."""
    if not offer.proposals:
        return ()
    lines = tuple(proposal.line for proposal in offer.proposals)
    printed = printed_lines(lines, price(lines, (), basis))
    return tuple(
        PrintedProposal(line, "" if proposal.instead_of is None else offer.lines[proposal.instead_of].name)
        for line, proposal in zip(printed, offer.proposals, strict=True)
    )


def net_days(payment: str) -> int:
    """Days from invoice to due day: N of "net N"; 0 for "prepaid" and "on delivery". Raises `RuleViolation`."""
    if payment in ("prepaid", "on delivery"):
        return 0
    if match := re.fullmatch(r"net ([0-9]{1,4})", payment):
        return int(match[1])
    message = f"terms.payment: {payment!r} is not known; expected 'net 30', 'prepaid' or 'on delivery'."
    raise RuleViolation.of("terms.payment", "unknown_terms", message, value=payment)


def valid_until(sent_on: date, days: int) -> date:
    """The last day on which the quote can be accepted."""
    return sent_on + timedelta(days=days)


def state_on(state: QuoteState, until: date | None, on: date) -> QuoteState:
    """The state a reader sees: a sent quote is expired after its last valid day."""
    expired = state is QuoteState.SENT and until is not None and on > until
    return QuoteState.EXPIRED if expired else state
