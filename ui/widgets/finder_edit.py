"""One of many, found by typing a few letters of it: a product, an option. Down or Alt+Down shows all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.theme import font
from ui.widgets.inputs import HasProblem, missing

_MOST_SHOWN = 12


class Choices:
    """Pairs of value and words, made once and shared by many inputs. `also` are other texts that mean a value."""

    def __init__(self, pairs: Iterable[tuple[Any, str]], also: Iterable[tuple[str, Any]] = ()) -> None:
        self.words = dict(pairs)
        self._values = {words.casefold(): value for value, words in self.words.items()}
        for text, value in also:
            self._values.setdefault(text.casefold(), value)
        self.model = QStringListModel(list(self.words.values()))

    def value(self, text: str) -> Any:
        """What a text means, or None."""
        return self._values.get(text.strip().casefold())

    def beginning(self, text: str) -> Any:
        """The one value whose words hold the text, or None where several or none do."""
        wanted = text.strip().casefold()
        found = [value for value, words in self.words.items() if wanted and wanted in words.casefold()]
        return found[0] if len(found) == 1 else None


class FinderEdit(HasProblem, QLineEdit):
    """Value: one of the choices, or None. A value that is not among them is shown as it is and kept."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, choices: Choices, optional: bool = False, placeholder: str = "", unknown: str = "") -> None:
        super().__init__()
        self.is_optional = optional
        self._unknown = unknown or self.tr("Nothing is called so.")
        self._value: Any = None
        self.setFont(font("body"))
        self.setPlaceholderText(placeholder)
        self.set_choices(choices)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._left)

    def set_choices(self, choices: Choices) -> None:
        """Find among others from now on."""
        self._choices = choices
        finder = QCompleter(choices.model, self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setMaxVisibleItems(_MOST_SHOWN)
        finder.activated.connect(self._take)
        finder.popup().setAccessibleName(self.tr("Matches"))
        self.setCompleter(finder)
        self.set_value(self._value)

    def value(self) -> Any:
        """What was found."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show one of the choices."""
        self._value = value
        words = self._choices.words.get(value, "" if value is None else str(value))
        if words != self.text():
            self.setText(words)
        self.setCursorPosition(0)
        self.set_problem("")

    def parse(self, text: str) -> Any:
        """The choice that a pasted text means; the text itself where it is none, to be told as a problem."""
        return self._choices.value(text) or text

    def check(self) -> bool:
        """Mark it if nothing is chosen, or what was typed is nothing."""
        if self.text().strip() and self._value is None:
            self.set_problem(self._unknown)
        elif not self.is_optional and self._value is None:
            self.set_problem(missing())
        return not self.problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Down shows everything there is; Enter takes the only match."""
        if event.key() == Qt.Key.Key_Down and not self.completer().popup().isVisible():
            self.completer().setCompletionPrefix("" if self._value is not None else self.text())
            self.completer().complete()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _typed(self, text: str) -> None:
        self.set_problem("")
        self._change(self._choices.value(text))

    def _take(self, text: str) -> None:
        self.setText(text)
        self._change(self._choices.value(text))

    def _left(self) -> None:
        if self._value is None and self.text().strip():
            only = self._choices.beginning(self.text())
            if only is not None:
                self.setText(self._choices.words[only])
                self._change(only)
        self.check() if self.text().strip() else None

    def _change(self, value: Any) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)
