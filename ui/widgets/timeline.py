"""Everything that happened to a deal or document, newest first: icon, what, who and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import color
from ui.widgets.button import Button
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, row

_BADGE = 26


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `note` is a reason or text; `open` brings up the document."""

    title: str
    when: str
    who: str = ""
    note: str = ""
    icon: str = "dot"
    tone: str = "accent"
    open: Callable[[], object] | None = None


class Timeline(QWidget):
    """A list of events joined by a line."""

    def __init__(self, events: Sequence[Event] = ()) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Timeline"))
        self._lines = column(gap=14)
        self.setLayout(self._lines)
        self._count = 0
        self.set_events(events)

    def count(self) -> int:
        """How many events are shown."""
        return self._count

    def set_events(self, events: Sequence[Event]) -> None:
        """Show these, in the order given."""
        clear(self._lines)
        self._count = len(events)
        for event in events:
            self._lines.addLayout(self._line(event))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if self._count < 2:
            return
        painter = QPainter(self)
        last = self._lines.itemAt(self._count - 1)
        if last is not None:
            painter.fillRect(_BADGE // 2, _BADGE // 2, 1, last.geometry().top(), color("line"))
        painter.end()

    def _line(self, event: Event) -> QHBoxLayout:
        soft = "hover" if event.tone == "neutral" else f"{event.tone}_soft"
        token = {"accent": "accent_text", "neutral": "text2"}.get(event.tone, event.tone)
        badge = Icon(event.icon, token, 14, box=_BADGE, soft=soft)
        words = column(Label(event.title, "label").wrap(), gap=1)
        by = f"{event.when} · {event.who}" if event.who else event.when
        words.addWidget(Label(by, "caption", "3"))
        if event.note:
            words.addWidget(Label(event.note, "caption", "2").wrap())
        opens = self.tr("Open", "verb")
        verb = Button(opens, "ghost", do=event.open, name=f"{opens}: {event.title}")
        if event.open is None:
            verb.hide()
        line = row(badge, words, verb, gap=12)
        line.setStretch(1, 1)
        line.setAlignment(badge, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(verb, Qt.AlignmentFlag.AlignTop)
        return line
