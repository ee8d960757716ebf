"""Bars by week or month: what came (filled) and what is expected (light with an outline), stacked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import color, font, metrics
from ui.widgets.painting import fill_round, focus_ring, smooth

_LEFT, _TOP, _RIGHT, _BOTTOM = 38, 8, 4, 22
"""Margins around the bars; the left one grows with the labels of the axis."""
_TAG_HEIGHT = 20
_AXIS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: label below, amounts in minor units; `is_now` is printed strong; `tag` is a note beside its top."""

    label: str
    actual: int
    expected: int = 0
    is_now: bool = False
    tag: str = ""


class BarChart(QWidget):
    """Left and right walk through the bars, Enter or a click opens one; every bar is read to a screen reader."""

    opened = Signal(int)

    def __init__(
        self,
        name: str,
        axis_text: Callable[[int], str],
        amount_text: Callable[[int], str],
        words: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__()
        self._axis_text, self._amount_text = axis_text, amount_text
        self._words = words if words[0] else (self.tr("Received"), self.tr("Expected"))
        self._bars: tuple[Bar, ...] = ()
        self._hot = -1
        self.setMouseTracking(True)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars from left to right."""
        self._bars = tuple(bars)
        self._hot = -1
        self.setAccessibleDescription("; ".join(self._in_words(bar) for bar in bars))
        self.update()

    def _in_words(self, bar: Bar) -> str:
        return f"{bar.label}: {', '.join(self._amounts(bar))}"

    def _amounts(self, bar: Bar) -> list[str]:
        """The amounts in words; a chart of one kind only has no second word."""
        amounts = zip(self._words, (bar.actual, bar.expected), strict=True)
        return [f"{words} {self._amount_text(amount)}" for words, amount in amounts if words]

    def _area(self) -> QRectF:
        return self.rect().toRectF().adjusted(self._left(), _TOP, -_RIGHT, -_BOTTOM)

    def _top(self) -> int:
        return scale_top(max((bar.actual + bar.expected for bar in self._bars), default=0))

    def _left(self) -> int:
        top = self._top()
        widths = (metrics("small", True).horizontalAdvance(self._axis_text(top * part // 3)) for part in range(4))
        return max(_LEFT, max(widths) + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        area, top = self._area(), self._top()
        self._paint_axis(painter, area, top)
        if self._bars:
            slot = area.width() / len(self._bars)
            named = self._named(slot)
            for index, bar in enumerate(self._bars):
                box = QRectF(area.left() + slot * index, area.top(), slot, area.height())
                self._paint_bar(painter, box, bar, top)
                if index in named:
                    self._paint_label(painter, box, bar)
            for index, bar in enumerate(self._bars):
                if bar.tag:
                    self._paint_tag(painter, area, slot, index, top)
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), 6)
        painter.end()

    def _paint_axis(self, painter: QPainter, area: QRectF, top: int) -> None:
        painter.setFont(font("small", True))
        for part in range(4):
            y = round(area.bottom() - area.height() * part / 3) + 0.5
            painter.setPen(QPen(color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(color("text3"))
            box = QRectF(0, y - 8, area.left() - 8, 16)
            painter.drawText(box, _AXIS, self._axis_text(top * part // 3))

    def _paint_bar(self, painter: QPainter, slot: QRectF, bar: Bar, top: int) -> None:
        if self._hot >= 0 and self._bars[self._hot] is bar:
            painter.fillRect(slot, color("hover", 150))
        width = min(28.0, slot.width() * 0.5)
        left, bottom = slot.center().x() - width / 2, slot.bottom()
        total = slot.height() * (bar.actual + bar.expected) / top
        painter.save()
        painter.setClipPath(_bar_shape(left, bottom, width, total))
        actual = slot.height() * bar.actual / top
        painter.fillRect(QRectF(left, bottom - total, width, total - actual), color("chart2"))
        if bar.expected:
            painter.setPen(QPen(color("chart1"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left, bottom - total, width, total + 8), 4, 4)
        painter.fillRect(QRectF(left, bottom - actual, width, actual), color("chart1"))
        painter.restore()

    def _paint_label(self, painter: QPainter, slot: QRectF, bar: Bar) -> None:
        painter.setFont(font("micro" if bar.is_now else "small", True))
        painter.setPen(color("text" if bar.is_now else "text3"))
        box = QRectF(slot.left() - 40, slot.bottom() + 5, slot.width() + 80, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bar.label)

    def _named(self, slot: float) -> set[int]:
        """The bars whose labels have room: every so-manieth, counted from the one that is now."""
        widest = max(metrics("micro", True).horizontalAdvance(bar.label) for bar in self._bars)
        step = max(1, math.ceil((widest + 8) / slot))
        now = next((index for index, bar in enumerate(self._bars) if bar.is_now), 0)
        return {index for index in range(len(self._bars)) if (index - now) % step == 0}

    def _paint_tag(self, painter: QPainter, area: QRectF, slot: float, index: int, top: int) -> None:
        bar = self._bars[index]
        width = metrics("micro").horizontalAdvance(bar.tag) + 18
        middle = area.left() + slot * (index + 0.5)
        left = middle + 20 if middle + 20 + width < area.right() else middle - 20 - width
        y = area.bottom() - area.height() * (bar.actual + bar.expected) / top
        box = QRectF(left, max(y + 2, area.top()), width, _TAG_HEIGHT)
        fill_round(painter, box, _TAG_HEIGHT / 2, color("warn_soft"))
        painter.setFont(font("micro"))
        painter.setPen(color("warn"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bar.tag)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Light up the bar under the mouse and say its amounts."""
        area = self._area()
        at = int((event.position().x() - area.left()) // (area.width() / len(self._bars))) if self._bars else -1
        self._set_hot(at if 0 <= at < len(self._bars) else -1)
        if self._hot >= 0:
            bar = self._bars[self._hot]
            lines = "\n".join((bar.label, *self._amounts(bar)))
            QToolTip.showText(event.globalPosition().toPoint(), lines, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseReleaseEvent(event)
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left, right, Enter."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and self._bars:
            self._set_hot(max(0, min(self._hot + step, len(self._bars) - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        self._set_hot(-1)

    def _set_hot(self, index: int) -> None:
        if index != self._hot:
            self._hot = index
            self.update()

    def _open(self) -> None:
        if self._hot >= 0:
            self.opened.emit(self._hot)


def _bar_shape(left: float, bottom: float, width: float, height: float) -> QPainterPath:
    """Rounded above, square where it stands on the axis."""
    shape = QPainterPath()
    shape.setFillRule(Qt.FillRule.WindingFill)
    shape.addRoundedRect(QRectF(left, bottom - height, width, height), 4, 4)
    shape.addRect(QRectF(left, bottom - min(6, height), width, min(6, height)))
    return shape


def scale_top(most: int) -> int:
    """A round number at or above `most` that three steps divide: 3, 6, 9, 15, 30, 60, 90, 150, ..."""
    if most <= 0:
        return 3
    size = int("1" + "0" * (len(str(most)) - 1))
    for unit in (size // 10, size):
        for steps in (3, 6, 9, 12, 15, 18, 24, 30, 45, 60, 75, 90):
            if unit and steps * unit >= most:
                return steps * unit
    return 30 * size


class Legend(QWidget):
    """The two words of a bar chart with their colours, painted so that a screen reader hears words only."""

    def __init__(self, filled: str, light: str) -> None:
        super().__init__()
        self._words = (filled, light)
        self.setAccessibleName(f"{filled}, {light}")
        widths = [metrics("caption").horizontalAdvance(word) for word in self._words]
        self.setFixedSize(sum(widths) + 2 * 18 + 16, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        painter.setFont(font("caption"))
        x = 0.0
        for index, word in enumerate(self._words):
            box = QRectF(x + 0.75, 4.75, 9, 9)
            fill_round(painter, box, 3, color("chart1" if index == 0 else "chart2"))
            painter.setPen(QPen(color("chart1"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 3, 3)
            width = metrics("caption").horizontalAdvance(word)
            painter.setPen(color("text2"))
            painter.drawText(QRectF(x + 16, 0, width + 2, 18), Qt.AlignmentFlag.AlignVCenter, word)
            x += 18 + width + 16
        painter.end()
