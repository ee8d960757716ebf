"""The search line above a list: tells what to look for a moment after the last key. Esc empties it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme import font
from ui.widgets.painting import draw_icon, smooth

_PAUSE_MS = 120


class SearchBox(QLineEdit):
    """Emits `searched(text)` when the typing pauses; Down leaves to the list (`left_down`)."""

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, placeholder: str, name: str = "") -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTextMargins(22, 0, 0, 0)
        self.setMinimumWidth(220)
        self._said = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(lambda _: self._pause.start())
        self.returnPressed.connect(self.search_now)

    def search_now(self) -> None:
        """Do not wait for the pause."""
        self._pause.stop()
        text = self.text().strip()
        if text != self._said:
            self._said = text
            self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc empties, Down goes to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.search_now()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = smooth(QPainter(self))
        draw_icon(painter, "search", "text3", QPointF(9, (self.height() - 15) / 2), 15)
        painter.end()
