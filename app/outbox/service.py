"""Putting letters into the outbox."""

from __future__ import annotations

from app.deals.queries import Deal
from app.outbox.models import letter
from app.outbox.rules import letter_text
from app.store.session import WriteSession


def queue(session: WriteSession, deal: Deal, document_id: int, kind: str, number: str) -> int:
    """Queue the letter that carries an issued document; a customer without e-mail can be given one until it is sent."""
    subject, text = letter_text(kind, number, deal.customer.name, deal.seller.name, deal.heading().language)
    return session.insert(
        letter,
        deal_id=deal.id,
        document_id=document_id,
        recipient=deal.customer.email,
        subject=subject,
        text=text,
        state="queued",
        queued_at=session.at,
    )
