"""Steps of a price or a charge: from how much on, and what then; pasted from a spreadsheet if one likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from ui import formats
from ui.pricing.texts import problem_words
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.layout import column
from ui.widgets.number_edits import DecimalEdit

_NONE = Decimal(0)


class StepsEdit(QWidget):
    """Value: a tuple of what `make(from, value)` makes; `names` are the two fields of it, as problems call them."""

    value_changed = Signal(object)

    def __init__(
        self, make: Callable[[Decimal, Decimal], Any], names: tuple[str, str], titles: tuple[str, str]
    ) -> None:
        super().__init__()
        self._make, self._names = make, names
        columns = [self._column(name, title) for name, title in zip(names, titles, strict=True)]
        self.model = LineModel(columns, blank=self._blank)
        self.box = LinesBox(
            self.model,
            self.tr("Steps"),
            self.tr("Another step"),
            self.tr("No steps"),
            self.tr("Add one, or paste two columns from a spreadsheet."),
            "price",
        )
        self.model.changed.connect(lambda: self.value_changed.emit(self.value()))
        self.setLayout(column(self.box))

    def value(self) -> tuple[Any, ...]:
        """What was typed."""
        return tuple(self.model.rows())

    def set_value(self, value: Sequence[Any]) -> None:
        """Show these."""
        self.model.set_rows(list(value))

    def show_problems(self, problems: Sequence[Problem], place: str) -> list[Problem]:
        """Mark the cells of `tiers[1].value`; returns the problems that are about something else."""
        return mark_cells(self.model, problems, place, dict(zip(self._names, (0, 1), strict=True)), problem_words)

    def _blank(self) -> Any:
        """Above the last step, with its value."""
        rows = self.model.rows()
        if not rows:
            return self._make(Decimal(10), _NONE)
        least, value = (getattr(rows[-1], name) for name in self._names)
        return self._make(least * 2 if least else Decimal(1), value)

    def _column(self, name: str, title: str) -> LineColumn:
        is_value = name == self._names[1]
        return LineColumn(
            title=title,
            text=lambda one: formats.decimal_text(getattr(one, name), 2 if is_value else None),
            align="right",
            width=0 if is_value else 180,
            read=lambda one: getattr(one, name),
            write=lambda one, value: replace(one, **{name: _NONE if value is None else value}),
            editor=lambda: DecimalEdit(least=_NONE),
        )
