"""Recognising revenue: at confirmed receipt, and taking it back with a credit note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.deals.queries import Deal
from app.ledger import service as ledger
from app.ledger.rules import Entry
from app.revenue.models import revenue_entry
from app.revenue.rules import Earned, receipt_postings
from app.store.session import WriteSession


def recognise(session: WriteSession, deal: Deal, earned: Sequence[Earned], document: str, on: date) -> None:
    """Post the revenue of what was received, with its cost, under the invoice that bills it."""
    postings = receipt_postings(earned, deal.number)
    entry = Entry(on, document, "Receipt confirmed", deal.currency, postings, deal.id, deal.customer_id)
    ledger.post(session, entry)
    _insert(session, deal, earned, document, on)


def take_back(session: WriteSession, deal: Deal, earned: Sequence[Earned], document: str, on: date) -> None:
    """Note the revenue that a credit note takes back (negative amounts); the credit note itself posted it."""
    _insert(session, deal, earned, document, on)


def _insert(session: WriteSession, deal: Deal, earned: Sequence[Earned], document: str, on: date) -> None:
    day = ledger.day_for(session, on)
    rows = [
        {
            "deal_id": deal.id,
            "earned_on": day,
            "position": item.position,
            "quantity": item.quantity,
            "amount": item.amount,
            "cost": item.cost,
            "document": document,
        }
        for item in earned
    ]
    session.insert_all(revenue_entry, rows)
