"""What is sold below the floor, and the owner's PIN: never kept, and slow to guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.core.errors import NotAllowed, RuleViolation
from app.pricing import approval
from app.pricing.approval import check_pin, has_pin, left_to_wait, needed, set_pin, wait_after
from app.pricing.marks import MarginMarks, margin_marks, set_margin_marks
from app.store.history import history
from app.store.settings import setting
from app.store.store import Store
from tests.builders import do, rows_of

STRICT = MarginMarks(Decimal(20), Decimal(30), stop=True)


@pytest.mark.parametrize(
    ("marks", "margin", "loses", "code"),
    [
        (MarginMarks(), "5", True, None),
        (STRICT, "20", False, None),
        (STRICT, "19.99", False, "below_floor"),
        (STRICT, "-3", True, "below_floor"),
        (STRICT, "25", True, "loss"),
        (STRICT, None, False, None),
        (STRICT, None, True, "loss"),
    ],
)
def test_what_needs_a_word(marks: MarginMarks, margin: str | None, loses: bool, code: str | None) -> None:
    problem = needed(marks, None if margin is None else Decimal(margin), loses)
    assert (None if problem is None else problem.code) == code
    if problem is not None and margin is not None:
        assert problem.values == {"floor": "20", "margin": margin}


def change(store: Store, new: str, old: str = "") -> bool:
    with store.write("test") as session:
        return set_pin(session, new, old=old)


def tried(store: Store, pin: str, at: datetime | None = None) -> bool:
    with store.write("test") as session:
        session.at = (at or datetime.now(UTC)).isoformat(timespec="milliseconds")
        return check_pin(session, pin)


def test_a_pin_is_set_changed_and_taken_away(store: Store) -> None:
    assert not tried(store, "1234")
    assert change(store, "1234")
    assert tried(store, "1234")
    assert not change(store, "99999", old="4321")
    assert change(store, "99999", old="1234")
    assert not tried(store, "1234")
    assert change(store, "", old="99999")
    with store.read() as session:
        assert not has_pin(session)


@pytest.mark.parametrize("pin", ["123", "12a4", "1" * 13, " 1234"])
def test_a_pin_is_figures(store: Store, pin: str) -> None:
    with pytest.raises(RuleViolation, match="4 to 12 figures"):
        change(store, pin)


def test_the_pin_itself_is_nowhere_and_the_same_pin_looks_different_each_time(store: Store) -> None:
    change(store, "271828")
    first = rows_of(store, setting)
    change(store, "271828", old="271828")
    told = repr(rows_of(store, history))
    assert "271828" not in told + repr(first) + repr(rows_of(store, setting))
    assert "PIN of the owner" in told
    assert first != rows_of(store, setting)


def test_after_five_wrong_tries_each_waits_twice_as_long_and_a_right_one_forgives(store: Store) -> None:
    change(store, "1234")
    now = datetime.now(UTC)
    for _ in range(5):
        assert not tried(store, "0000", now)
    with store.read() as session:
        assert left_to_wait(session, now).total_seconds() == pytest.approx(30, abs=0.01)
    with pytest.raises(NotAllowed, match="5 wrong PINs in a row"):
        tried(store, "1234", now + timedelta(seconds=29))
    later = now + timedelta(seconds=31)
    assert not tried(store, "0000", later)
    with pytest.raises(NotAllowed):
        tried(store, "1234", later + timedelta(seconds=59))
    assert tried(store, "1234", later + timedelta(seconds=61))
    for _ in range(5):
        assert not tried(store, "0000", later)


def test_waits_grow_to_an_hour() -> None:
    waits = [wait_after(wrong).total_seconds() for wrong in (0, 4, 5, 6, 7, 12, 500)]
    assert waits == [0, 0, 30, 60, 120, 3600, 3600]


def test_the_stop_is_kept_and_told(store: Store) -> None:
    do(store, set_margin_marks, STRICT)
    with store.read() as session:
        assert margin_marks(session) == STRICT
    assert rows_of(store, history)[-1]["changes"] == [["margin marks", "20 / 30", "20 / 30 / stop"]]


def test_a_try_costs_time() -> None:
    assert approval._COST * approval._BLOCK * 128 >= 16 * 1024**2
