"""Text on the screen, by type role and tone; and icons that mean nothing to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme import color, font, metrics
from ui.theme.icons import STROKE
from ui.widgets.layout import restyle
from ui.widgets.painting import draw_icon, fill_round, smooth


class Label(QLabel):
    """A text. `role` is one of `inks.ROLES`; `tone` "", 2, 3, accent, ok, warn, bad; `figures`: tabular digits."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "", figures: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role, figures))
        if tone:
            self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def wrap(self) -> Label:
        """Break long text into lines; returns itself."""
        self.setWordWrap(True)
        return self

    def selectable(self) -> Label:
        """Let the text be marked and copied by mouse; returns itself."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self

    def right(self) -> Label:
        """Align right; returns itself."""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self

    def centred(self) -> Label:
        """Align in the middle; returns itself."""
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return self


class ElidedLabel(Label):
    """One line that ends in … when there is no room; the whole text is its tooltip and accessible name."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        super().__init__("", role, tone)
        self._role = role
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show `text`, shortened to the width there is."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def whole_text(self) -> str:
        """The text without …"""
        return self._whole

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the whole text."""
        return QSize(metrics(self._role).horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitted = metrics(self._role).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 20))
        super().setText(fitted)
        self.setToolTip(self._whole if fitted != self._whole else "")


class Icon(QWidget):
    """A decorative icon: painted, so that screen readers pass over it. `box` puts it on a soft square."""

    def __init__(
        self, name: str, ink: str = "text3", size: int = 16, stroke: float = STROKE, box: int = 0, soft: str = ""
    ) -> None:
        super().__init__()
        self._name, self._ink, self._size, self._stroke, self._soft = name, ink, size, stroke, soft
        self.setFixedSize(box or size, box or size)

    def set_icon(self, name: str, ink: str) -> None:
        """Show another icon or colour."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        if self._soft:
            fill_round(painter, self.rect().toRectF(), 8, color(self._soft))
        inset = (self.width() - self._size) / 2
        draw_icon(painter, self._name, self._ink, QPointF(inset, inset), self._size, self._stroke)
        painter.end()


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("panel", "rule")
    line.setFixedHeight(1)
    return line
