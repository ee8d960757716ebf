"""The discount for paying early: what an invoice offers, and what it does to it when it is taken. Pure.

A discount that was taken is a price that was lowered: it has figures like a credit over an amount, so whatever is
credited later is what was really paid (correctness E17).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.dates import add_days
from app.core.money import percent_of, split
from app.core.printed import PrintedTerms
from app.core.quantity import micro
from app.core.tax import TaxSubtotal
from app.core.totals import Basis, Piece, Totals
from app.invoicing.rules import Figures, credit_amount, lowered
from app.ledger.rules import Posting, Role, credit, debit
from app.payments.early import EarlyOffer
from app.quotes.rules import EARLY_RULE, EarlyTax, Offer


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


def leaves_tax(offer: Offer, discounts: Sequence[Figures]) -> bool:
    """Whether discounts that were taken left the tax as it was: what is credited then takes its part of that tax."""
    return bool(discounts) and offer.terms.early_mode is EarlyTax.NEVER


def discount_postings(totals: Totals, invoice_number: str) -> tuple[Posting, ...]:
    """A discount that was taken reduces the revenue, and the tax where that is corrected (correctness E17)."""
    return (
        debit(Role.REVENUE, totals.net),
        debit(Role.OUTPUT_TAX, totals.tax),
        credit(Role.RECEIVABLE, totals.gross, invoice_number),
    )


def printed_terms(offer: Offer, agreed_gross: int, figures: Figures, prepaid: int, issued_on: date) -> PrintedTerms:
    """The terms as an invoice prints them: with the last day and the amount of the early price, if one is offered."""
    terms, found = offer.terms.printed(agreed_gross), early_offer(figures, 0, offer, issued_on)
    payable = figures.totals.gross - prepaid
    if found is None or not 0 < found.amount < payable:
        return terms
    return replace(terms, early_until=found.until, early_discount=found.amount)
