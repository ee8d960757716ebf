"""A tiny line of how a figure went, without axes; decoration beside words that say the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import color
from ui.widgets.painting import line_pen, smooth


class Sparkline(QWidget):
    """`values` from old to new; needs at least two to draw anything."""

    def __init__(self, values: Sequence[float] = (), ink: str = "accent") -> None:
        super().__init__()
        self._values, self._ink = tuple(values), ink
        self.setFixedSize(78, 34)

    def set_values(self, values: Sequence[float], ink: str) -> None:
        """Draw another line."""
        self._values, self._ink = tuple(values), ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        points = self._points()
        if not points:
            return
        painter = smooth(QPainter(self))
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        area = QPainterPath(line)
        area.lineTo(points[-1].x(), self.height())
        area.lineTo(points[0].x(), self.height())
        painter.fillPath(area, color(self._ink, 28))
        painter.setPen(line_pen(self._ink, 1.8))
        painter.drawPath(line)
        painter.setPen(QPen(color("surface"), 1.5))
        painter.setBrush(color(self._ink))
        painter.drawEllipse(points[-1], 3.5, 3.5)
        painter.end()

    def _points(self) -> list[QPointF]:
        if len(self._values) < 2:
            return []
        low, high = min(self._values), max(self._values)
        span = (high - low) or 1.0
        step = (self.width() - 8) / (len(self._values) - 1)
        height = self.height() - 10
        return [
            QPointF(2 + index * step, 5 + height * (1 - (value - low) / span))
            for index, value in enumerate(self._values)
        ]
