"""Numbers without gaps or doubles, whatever is rolled back and however many ask."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import text

from app.core.errors import Conflict, RuleViolation
from app.store.numbering import format_number, next_number, upcoming
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
