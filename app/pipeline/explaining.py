"""Why a quote costs what it costs, of a stored quote or of a draft that is being written. For the seller alone."""

from __future__ import annotations

from app.deals.queries import by_id
from app.pipeline.quoting import draft_heading
from app.quotes import queries as quotes
from app.quotes.draft import QuoteDraft, price_of, to_offer
from app.quotes.explanation import PriceExplanation, explain
from app.store.session import Session


def price_explanation(session: Session, deal_id: int) -> PriceExplanation:
    """Every step of every price of a deal's newest quote, from its frozen amounts. Raises `NotFound`."""
    deal, quote = by_id(session, deal_id), quotes.latest(session, deal_id)
    number = quote.number or deal.number
    on = quote.sent_on or quote.made_on
    return explain(quote.offer, quote.priced(deal.basis), deal.basis, deal.heading(), number, on)


def explanation_of_draft(session: Session, draft: QuoteDraft) -> PriceExplanation:
    """The same for a draft as it would be sent. Raises `RuleViolation` where it cannot be priced."""
    heading = draft_heading(session, draft)
    return explain(to_offer(draft), price_of(draft), draft.basis, heading, heading.deal_number, draft.on)
