"""The offer that a deal file describes, and what its later steps make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.core.totals import Reduction
from app.exchange.deal_file import shape
from app.exchange.deal_file.offered import Buyer, offered, repriced
from app.exchange.deal_file.shape import DealFile
from app.parties.queries import match
from app.pipeline import facts
from app.pipeline.facts import Facts
from app.quotes.rules import EARLY_RULE, Offer, Terms, with_early_tax
from app.store.session import Session


def first_offer(session: Session, deal_file: DealFile, customer_id: int | None) -> Offer:
    """What the file's head offers; see `offered.offered` for what is raised."""
    known = match(session, deal_file.customer) if customer_id is None else customer_id
    buyer = Buyer(known, deal_file.customer, deal_file.date, deal_file.basis)
    lines, coupons = offered(session, deal_file.lines, buyer, deal_file.coupons)
    return with_early_tax(Offer(lines, deal_file.reductions, deal_file.terms, coupons=coupons), deal_file.basis)


def revised_offer(session: Session, deal_id: int, step: shape.ReviseQuote) -> Offer:
    """The newest offer with what a revision replaces of it."""
    known = facts.load(session, deal_id)
    return _changed(session, known, step, _terms(known.quote.offer.terms, step), step.coupons)


def amended_offer(session: Session, deal_id: int, step: shape.AmendContract) -> Offer | None:
    """The agreed offer with what an amendment replaces of it; None where it rewords a clause."""
    if all(part is None for part in (step.lines, step.discounts, step.charges)):
        return None
    known = facts.load(session, deal_id)
    return _changed(session, known, step, known.quote.offer.terms, None)


def _changed(
    session: Session,
    known: Facts,
    step: shape.ReviseQuote | shape.AmendContract,
    terms: Terms,
    coupons: tuple[str, ...] | None,
) -> Offer:
    """With new lines the old proposals are gone, and old coupons stay: they are asked anew what they give."""
    old = known.quote.offer
    codes = old.coupons if coupons is None else coupons
    lines, used = old.lines, old.coupons
    if step.lines is not None:
        lines, used = offered(session, step.lines, _buyer(known, step.on), codes)
    elif coupons is not None:
        lines, used = repriced(session, old.lines, _buyer(known, step.on), codes)
    proposals = old.proposals if step.lines is None else ()
    offer = Offer(lines, _reductions(old, step), terms, proposals, used)
    return with_early_tax(offer, known.deal.basis)


def _buyer(known: Facts, on: date) -> Buyer:
    return Buyer(known.deal.customer_id, known.deal.customer, on, known.deal.basis, known.deal.id)


def _reductions(old: Offer, step: shape.ReviseQuote | shape.AmendContract) -> tuple[Reduction, ...]:
    """Document discounts, then charges: those of the step, else those that were typed before."""
    typed = [reduction for reduction in old.reductions if reduction.promotion != EARLY_RULE]
    discounts = tuple(reduction for reduction in typed if not reduction.charge)
    charges = tuple(reduction for reduction in typed if reduction.charge)
    return (discounts if step.discounts is None else step.discounts) + (
        charges if step.charges is None else step.charges
    )


def _terms(old: Terms, step: shape.ReviseQuote) -> Terms:
    """The terms of a revision: those of the step, else the old ones; the cashback stays unless the step says one."""
    new = old if step.terms is None else replace(step.terms, cashback_percent=old.cashback_percent)
    return new if step.cashback is None else replace(new, cashback_percent=step.cashback or None)
