"""The practice company: deals in every stage on any day, and nothing left once it is thrown away."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.core.codec import from_text
from app.core.errors import Cancelled, StoreError
from app.core.progress import Silent
from app.exchange import practice
from app.outputs import papers
from app.parties.defaults import defaults
from app.parties.practice import is_practice, mark_as_practice
from app.parties.queries import our_company, our_look
from app.pipeline import lists, queries, waiting
from app.pipeline.rules import DealState
from app.pipeline.unfinished import unfinished
from app.quotes.draft import QuoteDraft, problems, steps
from app.store.store import Store

TODAY = date(2026, 11, 23)


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
    assert 12 <= len(products) <= 15
    assert Counter(row.kind for row in products)["service"] == 3


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
