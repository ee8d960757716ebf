"""One of a few values as chips in a row. A value that does not fit stays visible and says why; arrows move between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import color, font, metrics
from ui.widgets.flow import FlowLayout
from ui.widgets.inputs import HasProblem
from ui.widgets.layout import clear
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import draw_icon, fill_round, focus_ring, smooth

_HEIGHT, _PAD, _ICON = 30, 12, 13
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class ChipValue:
    """A value: its code, its words, a quiet addition ("+€4.00"), and why it cannot be taken now ("" if it can)."""

    code: str
    words: str
    extra: str = ""
    reason: str = ""


class _Chip(PaintedButton):
    def __init__(self, value: ChipValue, name: str) -> None:
        super().__init__(value.words)
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_value(value, name)

    def show_value(self, value: ChipValue, name: str) -> None:
        self.value = value
        self.setText(value.words)
        self.setToolTip(value.reason)
        self.setAccessibleName(f"{name}: {value.words}")
        self.setAccessibleDescription(value.reason or value.extra)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as words and price."""
        width = metrics("label").horizontalAdvance(self.text()) + 2 * _PAD
        if self.value.extra:
            width += metrics("small", True).horizontalAdvance(self.value.extra) + 6
        return QSize(width + (_ICON + 5 if self.value.reason else 0), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows are for the row of chips."""
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:  # noqa: N802
        """Whoever shows the chips says which is on."""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        is_on, is_out = self.isChecked(), bool(self.value.reason)
        box = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        ground = "accent_soft" if is_on else ("hover" if self.underMouse() else "surface")
        fill_round(painter, box, 7, color("sunken" if is_out and not is_on else ground))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = QPen(color("accent" if is_on else "line_strong"), 1.4 if is_on else 1)
        if is_out and not is_on:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.drawRoundedRect(box, 7, 7)
        self._paint_words(painter, is_on, is_out)
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), 7)
        painter.end()

    def _paint_words(self, painter: QPainter, is_on: bool, is_out: bool) -> None:
        inside = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if is_out:
            draw_icon(painter, "lock", "warn", QPointF(inside.left(), (self.height() - _ICON) / 2), _ICON)
            inside.adjust(_ICON + 5, 0, 0, 0)
        painter.setFont(font("label"))
        painter.setPen(color("accent_text" if is_on else ("text3" if is_out else "text")))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | middle, self.text())
        painter.setFont(font("small", True))
        painter.setPen(color("accent_text" if is_on else "text3"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | middle, self.value.extra)


class ChoiceChips(HasProblem, QWidget):
    """An input like the others: `value()` is the code that is on, "" for none. A click only asks (`value_changed`)."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.is_optional = True
        self._name = name
        self._code = ""
        self._chips: list[_Chip] = []
        self._flow = FlowLayout(gap=6)
        self.setLayout(self._flow)

    def show_values(self, values: Sequence[ChipValue]) -> None:
        """Show the values as they stand; chips that stay keep the keyboard."""
        if [chip.value.code for chip in self._chips] != [value.code for value in values]:
            clear(self._flow)
            self._chips = [_Chip(value, self._name) for value in values]
            for chip in self._chips:
                chip.clicked.connect(lambda *_, chip=chip: self.value_changed.emit(chip.value.code))
                self._flow.addWidget(chip)
        for chip, value in zip(self._chips, values, strict=True):
            chip.show_value(value, self._name)
        self.set_value(self._code)

    def values(self) -> list[ChipValue]:
        """The values as they stand."""
        return [chip.value for chip in self._chips]

    def value(self) -> str:
        """The code that is on."""
        return self._code

    def set_value(self, value: str | None) -> None:
        """Switch one on and the others off, silently."""
        self._code = value or ""
        for chip in self._chips:
            chip.setChecked(chip.value.code == self._code)
        reached = next((chip for chip in self._chips if chip.isChecked()), self._chips[0] if self._chips else None)
        for chip in self._chips:
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is reached else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(reached)

    def check(self) -> bool:
        """What is missing is said elsewhere."""
        return not self.problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go from chip to chip."""
        step = _STEPS.get(Qt.Key(event.key()))
        at = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        if step is None or at < 0 or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        self._chips[(at + step) % len(self._chips)].setFocus()
