"""All problems of a page in one box above it, each a link to its input."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, row
from ui.widgets.problem_label import announce

Link = tuple[str, Callable[[], object] | None]


class ProblemSummary(Card):
    """Hidden while there is nothing wrong."""

    def __init__(self) -> None:
        self._lines = column(gap=1)
        self._title = Label("", "strong", "bad")
        body = column(self._title, self._lines, gap=3)
        icon = Icon("warning", "bad", 18)
        layout = row(icon, body, margins=(14, 10, 14, 10), gap=10)
        layout.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        super().__init__(layout, panel="note-bad")
        self.setVisible(False)
        self._count = 0

    def count(self) -> int:
        """How many problems are listed."""
        return self._count

    def show_links(self, links: Sequence[Link]) -> None:
        """List problems: their words, and what brings one to the input (None if it is not on this page)."""
        clear(self._lines)
        self._count = len(links)
        self._title.setText(self.tr("%n things to mend before going on", None, len(links)))
        for words, go in links:
            self._lines.addLayout(row(Button(words, "mend", do=go) if go else Label(words, "body", "2"), None))
        self.setVisible(bool(links))
        if links:
            announce(self, self._title.text())
