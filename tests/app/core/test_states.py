"""Moves between states: what the table allows, and nothing else."""

from __future__ import annotations

from enum import StrEnum

import pytest

from app.core.errors import HandselError, NotAllowed
from app.core.states import move


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"
    GONE = "gone"


MOVES = {
    Door.OPEN: frozenset({Door.SHUT, Door.GONE}),
    Door.SHUT: frozenset({Door.OPEN, Door.LOCKED}),
    Door.LOCKED: frozenset({Door.SHUT}),
}
ALLOWED = {(state, to) for state, targets in MOVES.items() for to in targets}


@pytest.mark.parametrize("state", list(Door))
@pytest.mark.parametrize("to", list(Door))
def test_only_the_moves_of_the_table_are_possible(state: Door, to: Door) -> None:
    if (state, to) in ALLOWED:
        assert move(MOVES, "door 7", state, to) is to
    else:
        with pytest.raises(NotAllowed):
            move(MOVES, "door 7", state, to)


def test_the_message_names_thing_state_wish_and_ways_out() -> None:
    with pytest.raises(NotAllowed) as caught:
        move(MOVES, "door 7", Door.OPEN, Door.LOCKED)
    assert str(caught.value) == "door 7 is open and cannot become locked; allowed from here: gone, shut."
    with pytest.raises(HandselError, match=r"allowed from here: nothing any more\.$"):
        move(MOVES, "door 7", Door.GONE, Door.OPEN)
