"""The discount for paying early: what is offered, until when, and what it does to an invoice when it is taken. Pure.

A discount that was taken is a price that was lowered: it has figures like a credit over an amount, so whatever is
credited later is what was really paid (correctness E17).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.dates import add_days
from app.core.errors import NotAllowed, RuleViolation
from app.core.money import amount_text, divide, percent_of, split
from app.core.printed import PrintedTerms
from app.core.quantity import micro
from app.core.tax import TaxSubtotal
from app.core.totals import Basis, Piece, Totals
from app.invoicing.rules import Figures, credit_amount, lowered
from app.ledger.rules import Posting, Role, credit, debit
from app.payments.rules import OpenInvoice
from app.quotes.rules import EARLY_RULE, EarlyTax, Offer


@dataclass(frozen=True, slots=True)
class EarlyOffer:
    """What may still be taken off an invoice, in minor units, and the last day on which that was agreed."""

    amount: int
    until: date


@dataclass(frozen=True, slots=True)
class Taken:
    """A discount that a payment takes off an invoice."""

    invoice: OpenInvoice
    amount: int
    reason: str = ""


def offered_on(left: Figures, offer: Offer) -> int:
    """The discount on what is left of an invoice once its credit notes are taken off, in minor units; 0 without one.

    Where the tax is always that of the early price, it is the charge that puts the discount back; else the percentage,
    of the total with tax or, where the tax is never touched, of the total without.
    """
    early, totals = offer.terms.early, left.totals
    if early is None or totals.gross <= 0:
        return 0
    if offer.terms.early_mode is EarlyTax.ALWAYS and (pieces := _put_back(left, offer)):
        return max(sum(piece.amount for piece in pieces), 0)
    base = totals.gross if offer.terms.early_mode is EarlyTax.IF_TAKEN else totals.net
    return max(percent_of(base, micro(early.percent)), 0)


def _put_back(left: Figures, offer: Offer) -> list[Piece]:
    """The pieces of the charge that puts an early-payment discount back."""
    pieces = [piece for piece in left.typed.pieces if piece.charge]
    return [piece for piece in pieces if offer.reductions[piece.reduction].promotion == EARLY_RULE]


def early_offer(left: Figures, taken: int, offer: Offer, issued_on: date) -> EarlyOffer | None:
    """What may still be taken off an invoice of `issued_on`, of which `taken` was taken before; None without terms."""
    early = offer.terms.early
    if early is None:
        return None
    return EarlyOffer(max(offered_on(left, offer) - taken, 0), add_days(issued_on, early.days))


def discount_figures(left: Figures, amount: int, offer: Offer, basis: Basis) -> Figures:
    """By how much a discount of `amount` minor units lowers the lines and the tax of what is left of an invoice.

    With the tax corrected it is split over the tax groups like any credit over an amount; else no tax is touched.
    """
    if offer.terms.early_mode is EarlyTax.IF_TAKEN:
        return credit_amount(left, amount, basis)
    pieces = _put_back(left, offer) if offer.terms.early_mode is EarlyTax.ALWAYS else []
    if pieces:
        return lowered(left, (TaxSubtotal(pieces[0].tax, amount, 0),), basis)
    groups = left.totals.breakdown
    parts = split(amount, [subtotal.taxable for subtotal in groups])
    return lowered(left, tuple(TaxSubtotal(s.tax, part, 0) for s, part in zip(groups, parts, strict=True)), basis)


def discount_postings(totals: Totals, invoice_number: str) -> tuple[Posting, ...]:
    """A discount that was taken reduces the revenue, and the tax where that is corrected (correctness E17)."""
    return (
        debit(Role.REVENUE, totals.net),
        debit(Role.OUTPUT_TAX, totals.tax),
        credit(Role.RECEIVABLE, totals.gross, invoice_number),
    )


def taken_by_itself(
    amount: int, invoices: Sequence[OpenInvoice], offers: Mapping[int, EarlyOffer], on: date
) -> tuple[Taken, ...]:
    """The discounts a payment takes without being asked: those that it leaves open exactly, on the agreed days.

    One transfer may settle several invoices, oldest due first: each in time is then paid less its discount.
    """
    rest, found = amount, []
    for invoice in invoices:
        offer = offers.get(invoice.id)
        less = offer.amount if offer is not None and on <= offer.until else 0
        less = less if less < invoice.open else 0
        if less:
            found.append(Taken(invoice, less))
        rest -= invoice.open - less
        if rest <= 0:
            break
    return tuple(found) if rest == 0 else ()


def taken_as_asked(
    amount: int,
    discount: int,
    reason: str,
    on: date,
    invoice: OpenInvoice | None,
    offer: EarlyOffer | None,
    basis: Basis,
) -> tuple[Taken, ...]:
    """The discount that is asked for explicitly, of one invoice.

    A part payment takes its proportion at most. Raises `RuleViolation` for an amount that is none, and `NotAllowed`
    where nothing is offered, it is more than that, or the days are over and no reason is given.
    """
    if discount <= 0:
        raise RuleViolation.of("discount", "not_positive", "discount: a discount has to be above zero.")
    if invoice is None or offer is None or not offer.amount:
        raise NotAllowed("No discount for early payment is offered on what is open.")
    most = most_for(amount, invoice, offer)
    if discount > most:
        asked, at_most = (amount_text(value, basis.currency) for value in (discount, most))
        raise NotAllowed(f"A discount of {asked} is asked, but {at_most} is offered for this payment.")
    if on > offer.until and not reason:
        raise NotAllowed(f"The discount was offered until {offer.until}; say why it is given all the same.")
    return (Taken(invoice, discount, reason),)


def most_for(amount: int, invoice: OpenInvoice, offer: EarlyOffer) -> int:
    """The most that a payment of `amount` may take off: all that is offered if it settles the rest, else its part."""
    early_price = invoice.open - offer.amount
    if amount >= early_price or early_price <= 0:
        return min(offer.amount, invoice.open)
    return divide(offer.amount * amount, early_price)


def less_discounts(invoices: Iterable[OpenInvoice], taken: Iterable[Taken]) -> tuple[OpenInvoice, ...]:
    """The open invoices with what a payment still has to settle of each."""
    off = {item.invoice.id: item.amount for item in taken}
    return tuple(replace(invoice, open=invoice.open - off.get(invoice.id, 0)) for invoice in invoices)


def printed_terms(offer: Offer, agreed_gross: int, figures: Figures, prepaid: int, issued_on: date) -> PrintedTerms:
    """The terms as an invoice prints them: with the last day and the amount of the early price, if one is offered."""
    terms, found = offer.terms.printed(agreed_gross), early_offer(figures, 0, offer, issued_on)
    payable = figures.totals.gross - prepaid
    if found is None or not 0 < found.amount < payable:
        return terms
    return replace(terms, early_until=found.until, early_discount=found.amount)
