"""The palette's search over the practice company: numbers, names, titles, amounts, and text that means harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.core.progress import Silent
from app.exchange import practice
from app.pipeline import lists
from app.pipeline.search import EACH, Hit, find, last_change
from app.store.store import Store

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("search") / "practice.handsel", create=True) as opened:
        practice.fill(opened, TODAY, "Practice", Silent())
        yield opened


def look(store: Store, text: str, amount: Decimal | None = None) -> list[Hit]:
    with store.read() as session:
        return find(session, text, amount)


def kinds(hits: list[Hit]) -> list[str]:
    return [hit.kind for hit in hits]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("INV-2026-0003", "invoice", "INV-2026-0003"),
        ("inv-2026-0003", "invoice", "INV-2026-0003"),
        ("D-2026-0001", "delivery", "D-2026-0001"),
        ("C-2026-0002", "contract", "C-2026-0002"),
        ("P-2026-0001", "payment", "P-2026-0001"),
        ("S-2026-0004", "deal", "S-2026-0004"),
        ("Q-2026-0005", "quote", "Q-2026-0005"),
        ("CN-2026-0001", "credit_note", "CN-2026-0001"),
    ],
)
def test_a_document_is_found_by_its_number(store: Store, text: str, kind: str, number: str) -> None:
    hits = look(store, text)
    assert [(hit.kind, hit.number) for hit in hits] == [(kind, number)]
    assert hits[0].title
    assert hits[0].note


def test_the_beginning_of_a_number_finds_the_newest(store: Store) -> None:
    hits = look(store, "INV-2026")
    assert len(hits) == EACH
    numbers = [hit.number for hit in hits]
    assert numbers == sorted(numbers, reverse=True)


def test_figures_alone_find_every_series(store: Store) -> None:
    hits = look(store, "2")
    found = {hit.number for hit in hits}
    assert {"S-2026-0002", "C-2026-0002", "D-2026-0002", "INV-2026-0002", "P-2026-0002", "Q-2026-0002"} <= found
    assert {hit.number for hit in look(store, "0002")} >= {"INV-2026-0002"}


def test_a_name_finds_the_customer_and_the_newest_deals(store: Store) -> None:
    hits = look(store, "GREENWELL")
    assert kinds(hits)[0] == "customer"
    assert {hit.note for hit in hits[1:]} == {"Greenwell Offices Ltd"}
    assert len(hits) == 4


@pytest.mark.parametrize("text", ["Söhne", "sohne", "SÖHNE", "roth sohne", "service@roth"])
def test_accents_case_and_order_make_no_difference_in_names(store: Store, text: str) -> None:
    assert look(store, text)[0].title == "Roth & Söhne AG"


def test_a_title_and_a_product_are_found(store: Store) -> None:
    assert [hit.title for hit in look(store, "lobby bars")] == ["Two espresso bars for the lobby"]
    assert [hit.number for hit in look(store, "gr-83")] == ["GR-83"]
    assert kinds(look(store, "cafés")) == ["customer", "deal", "deal"]


def test_an_amount_finds_what_is_over_it_to_the_cent(store: Store) -> None:
    with store.read() as session:
        invoice = lists.page(session, lists.INVOICES, lists.Filter(), TODAY).items[0]
    amount = Decimal(invoice.gross).scaleb(-2)
    hits = look(store, str(amount), amount)
    assert ("invoice", invoice.number, invoice.gross, invoice.currency) in [
        (hit.kind, hit.number, hit.amount, hit.currency) for hit in hits
    ]
    assert not [hit for hit in look(store, "x", amount + Decimal("0.01")) if hit.number == invoice.number]
    assert not look(store, "x y z", Decimal(invoice.gross))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-0", "1e400", "0.0001", "99999999999999999999"])
def test_amounts_that_no_document_has(store: Store, amount: str) -> None:
    assert look(store, "x y z", Decimal(amount)) == []


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE deal; --", '"', "%", "_", "\\", "%%%%", "zz\x00b", "\ud7ff", "\ud800", "💥", "x" * 100_000, "١٢",
        "(", "*", "9" * 30, "NULL", "OR 1=1", "\u202e", "\n\t", " ",
    ],
)  # fmt: skip
def test_hostile_text_finds_nothing_and_breaks_nothing(store: Store, text: str) -> None:
    assert look(store, text) == []
    assert len(look(store, "INV-2026")) == EACH


def test_when_something_was_changed_last(store: Store) -> None:
    with store.read() as session:
        at = last_change(session)
    assert at is not None
    assert at.tzinfo is not None


def test_a_new_file_was_never_changed(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.open(tmp_path_factory.mktemp("new") / "x.handsel", create=True) as new, new.read() as session:
        assert last_change(session) is None
        assert find(session, "anything", Decimal(1)) == []
