"""Why a quote costs what it costs, of a stored quote or of a draft that is being written. For the seller alone."""

from __future__ import annotations

from dataclasses import replace

from app.deals.queries import by_id
from app.pipeline.details import InvoiceDetail
from app.pipeline.quoting import draft_heading
from app.pricing.rules import Priced
from app.quotes import queries as quotes
from app.quotes.draft import QuoteDraft, price_of, to_offer
from app.quotes.explanation import ExplainedLine, PriceExplanation, explain, explained
from app.store.session import Session


def price_explanation(session: Session, deal_id: int) -> PriceExplanation:
    """Every step of every price of a deal's newest quote, from its frozen amounts. Raises `NotFound`."""
    deal, quote = by_id(session, deal_id), quotes.latest(session, deal_id)
    number = quote.number or deal.number
    on = quote.sent_on or quote.made_on
    return explain(quote.offer, quote.priced(deal.basis), deal.basis, deal.heading(), number, on)


def lines_of_invoice(found: InvoiceDetail) -> tuple[ExplainedLine, ...]:
    """Every line of an invoice as it is billed: for the quantity it bills, with the invoice's own amounts."""
    figures, offer, basis = found.invoice.figures, found.view.quote.offer, found.view.deal.basis
    billed = zip(figures.positions, figures.quantities, strict=True)
    lines = tuple(replace(offer.lines[position - 1], quantity=quantity) for position, quantity in billed)
    part, priced = replace(offer, lines=lines), Priced(figures.typed, figures.assembled)
    return tuple(explained(part, priced, basis, index) for index in range(len(lines)))


def explanation_of_draft(session: Session, draft: QuoteDraft) -> PriceExplanation:
    """The same for a draft as it would be sent. Raises `RuleViolation` where it cannot be priced."""
    heading = draft_heading(session, draft)
    return explain(to_offer(draft), price_of(draft), draft.basis, heading, heading.deal_number, draft.on)
