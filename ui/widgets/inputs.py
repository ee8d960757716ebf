"""What all inputs share: a value, a problem in words beside it, and the plain ones (text, long text, choice, tick).

Every input has `value()`, `set_value(value)`, the signal `value_changed(value)`, `problem()`, `set_problem(text)`,
the signal `problem_changed(text)` and `check()`. Nothing complains while one types for the first time; a problem
appears on leaving the input, and goes away as soon as it is mended.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.theme import font
from ui.widgets.layout import restyle


class HasProblem:
    """Mixed into inputs: keeps the problem, and the stylesheet's `state` property in step with it."""

    _problem = ""

    def problem(self) -> str:
        """What is wrong, in words; "" when nothing is."""
        return self._problem

    def set_problem(self, text: str) -> None:
        """Say what is wrong, or "" that nothing is."""
        if text == self._problem:
            return
        self._problem = text
        widget: Any = self
        widget.setProperty("state", "problem" if text else "")
        restyle(widget)
        widget.problem_changed.emit(text)


def missing() -> str:
    """The words for an empty input that must be filled."""
    return QCoreApplication.translate("inputs", "Please fill this in.")


class TextEdit(HasProblem, QLineEdit):
    """One line of text; the value is stripped of blanks at its ends."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, optional: bool = False, placeholder: str = "", longest: int = 0) -> None:
        super().__init__()
        self.is_optional = optional
        self.setFont(font("body"))
        self.setPlaceholderText(placeholder)
        if longest:
            self.setMaxLength(longest)
        self.textChanged.connect(self._changed)
        self.editingFinished.connect(self._left)

    def value(self) -> str:
        """The text without blanks around it."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        if (value or "") != self.value():
            self.setText(value or "")
        self.setModified(False)

    def check(self) -> bool:
        """Mark it if it must be filled and is not; True when fine."""
        if not self.is_optional and not self.value():
            self.set_problem(missing())
        return not self.problem()

    def _changed(self, _text: str) -> None:
        self.set_problem("")
        self.value_changed.emit(self.value())

    def _left(self) -> None:
        if self.isModified():
            self.check()


class LongTextEdit(HasProblem, QPlainTextEdit):
    """Several lines of text. Tab leaves it; Ctrl+Enter is left to the page."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, optional: bool = True, placeholder: str = "", lines: int = 4) -> None:
        super().__init__()
        self.is_optional = optional
        self.setFont(font("body"))
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * 18 + 16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)

    def value(self) -> str:
        """The text without blanks around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        if (value or "") != self.value():
            self.setPlainText(value or "")
        self.document().setModified(False)

    def check(self) -> bool:
        """Mark it if it must be filled and is not; True when fine."""
        if not self.is_optional and not self.value():
            self.set_problem(missing())
        return not self.problem()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if self.document().isModified():
            self.check()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _changed(self) -> None:
        self.set_problem("")
        self.value_changed.emit(self.value())


class Choice(HasProblem, QComboBox):
    """One of a few: pairs of (value, words). The wheel scrolls the page, not the choice."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, choices: Iterable[tuple[Any, str]] = (), optional: bool = False) -> None:
        super().__init__()
        self.is_optional = optional
        self.setFont(font("body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._values: list[Any] = []
        self.set_choices(choices)
        self.currentIndexChanged.connect(self._changed)

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices; the value is kept if it is among them."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = []
        for value, words in choices:
            self._values.append(value)
            self.addItem(words)
        self.blockSignals(False)
        if kept is not None:
            self.set_value(kept)

    def value(self) -> Any:
        """The value chosen, or None."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose; a value that is not offered chooses nothing."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def check(self) -> bool:
        """Mark it if something must be chosen and nothing is; True when fine."""
        if not self.is_optional and self.currentIndex() < 0:
            self.set_problem(QCoreApplication.translate("inputs", "Please choose one."))
        return not self.problem()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()

    def _changed(self, _index: int) -> None:
        self.set_problem("")
        self.value_changed.emit(self.value())


class Tick(HasProblem, QCheckBox):
    """Yes or no, with its words beside it."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setFont(font("body"))
        self.toggled.connect(self.value_changed.emit)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick or untick."""
        self.setChecked(bool(value))

    def check(self) -> bool:
        """Always fine."""
        return not self.problem()
