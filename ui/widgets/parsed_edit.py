"""A line that is understood as a value: what was typed stays; what was understood stands beside it if it differs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme import color, font, metrics
from ui.widgets.inputs import HasProblem, missing

_PAD = 10


class Unreadable(ValueError):
    """The text cannot be understood, or is out of bounds; its message says so in the person's words."""


class ParsedEdit(HasProblem, QLineEdit):
    """Base of the money, number and date inputs. Subclasses give `parse(text)` and `canonical(value)`."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, optional: bool = False, placeholder: str = "", suffix: str = "", right: bool = True) -> None:
        super().__init__()
        self.is_optional = optional
        self._suffix = suffix
        self._is_right = right
        self._value: Any = None
        self.setFont(font("body", True))
        self.setPlaceholderText(placeholder)
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._leave_room()
        self.textChanged.connect(self._changed)
        self.editingFinished.connect(self._left)

    # what subclasses say
    def parse(self, text: str) -> Any:
        """The value of a text that is not empty. Raises `Unreadable`."""
        raise NotImplementedError

    def canonical(self, value: Any) -> str:
        """How the locale writes the value."""
        raise NotImplementedError

    # what screens use
    def value(self) -> Any:
        """What was understood; None while empty or not understood."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value. Text that already means it stays as it was typed."""
        if value == self._value and (value is not None or not self.text()):
            return
        self.setText("" if value is None else self.canonical(value))
        self.setModified(False)
        self.set_problem("")

    def understood(self) -> str:
        """The value in the locale's way, where the text differs from it; else ""."""
        if self._value is None:
            return ""
        written = self.canonical(self._value)
        return "" if _same(written, self.text()) else written

    def check(self) -> bool:
        """Mark what is wrong, now; True when fine."""
        self.set_problem(self._wrong())
        return not self.problem()

    def set_suffix(self, suffix: str) -> None:
        """The quiet words at the end: currency, unit, %."""
        self._suffix = suffix
        self._leave_room()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(font("caption", True))
        painter.setPen(color("text3"))
        inside = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if self._suffix:
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._suffix)
        self._draw_understood(painter, inside)
        painter.end()

    def _draw_understood(self, painter: QPainter, inside: QRect) -> None:
        words = self.understood()
        if not words:
            return
        words = f"= {words}"
        typed = metrics("body", True).horizontalAdvance(self.text())
        margins = self.textMargins()
        if typed + metrics("caption", True).horizontalAdvance(words) + margins.right() + 16 > inside.width():
            return
        if self._is_right:
            painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        else:
            inside.setRight(inside.right() - margins.right())
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _leave_room(self) -> None:
        width = metrics("caption", True).horizontalAdvance(self._suffix) + 6 if self._suffix else 0
        self.setTextMargins(0, 0, width, 0)

    def _wrong(self) -> str:
        text = self.text().strip()
        if not text:
            return "" if self.is_optional else missing()
        try:
            self.parse(text)
        except Unreadable as unreadable:
            return str(unreadable)
        return ""

    def _changed(self, text: str) -> None:
        try:
            value = self.parse(text.strip()) if text.strip() else None
        except Unreadable:
            value = None
        if self.problem() and not self._wrong():
            self.set_problem("")
        self.setToolTip(self.understood())
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _left(self) -> None:
        if self.isModified():
            self.check()


def _same(written: str, typed: str) -> bool:
    return written.replace("\u00a0", " ") == typed.strip().replace("\u00a0", " ")
