"""A form for one thing that is kept (a customer, a product): cards of fields, and a footer with Save.

All problems are shown at once, beside their fields. What only looks mistyped is told and does not hinder.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.core.errors import Problem, RuleViolation
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.action import Action
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.field import Field, Fields, Words
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row, scrolled
from ui.widgets.problem_label import ProblemLabel


class RecordForm(QWidget):
    """Base of forms. A subclass builds its cards in `__init__`, and gives `show_values`, `values` and `doubts`."""

    save_wanted = Signal(object)
    """The values, when Save was pressed and no field has a problem of its own. Call `refuse` if that fails."""
    left = Signal()
    edited = Signal()
    """Something was typed: the page keeps it."""
    widest = 860
    """In pixels; a form with a broad table is wider."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("panel", "canvas")
        self.fields = Fields(words)
        self._words = words
        self._shown: Any = None
        self._doubts: dict[str, ProblemLabel] = {}
        self._title = Label("", "display")
        self._cards = column(gap=14)
        again = Button(self.tr("Start anew"), "ghost", do=self._start_anew)
        self._banner = Banner(self.tr("You began this earlier; it is as you left it."), "history", "accent", again)
        self._save = Action(self.tr("Save"), self, self.save, "check", "Ctrl+S")
        self._lay_out()

    # what a form gives
    def show_values(self, values: Any) -> None:
        """Put values into the inputs."""
        raise NotImplementedError

    def values(self) -> Any:
        """What was typed."""
        raise NotImplementedError

    def doubts(self, _values: Any) -> Iterable[Problem]:
        """What looks mistyped; told, but no reason to refuse."""
        return ()

    # what a screen uses
    def begin(self, title: str, values: Any, typed: Any = None) -> None:
        """Show what is kept, or what was `typed` over it earlier."""
        self._title.setText(title)
        self.show_values(values)
        self._shown = self.values()
        self._banner.setVisible(typed is not None)
        if typed is not None:
            self.show_values(typed)
        self.fields.clear()
        self._tell_doubts()
        first = next(iter(self.fields), None)
        if first is not None:
            first.editor.setFocus()

    def is_changed(self) -> bool:
        """Whether anything was typed that is not saved."""
        return bool(self._shown is not None and self.values() != self._shown)

    def save(self) -> None:
        """Ask for the values to be saved, if every field is understood."""
        self.fields.clear()
        if self.fields.check():
            self._save.setEnabled(False)
            self.save_wanted.emit(self.values())
        else:
            self._to_first_problem()

    def saved(self) -> None:
        """It was saved: nothing is left to keep."""
        self._save.setEnabled(True)
        self._shown = None

    def refuse(self, error: Exception) -> bool:
        """Show why it was not saved beside the fields; False for errors that belong elsewhere."""
        self._save.setEnabled(True)
        if not isinstance(error, RuleViolation):
            return False
        others = self.fields.mark(error.problems)
        self._to_first_problem()
        return not others

    # what a form uses
    def card(self, title: str, *lines: QWidget | Iterable[tuple[QWidget, int]], note: str = "") -> Card:
        """A card of lines; a line is a field, or fields with the share of the width they get."""
        grid = QGridLayout()
        grid.setContentsMargins(18, 4, 18, 18)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(13)
        for step in range(12):
            grid.setColumnStretch(step, 1)
        for place, line in enumerate(lines):
            at = 0
            for widget, share in [(line, 12)] if isinstance(line, QWidget) else line:
                grid.addWidget(widget, place, at, 1, share, Qt.AlignmentFlag.AlignTop)
                at += share
        card = Card(column(CardHead(title, note), grid), title)
        self._cards.addWidget(card)
        return card

    def field(self, name: str, words: str, editor: Any, hint: str = "") -> Field:
        """A field under the name its problems have."""
        field = self.fields.add(name, Field(words, editor, hint=hint))
        editor.value_changed.connect(lambda *_: self._edited())
        return field

    def doubtful(self, name: str) -> QWidget:
        """The field of that name with room for a doubt below it."""
        doubt = self._doubts[name] = ProblemLabel("warn")
        self.fields[name].editor.editingFinished.connect(self._tell_doubts)
        layout = column(self.fields[name], doubt, gap=5)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        return holder(layout)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc leaves; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # inside
    def _lay_out(self) -> None:
        inner = holder(column(self._banner, self._title, self._cards, None, gap=14))
        inner.setMaximumWidth(self.widest)
        body = row(inner, margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 18))
        foot = QFrame()
        foot.setProperty("panel", "footer")
        cancel = Button(self.tr("Cancel"), do=self._cancel)
        foot.setLayout(
            row(None, cancel, Button.of(self._save, "primary"), margins=(PAGE_MARGIN, 10, PAGE_MARGIN, 10), gap=10)
        )
        layout = column(scrolled(holder(body, "canvas")), foot)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _edited(self) -> None:
        for doubt in self._doubts.values():
            if doubt.text():
                doubt.set_text("")
        self.edited.emit()

    def _tell_doubts(self) -> None:
        found = {problem.field: self._words(problem) for problem in self.doubts(self.values())}
        for name, doubt in self._doubts.items():
            doubt.set_text(found.get(name, ""))

    def _cancel(self) -> None:
        self._shown = None
        self.left.emit()

    def _start_anew(self) -> None:
        if self._shown is not None:
            self.show_values(self._shown)
        self._banner.hide()
        self._tell_doubts()
        self.edited.emit()

    def _to_first_problem(self) -> None:
        first = next(iter(self.fields.with_problems()), None)
        if first is not None:
            first.editor.setFocus()
