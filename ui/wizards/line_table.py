"""The lines of a contract in a wizard: quantities are typed beside them; no line is added, removed or moved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from app.core.errors import Problem
from app.core.quantity import units
from ui import formats
from ui.tables.column import LineColumn
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.widgets.card import Card, CardHead
from ui.widgets.field import Words
from ui.widgets.layout import column
from ui.widgets.problem_label import ProblemLabel

_MOST_ROWS = 8
_FIELD = re.compile(r"lines\[(\d+)\]\.(\w+)")


class FixedLines(LineEditor):
    """Line editing over lines that are given: Delete empties the cells, nothing adds or takes out a line."""

    def add_line(self) -> None:
        """The lines are those of the contract."""

    def duplicate_line(self) -> None:
        """The lines are those of the contract."""

    def move_line(self, by: int) -> None:
        """The lines are those of the contract."""

    def remove_lines(self) -> None:
        """Empty what can be typed into in the marked lines."""
        model: Any = self.model()
        for row in sorted({index.row() for index in self.selectedIndexes()}):
            for section in self._editable():
                model.put(row, section, Decimal(0))


class LineTable(Card):
    """A card with the table. `places` says in which column the problems of which name belong."""

    edited = Signal()

    def __init__(self, title: str, note: str, columns: Sequence[LineColumn], places: Mapping[str, int]) -> None:
        self.model = LineModel(columns)
        self.lines = FixedLines(self.model, title)
        self._places = dict(places)
        self._wrong = ProblemLabel()
        head = CardHead(title, note)
        layout = column(head, self.lines, column(self._wrong, margins=(18, 6, 18, 6)))
        layout.setStretch(1, 1)
        super().__init__(layout, title)
        self.model.changed.connect(self._edited)

    def rows(self) -> list[Any]:
        """The lines with what was typed."""
        return self.model.rows()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show lines; what is already shown stays as it is."""
        if list(rows) != self.model.rows():
            self.model.set_rows(rows)
        self.lines.setFixedHeight(self.lines.height_for(min(max(len(rows), 1), _MOST_ROWS)))

    def mark(self, problems: Sequence[Problem], words: Words) -> list[Problem]:
        """Show problems in their cells and below the table; returns those that belong elsewhere."""
        cells: dict[tuple[int, int], str] = {}
        left, said = [], []
        for problem in problems:
            found = _FIELD.fullmatch(problem.field)
            if found and found[2] in self._places:
                cells[int(found[1]), self._places[found[2]]] = words(problem)
                said.append(f"{self._name(int(found[1]))}: {words(problem)}")
            elif problem.field == "lines":
                said.append(words(problem))
            else:
                left.append(problem)
        self.model.set_problems(cells)
        self._wrong.set_text("\n".join(said))
        return left

    def first(self) -> FixedLines:
        """Where the keyboard goes: the first cell that can be typed into."""
        if self.model.rowCount() and not self.lines.currentIndex().isValid():
            self.lines.choose(0, min(self._places.values()))
        return self.lines

    def _name(self, row: int) -> str:
        return self.model.columns[0].text(self.model.row(row))

    def _edited(self) -> None:
        self._wrong.set_text("")
        self.model.set_problems({})
        self.edited.emit()


def quantity_text(quantity: Decimal | None, unit: str = "") -> str:
    """A quantity with the sign of its unit: "12", "2.5 kg"; "—" for none."""
    if quantity is None:
        return formats.NOTHING
    sign = units().get(unit, "") if unit not in ("", "C62") else ""
    text = formats.decimal_text(quantity)
    return f"{text}{formats.NBSP}{sign}" if sign else text
