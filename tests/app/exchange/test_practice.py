"""The practice company: deals in every stage on any day, and nothing left once it is thrown away."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.catalog import configure as engine
from app.catalog import guides, guides_queries
from app.catalog.model_queries import with_parts
from app.core.codec import from_text
from app.core.errors import Cancelled, StoreError
from app.core.progress import Silent
from app.exchange import practice
from app.outputs import papers
from app.parties.defaults import defaults
from app.parties.practice import is_practice, mark_as_practice
from app.parties.queries import our_company, our_look
from app.pipeline import lists, queries, waiting
from app.pipeline.availability import availability
from app.pipeline.rules import DealState
from app.pipeline.unfinished import unfinished
from app.quotes import queries as quotes
from app.quotes.draft import QuoteDraft, problems, steps
from app.store.store import Store

TODAY = date(2026, 11, 23)
_BY_DAY = lists.Sort("made_on")


class Counted(Silent):
    """Progress that counts, and stops when it is told."""

    def __init__(self, stop_at: int = -1) -> None:
        self.seen: list[tuple[int, int, str]] = []
        self.stop_at = stop_at

    def step(self, done: int, total: int, text: str = "") -> None:
        self.seen.append((done, total, text))

    def check(self) -> None:
        if len(self.seen) == self.stop_at:
            raise Cancelled("Stopped.")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("practice") / "practice.handsel", create=True) as store:
        practice.fill(store, TODAY, "Practice", Silent())
        yield store


def test_there_is_a_deal_in_every_stage(filled: Store) -> None:
    with filled.read() as session:
        states = lists.by_state(session, lists.DEALS, lists.Filter(), TODAY)
        counts = waiting.counts(session, TODAY)
    assert set(states) >= {state.value for state in DealState} - {"cancelled"}
    assert (
        min(
            counts.configure,
            counts.price,
            counts.quote,
            counts.contract,
            counts.payment,
            counts.delivery,
            counts.invoice,
        )
        >= 1
    )
    assert counts.revenue >= 1


def test_something_is_overdue_expiring_expired_declined_and_in_transit(filled: Store) -> None:
    with filled.read() as session:
        invoices = lists.by_state(session, lists.INVOICES, lists.Filter(), TODAY)
        quotes = lists.by_state(session, lists.QUOTES, lists.Filter(), TODAY)
        deliveries = lists.by_state(session, lists.DELIVERIES, lists.Filter(), TODAY)
        sent = lists.page(session, lists.QUOTES, lists.Filter(states=("sent",)), TODAY).items
    assert invoices["overdue"] >= 1
    assert quotes["expired"] >= 1
    assert quotes["declined"] >= 3
    assert deliveries["dispatched"] >= 1
    assert any(row.valid_until and 0 <= (row.valid_until - TODAY).days <= 7 for row in sent)


def test_numbers_follow_the_days(filled: Store) -> None:
    with filled.read() as session:
        rows = lists.page(session, lists.INVOICES, lists.Filter(), TODAY, sort=lists.Sort("number", False)).items
    notes = [row.issued_on for row in rows if row.kind == "credit_note"]
    days = [row.issued_on for row in rows if row.kind == "invoice"]
    assert days == sorted(days)
    assert len(days) >= 8
    assert len(notes) == 1


def test_it_is_a_company_with_logo_watermark_and_terms(filled: Store) -> None:
    with filled.read() as session:
        company, look = our_company(session), our_look(session)
        assert is_practice(session)
        assert defaults(session).payment == "net 14"
    assert company is not None
    assert company.iban
    assert look["watermark"] == "Practice"
    assert look["logo"]


def test_a_quote_was_begun_and_left(filled: Store) -> None:
    with filled.read() as session:
        (left,) = unfinished(session)
        draft = from_text(QuoteDraft, left.draft.text)
    assert left.customer == draft.customer.name == "Praxis am Lichthof"
    assert [line.sku for line in draft.lines] == ["WF-10", "CL-09"]
    assert (draft.payment, draft.payment_days, draft.currency) == ("net", 14, "EUR")
    assert all(not problems(draft, step) for step in steps(draft))


def test_its_customers_are_eight_or_more_in_several_countries_each_once(filled: Store) -> None:
    with filled.read() as session:
        rows = lists.page(session, lists.CUSTOMERS, lists.Filter(), TODAY).items
        products = lists.page(session, lists.PRODUCTS, lists.Filter(), TODAY).items
    assert len(rows) == len({row.name for row in rows}) >= 8
    assert len({row.country for row in rows}) >= 5
    assert 16 <= len(products) <= 24
    assert Counter(row.kind for row in products)["service"] == 3


def test_prices_are_those_of_the_dealers_with_coupon_and_agreement(filled: Store) -> None:
    with filled.read() as session:
        (_, kiel) = lists.page(session, lists.QUOTES, lists.Filter("Nordlicht"), TODAY, sort=_BY_DAY).items
        beans, agreed, grinder = quotes.latest(session, kiel.deal_id).offer.lines
    assert [step.rule for step in beans.detail.steps] == ["", "Dealers", "Dealers (≥ 60)"]
    assert agreed.detail.steps[-1].rule == "Yearly agreement"
    assert [reduction.promotion for reduction in grinder.reductions] == ["Grinder weeks"]


def test_cashback_is_credit_and_paying_early_is_open(filled: Store) -> None:
    with filled.read() as session:
        rows = lists.page(session, lists.INVOICES, lists.Filter("Nordlicht"), TODAY).items
        first, second = sorted(rows, key=lambda row: row.id)
        assert quotes.latest(session, first.deal_id).offer.terms.cashback_percent == 3
        assert quotes.latest(session, second.deal_id).offer.terms.payment == "2/10 net 30"
    assert (first.state, second.state) == ("paid", "open")


def test_a_quote_offers_a_configured_bar_and_lines_to_choose(filled: Store) -> None:
    with filled.read() as session:
        (row,) = lists.page(session, lists.QUOTES, lists.Filter("Steinbrück"), TODAY).items
        offer = quotes.latest(session, row.deal_id).offer
    assert row.state == "sent"
    assert [(one.line.sku, one.instead_of) for one in offer.proposals] == [
        ("SV-BC", None),
        ("SV-MT", None),
        ("BN-ET", 1),
    ]
    assert ("Machine", "Espresso machine, two groups") in offer.lines[0].detail.options
    assert offer.lines[0].detail.selection


def test_a_larger_machine_is_blocked_with_reasons_and_a_way_out(filled: Store) -> None:
    with filled.read() as session:
        goods = with_parts(session, ["EB-10"])
    model, products = goods["EB-10"].model, {sku: one.product for sku, one in goods.items()}
    begun = engine.start(model, "EB-10")
    answer = engine.evaluate(model, begun, products)
    assert answer.may_be_sold
    blocked = answer.result("two_groups")
    assert blocked is not None and blocked.standing is engine.Standing.BLOCKED
    assert [reason.name for reason in blocked.reasons] == ["Two groups need 400 V", "Two groups need the large grinder"]
    assert engine.fixes(model, begun, "two_groups", products)


def test_five_cups_of_six_are_sold_and_the_guide_leads_to_a_machine(filled: Store) -> None:
    with filled.read() as session:
        cups = list(lists.page(session, lists.PRODUCTS, lists.Filter("CU-"), TODAY).items)
        (guide,) = guides_queries.guides(session)
        goods = guides_queries.offered(session, TODAY)
        free = availability(session, ["CP-06"], TODAY)["CP-06"]
    assert len(cups) == 5
    found = guides.advance(guide.guide, [("q1", "a2"), ("q2", "a1")], goods)
    assert isinstance(found, guides.Proposal)
    (bar,) = found.products
    assert bar.sku == "EB-10" and bar.selection.takes("two_groups") is not None
    assert free.free < 0 < free.free_on(TODAY + timedelta(days=5))


def test_every_paper_can_be_made(filled: Store) -> None:
    with filled.read() as session:
        deals = lists.page(session, lists.DEALS, lists.Filter(), TODAY).items
        documents = [item for deal in deals for item in queries.view(session, deal.id, TODAY).documents]
    kinds: dict[str, int] = {}
    for document in documents:
        kinds.setdefault(document.kind, document.id)
    assert len(kinds) == 6
    for document_id in kinds.values():
        assert papers.content(filled, document_id).startswith(b"%PDF")


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 30)])
def test_it_can_be_made_on_any_day(tmp_path: Path, today: date) -> None:
    progress = Counted()
    started = time.monotonic()
    with Store.open(tmp_path / "practice.handsel", create=True) as store:
        practice.fill(store, today, "Practice", progress)
        with store.read() as session:
            assert waiting.counts(session, today).delivery >= 2
    assert time.monotonic() - started < 30  # a hang is found, a busy machine is not
    assert progress.seen[0][0] == 0
    assert progress.seen[-1][0] == progress.seen[-1][1]


def test_making_it_can_be_stopped(tmp_path: Path) -> None:
    with Store.open(tmp_path / "practice.handsel", create=True) as store, pytest.raises(Cancelled):
        practice.fill(store, TODAY, "Practice", Counted(stop_at=5))


def test_throwing_away_leaves_nothing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "practice.handsel", create=True)
    with store.write("test") as session:
        mark_as_practice(session)
    store.files.put(b"a paper")
    store.backup("test")
    (tmp_path / "other.handsel").write_bytes(b"another company")
    practice.throw_away(store)
    assert [path.name for path in tmp_path.iterdir()] == ["other.handsel"]


def test_no_other_company_is_thrown_away(tmp_path: Path) -> None:
    with Store.open(tmp_path / "books.handsel", create=True) as store:
        with pytest.raises(StoreError, match="not a practice company"):
            practice.throw_away(store)
        with store.read() as session:
            assert not is_practice(session)
    assert (tmp_path / "books.handsel").exists()
