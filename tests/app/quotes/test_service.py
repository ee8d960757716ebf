"""Quotes on a real file: what is kept of an offer comes back as it was, and what was offered stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from app.catalog.rules import Kind
from app.core.errors import NotAllowed, NotFound, RuleViolation
from app.core.tax import Tax, TaxCategory
from app.core.totals import Basis, Reduction
from app.deals import queries as deals
from app.ledger.models import document
from app.pricing.rules import price
from app.quotes import queries, service
from app.quotes.models import quote, quote_line
from app.quotes.rules import Offer, QuoteState, Terms
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, counts_of, rows_of

OFFER = Offer(
    (
        a_line(
            quantity="0.333333",
            price="1249.005",
            sku="KY-420",
            description="4.20 m",
            unit="KGM",
            base_quantity=Decimal("0.5"),
            list_price=Decimal("1300.00"),
            cost="830.00",
            reductions=(
                Reduction("School", percent=Decimal("12.5"), of=10_000),
                Reduction("Box", amount=5, charge=True),
            ),
        ),
        a_service(tax=Tax(TaxCategory.EXEMPT, Decimal(0), "Small school")),
    ),
    (Reduction("Freight", amount=950, charge=True, tax=Tax(TaxCategory.STANDARD, Decimal(19))),),
    Terms("net 14", 10, Decimal("33.333333"), None, ("warranty", "returns")),
)


@pytest.mark.parametrize("basis", [Basis("EUR"), Basis("EUR", prices_include_tax=True)], ids=["net", "gross"])
def test_an_offer_comes_back_as_it_was(store: Store, basis: Basis) -> None:
    deal_id = a_deal(store, OFFER, basis=basis, until="draft")
    priced = price(OFFER.lines, OFFER.reductions, basis)
    with store.read() as session:
        kept = queries.latest(session, deal_id)
    assert (kept.offer, kept.typed, kept.priced(basis)) == (OFFER, priced.typed, priced)
    assert (kept.gross, kept.deposit) == (priced.assembled.totals.gross, OFFER.terms.deposit(kept.gross))
    assert (kept.state, kept.revision, kept.number, kept.sent_on) == (QuoteState.DRAFT, 1, "", None)
    assert kept.offer.lines[1].kind is Kind.SERVICE


def test_revisions_are_kept_the_newest_first(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    with store.write("test") as session:
        deal, old = deals.by_id(session, deal_id), queries.latest(session, deal_id)
        service.set_state(session, old, QuoteState.SUPERSEDED)
        service.draft(session, deal, OFFER, DAY, revision=2, number=old.number)
        number, _ = service.send(session, deal, queries.latest(session, deal_id), date(2026, 3, 9))
    with store.read() as session:
        found = queries.revisions(session, deal_id)
    assert [(item.revision, item.state) for item in found] == [(2, QuoteState.SENT), (1, QuoteState.SUPERSEDED)]
    assert (number, found[0].valid_until) == ("Q-2026-0001", date(2026, 3, 19))
    assert [row["file_name"] for row in rows_of(store, document)] == ["quote Q-2026-0001", "quote Q-2026-0001-r2"]


def test_a_quote_is_sent_once(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    rows = counts_of(store)
    with pytest.raises(NotAllowed, match="quote Q-2026-0001 is sent"), store.write("test") as session:
        service.send(session, deals.by_id(session, deal_id), queries.latest(session, deal_id), DAY)
    assert counts_of(store) == rows


def test_what_was_offered_cannot_be_changed(store: Store) -> None:
    a_deal(store, until="sent")
    for statement in (update(quote).values(gross=1), update(quote_line).values(unit_price=Decimal(1))):
        with pytest.raises(RuleViolation, match="never changed"), store.write("test") as session:
            session.execute(statement)


def test_a_deal_without_a_quote(store: Store) -> None:
    with store.read() as session, pytest.raises(NotFound, match="has no quote"):
        queries.latest(session, 9)
