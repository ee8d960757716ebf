"""Chips above a list: one for each state with its count, several may be on; none on means all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import formats
from ui.theme import color, font, metrics
from ui.widgets.flow import FlowLayout
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import fill_round, focus_ring, smooth

_HEIGHT = 28
_PAD = 12


class StateChip(PaintedButton):
    """A state to narrow a list to; checkable."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._count: int | None = None
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(QCoreApplication.translate("chips", "Only: %1").replace("%1", words))

    def set_count(self, count: int) -> None:
        """How many rows are in this state."""
        self._count = count
        self.setAccessibleDescription(self._figure())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as words and figure."""
        width = metrics("label").horizontalAdvance(self.text()) + 2 * _PAD
        if self._count is not None:
            width += metrics("micro", True).horizontalAdvance(self._figure()) + 6
        return QSize(width, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        box = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        chosen = self.isChecked()
        fill_round(painter, box, _HEIGHT / 2, color("accent_soft" if chosen else self._ground()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent" if chosen else "line_strong"), 1))
        painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)
        self._paint_words(painter, "accent_text" if chosen else "text2")
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), _HEIGHT / 2)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        inside = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(font("label"))
        painter.setPen(color(ink))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(font("micro", True))
        painter.setPen(color(ink if self.isChecked() else "text3"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figure())

    def _ground(self) -> str:
        return "hover" if self.underMouse() else "surface"

    def _figure(self) -> str:
        return "" if self._count is None else formats.whole_text(self._count)


class StateChips(QWidget):
    """Chips in a row; those without rows are hidden unless they are on."""

    chosen = Signal(tuple)
    """The states that are on, in the order of the chips."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._chips = {state: StateChip(words) for state, words in choices}
        for chip in self._chips.values():
            chip.clicked.connect(self._tell)
        self.setLayout(FlowLayout(self._chips.values()))

    def states(self) -> tuple[str, ...]:
        """What is on."""
        return tuple(state for state, chip in self._chips.items() if chip.isChecked())

    def set_states(self, states: Sequence[str]) -> None:
        """Switch these on and the others off, silently."""
        for state, chip in self._chips.items():
            chip.setChecked(state in states)
            chip.setVisible(chip.isChecked() or not chip.isHidden())

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rows each state has."""
        for state, chip in self._chips.items():
            chip.set_count(counts.get(state, 0))
            chip.setVisible(bool(counts.get(state)) or chip.isChecked() or chip.hasFocus())

    def _tell(self) -> None:
        self.chosen.emit(self.states())
