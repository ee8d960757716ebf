"""A card of facts, one a line: what it is called, and what it is; empty ones are left out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.widgets.card import Card, CardHead
from ui.widgets.label import Label
from ui.widgets.layout import clear, column


class FactsCard(Card):
    """`show_facts` takes pairs of words and value; the card hides while it has none, unless `nothing` says so."""

    def __init__(self, title: str, nothing: str = "", words_width: int = 112) -> None:
        self._nothing = nothing
        self._grid = QGridLayout()
        self._grid.setContentsMargins(18, 2, 18, 16)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnMinimumWidth(0, words_width)
        self._grid.setColumnStretch(1, 1)
        layout = column(CardHead(title), self._grid)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        super().__init__(layout, title)

    def show_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show those that have a value; without words the value takes the whole line."""
        clear(self._grid)
        shown = [fact for fact in facts if fact[1]]
        for place, (words, value) in enumerate(shown or [("", self._nothing)]):
            self._add(place, words, value, "" if shown else "3")
        self.setVisible(bool(shown or self._nothing))

    def texts(self) -> list[str]:
        """Every text shown, in order."""
        items = (self._grid.itemAt(place) for place in range(self._grid.count()))
        return [item.widget().text() for item in items if isinstance(item.widget(), Label)]

    def _add(self, place: int, words: str, value: str, tone: str) -> None:
        text = Label(value, "body", tone).wrap().selectable()
        if words:
            self._grid.addWidget(Label(words, "body", "2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, place, 1)
        else:
            self._grid.addWidget(text, place, 0, 1, 2)
