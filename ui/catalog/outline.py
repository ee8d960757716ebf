"""The outline beside the model's editor: every attribute, option group, the fixed parts, price and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import color, font, metrics
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layout import clear, column
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import draw_icon, fill_round, focus_ring, smooth

Place = tuple[str, int]
"""("attributes", 2), ("groups", 0), ("parts", 0), ("price", 0)."""
_HEIGHT = 44


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline."""

    place: Place
    words: str
    note: str
    problem: str = ""


class OutlineItem(PaintedButton):
    """Name and a quiet note; a mark where something is wrong."""

    def __init__(self, entry: Entry, is_chosen: bool) -> None:
        super().__init__(entry.words)
        self.entry = entry
        self.setCheckable(True)
        self.setChecked(is_chosen)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{entry.words}, {entry.note}" if entry.note else entry.words)
        self.setAccessibleDescription(entry.problem)
        self.setToolTip(entry.problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows and Delete belong to the outline."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        box = self.rect().toRectF()
        if self.isChecked() or self.underMouse():
            fill_round(painter, box.adjusted(0, 1, 0, -1), 7, color("accent_soft" if self.isChecked() else "hover"))
        room = self.width() - 22 - (20 if self.entry.problem else 0)
        self._line(painter, 5, 18, "strong", "accent_text" if self.isChecked() else "text", self.entry.words, room)
        self._line(painter, 23, 15, "small", "text3", self.entry.note, room)
        if self.entry.problem:
            draw_icon(painter, "warning", "bad", QRectF(box.right() - 24, 14, 16, 16).topLeft(), 16)
        if self.hasFocus():
            focus_ring(painter, box, 7)
        painter.end()

    def _line(self, painter: QPainter, top: int, height: int, role: str, ink: str, text: str, room: int) -> None:
        painter.setFont(font(role))
        painter.setPen(color(ink))
        words = metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(11, top, room, height), flags, words)


class Outline(QWidget):
    """Up and Down go through it, Alt+Up and Alt+Down move an entry, Delete takes it out."""

    chosen = Signal(object)
    moved = Signal(object, int)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._items: list[OutlineItem] = []
        self._box = column(gap=1, margins=(8, 6, 8, 10))
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._box)

    def fill(self, sections: Sequence[tuple[str, Sequence[Entry], Button | None]], chosen: Place) -> None:
        """Show sections: title, entries, and the button that adds one."""
        had_focus = any(item.hasFocus() for item in self._items)
        keep = [button for _, _, button in sections if button is not None]
        for button in keep:
            button.setParent(None)
        clear(self._box)
        self._items = []
        for title, entries, button in sections:
            self._box.addSpacing(6)
            head = Label(title, "overline", "3")
            head.setContentsMargins(11, 4, 0, 3)
            self._box.addWidget(head)
            for entry in entries:
                self._add(entry, entry.place == chosen)
            if button is not None:
                self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
                button.show()
        if had_focus:
            self.focus_on(chosen)

    def focus_on(self, place: Place) -> None:
        """Give an entry the keyboard."""
        item = next((item for item in self._items if item.entry.place == place), None)
        if item is not None:
            item.setFocus()

    def places(self) -> list[Place]:
        """Every entry's place, in order."""
        return [item.entry.place for item in self._items]

    def items(self) -> list[OutlineItem]:
        """What is shown."""
        return list(self._items)

    def _add(self, entry: Entry, is_chosen: bool) -> None:
        item = OutlineItem(entry, is_chosen)
        item.clicked.connect(lambda *_: self.chosen.emit(entry.place))
        self._items.append(item)
        self._box.addWidget(item)
        item.show()  # at once, so that it can take the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the class's docstring."""
        at = next((n for n, item in enumerate(self._items) if item.hasFocus()), -1)
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if at < 0 or not (by or event.key() == Qt.Key.Key_Delete):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self._items[at].entry.place)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(self._items[at].entry.place, by)
        elif 0 <= at + by < len(self._items):
            self._items[at + by].setFocus()
            self.chosen.emit(self._items[at + by].entry.place)
