"""Base of the panes of the model's editor: one part of the model, filled anew after every change of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.errors import Problem
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import model_problem_words
from ui.tables.line_model import LineModel
from ui.widgets.card import Card, CardHead
from ui.widgets.field import Field, Fields
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import column


class Pane(QWidget):
    """A subclass builds itself, and gives `fill()` and `place()`; it writes with `write(name, value)`."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__()
        self.desk = desk
        self.index = 0
        self.fields = Fields(model_problem_words)
        self._is_filling = False
        self.body = column(gap=14)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(self.body)

    # what a pane gives
    def fill(self) -> None:
        """Show the part of the model."""
        raise NotImplementedError

    def place(self) -> str:
        """The beginning of the fields of its problems, such as "groups[2]"."""
        raise NotImplementedError

    def edited(self, name: str, value: Any) -> None:
        """The person changed a field."""
        raise NotImplementedError

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """Show problems that no field has: in cells of tables."""

    # what the editor uses
    def open(self, index: int) -> None:
        """Show another one of its kind."""
        self.index = index
        self.refill()

    def refill(self) -> None:
        """Show what the model says now."""
        self._is_filling = True
        try:
            self.fill()
        finally:
            self._is_filling = False
        self.show_problems()

    def show_problems(self) -> None:
        """Mark what is wrong beside its field, and take away what is mended."""
        prefix = self.place()
        found = [
            Problem(problem.field.removeprefix(prefix).lstrip("."), problem.code, problem.message, problem.values)
            for problem in self.desk.shown_problems(prefix)
        ]
        self.fields.clear()
        self.show_other_problems(self.fields.mark(found))

    # what a pane uses
    @property
    def is_filling(self) -> bool:
        """Whether values are being shown, not typed."""
        return self._is_filling

    def field(self, name: str, words: str, editor: Any, hint: str = "") -> Field:
        """A field whose changes are written."""
        field = self.fields.add(name, Field(words, editor, hint=hint))
        self.watch(name, editor)
        return field

    def key_field(self, current: Callable[[], str]) -> Field:
        """A field for the name in formulas; whatever names it is rewritten when it is left."""
        editor = TextEdit(optional=True, longest=60)
        editor.setToolTip(self.tr("Made from the name; formulas and rules use it."))
        editor.editingFinished.connect(
            lambda: None if self._is_filling else self.desk.rename(current(), editor.value())
        )
        return self.fields.add("key", Field(self.tr("Name in formulas"), editor, optional=False))

    def watch(self, name: str, editor: Any) -> None:
        """Write what an input changes."""
        editor.value_changed.connect(lambda value: None if self._is_filling else self.edited(name, value))

    @staticmethod
    def show_rows(model: LineModel, rows: Sequence[Any]) -> None:
        """Show lines, unless they are shown already: an open input of a cell is left alone."""
        if model.rows() != list(rows):
            model.set_rows(list(rows))

    def card(self, title: str, *lines: QWidget | Iterable[tuple[QWidget, int]], verbs: Sequence[QWidget] = ()) -> Card:
        """A card of lines; a line is a widget, or widgets with their share of twelve."""
        grid = QGridLayout()
        grid.setContentsMargins(18, 4, 18, 18)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(13)
        for step in range(12):
            grid.setColumnStretch(step, 1)
        for number, line in enumerate(lines):
            at = 0
            for widget, share in [(line, 12)] if isinstance(line, QWidget) else line:
                grid.addWidget(widget, number, at, 1, share, Qt.AlignmentFlag.AlignTop)
                at += share
        card = Card(column(CardHead(title, "", *verbs), grid), title)
        self.body.addWidget(card)
        return card
