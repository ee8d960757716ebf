"""What a page of a wizard promises: it shows a draft, and reads a changed copy. It keeps nothing of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from ui.widgets.field import Field, Fields, Words
from ui.widgets.layout import Item, column


class WizardPage(QWidget):
    """Base of wizard pages.

    A subclass builds its inputs in `__init__`, each registered with `self.field(name, Field(...))`, and gives
    `show_draft` and `read`.
    """

    edited_draft = Signal()
    """Something was typed: the shell reads the page, saves the draft, and tells the totals."""
    wanted = Signal(str)
    """A step that the page leads to; the shell opens it."""

    def __init__(self, words: Words | None = None) -> None:
        super().__init__()
        self.fields = Fields(words)
        self.setProperty("panel", "clear")

    # what a page gives
    def show_draft(self, draft: Any) -> None:
        """Put the draft's values into the inputs."""
        raise NotImplementedError

    def read(self, draft: Any) -> Any:
        """A copy of `draft` with what was typed here; never raises: what was not understood stays as it was."""
        raise NotImplementedError

    def settled(self, draft: Any) -> None:
        """What the shell made of the draft that was just read, where it works things out; nothing typed is lost."""

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Mark problems beside their inputs; returns those that have no input here. Override for line tables."""
        return self.fields.mark(problems)

    def check(self) -> bool:
        """Let the inputs look for what they could not understand; True when all is fine."""
        return self.fields.check()

    def first_input(self) -> QWidget | None:
        """Where the keyboard goes when the page opens."""
        return next((field.editor for field in self.fields), None)

    # what a page uses
    def edited(self, *_: Any) -> None:
        """Connect inputs to this."""
        self.edited_draft.emit()

    def field(self, name: str, field: Field) -> Field:
        """Register a field under the name its problems have, and listen to it; returns it."""
        self.fields.add(name, field)
        field.editor.value_changed.connect(self.edited)
        return field

    def lay_out(self, *items: Item, gap: int = 16, widest: int = 0) -> None:
        """Inputs in one column, from the top; `widest` keeps a short form readable."""
        layout = column(*items, None, gap=gap)
        self.setLayout(layout)
        if widest:
            self.setMaximumWidth(widest)
