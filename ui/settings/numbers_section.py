"""How documents are numbered, and which number comes next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.settings.section import titled
from ui.settings.texts import series_words
from ui.widgets.label import Label
from ui.widgets.layout import clear, column


class NumbersSection(QWidget):
    """Numbers have no gaps and start anew each year; they are given when a document is issued."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(40)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(2, 1)
        hint = self.tr(
            "Each kind has its own row, which starts anew with the year. A number is given when a document is "
            "issued, without gaps, and never again: the law asks for that, so numbers cannot be changed."
        )
        self.setLayout(column(titled(self.tr("Numbers"), hint, self._grid), None))

    def show_values(self, upcoming: Mapping[str, str]) -> None:
        """Show the next number of each series."""
        clear(self._grid)
        self._grid.addWidget(Label(self.tr("Kind").upper(), "overline", "3"), 0, 0)
        self._grid.addWidget(Label(self.tr("Next number").upper(), "overline", "3"), 0, 1)
        for index, (prefix, number) in enumerate(upcoming.items(), start=1):
            self._grid.addWidget(Label(series_words(prefix), "body", "2"), index, 0)
            self._grid.addWidget(Label(number, "strong", figures=True).selectable(), index, 1)
