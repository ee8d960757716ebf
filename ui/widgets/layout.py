"""Rows and columns in one line: widgets, layouts, an int for a gap, None for a stretch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.tokens import CARD_GAP, PAGE_MARGIN

Item = QWidget | QLayout | int | None
_ANY = 16_777_215
Margins = tuple[int, int, int, int]
_Box = TypeVar("_Box", bound=QBoxLayout)


def column(*items: Item, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """Items below each other."""
    return _filled(QVBoxLayout(), items, margins, gap)


def row(*items: Item, margins: Margins = (0, 0, 0, 0), gap: int = 0) -> QHBoxLayout:
    """Items beside each other."""
    return _filled(QHBoxLayout(), items, margins, gap)


def _filled(box: _Box, items: Iterable[Item], margins: Margins, gap: int) -> _Box:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QWidget):
            box.addWidget(item)
        else:
            box.addLayout(item)
    return box


def holder(layout: QLayout, panel: str = "clear") -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget()
    widget.setProperty("panel", panel)
    widget.setLayout(layout)
    return widget


def scrolled(content: QWidget) -> QScrollArea:
    """Content that scrolls up and down when the window is low; never sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def page(*items: Item) -> QWidget:
    """The body of a screen: the usual margins and card gaps."""
    content = holder(column(*items, margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 18), gap=CARD_GAP), "canvas")
    return scrolled(content)


class SideBySide(QWidget):
    """A main part with a panel beside it; below `narrow` pixels the panel stands under it. Nothing is ever cut off."""

    def __init__(self, main: QWidget, panel: QWidget, panel_width: int, narrow: int = 1040) -> None:
        super().__init__()
        self._panel, self._panel_width, self._narrow = panel, panel_width, narrow
        self._box = _filled(QBoxLayout(QBoxLayout.Direction.LeftToRight), (main, panel), (0, 0, 0, 0), CARD_GAP)
        self._box.setStretch(0, 1)
        self.setLayout(self._box)
        self._place(is_narrow=False)

    def is_narrow(self) -> bool:
        """Whether the panel stands below."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        wanted = event.size().width() < self._narrow
        if wanted != self.is_narrow():
            self._place(wanted)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow enough to be able to turn."""
        return QSize(300, super().minimumSizeHint().height())

    def _place(self, is_narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if is_narrow else across)
        self._panel.setMinimumWidth(0 if is_narrow else self._panel_width)
        self._panel.setMaximumWidth(_ANY if is_narrow else self._panel_width)


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def restyle(widget: QWidget) -> None:
    """Let the stylesheet see a changed dynamic property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
