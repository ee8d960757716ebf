"""Reading quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from app.catalog.rules import Kind
from app.core.codec import from_plain
from app.core.errors import NotFound
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction, Typed, assemble
from app.pricing.detail import LineDetail
from app.pricing.rules import Line, Priced
from app.quotes.models import quote, quote_line
from app.quotes.rules import Offer, Proposal, QuoteState, Terms
from app.store.prepared import Prepared
from app.store.session import AnyRow, Session


@dataclass(frozen=True, slots=True)
class Quote:
    """One revision of a quote with everything in it."""

    id: int
    deal_id: int
    number: str
    revision: int
    state: QuoteState
    made_on: date
    sent_on: date | None
    handed_over: bool
    valid_until: date | None
    decided_on: date | None
    decided_by: str
    reason: str
    offer: Offer
    typed: Typed
    gross: int

    def priced(self, basis: Basis) -> Priced:
        """The frozen amounts, assembled again; nothing is priced anew."""
        return Priced(self.typed, assemble(self.typed, basis))

    @property
    def deposit(self) -> int:
        """The deposit asked for, in minor units."""
        return self.offer.terms.deposit(self.gross)


_REVISIONS = select(quote).where(quote.c.deal_id == bindparam("deal_id")).order_by(quote.c.revision.desc())
_LATEST = Prepared(_REVISIONS.limit(1))
_LINES = Prepared(
    select(quote_line).where(quote_line.c.quote_id == bindparam("quote_id")).order_by(quote_line.c.position)
)


def latest(session: Session, deal_id: int) -> Quote:
    """The newest revision of the deal's quote. Raises `NotFound`."""
    row = session.row(_LATEST, {"deal_id": deal_id})
    if row is None:
        raise NotFound(f"The deal {deal_id} has no quote.")
    return _quote(session, row)


def revisions(session: Session, deal_id: int) -> list[Quote]:
    """All revisions, the newest first."""
    return [_quote(session, row) for row in session.rows(_REVISIONS, {"deal_id": deal_id})]


def _quote(session: Session, row: AnyRow) -> Quote:
    if ("quote", row.id) not in session.memo:
        session.memo["quote", row.id] = _content(session, row)
    offer, typed = session.memo["quote", row.id]
    return Quote(
        id=row.id,
        deal_id=row.deal_id,
        number=row.number,
        revision=row.revision,
        state=QuoteState(row.state),
        made_on=row.made_on,
        sent_on=row.sent_on,
        handed_over=bool(row.handed_over),
        valid_until=row.valid_until,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        reason=row.reason,
        offer=offer,
        typed=typed,
        gross=row.gross,
    )


def _content(session: Session, row: AnyRow) -> tuple[Offer, Typed]:
    """What a revision offers: it never changes, so it is read once a transaction."""
    lines = tuple(_line(line) for line in session.rows(_LINES, {"quote_id": row.id}))
    proposals = tuple(from_plain(Proposal, item) for item in row.proposals)
    offer = Offer(lines, _reductions(row.reductions), _terms(row), proposals, tuple(row.coupons))
    return offer, from_plain(Typed, row.typed)


def _terms(row: AnyRow) -> Terms:
    return Terms(
        payment=row.payment,
        valid_days=row.valid_days,
        deposit_percent=row.deposit_percent,
        deposit_amount=row.deposit_amount,
        clauses=tuple(row.clauses),
        cashback_percent=row.cashback_percent,
        early_tax=row.early_tax,
    )


def _line(row: AnyRow) -> Line:
    return Line(
        name=row.name,
        quantity=row.quantity,
        unit_price=row.unit_price,
        tax=Tax(TaxCategory(row.tax_category), row.tax_rate, row.exemption_reason),
        sku=row.sku,
        description=row.description,
        kind=Kind(row.kind),
        unit=row.unit,
        base_quantity=row.base_quantity,
        list_price=row.list_price,
        cost=row.cost,
        reductions=_reductions(row.reductions),
        detail=from_plain(LineDetail, row.detail),
    )


def _reductions(plain: list[Any]) -> tuple[Reduction, ...]:
    return tuple(from_plain(Reduction, item) for item in plain)
