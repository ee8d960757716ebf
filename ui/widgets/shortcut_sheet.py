"""F1: every key, by group, taken from the actions themselves, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QSizePolicy, QWidget

from ui.theme import color, font, metrics
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row, scrolled
from ui.widgets.painting import fill_round, smooth

Keys = Sequence[tuple[str, str]]
"""Pairs of (what it does, key)."""


class KeyCap(QWidget):
    """A key as a small cap."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(QSize(metrics("micro").horizontalAdvance(key) + 16, 22))
        self.setAccessibleName(key)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        fill_round(painter, QRectF(self.rect()), 5, color("hover"))
        painter.setPen(color("text2"))
        painter.setFont(font("micro"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


def keys_of(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """What each action does and its key; those without a key are left out."""
    found = []
    for action in actions:
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        if key and action.text():
            found.append((action.text().replace("&", ""), key))
    return found


class ShortcutSheet(QDialog):
    """`groups` maps a heading to its keys."""

    def __init__(self, parent: QWidget, groups: Mapping[str, Keys]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 560)
        self._count = sum(len(keys) for keys in groups.values())
        parts = [self._group(heading, keys) for heading, keys in groups.items() if keys]
        left, right = column(*parts[::2], None, gap=18), column(*parts[1::2], None, gap=18)
        both = row(left, right, gap=36)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        close = Button(self.tr("Close"), do=self.accept)
        layout = column(scrolled(holder(both)), row(None, close), margins=(24, 20, 24, 16), gap=12)
        self.setLayout(layout)

    def count(self) -> int:
        """How many keys are listed."""
        return self._count

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """F1 closes it again."""
        if event.key() == Qt.Key.Key_F1:
            self.accept()
        else:
            super().keyPressEvent(event)

    def place_over(self, window: QWidget) -> None:
        """In the middle of the window."""
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))

    def _group(self, heading: str, keys: Keys) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(6)
        grid.addWidget(Label(heading.upper(), "overline", "3"), 0, 0)
        for index, (words, key) in enumerate(keys, start=1):
            grid.addWidget(Label(words, "body", "2"), index, 0)
            grid.addWidget(KeyCap(key), index, 1, Qt.AlignmentFlag.AlignRight)
        return grid
