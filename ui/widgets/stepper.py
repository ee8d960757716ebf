"""The steps of a deal or a wizard in a row: done, current, next. Arrows move between them, Enter or a click opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import color, font, metrics
from ui.widgets.layout import clear, row
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import draw_icon, focus_ring, smooth

StepState = Literal["done", "now", "todo", "problem"]
_CENTRE, _RADIUS = 14, 12
_HEIGHT, _LINE = 62, 14


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, a quiet note below ("12 Nov", "In progress"), and where it stands."""

    title: str
    note: str = ""
    state: StepState = "todo"


def _spoken(state: StepState) -> str:
    say = QCoreApplication.translate
    return {
        "done": say("stepper", "done"),
        "now": say("stepper", "current"),
        "todo": say("stepper", "not started"),
        "problem": say("stepper", "needs attention"),
    }[state]


class StepButton(PaintedButton):
    """One step, painted: circle, words, note, and the line to its neighbours."""

    def __init__(self, number: int, count: int, step: Step) -> None:
        super().__init__(step.title)
        self._number, self._count, self._step = number, count, step
        self._lines = 1
        self.set_lines(1)
        self.setMinimumWidth(64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        place = QCoreApplication.translate("stepper", "Step %1 of %2").replace("%1", str(number))
        self.setAccessibleName(f"{place.replace('%2', str(count))}, {step.title}, {_spoken(step.state)}")
        self.setAccessibleDescription(step.note.strip())
        self.setToolTip(f"{step.title}: {step.note}" if step.note.strip() else step.title)

    def set_lines(self, lines: int) -> None:
        """Give the note so many lines, one or two."""
        self._lines = lines
        self.setFixedHeight(_HEIGHT + _LINE * (lines - (1 if self._step.note else 2)))
        self.update()

    def lines_at(self, width: float) -> int:
        """How many lines the note needs in so many pixels."""
        return 1 if metrics("small", True).horizontalAdvance(self._step.note) <= width - 4 else 2

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows are the stepper's: Qt would go by tab order."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a word."""
        return QSize(110, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        self._paint_line(painter)
        self._paint_circle(painter)
        self._paint_words(painter)
        if self.hasFocus():
            half = min(46.0, self.width() / 2)
            focus_ring(painter, QRectF(self.width() / 2 - half, 0, half * 2, self.height()))
        painter.end()

    def _paint_line(self, painter: QPainter) -> None:
        middle, gap = self.width() / 2, _RADIUS + 5
        reached = self._step.state != "todo"
        if self._number > 1:
            painter.setPen(QPen(color("accent" if reached else "line_strong"), 2))
            painter.drawLine(QPointF(0, _CENTRE), QPointF(middle - gap, _CENTRE))
        if self._number < self._count:
            painter.setPen(QPen(color("accent" if self._step.state == "done" else "line_strong"), 2))
            painter.drawLine(QPointF(middle + gap, _CENTRE), QPointF(self.width(), _CENTRE))

    def _paint_circle(self, painter: QPainter) -> None:
        centre, state = QPointF(self.width() / 2, _CENTRE), self._step.state
        if state == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(centre, _RADIUS, _RADIUS)
            draw_icon(painter, "check", "on_accent", centre - QPointF(7, 7), 14, 3)
        elif state == "now":
            self._paint_current(painter, centre)
        else:
            painter.setPen(QPen(color("bad" if state == "problem" else "line_strong"), 1.5))
            painter.setBrush(color("surface"))
            painter.drawEllipse(centre, _RADIUS - 1, _RADIUS - 1)
            painter.setPen(color("bad" if state == "problem" else "text3"))
            painter.setFont(font("micro", True))
            box = QRectF(centre.x() - _RADIUS, centre.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "!" if state == "problem" else str(self._number))

    def _paint_current(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft"))
        painter.drawEllipse(centre, _RADIUS + 2, _RADIUS + 2)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(color("surface"))
        painter.drawEllipse(centre, _RADIUS - 1, _RADIUS - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent"))
        painter.drawEllipse(centre, 4.5, 4.5)

    def _paint_words(self, painter: QPainter) -> None:
        state, width = self._step.state, self.width()
        role = "strong" if state == "now" else "label"
        token = {"now": "accent_text", "done": "text", "problem": "bad"}.get(state, "text2")
        painter.setFont(font(role))
        painter.setPen(color(token))
        words = metrics(role).elidedText(self._step.title, Qt.TextElideMode.ElideRight, width - 4)
        painter.drawText(QRectF(0, 30, width, 17), Qt.AlignmentFlag.AlignCenter, words)
        painter.setFont(font("small", True))
        painter.setPen(color("text3"))
        for place, line in enumerate(self._note_lines(width)):
            box = QRectF(0, 46 + place * _LINE, width, 15)
            fitted = metrics("small", True).elidedText(line, Qt.TextElideMode.ElideRight, width - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fitted)

    def _note_lines(self, width: int) -> list[str]:
        """The note, broken after as many words as fit."""
        words = self._step.note.split(" ")
        if self._lines == 1 or self.lines_at(width) == 1:
            return [self._step.note]
        fits = metrics("small", True).horizontalAdvance
        first = max((n for n in range(1, len(words)) if fits(" ".join(words[:n])) <= width - 4), default=1)
        return [" ".join(words[:first]), " ".join(words[first:])]


class Stepper(QWidget):
    """Steps in a row. Tab reaches the current one only; arrows go to the others."""

    chosen = Signal(int)
    """Index of the step that was clicked or opened with Enter."""

    def __init__(self, steps: Sequence[Step] = (), name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name or self.tr("Progress"))
        self._line = row()
        self.setLayout(self._line)
        self._steps: tuple[Step, ...] = ()
        self._buttons: list[StepButton] = []
        self.set_steps(steps)

    def steps(self) -> tuple[Step, ...]:
        """What is shown."""
        return self._steps

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps, or the same in other states; the keyboard stays where it is."""
        if tuple(steps) == self._steps:
            return
        focused = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), -1)
        self._steps = tuple(steps)
        clear(self._line)
        self._buttons = [StepButton(index + 1, len(steps), step) for index, step in enumerate(steps)]
        for index, button in enumerate(self._buttons):
            button.clicked.connect(lambda *_, at=index: self.chosen.emit(at))
            self._line.addWidget(button)
        self._fit_notes()
        self._place_tab_stop()
        if 0 <= focused < len(self._buttons):
            self._buttons[focused].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_notes()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Left and right, Home and End."""
        at = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), -1)
        last = len(self._buttons) - 1
        step = -1 if self.isRightToLeft() else 1
        target = {
            Qt.Key.Key_Right: at + step,
            Qt.Key.Key_Left: at - step,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if at < 0 or target is None:
            super().keyPressEvent(event)
        elif 0 <= target <= last:
            self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _fit_notes(self) -> None:
        """All notes get two lines where one of them needs two."""
        share = self.width() / max(len(self._buttons), 1)
        lines = max((button.lines_at(share) for button in self._buttons), default=1)
        for button in self._buttons:
            button.set_lines(lines)

    def _place_tab_stop(self) -> None:
        now = next((index for index, step in enumerate(self._steps) if step.state == "now"), 0)
        for index, button in enumerate(self._buttons):
            stop = Qt.FocusPolicy.StrongFocus if index == now else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)
