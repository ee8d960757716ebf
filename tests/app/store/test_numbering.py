"""Numbers without gaps or doubles, whatever is rolled back and however many ask."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import select, text

from app.core.errors import Conflict, RuleViolation
from app.store.history import history
from app.store.numbering import Form, counted, format_number, next_number, set_numbering, spelled, upcoming
from app.store.store import Store

DAY = date(2026, 3, 2)


def test_each_series_and_year_counts_for_itself(store: Store) -> None:
    with store.write("me") as session:
        given = [
            next_number(session, prefix, date(year, 12, 31))
            for prefix, year in [("INV", 2026), ("INV", 2026), ("CN", 2026), ("INV", 2027), ("INV", 2026)]
        ]
    assert given == ["INV-2026-0001", "INV-2026-0002", "CN-2026-0001", "INV-2027-0001", "INV-2026-0003"]


def test_more_than_four_digits() -> None:
    assert format_number("INV", 2026, 12345) == "INV-2026-12345"


def test_a_rollback_gives_the_number_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("me") as session:
        next_number(session, "INV", DAY)
        raise ZeroDivisionError
    with store.write("me") as session:
        assert next_number(session, "INV", DAY) == "INV-2026-0001"


def test_eight_threads_and_a_fifth_rolled_back(store: Store) -> None:
    given: list[str] = []

    def issue(seed: int) -> None:
        for turn in range(40):
            try:
                with store.write("me") as session:
                    number = next_number(session, "INV", DAY)
                    if (turn + seed) % 5 == 0:
                        raise ZeroDivisionError
                given.append(number)
            except ZeroDivisionError:
                pass

    threads = [threading.Thread(target=issue, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 8 * 32
    assert sorted(given) == [format_number("INV", 2026, n) for n in range(1, len(given) + 1)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE series SET last = last + 2",
        "UPDATE series SET last = last - 1",
        "UPDATE series SET last = last",
        "UPDATE series SET last = last + 1, year = 2020",
        "UPDATE series SET last = last + 1, prefix = 'CN'",
        "INSERT INTO series (prefix, year, last) VALUES ('X', 2026, 7)",
        "INSERT OR REPLACE INTO series (prefix, year, last) VALUES ('INV', 2026, 1)",
        "DELETE FROM series",
    ],
)
def test_no_number_is_skipped_or_taken_back(store: Store, statement: str) -> None:
    with store.write("me") as session:
        for _ in range(3):
            next_number(session, "INV", DAY)
    with pytest.raises((Conflict, RuleViolation)), store.write("me") as session:
        session.execute(text(statement))
    with store.write("me") as session:
        assert next_number(session, "INV", DAY) == "INV-2026-0004"


def test_what_comes_next_is_told_without_being_given(store: Store) -> None:
    with store.write("me") as session:
        next_number(session, "INV", DAY)
    for _ in range(2):
        with store.read() as session:
            found = upcoming(session, DAY)
            assert (found["INV"], found["CN"]) == ("INV-2026-0002", "CN-2026-0001")
            assert upcoming(session, date(2027, 1, 1))["INV"] == "INV-2027-0001"


def choose(store: Store, kind: str, form: Form, first: int | None = None, on: date = DAY) -> None:
    with store.write("me") as session:
        set_numbering(session, kind, form, on=on, first=first)


def give(store: Store, kind: str, on: date = DAY, times: int = 1) -> str:
    with store.write("me") as session:
        return [next_number(session, kind, on) for _ in range(times)][-1]


def test_another_prefix_without_the_year_begins_where_one_likes_and_counts_through(store: Store) -> None:
    give(store, "INV", times=3)
    choose(store, "INV", Form("RE", with_year=False, digits=5), first=251)
    assert give(store, "INV") == "RE-00251"
    assert give(store, "INV", date(2027, 1, 5)) == "RE-00252"
    choose(store, "INV", Form("INV"))
    assert give(store, "INV") == "INV-2026-0004"
    with store.read() as session:
        assert spelled(session, 252) == ["INV-2026-0252", "RE-00252"]


def test_a_first_number_holds_for_its_year_and_can_be_chosen_again_until_it_is_given(store: Store) -> None:
    choose(store, "Q", Form("Q"), first=40)
    choose(store, "Q", Form("Q"), first=30)
    choose(store, "Q", Form("Q", digits=5))
    with store.read() as session:
        assert upcoming(session, DAY)["Q"] == "Q-2026-00030"
        assert upcoming(session, date(2027, 1, 1))["Q"] == "Q-2027-00001"
    assert give(store, "Q", times=2) == "Q-2026-00031"
    with store.read() as session:
        known = counted(session)
    form = known.form("Q")
    assert (known.next_of(form, 2026), known.has_given(form, 2026)) == (32, True)
    assert (known.next_of(form, 2027), known.has_given(form, 2027)) == (1, False)
    choose(store, "Q", Form("Q", digits=5), first=32)


def test_a_beginning_that_was_given_up_does_not_come_back_under_another_kind(store: Store) -> None:
    choose(store, "INV", Form("RE"), first=500)
    choose(store, "INV", Form("INV"))
    choose(store, "CN", Form("RE"))
    assert give(store, "CN") == "RE-2026-0001"


@pytest.mark.parametrize(
    ("form", "first", "field", "code"),
    [
        (Form("inv"), None, "prefix", "prefix"),
        (Form(""), None, "prefix", "prefix"),
        (Form("RE-1"), None, "prefix", "prefix"),
        (Form("CN"), None, "prefix", "taken"),
        (Form("INV", digits=3), None, "digits", "digits"),
        (Form("INV", digits=10), None, "digits", "digits"),
        (Form("INV"), 7, "first", "gap"),
        (Form("INV"), 2, "first", "gap"),
        (Form("RE"), 0, "first", "range"),
    ],
)
def test_what_would_break_a_series_is_refused_in_words(
    store: Store, form: Form, first: int | None, field: str, code: str
) -> None:
    give(store, "INV", times=2)
    with pytest.raises(RuleViolation) as refused:
        choose(store, "INV", form, first)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]
    assert give(store, "INV") == "INV-2026-0003"


def test_a_prefix_that_another_kind_has_used_stays_its_own(store: Store) -> None:
    give(store, "INV")
    choose(store, "INV", Form("RE"))
    with pytest.raises(RuleViolation, match="another kind"):
        choose(store, "CN", Form("INV"))


def test_the_choice_is_in_the_history(store: Store) -> None:
    choose(store, "P", Form("Z", digits=6), first=9)
    with store.read() as session:
        row = session.rows(select(history))[-1]
    assert (row.action, row.changes) == ("set_numbering", [["numbers of P", "P-2026-0001", "Z-2026-000009"]])
