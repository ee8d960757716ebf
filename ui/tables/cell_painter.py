"""Paints the cells of lists and line tables: one call to the model for a cell, everything else from the row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.tables.column import LEFT, RIGHT, Column, Role
from ui.theme import color, font, metrics
from ui.theme.tokens import ROW_HEIGHT, tone_text
from ui.widgets.painting import (
    PILL_HEIGHT,
    draw_icon,
    draw_pill,
    draw_strip,
    fill_round,
    focus_ring,
    pill_width,
    smooth,
)

PICTURE = 32
"""Pixels of a picture's side."""

_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_ROLE_OF_LOOK = {"strong": "strong", "margin": "label", "quiet": "caption"}


class CellPainter(QStyledItemDelegate):
    """Text, second line, badge, margin strip; hover and selection over the whole row; `hovered` is set by the view."""

    hovered = -1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Rows have one height."""
        return QSize(60, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        view: Any = option
        rect: QRect = view.rect
        row, column = index.data(Role.ROW), index.data(Role.COLUMN)
        painter.save()
        smooth(painter)
        self._background(painter, rect, bool(view.state & _SELECTED), index)
        is_last = index.column() == index.model().columnCount() - 1
        left = 16 if index.column() == 0 else (8 if column.align == "right" else 12)
        inside = rect.adjusted(left, 0, -14 if is_last else -12, 0)
        if column.picture is not None:
            inside = _picture(painter, inside, column.picture(row))
        self._content(painter, inside, row, column, index.data())
        problem = index.data(Role.PROBLEM)
        if problem:
            focus_ring(painter, rect.toRectF().adjusted(2, 3, -2, -4), 5, "bad")
        elif view.state & _FOCUSED:
            focus_ring(painter, rect.toRectF().adjusted(2, 3, -2, -4), 5)
        painter.restore()

    def _background(self, painter: QPainter, rect: QRect, is_selected: bool, index: Any) -> None:
        if is_selected:
            painter.fillRect(rect, color("selected"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, color("sunken"))
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
        if is_selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), color("accent"))

    def _content(self, painter: QPainter, rect: QRect, row: Any, column: Column, text: str) -> None:
        tone = column.tone(row) if column.tone is not None else ""
        if column.look == "badge" and tone and text:
            _badge(painter, rect, text, tone, column.align == "right")
        elif column.look == "margin" and column.share is not None:
            _margin(painter, rect, text, column.share(row), tone or "ok")
        elif column.below is not None:
            _two_lines(painter, rect, text, column.below(row), column.align == "right")
        else:
            _one_line(painter, rect, text, column, tone)


def _picture(painter: QPainter, rect: QRect, pixmap: Any) -> QRect:
    """Draw a small picture; returns the room that is left for the text."""
    box = QRectF(rect.left(), rect.center().y() - PICTURE / 2, PICTURE, PICTURE)
    fill_round(painter, box, 5, color("sunken"))
    if pixmap.isNull():
        draw_icon(painter, "product", "control", QPointF(box.center().x() - 8, box.center().y() - 8))
    else:
        size = pixmap.deviceIndependentSize()
        at = QPointF(box.center().x() - size.width() / 2, box.center().y() - size.height() / 2)
        painter.drawPixmap(at, pixmap)
    return rect.adjusted(PICTURE + 11, 0, 0, 0)


def _badge(painter: QPainter, rect: QRect, text: str, tone: str, is_right: bool) -> None:
    width = min(pill_width(text), rect.width())
    left = rect.right() - width if is_right else rect.left()
    draw_pill(painter, QRectF(left, rect.center().y() - PILL_HEIGHT / 2, width, PILL_HEIGHT), text, tone)


def _margin(painter: QPainter, rect: QRect, text: str, share: float, tone: str) -> None:
    painter.setFont(font("label", True))
    painter.setPen(color(tone_text(tone)))
    painter.drawText(rect, RIGHT, text)
    width = rect.width() - 62
    if width > 16:
        draw_strip(painter, QRectF(rect.left() + 2, rect.center().y() - 2, width, 5), share, tone)


def _two_lines(painter: QPainter, rect: QRect, text: str, below: str, is_right: bool) -> None:
    alignment = RIGHT if is_right else LEFT
    first = QRect(rect.left(), rect.top() + 6, rect.width(), 18) if below else rect
    painter.setFont(font("strong", is_right))
    painter.setPen(color("text"))
    painter.drawText(first, alignment, _fitted(text, "strong", is_right, rect.width()))
    if below:
        painter.setFont(font("small", is_right))
        painter.setPen(color("text3"))
        second = QRect(rect.left(), rect.top() + 24, rect.width(), 15)
        painter.drawText(second, alignment, _fitted(below, "small", is_right, rect.width()))


def _one_line(painter: QPainter, rect: QRect, text: str, column: Column, tone: str) -> None:
    role = _ROLE_OF_LOOK.get(column.look, "body")
    figures = column.align == "right"
    painter.setFont(font(role, figures))
    quiet = column.look == "quiet" or text == "—"
    painter.setPen(color(tone_text(tone) if tone else ("text3" if quiet else "text")))
    painter.drawText(rect, column.alignment, _fitted(text, role, figures, rect.width()))


def _fitted(text: str, role: str, figures: bool, width: int) -> str:
    known = metrics(role, figures)
    if known.horizontalAdvance(text) <= width:
        return text
    return known.elidedText(text, Qt.TextElideMode.ElideRight, width)
