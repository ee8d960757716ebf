"""Opening, flagging and cancelling the thread of a deal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from app.core.codec import to_plain
from app.core.party import Party
from app.core.totals import Basis
from app.deals.models import deal
from app.store.numbering import next_number
from app.store.session import WriteSession


def open_deal(
    session: WriteSession,
    *,
    customer_id: int,
    seller: Party,
    basis: Basis,
    on: date,
    title: str = "",
    reference: str | None = None,
    language: str = "",
) -> int:
    """Open a deal under the next number of its year; returns its id."""
    return session.insert(
        deal,
        number=next_number(session, "S", on),
        customer_id=customer_id,
        currency=basis.currency,
        title=title,
        reference=reference,
        opened_on=on,
        prices_include_tax=basis.prices_include_tax,
        tax_rounding=basis.tax_rounding.value,
        seller=to_plain(seller),
        paper_language=language,
    )


def set_title(session: WriteSession, deal_id: int, title: str) -> None:
    """Give the deal another title."""
    session.execute(update(deal).where(deal.c.id == deal_id).values(title=title))


def set_flag(session: WriteSession, deal_id: int, flag: str) -> None:
    """Mark a deal for attention ("disputed", "on hold"), or take the mark off with an empty flag."""
    session.execute(update(deal).where(deal.c.id == deal_id).values(flag=flag))


def cancel(session: WriteSession, deal_id: int, on: date) -> None:
    """Note the decision that nothing more will be delivered."""
    session.execute(update(deal).where(deal.c.id == deal_id).values(cancelled_on=on))
