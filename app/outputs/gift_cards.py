"""The papers of gift cards, made from what was frozen at the sale."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.core.codec import from_text
from app.outputs.papers import look_of
from app.rewards.document import GiftCardDocument
from app.rewards.models import gift_card
from app.store.session import Session
from app.store.store import Store

_OF_PAYMENT = select(gift_card.c.id, gift_card.c.snapshot).where(gift_card.c.payment_id == bindparam("payment_id"))


@dataclass(frozen=True, slots=True)
class SoldCard:
    """A card and what is printed of it."""

    id: int
    document: GiftCardDocument


def of_payment(session: Session, payment_id: int) -> SoldCard | None:
    """The gift card that was sold with a payment, or None."""
    row = session.row(_OF_PAYMENT, {"payment_id": payment_id})
    return None if row is None else SoldCard(row.id, from_text(GiftCardDocument, row.snapshot))


def content(store: Store, payment_id: int) -> bytes:
    """The PDF of the gift card that was sold with a payment; empty if there is none. Raises `OutputError`."""
    from app.outputs.pdf.render import render  # reportlab is loaded only where a paper is made

    with store.read() as session:
        card, look = of_payment(session, payment_id), look_of(session)
    return render(card.document, look) if card is not None else b""
