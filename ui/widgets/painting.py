"""What several painted widgets and the table cells draw alike: pills, margin strips, focus rings, icons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import color, font, metrics, tokens
from ui.theme.icons import STROKE, picture
from ui.theme.tokens import tone_soft, tone_text

PILL_HEIGHT = 20
MARGIN_SCALE = 60.0
"""Percent of margin that fills a strip."""


def smooth(painter: QPainter) -> QPainter:
    """Antialiasing on; returns the painter."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def line_pen(token: str, width: float = 1.0) -> QPen:
    """A pen with round ends in a token's colour."""
    pen = QPen(color(token), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def fill_round(painter: QPainter, rect: QRectF, radius: float, fill: QColor) -> None:
    """A filled rounded rectangle without edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float = 7, ink: str = "focus") -> None:
    """The 2 px ring around what has the keyboard."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(ink), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def draw_icon(painter: QPainter, name: str, ink: str, at: QPointF, size: int = 16, stroke: float = STROKE) -> None:
    """An icon with its upper left corner at `at`."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(at, picture(name, getattr(tokens(), ink), size, ratio, stroke))


def pill_width(text: str, icon: str = "") -> int:
    """How wide a pill around `text` is."""
    return metrics("micro", True).horizontalAdvance(text) + 18 + (17 if icon else 0)


def draw_pill(painter: QPainter, rect: QRectF, text: str, tone: str, icon: str = "") -> None:
    """A rounded label: soft background, text in the tone's colour."""
    fill_round(painter, rect, rect.height() / 2, color(tone_soft(tone)))
    token = tone_text(tone)
    if icon:
        draw_icon(painter, icon, token, QPointF(rect.left() + 8, rect.center().y() - 6.5), 13, 2.2)
        rect = rect.adjusted(17, 0, 0, 0)
    painter.setFont(font("micro", True))
    painter.setPen(color(token))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def margin_tone(percent: float, floor: float, target: float) -> str:
    """bad below the floor, warn below the target, else ok."""
    return "bad" if percent < floor else ("warn" if percent < target else "ok")


def draw_strip(painter: QPainter, rect: QRectF, percent: float, tone: str) -> None:
    """A thin bar, filled to `percent` of `MARGIN_SCALE`."""
    radius = rect.height() / 2
    fill_round(painter, rect, radius, color("line"))
    share = max(0.0, min(percent, MARGIN_SCALE)) / MARGIN_SCALE
    if share > 0:
        fill_round(painter, QRectF(rect.left(), rect.top(), rect.width() * share, rect.height()), radius, color(tone))
