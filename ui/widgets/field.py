"""A labelled input: words above, the input, its problem below; and a set of them that shows a service's problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.problem_label import ProblemLabel

Words = Callable[[Problem], str]


class Input(Protocol):
    """What a field holds (`inputs`, `number_edits`, `date_edit`, ...)."""

    value_changed: Any
    problem_changed: Any

    def value(self) -> Any:
        """The value typed or chosen."""

    def set_value(self, value: Any) -> None:
        """Show a value."""

    def problem(self) -> str:
        """What is wrong."""

    def set_problem(self, text: str) -> None:
        """Say what is wrong."""

    def check(self) -> bool:
        """Look for problems now."""


class Field(QWidget):
    """Label above, input, problem below. Required is the rule, so only optional ones are marked."""

    def __init__(self, words: str, editor: Any, optional: bool | None = None, hint: str = "", width: int = 0) -> None:
        super().__init__()
        self.editor = editor
        self._hint = hint
        if optional is None:
            optional = bool(getattr(editor, "is_optional", False))
        self._label = Label(words, "label", "2")
        self._label.setBuddy(editor)
        mark = Label(self.tr("optional") if optional else "", "caption", "3")
        head = row(self._label, None, mark, gap=8)
        below = Label(hint, "caption", "3").wrap()
        self._below = below
        self._problem = ProblemLabel()
        layout = column(head, editor, below, self._problem, gap=5)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        editor.setAccessibleName(words.replace("&", ""))
        editor.problem_changed.connect(self._show)
        self._show(editor.problem())
        if width:
            self.setFixedWidth(width)

    def value(self) -> Any:
        """The value of the input."""
        return self.editor.value()

    def set_value(self, value: Any) -> None:
        """Show a value in the input."""
        self.editor.set_value(value)

    def problem(self) -> str:
        """What is wrong with it, in words."""
        return str(self.editor.problem())

    def set_problem(self, text: str) -> None:
        """Say what is wrong with it, or "" that nothing is."""
        self.editor.set_problem(text)

    def label_text(self) -> str:
        """The words above it."""
        return self._label.text().replace("&", "")

    def _show(self, text: str) -> None:
        self._problem.set_text(text)
        self._below.setVisible(bool(self._hint) and not text)
        self.editor.setAccessibleDescription(text or self._hint)


class Fields:
    """The fields of a form by name, to mark problems beside them."""

    def __init__(self, words: Words | None = None) -> None:
        self._fields: dict[str, Field] = {}
        self._words: Words = words or (lambda problem: problem.message)

    def add(self, name: str, field: Field) -> Field:
        """Take a field under the name that problems use ("customer", "lines[0].quantity"); returns it."""
        self._fields[name] = field
        return field

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[Field]:
        return iter(self._fields.values())

    def check(self) -> bool:
        """Let every input look for its own problems; True when all are fine."""
        fine = [field.editor.check() for field in self]
        return all(fine)

    def mark(self, problems: Iterable[Problem]) -> list[Problem]:
        """Show each problem beside its field; returns those that have no field here. Hidden fields count as none."""
        left = []
        for problem in problems:
            field = self._fields.get(problem.field)
            if field is None:
                left.append(problem)
            elif not field.problem():
                field.set_problem(self._words(problem))
        return left

    def clear(self) -> None:
        """Take all problems away."""
        for field in self:
            field.set_problem("")

    def with_problems(self) -> list[Field]:
        """The fields that have a problem, in order."""
        return [field for field in self if field.problem()]
