"""From a draft of the wizard to a quote in the file: new, copied, revised; and its paper before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.errors import NotAllowed, RuleViolation
from app.parties import service as parties
from app.parties.defaults import Defaults, set_defaults
from app.pipeline import queries, quoting, service
from app.pipeline.queries import DealView
from app.quotes.draft import LineDraft, QuoteDraft
from app.quotes.rules import QuoteState
from app.store.store import Store
from tests.builders import DAY, SELLER, a_customer, a_deal, a_tax, do

KAYAK = LineDraft("Kayak", Decimal(2), Decimal(100), a_tax())


def begun(store: Store, customer_id: int | None = None) -> QuoteDraft:
    with store.read() as session:
        return quoting.begin(session, DAY, customer_id)


def view(store: Store, deal_id: int) -> DealView:
    with store.read() as session:
        return queries.view(session, deal_id, DAY)


def saved(store: Store, draft: QuoteDraft) -> DealView:
    with store.write("test") as session:
        deal_id = quoting.save(session, draft).ids["deal"]
    return view(store, deal_id)


def test_a_new_draft_begins_with_what_is_usual(store: Store) -> None:
    usual = Defaults("CHF", True, (Decimal("8.1"),), "net 10", 21, Decimal(25))
    do(store, set_defaults, usual)
    draft = begun(store)
    assert (draft.currency, draft.prices_include_tax, draft.payment_days, draft.valid_days) == ("CHF", True, 10, 21)
    assert (draft.deposit_kind, draft.deposit_percent, draft.usual_tax) == ("percent", Decimal(25), usual.usual_tax)


def test_the_terms_of_the_customer_come_before_the_usual_ones(store: Store) -> None:
    known = do(store, parties.save_customer, a_customer(), payment_terms="prepaid").ids["customer"]
    draft = begun(store, known)
    assert (draft.customer_id, draft.customer.name, draft.payment) == (known, "Lake School", "prepaid")
    plain = do(store, parties.save_customer, a_customer("Other")).ids["customer"]
    assert begun(store, plain).payment == "net"


def test_it_is_saved_as_a_draft_or_sent_at_once(store: Store) -> None:
    draft = replace(begun(store), customer=a_customer(), title=" Boats ", lines=(KAYAK, LineDraft()))
    kept = saved(store, draft)
    assert (kept.quote.state, kept.deal.title, kept.quote.number) == (QuoteState.DRAFT, "Boats", "")
    sent = saved(store, replace(draft, send=True))
    assert (sent.quote.state, sent.quote.number) == (QuoteState.SENT, "Q-2026-0001")
    assert sent.deal.customer_id == kept.deal.customer_id


def test_a_draft_with_problems_is_not_saved(store: Store) -> None:
    with pytest.raises(RuleViolation), store.write("test") as session:
        quoting.save(session, replace(begun(store), customer=a_customer()))


def test_a_draft_quote_is_revised_and_stays_a_draft(store: Store) -> None:
    deal_id = a_deal(store, until="draft")
    with store.read() as session:
        draft = quoting.revision(session, deal_id, DAY)
    assert draft.deal_id == deal_id
    after = saved(store, replace(draft, title="Two boats", lines=(replace(KAYAK, quantity=Decimal(3)),)))
    assert (after.quote.state, after.deal.title, after.quote.gross) == (QuoteState.DRAFT, "Two boats", 35700)


def test_the_revision_of_a_sent_quote_is_handed_over_at_once(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    with store.read() as session:
        draft = quoting.revision(session, deal_id, DAY)
    after = saved(store, replace(draft, valid_days=5))
    assert (after.quote.state, after.quote.revision, after.quote.handed_over) == (QuoteState.SENT, 2, True)
    accepted = a_deal(store, until="accepted")
    with store.read() as session:
        draft = quoting.revision(session, accepted, DAY)
    with pytest.raises(NotAllowed), store.write("test") as session:
        quoting.save(session, draft)


def test_a_copy_is_a_deal_of_its_own(store: Store) -> None:
    deal_id = a_deal(store, until="in_force", title="Boats")
    with store.read() as session:
        draft = quoting.copy(session, deal_id, DAY)
    after = saved(store, draft)
    assert after.deal.id != deal_id
    assert (after.deal.title, after.quote.state) == ("Boats", QuoteState.DRAFT)
    assert after.quote.offer == view(store, deal_id).quote.offer


def test_the_paper_before_sending_is_the_paper_that_is_sent(store: Store) -> None:
    from app.core.codec import from_text
    from app.ledger import queries as books
    from app.quotes.document import QuoteDocument

    do(store, parties.set_company, SELLER)
    draft = replace(begun(store), customer=a_customer(), title="Boats", lines=(KAYAK,), send=True)
    with store.read() as session:
        paper = quoting.preview(session, draft)
    after = saved(store, draft)
    with store.read() as session:
        issued = books.documents_of(session, after.deal.id)[0]
        sent = from_text(QuoteDocument, books.snapshot(session, issued.id)[1])
    heading = replace(paper.heading, deal_number=after.deal.number)
    assert replace(paper, number=sent.number, heading=heading) == sent


def test_the_paper_of_a_revision_carries_its_number(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    with store.read() as session:
        paper = quoting.preview(session, quoting.revision(session, deal_id, DAY))
    assert (paper.number, paper.revision) == ("Q-2026-0001", 2)
    do(store, service.decline_quote, deal_id, on=DAY)
    with store.read() as session:
        assert quoting.preview(session, quoting.revision(session, deal_id, DAY)).revision == 2
