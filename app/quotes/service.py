"""Drafting, sending, revising and deciding quotes."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import bindparam, update

from app.core.codec import to_plain
from app.core.printed import Clause
from app.core.states import move
from app.deals.queries import Deal
from app.ledger import service as ledger
from app.pricing.rules import Line, Priced, price, printed_lines, printed_totals
from app.quotes.document import QuoteDocument
from app.quotes.models import quote, quote_line
from app.quotes.queries import Quote
from app.quotes.rules import MOVES, Offer, QuoteState, check_terms, printed_proposals, valid_until
from app.store.numbering import next_number
from app.store.session import WriteSession

_SET = update(quote).where(quote.c.id == bindparam("quote_id"))


def draft(session: WriteSession, deal: Deal, offer: Offer, on: date, *, revision: int = 1, number: str = "") -> int:
    """Price an offer and keep it as a draft revision; returns its id. Raises `RuleViolation` with all problems."""
    check_terms(offer.terms)
    priced = price(offer.lines, offer.reductions, deal.basis)
    quote_id = session.insert(
        quote,
        deal_id=deal.id,
        number=number,
        revision=revision,
        state=QuoteState.DRAFT.value,
        made_on=on,
        **_content(offer, priced),
    )
    _insert_lines(session, quote_id, offer, priced)
    return quote_id


def _content(offer: Offer, priced: Priced) -> dict[str, Any]:
    terms, totals = offer.terms, priced.assembled.totals
    return {
        "valid_days": terms.valid_days,
        "payment": terms.payment,
        "deposit_percent": terms.deposit_percent,
        "deposit_amount": terms.deposit_amount,
        "clauses": list(terms.clauses),
        "reductions": to_plain(offer.reductions),
        "typed": to_plain(priced.typed),
        "net": totals.net,
        "tax": totals.tax,
        "gross": totals.gross,
        "proposals": to_plain(offer.proposals),
        "coupons": list(offer.coupons),
        "cashback_percent": terms.cashback_percent,
        "early_tax": terms.early_tax,
    }


def _insert_lines(session: WriteSession, quote_id: int, offer: Offer, priced: Priced) -> None:
    nets = [line.net for line in priced.assembled.lines]
    rows = [_line_row(quote_id, i + 1, line, nets[i]) for i, line in enumerate(offer.lines)]
    session.insert_all(quote_line, rows)


def _line_row(quote_id: int, position: int, line: Line, net: int) -> dict[str, Any]:
    return {
        "quote_id": quote_id,
        "position": position,
        "sku": line.sku,
        "name": line.name,
        "description": line.description,
        "kind": line.kind.value,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "base_quantity": line.base_quantity,
        "list_price": line.list_price,
        "cost": line.cost,
        "tax_category": line.tax.category.value,
        "tax_rate": line.tax.rate,
        "exemption_reason": line.tax.exemption_reason,
        "reductions": to_plain(line.reductions),
        "net": net,
        "detail": to_plain(line.detail),
    }


def send(session: WriteSession, deal: Deal, current: Quote, on: date) -> tuple[str, int]:
    """Send a draft: it gets its number, its last valid day and its frozen paper. Returns number and document id."""
    move(MOVES, f"quote {current.number}".strip(), current.state, QuoteState.SENT)
    number = current.number or next_number(session, "Q", on)
    until = valid_until(on, current.offer.terms.valid_days)
    session.execute(
        _SET, {"quote_id": current.id, "state": "sent", "number": number, "sent_on": on, "valid_until": until}
    )
    session.changed(f"quote {number} revision {current.revision}", current.state, QuoteState.SENT)
    paper = _paper(deal, current, number, on, until)
    return number, ledger.issue(session, deal.id, "quote", paper, on)


def _paper(deal: Deal, current: Quote, number: str, on: date, until: date) -> QuoteDocument:
    offer, priced = current.offer, current.priced(deal.basis)
    return QuoteDocument(
        heading=deal.heading(),
        number=number,
        revision=current.revision,
        issued_on=on,
        valid_until=until,
        lines=printed_lines(offer.lines, priced),
        totals=printed_totals(priced.typed, priced.assembled, offer.reductions),
        terms=offer.terms.printed(current.gross),
        clauses=tuple(Clause(key) for key in offer.terms.clauses),
        proposals=printed_proposals(offer, deal.basis),
    )


def set_state(session: WriteSession, current: Quote, to: QuoteState, **values: Any) -> None:
    """Move a revision to another state, with the values that belong to it. Raises `NotAllowed` for an illegal move."""
    move(MOVES, f"quote {current.number}".strip(), current.state, to)
    session.execute(update(quote).where(quote.c.id == current.id).values(state=to.value, **values))
    session.changed(f"quote {current.number} revision {current.revision}", current.state, to)


def hand_over(session: WriteSession, quote_id: int, handed_over: bool) -> None:
    """Note whether a sent revision was handed to the buyer, or still waits for a `send_quote` of its own."""
    session.execute(update(quote).where(quote.c.id == quote_id).values(handed_over=handed_over))
