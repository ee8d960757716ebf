"""The books on a real file: entries, balances, locks, issued documents, and that none of them can be changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Table, delete, update

from app.core.errors import NotFound, RuleViolation
from app.ledger import queries, service
from app.ledger.models import document, journal_entry, journal_line, paper, period_lock
from app.ledger.rules import Entry, Role, credit, debit
from app.parties.service import find_or_add
from app.store import chain
from app.store.store import Store
from tests.builders import DAY, a_customer, a_deal, counts_of, rows_of

MARCH = date(2026, 3, 31)


@pytest.fixture
def customer_id(store: Store) -> int:
    with store.write("test") as session:
        return find_or_add(session, a_customer())


def invoice_entry(customer_id: int, number: str = "INV-1", on: date = DAY, currency: str = "EUR") -> Entry:
    postings = (debit(Role.RECEIVABLE, 11_900, number), credit(Role.REVENUE, 10_000), credit(Role.OUTPUT_TAX, 1_900))
    return Entry(on, number, "Invoice", currency, postings, None, customer_id)


def post(store: Store, *entries: Entry) -> list[date | None]:
    with store.write("test") as session:
        return [service.post(session, entry) for entry in entries]


def test_an_entry_is_posted_and_sealed(store: Store, customer_id: int) -> None:
    assert post(store, invoice_entry(customer_id)) == [DAY]
    (entry,) = rows_of(store, journal_entry)
    assert (entry["posted_on"], entry["happened_on"], entry["document"], entry["text"]) == (
        DAY,
        DAY,
        "INV-1",
        "Invoice",
    )
    assert [(row["role"], row["debit"], row["credit"], row["customer_id"]) for row in rows_of(store, journal_line)] == [
        ("receivable", 11_900, 0, customer_id),
        ("revenue", 0, 10_000, None),
        ("output_tax", 0, 1_900, None),
    ]
    with store.read() as session:
        assert chain.hash_of(session, "entry", 1) == chain.head(session) != ""


def test_an_entry_that_moves_nothing_is_none(store: Store, customer_id: int) -> None:
    nothing = Entry(DAY, "INV-1", "Invoice", "EUR", (debit(Role.BANK, 0),), None, customer_id)
    assert post(store, nothing) == [None]
    assert rows_of(store, journal_entry) == []


def test_an_entry_that_does_not_balance_is_not_posted(store: Store) -> None:
    rows = counts_of(store)
    with pytest.raises(RuleViolation, match="does not balance"):
        post(store, Entry(DAY, "X", "X", "EUR", (debit(Role.BANK, 1),)))
    assert counts_of(store) == rows


def test_balances_are_sums_of_the_lines(store: Store, customer_id: int) -> None:
    paid = (debit(Role.BANK, 5_000), credit(Role.RECEIVABLE, 5_000, "INV-1"))
    kept = (debit(Role.BANK, 700), credit(Role.CUSTOMER_CREDIT, 700))
    post(
        store,
        invoice_entry(customer_id),
        invoice_entry(customer_id, "INV-2"),
        invoice_entry(customer_id, "INV-3", currency="USD"),
        Entry(DAY, "P-1", "Payment", "EUR", paid, None, customer_id),
        Entry(DAY, "P-2", "Payment", "EUR", kept, None, customer_id),
    )
    with store.read() as session:
        assert queries.open_amounts(session, ["INV-1", "INV-2", "INV-9"]) == {
            ("INV-1", "receivable"): 6_900,
            ("INV-2", "receivable"): 11_900,
        }
        assert queries.customer_balance(session, customer_id, Role.RECEIVABLE, "EUR") == 18_800
        assert queries.customer_balance(session, customer_id, Role.RECEIVABLE, "USD") == 11_900
        assert queries.customer_credit(session, customer_id, "EUR") == 700
        assert queries.customer_credit(session, customer_id + 1, "EUR") == 0


def test_a_closed_period_takes_no_entry_any_more(store: Store, customer_id: int) -> None:
    with store.write("test") as session:
        assert queries.locked_through(session) is None
        service.close_period(session, MARCH)
        assert queries.locked_through(session) == MARCH
    assert post(store, invoice_entry(customer_id)) == [date(2026, 4, 1)]
    (entry,) = rows_of(store, journal_entry)
    assert (entry["posted_on"], entry["happened_on"]) == (date(2026, 4, 1), DAY)


def test_a_period_is_closed_once_and_never_opened(store: Store) -> None:
    for through in (MARCH, MARCH, date(2026, 2, 28), date(2026, 4, 30)):
        with store.write("test") as session:
            service.close_period(session, through)
    assert [row["through"] for row in rows_of(store, period_lock)] == [MARCH, date(2026, 4, 30)]


@dataclass(frozen=True)
class Note:
    number: str
    text: str

    @property
    def file_name(self) -> str:
        return f"note {self.number}"


def test_a_document_is_issued_and_frozen(store: Store) -> None:
    deal_id = a_deal(store, until="draft")
    with store.write("test") as session:
        document_id = service.issue(session, deal_id, "note", Note("N-1", "Ö"), DAY)
    with store.read() as session:
        assert queries.snapshot(session, document_id) == ("note", '{"number":"N-1","text":"Ö"}')
        issued = queries.issued(session, document_id)
        assert (issued.number, issued.file_name, issued.issued_on) == ("N-1", "note N-1", DAY)
        assert [found.id for found in queries.unprinted(session)] == [document_id]
        assert queries.paper_of(session, document_id) is None
    (row,) = rows_of(store, document)
    assert row["sha256"] == hashlib.sha256('{"number":"N-1","text":"Ö"}'.encode()).hexdigest()
    with store.write("test") as session:
        service.keep_paper(session, document_id, "note N-1.pdf", "0" * 64, 12)
    with store.read() as session:
        assert queries.paper_of(session, document_id) == ("note N-1.pdf", "0" * 64)
        assert queries.unprinted(session) == []
        with pytest.raises(NotFound):
            queries.issued(session, 99)
        with pytest.raises(NotFound):
            queries.snapshot(session, 99)


@pytest.mark.parametrize("table", [journal_entry, journal_line, period_lock, document, paper], ids=lambda t: t.name)
def test_nothing_of_it_can_be_changed_or_removed(store: Store, customer_id: int, table: Table) -> None:
    post(store, invoice_entry(customer_id))
    a_deal(store, until="sent")
    with store.write("test") as session:
        service.close_period(session, MARCH)
        service.keep_paper(session, 1, "quote.pdf", "0" * 64, 12)
    for statement in (update(table).values({table.c.id: table.c.id + 100}), delete(table)):
        with pytest.raises(RuleViolation, match="never"), store.write("test") as session:
            session.execute(statement)
