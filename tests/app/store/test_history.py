"""One row per command, and what an idempotency key does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import select, text

from app.core.errors import Conflict, RuleViolation
from app.store import chain, settings
from app.store.chain import Sealed
from app.store.history import Done, command, history, payload
from app.store.session import WriteSession
from app.store.store import Store

DAY = date(2026, 3, 2)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    price: Decimal = Decimal(0)


@command
def note(session: WriteSession, deal_id: int, *, on: date, by: str = "", lines: tuple[Line, ...] = ()) -> Done:
    """Count how often it really ran."""
    times = settings.get(session, "times", 0) + 1
    settings.put(session, "times", times)
    session.changed("times", str(times - 1), str(times))
    return Done("note", {"deal": deal_id, "time": times}, (f"N-{times}",))


@command
def refuse(session: WriteSession, deal_id: int) -> Done:
    """Write something and then think better of it."""
    settings.put(session, "times", 99)
    raise RuleViolation.of("deal_id", "no", f"deal {deal_id}: no.")


@command
def both(session: WriteSession, quantities: dict[int, Decimal], colour: Colour) -> Done:
    """Two commands in one."""
    note(session, 1, on=DAY)
    session.changed("colour", "", colour)
    note(session, 2, on=DAY)
    return Done("both", {"customer": 7})


def rows(store: Store) -> list[dict[str, Any]]:
    with store.read() as session:
        return [dict(row._mapping) for row in session.rows(select(history).order_by(history.c.id))]


def test_a_command_leaves_one_row(store: Store) -> None:
    with store.write("Ada", "key-1") as session:
        at = session.at
        done = note(session, 5, on=DAY, by="Buyer", lines=(Line("Desk", Decimal("1.50")),))
    assert done == Done("note", {"deal": 5, "time": 1}, ("N-1",))
    (row,) = rows(store)
    assert len(row.pop("request")) == 64
    assert row == {
        "id": 1,
        "at": at,
        "actor": "Ada",
        "key": "key-1",
        "action": "note",
        "deal_id": 5,
        "happened_on": DAY,
        "details": {"deal_id": 5, "on": "2026-03-02", "by": "Buyer", "lines": [{"name": "Desk", "price": "1.5"}]},
        "changes": [["times", "0", "1"]],
        "result": {"action": "note", "ids": {"deal": 5, "time": 1}, "numbers": ["N-1"]},
    }


def test_the_same_key_does_the_same_work_once(store: Store) -> None:
    done = []
    for on in (DAY, DAY):
        with store.write("Ada", "key-1") as session:
            done.append(note(session, 5, on=on, by=""))
    with store.write("Bob", "key-1") as session:
        done.append(note(session, deal_id=5, on=DAY))  # said differently, meant the same
    assert done == [Done("note", {"deal": 5, "time": 1}, ("N-1",))] * 3
    assert len(rows(store)) == 1


@pytest.mark.parametrize("deal_id, on", [(6, DAY), (5, date(2026, 3, 3))])
def test_the_same_key_for_other_work_is_refused(store: Store, deal_id: int, on: date) -> None:
    with store.write("Ada", "key-1") as session:
        note(session, 5, on=DAY)
    with pytest.raises(Conflict, match="'key-1' was used for something else"), store.write("Ada", "key-1") as session:
        note(session, deal_id, on=on)
    with pytest.raises(Conflict), store.write("Ada", "key-1") as session:
        refuse(session, 5)
    assert len(rows(store)) == 1


def test_without_a_key_it_is_done_again(store: Store) -> None:
    for expected in (1, 2):
        with store.write("Ada") as session:
            assert note(session, 5, on=DAY).ids["time"] == expected
    assert [row["key"] for row in rows(store)] == [None, None]


def test_a_refused_command_leaves_nothing_and_its_key_is_free(store: Store) -> None:
    with pytest.raises(RuleViolation), store.write("Ada", "key-1") as session:
        refuse(session, 5)
    assert rows(store) == []
    with store.write("Ada", "key-1") as session:
        assert settings.get(session, "times") is None
        note(session, 5, on=DAY)


def test_commands_inside_a_command_belong_to_it(store: Store) -> None:
    with store.write("Ada", "key-1") as session:
        both(session, {1: Decimal(2)}, Colour.RED)
    (row,) = rows(store)
    assert row["action"] == "both"
    assert row["deal_id"] is None
    assert row["happened_on"] is None
    assert row["details"] == {"quantities": {"1": "2"}, "colour": "red"}
    assert row["changes"] == [["times", "0", "1"], ["colour", "", "red"], ["times", "1", "2"]]


def test_two_commands_of_one_transaction_have_a_row_each(store: Store) -> None:
    with store.write("Ada", "key-1") as session:
        note(session, 1, on=DAY)
        note(session, 2, on=DAY)
    assert [(row["key"], row["deal_id"], row["changes"]) for row in rows(store)] == [
        ("key-1", 1, [["times", "0", "1"]]),
        (None, 2, [["times", "1", "2"]]),
    ]


def test_the_function_keeps_its_name_and_words() -> None:
    assert note.__name__ == "note"
    assert note.__doc__ == "Count how often it really ran."


def test_a_row_is_under_the_seal(store: Store) -> None:
    """Who did what stays as it was told: the chain covers the row to the last letter."""
    with store.write("Ada", "key-1") as session:
        note(session, 5, on=DAY, by="Buyer", lines=(Line("Désk", Decimal("1.50")),))
    with store.read() as session:
        row = session.row(text("SELECT * FROM history"))
        assert row is not None
        told = payload(row._mapping)
        assert list(chain.verify(session, {"history": [Sealed(row.id, told)]})) == []
        changed = told.replace("Ada", "Eve")
        assert list(chain.verify(session, {"history": [Sealed(row.id, changed, "note")]})) == [
            "history 1 (note) was changed after it was sealed"
        ]
