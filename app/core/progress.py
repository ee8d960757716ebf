"""How long work tells how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Handed to long work by whoever started it."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Say that `done` of `total` parts are finished."""

    def check(self) -> None:
        """Raise `Cancelled` if the person wants to stop; called at safe points only."""


class Silent:
    """Progress nobody watches."""

    def step(self, done: int, total: int, text: str = "") -> None:
        """Ignore it."""

    def check(self) -> None:
        """Never cancelled."""
