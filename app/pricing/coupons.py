"""The uses of coupons as facts: reserved when a quote is sent, kept when it is accepted, else given back.

A reservation counts until the last day on which its quote can be accepted; an expired quote gives its coupons back by
itself. Uses are counted inside the transaction that takes one, so two deals can never both have the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.core.errors import NotAllowed
from app.pricing.book import coupon_code
from app.pricing.coupon_rules import reason_against
from app.pricing.models import coupon, coupon_use
from app.pricing.queries import known_coupons
from app.store.session import Session, WriteSession


def take(session: WriteSession, deal_id: int, customer_id: int, codes: Sequence[str], *, on: date, until: date) -> None:
    """Reserve the coupons of an offer for a deal, until the last day of its quote.

    Raises `NotAllowed` in words for the first that cannot be had: not valid on the day, or used up meanwhile. A code
    that no coupon has reserves nothing: that is refused where an offer is priced (`app.pipeline.pricing`).
    """
    wanted = [coupon_code(code) for code in codes]
    if not wanted:
        return
    known = known_coupons(session, wanted, customer_id, on, but_deal=deal_id)
    for index, code in enumerate(wanted):
        if code not in known:
            continue
        row_id, item = known[code]
        problem = reason_against(index, code, item, on)
        if problem is not None:
            words = problem.message.removeprefix(f"{problem.field}: ")
            raise NotAllowed(words[0].upper() + words[1:])
        _note(session, row_id, deal_id, customer_id, "reserved", on, until)


def keep(session: WriteSession, deal_id: int, *, on: date) -> None:
    """The quote was accepted: what it reserved is used for good."""
    for coupon_id, customer_id, event in _held(session, deal_id):
        if event == "reserved":
            _note(session, coupon_id, deal_id, customer_id, "kept", on)


def give_back(session: WriteSession, deal_id: int, *, on: date) -> None:
    """The quote was declined or replaced, or the deal cancelled: others may use its coupons again."""
    for coupon_id, customer_id, _ in _held(session, deal_id):
        _note(session, coupon_id, deal_id, customer_id, "given_back", on)


def _held(session: Session, deal_id: int) -> list[tuple[int, int, str]]:
    """Coupon, customer and newest event of every coupon that a deal has reserved or kept."""
    newest = select(func.max(coupon_use.c.id)).where(coupon_use.c.deal_id == deal_id).group_by(coupon_use.c.coupon_id)
    statement = select(coupon_use).where(coupon_use.c.id.in_(newest), coupon_use.c.event != "given_back")
    return [(row.coupon_id, row.customer_id, row.event) for row in session.rows(statement.order_by(coupon_use.c.id))]


def _note(
    session: WriteSession,
    coupon_id: int,
    deal_id: int,
    customer_id: int,
    event: str,
    on: date,
    until: date | None = None,
) -> None:
    session.insert(
        coupon_use,
        coupon_id=coupon_id,
        deal_id=deal_id,
        customer_id=customer_id,
        event=event,
        happened_on=on,
        reserved_until=until,
    )
    code = session.value(select(coupon.c.code).where(coupon.c.id == coupon_id))
    session.changed(f"coupon {code}", "", event)
