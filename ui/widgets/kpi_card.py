"""One figure that matters, with what to make of it; a click or Enter opens the list that it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.theme import color
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.label import ElidedLabel, Icon, Label
from ui.widgets.layout import column, row
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import focus_ring, smooth
from ui.widgets.sparkline import Sparkline

_USUAL, _LEAST, _AROUND = 220, 150, 34


class KpiCard(PaintedButton):
    """Title, figure, a note in a tone ("3" quiet, ok, warn, bad) with its icon, and a sparkline."""

    opened = Signal()

    def __init__(self, title: str, figure: str = "", note: str = "", tone: str = "3", icon: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = Label(title, "label", "2")
        self._figure = Label("", "kpi", figures=True)
        self._note = ElidedLabel("", "caption", tone)
        self._beside = Label("", "caption", "3", figures=True)
        self._icon = Icon("info", "text3", 13, 2.2)
        self._line = Sparkline()
        below = row(self._icon, self._note, gap=4)
        below.setStretch(1, 1)
        self._inside = row(
            column(self._title, row(self._figure, self._beside, None, gap=8), below, gap=4),
            self._line,
            margins=(16, 12, 14, 12),
        )
        self._inside.setStretch(0, 1)
        self.setLayout(self._inside)
        for part in (self._title, self._figure, self._note, self._line, self._icon, self._beside):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda *_: self.opened.emit())
        self.show_figure(figure, note, tone, icon)

    def show_figure(
        self,
        figure: str,
        note: str = "",
        tone: str = "3",
        icon: str = "",
        trend: Sequence[float] = (),
        trend_ink: str = "accent",
        beside: str = "",
    ) -> None:
        """Show another figure. `trend` are older values up to now for the sparkline, `beside` other currencies."""
        self._figure.setText(figure)
        self._beside.setText(beside)
        self.setToolTip(beside)
        self._note.setText(note)
        self._note.set_tone(tone)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.set_icon(icon, "text3" if tone == "3" else tone)
        self._line.set_values(trend, trend_ink)
        self._has_trend = len(trend) > 1
        self._fit()
        self.setAccessibleName(f"{self._title.text()}: {figure}")
        self.setAccessibleDescription(", ".join(part for part in (note, beside) if part))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Cards in a row get equal shares."""
        return QSize(_USUAL, self._inside.sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the figure."""
        return QSize(_LEAST, self._inside.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802
        """No sparkline where it would crowd the words, and other currencies only in the tooltip where they would."""
        self._fit()

    def _fit(self) -> None:
        icon = self._icon.width() + 4 if not self._icon.isHidden() else 0
        figures = self._figure.sizeHint().width()
        both = figures + 8 + self._beside.sizeHint().width()
        has_room = bool(self._beside.text()) and self.width() >= both + _AROUND
        self._beside.setVisible(has_room)
        words = max(self._note.sizeHint().width() + icon, both if has_room else figures)
        self._line.setVisible(self._has_trend and self.width() >= words + self._line.width() + _AROUND)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(color("line_strong" if self.underMouse() else "line"))
        painter.setBrush(color("sunken" if self.isDown() else "surface"))
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), RADIUS_CARD)
        painter.end()
