"""States and the moves between them: one table a document, and an illegal move raises."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app.core.errors import NotAllowed

State = TypeVar("State", bound=StrEnum)


def move(moves: Mapping[State, frozenset[State]], what: str, state: State, to: State) -> State:
    """Return `to` if the table allows it from `state`; else raise `NotAllowed` naming what is allowed instead."""
    allowed = moves.get(state, frozenset())
    if to in allowed:
        return to
    instead = ", ".join(sorted(allowed)) or "nothing any more"
    raise NotAllowed(f"{what} is {state} and cannot become {to}; allowed from here: {instead}.")
