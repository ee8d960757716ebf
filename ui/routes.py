"""Where in the program one is: routes, and the way back and forward."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

_KEPT = 100


@dataclass(frozen=True, slots=True)
class Route:
    """A place: the kind of screen ("home", "quotes", "quote", ...), the document's id, and a filter for lists."""

    kind: str
    id: int | str | None = None
    filter: tuple[tuple[str, Any], ...] = field(default=())

    @classmethod
    def to(cls, kind: str, id: int | str | None = None, **filter: Any) -> Route:  # noqa: A002 - the field's name
        """A route with its filter as keywords: `Route.to("quotes", state="sent")`."""
        return cls(kind, id, tuple(sorted(filter.items())))

    def get(self, name: str, default: Any = None) -> Any:
        """One value of the filter."""
        return dict(self.filter).get(name, default)


class Router(QObject):
    """Says where to go; the main window turns a route into a screen."""

    moved = Signal(object)
    """The new `Route`; emitted by open, back and forward."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.passing: frozenset[str] = frozenset()
        """Kinds that are only passed through: once one goes on from a wizard, Back does not lead into it again."""
        self._places: list[Route] = []
        self._at = -1

    @property
    def current(self) -> Route | None:
        """Where we are."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back before."""
        return self._at < len(self._places) - 1

    def open(self, route: Route) -> None:
        """Go to a place; what lay ahead is forgotten. The same place again only shows it anew."""
        if route != self.current:
            before = self._places[: self._at + 1]
            if before and before[-1].kind in self.passing:
                before.pop()
            self._places = [*before, route][-_KEPT:]
            self._at = len(self._places) - 1
        self.moved.emit(route)

    def replace(self, route: Route) -> None:
        """Say that the place we are at is better described so (a filter was changed); no history, no signal."""
        if self._at >= 0:
            self._places[self._at] = route

    def back(self) -> None:
        """Return to the place before this one."""
        self._step(-1)

    def forward(self) -> None:
        """Undo a step back."""
        self._step(1)

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._places):
            self._at += by
            self.moved.emit(self._places[self._at])
