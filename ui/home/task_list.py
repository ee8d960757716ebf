"""The tasks of the day as rows: what and for whom, why now, and the one button that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.pipeline.today import Task, Work
from ui import formats
from ui.home import texts
from ui.routes import Route
from ui.theme import color
from ui.theme.tokens import tone_soft, tone_text
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Icon, Label
from ui.widgets.layout import clear, column, row

EACH_SHOWN = 6
_HEIGHT, _WHO_WIDTH = 54, 240


class TaskRow(QWidget):
    """A click opens the deal, the button does what is to be done."""

    def __init__(self, task: Task, shown: texts.Shown, go: Callable[[Route], object]) -> None:
        super().__init__()
        self._task, self._go = task, go
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        soft, ink = tone_soft(shown.tone), tone_text(shown.tone)
        icon = Icon(shown.icon, ink, 16, box=32, soft=soft)
        title = task.title or task.number
        who = Label(task.customer, "strong")
        who.setMaximumWidth(_WHO_WIDTH)
        about = row(who, ElidedLabel(title, "body", "2"), gap=8)
        about.setStretch(1, 1)
        reason = ElidedLabel(shown.reason, "caption", shown.tone if shown.tone in ("bad", "warn") else "3")
        words = column(about, reason, gap=1)
        amount = Label(formats.money_text(task.amount, task.currency), "body", figures=True).right()
        amount.setFixedWidth(104)
        verb = Button(shown.verb, do=lambda: go(shown.route))
        verb.setFixedWidth(142)
        verb.setAccessibleName(f"{shown.verb}: {title}, {task.customer}")
        verb.setAccessibleDescription(shown.reason)
        layout = row(icon, words, amount, verb, margins=(18, 4, 14, 4), gap=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setToolTip(self.tr("Open the deal"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, color("line"))
        painter.end()

    def enterEvent(self, _event: object) -> None:  # noqa: N802
        self.update()

    def leaveEvent(self, _event: object) -> None:  # noqa: N802
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The row itself opens the deal."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._go(Route("deal", self._task.deal_id))


class TaskList(QWidget):
    """Rows by kind, the most pressing first; of each kind a few, and a way to the rest."""

    wanted = Signal(object)
    """A `Route` was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = column()
        self.setLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_work(self, work: Work, on: date) -> None:
        """Show these tasks."""
        clear(self._rows)
        for doing, tasks in groupby(work.tasks, key=lambda task: task.doing):
            shown = list(tasks)[:EACH_SHOWN]
            self._add(shown, on)
            if work.counts[doing] > len(shown):
                route = texts.LISTS[doing]
                words = texts.more_words(doing, work.counts[doing])
                verb = Button(words, "ghost", "arrow-right", do=lambda to=route: self.wanted.emit(to))
                self._rows.addLayout(row(verb, None, margins=(54, 2, 14, 8)))
        self._rows.addStretch(1)

    def _add(self, tasks: Iterable[Task], on: date) -> None:
        for task in tasks:
            self._rows.addWidget(TaskRow(task, texts.shown(task, on), self.wanted.emit))
