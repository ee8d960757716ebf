"""Terms, states and dates of a quote. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.core.errors import Problem, RuleViolation
from app.core.money import percent_of
from app.core.printed import PrintedProposal, PrintedTerms
from app.core.quantity import micro
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction, type_document
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


class EarlyTax(StrEnum):
    """What an early-payment discount does to the tax (E17): taxed as if taken, corrected when taken, or nothing."""

    ALWAYS = "always"
    IF_TAKEN = "if_taken"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class EarlyPayment:
    """The terms "2/10 net 30": `percent` less if paid within `days` of the invoice, all of it within `net`."""

    percent: Decimal
    days: int
    net: int


_EARLY = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,6})?)/([0-9]{1,4}) net ([0-9]{1,4})")


def early_payment(payment: str) -> EarlyPayment | None:
    """The discount for paying early that terms of payment offer, or None."""
    match = _EARLY.fullmatch(payment)
    if match is None:
        return None
    found = EarlyPayment(Decimal(match[1]), int(match[2]), int(match[3]))
    return found if found.percent > 0 and found.days <= found.net else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed beside the price. `payment` is "net N", "2/10 net N", "prepaid" or "on delivery".

    The deposit is a percentage or an amount, or there is none.

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
    def early(self) -> EarlyPayment | None:
        """The discount for paying early, if one is offered."""
        return early_payment(self.payment)

    @property
    def early_mode(self) -> EarlyTax:
        """How it treats the tax: as said, else the tax is corrected where it is taken."""
        return EarlyTax(self.early_tax) if self.early_tax else EarlyTax.IF_TAKEN

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
        deposit, percent = self.deposit(gross), self.deposit_percent
        return PrintedTerms(self.payment, deposit, percent, cashback_percent=self.cashback_percent)


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


def check_terms(terms: Terms) -> None:
    """Raise `RuleViolation` with everything that is wrong with the payment terms, the early tax, or the cashback."""
    net_days(terms.payment)
    found = []
    if terms.early_tax not in ("", *EarlyTax):
        message = f"terms.early_tax: {terms.early_tax!r} is not known; expected one of {', '.join(EarlyTax)}."
        found.append(Problem("terms.early_tax", "unknown", message))
    if terms.cashback_percent is not None and not 0 < terms.cashback_percent <= 100:
        message = f"cashback.percent: {terms.cashback_percent} is none; expected above 0 up to 100."
        found.append(Problem("cashback.percent", "range", message))
    if found:
        raise RuleViolation(found)


EARLY_RULE = "early payment"
"""The name under which the two reductions of `with_early_tax` are known."""

_NOT_TAXED = Tax(TaxCategory.EXEMPT, Decimal(0), "Not part of the taxable amount: early-payment terms")


def with_early_tax(offer: Offer, basis: Basis, discount: str = "", charge: str = "") -> Offer:
    """The offer with what its early-payment terms do to the tax; asked twice, it is the same.

    Where the tax is always that of the early price, the discount lowers the taxable amount, and a charge of the same
    size outside the tax puts it back, so that every total of EN 16931 holds (E17: 120.58 late, 118.58 early). The names
    of both are printed; left out they are in English. Raises `RuleViolation` where an amount is too large.
    """
    own = tuple(reduction for reduction in offer.reductions if reduction.promotion != EARLY_RULE)
    early, taxed = offer.terms.early, any(line.tax.rate for line in offer.lines)
    if early is None or not taxed or offer.terms.early_mode is not EarlyTax.ALWAYS:
        return replace(offer, reductions=own)
    typed = type_document([line.item for line in offer.lines], own, basis)
    base = sum(line.amount for line in typed.lines) + sum(piece.amount for piece in typed.pieces)
    size = percent_of(base, micro(early.percent))
    less = Reduction(discount or "Early-payment discount", amount=size, promotion=EARLY_RULE)
    back = Reduction(charge or "If not paid early", amount=size, charge=True, tax=_NOT_TAXED, promotion=EARLY_RULE)
    return replace(offer, reductions=(*own, less, back) if size > 0 else own)


def net_days(payment: str) -> int:
    """Days from invoice to due day: N of "net N" and "2/10 net N"; 0 for "prepaid" and "on delivery".

    Raises `RuleViolation` for anything else.
    """
    if payment in ("prepaid", "on delivery"):
        return 0
    if match := re.fullmatch(r"net ([0-9]{1,4})", payment):
        return int(match[1])
    if early := early_payment(payment):
        return early.net
    message = f"terms.payment: {payment!r} is not known; expected 'net 30', '2/10 net 30', 'prepaid' or 'on delivery'."
    raise RuleViolation.of("terms.payment", "unknown_terms", message, value=payment)


def valid_until(sent_on: date, days: int) -> date:
    """The last day on which the quote can be accepted."""
    return sent_on + timedelta(days=days)


def state_on(state: QuoteState, until: date | None, on: date) -> QuoteState:
    """The state a reader sees: a sent quote is expired after its last valid day."""
    expired = state is QuoteState.SENT and until is not None and on > until
    return QuoteState.EXPIRED if expired else state
