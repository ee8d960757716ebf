"""A document's state as a pill: colour and words, never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.widgets.painting import PILL_HEIGHT, draw_pill, pill_width, smooth


class StateBadge(QLabel):
    """A pill with `text` in a `tone`: accent, ok, warn, bad or neutral; `icon` optionally before it."""

    def __init__(self, text: str = "", tone: str = "neutral", icon: str = "") -> None:
        super().__init__()
        self._tone, self._icon = tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone, icon)

    def show_state(self, text: str, tone: str, icon: str = "") -> None:
        """Say another state."""
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its words."""
        return QSize(pill_width(self.text(), self._icon), PILL_HEIGHT + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Never shortened."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        draw_pill(painter, self.rect().toRectF(), self.text(), self._tone, self._icon)
        painter.end()
