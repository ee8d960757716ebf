"""The margin as a bar with marks at floor and target; colour and words say where it stands."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import formats
from ui.theme import color, font, tokens
from ui.widgets.painting import margin_tone, smooth

_TOP, _THICK = 8, 8


class MarginBar(QWidget):
    """`show_margin(percent)`; None (nothing sold yet) draws an empty bar. Floor and target in percent."""

    def __init__(self, floor: Decimal = Decimal(20), target: Decimal = Decimal(30)) -> None:
        super().__init__()
        self._floor, self._target = floor, target
        self._percent: Decimal | None = None
        self.setFixedHeight(44)
        self.setMinimumWidth(240)
        self.setAccessibleName(self.tr("Margin"))
        self.show_margin(None)

    def tone(self) -> str:
        """ok, warn or bad; "3" without a margin."""
        if self._percent is None:
            return "3"
        return margin_tone(float(self._percent), float(self._floor), float(self._target))

    def set_marks(self, floor: Decimal, target: Decimal) -> None:
        """Other floor and target."""
        self._floor, self._target = floor, target
        self.show_margin(self._percent)

    def show_margin(self, percent: Decimal | None) -> None:
        """Show a margin in percent."""
        self._percent = percent
        self.setAccessibleDescription(self._in_words())
        self.update()

    def _in_words(self) -> str:
        if self._percent is None:
            return self.tr("No margin yet")
        where = {
            "bad": self.tr("below the floor"),
            "warn": self.tr("below the target"),
            "ok": self.tr("on target"),
        }[self.tone()]
        return f"{formats.percent_text(self._percent, 1)}, {where}"

    def _scale(self) -> float:
        """Percent at the right end: room for the target, and the margin itself."""
        return max(50.0, float(self._target) * 1.4)

    def _x(self, percent: float) -> float:
        return self.width() * max(0.0, min(percent / self._scale(), 1.0))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        self._paint_zones(painter)
        painter.setPen(QPen(color("surface"), 2))
        for mark in (self._floor, self._target):
            x = self._x(float(mark))
            painter.drawLine(QPointF(x, _TOP), QPointF(x, _TOP + _THICK))
        if self._percent is not None:
            painter.setPen(QPen(color("surface"), 2.5))
            painter.setBrush(color(self.tone()))
            x = min(max(self._x(float(self._percent)), 8), self.width() - 8)
            painter.drawEllipse(QPointF(x, _TOP + _THICK / 2), 8, 8)
        self._paint_marks(painter)
        painter.end()

    def _paint_zones(self, painter: QPainter) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(0, _TOP, self.width(), _THICK), 4, 4)
        painter.save()
        painter.setClipPath(clip)
        edges = (0.0, float(self._floor), float(self._target), self._scale())
        for low, high, name in zip(edges, edges[1:], ("bad", "warn", "ok"), strict=False):
            zone = QRectF(self._x(low), _TOP, self._x(high) - self._x(low), _THICK)
            painter.fillRect(zone, color(name, 80 if tokens().dark else 70))
        if self._percent is not None:
            painter.fillRect(QRectF(0, _TOP, self._x(float(self._percent)), _THICK), color(self.tone()))
        painter.restore()

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setFont(font("small", True))
        painter.setPen(color("text3"))
        floor, target = self._x(float(self._floor)), self._x(float(self._target))
        words = self.tr("Floor %1").replace("%1", formats.percent_text(self._floor))
        painter.drawText(QRectF(floor - 104, 26, 100, 16), Qt.AlignmentFlag.AlignRight, words)
        words = self.tr("Target %1").replace("%1", formats.percent_text(self._target))
        painter.drawText(QRectF(target + 4, 26, 110, 16), Qt.AlignmentFlag.AlignLeft, words)
        painter.setPen(QPen(color("line_strong"), 1))
        for x in (floor, target):
            painter.drawLine(QPointF(x, _TOP + _THICK + 5), QPointF(x, 40))
