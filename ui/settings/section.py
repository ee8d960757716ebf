"""What the sections of the settings share: fields that save themselves as soon as they are right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import RuleViolation
from ui.context import AppContext
from ui.settings.texts import problem_words
from ui.widgets.card import Card
from ui.widgets.field import Field, Fields
from ui.widgets.label import Label
from ui.widgets.layout import column

SAVE_PAUSE_MS = 700


class Section(QWidget):
    """A page of fields. Subclasses say how to `load`, and `save` what was typed; nothing is lost by leaving."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.fields = Fields(problem_words)
        self._is_loading = False
        self._pause = QTimer(self, singleShot=True, interval=SAVE_PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    def field(self, name: str, words: str, editor: Any, **over: Any) -> Field:
        """Add a field; every change of it saves after a pause."""
        made = self.fields.add(name, Field(words, editor, **over))
        editor.value_changed.connect(self.edited)
        return made

    def edited(self, *_: object) -> None:
        """Something was changed: save after a pause."""
        if not self._is_loading:
            self._pause.start()

    def show_values(self, values: Any) -> None:
        """Show what is stored, without saving it again; what is being typed is not touched."""
        if self._pause.isActive():
            return
        self._is_loading = True
        try:
            self.load(values)
        finally:
            self._is_loading = False
            self._pause.stop()

    def save_now(self) -> None:
        """Save if nothing is wrong; a problem stands beside its field and nothing is saved."""
        self._pause.stop()
        if self.fields.check():
            self.save()

    def refused(self, error: Exception) -> None:
        """The service found something wrong: say so beside the fields."""
        left = self.fields.mark(error.problems) if isinstance(error, RuleViolation) else [error]
        if left:
            self.context.errors.report(error, self)

    def load(self, values: Any) -> None:
        """Show the stored values."""
        raise NotImplementedError

    def save(self) -> None:
        """Store what stands in the fields."""
        raise NotImplementedError

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """What was typed last is saved when the page is left."""
        super().hideEvent(event)
        if self._pause.isActive():
            self.save_now()


def titled(title: str, hint: str, *items: Any) -> Card:
    """A card of a section."""
    head: list[Any] = [Label(title, "title")]
    if hint:
        head += [2, Label(hint, "caption", "3").wrap()]
    layout: QVBoxLayout = column(*head, 12, column(*items, gap=14), margins=(22, 18, 22, 20))
    return Card(layout, title)
