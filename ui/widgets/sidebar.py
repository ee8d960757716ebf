"""The way around: company, search, places with live counts, and the quiet saved line at the bottom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QWidget

from ui.theme import color, font, metrics
from ui.theme.tokens import RADIUS_CONTROL, SIDEBAR_WIDTH
from ui.widgets.button import Button, IconButton
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.layout import column, holder, row
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import draw_icon, fill_round, focus_ring, line_pen, smooth
from ui.widgets.saved_line import SavedLine

_ITEM_HEIGHT = 32


class NavItem(PaintedButton):
    """One place. `count` shows in a pill; `is_alert` makes it amber and is said in words to a screen reader."""

    walked = Signal(int)
    """Up (-1) or down (1) was pressed on it."""

    def __init__(self, kind: str, words: str, icon: str) -> None:
        super().__init__(words)
        self.kind = kind
        self._icon, self._count, self._is_alert, self._is_current = icon, 0, False, False
        self.setFixedHeight(_ITEM_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def count(self) -> int:
        """The number in the pill; 0 shows none."""
        return self._count

    @property
    def is_current(self) -> bool:
        """Whether this is the place we are at."""
        return self._is_current

    def set_count(self, count: int, is_alert: bool = False) -> None:
        """Show a live number."""
        if (count, is_alert) != (self._count, self._is_alert):
            self._count, self._is_alert = count, is_alert
            self._describe()
            self.update()

    def set_current(self, is_current: bool) -> None:
        """Mark as the place we are at."""
        if is_current != self._is_current:
            self._is_current = is_current
            self._describe()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and down leave for the next place (Qt would go by tab order, and the scroll area would scroll)."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as the sidebar."""
        return QSize(200, _ITEM_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        box = self.rect().toRectF().adjusted(1, 1, -1, -1)
        if self._is_current:
            painter.setBrush(color("surface"))
            painter.setPen(color("line"))
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
            fill_round(painter, QRectF(1, 8, 3, _ITEM_HEIGHT - 16), 1.5, color("accent"))
        elif self.underMouse():
            fill_round(painter, box, RADIUS_CONTROL, color("hover"))
        draw_icon(painter, self._icon, "accent_text" if self._is_current else "text3", QPointF(12, 8))
        self._paint_words(painter)
        if self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), RADIUS_CONTROL)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        role = "strong" if self._is_current else "label"
        room = self.width() - 38 - (44 if self._count else 8)
        painter.setFont(font(role))
        painter.setPen(color("text" if self._is_current else "text2"))
        words = metrics(role).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(38, 0, room, _ITEM_HEIGHT), Qt.AlignmentFlag.AlignVCenter, words)
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self._count) if self._count < 1000 else "999+"
        width = max(metrics("micro", True).horizontalAdvance(text) + 12, 18)
        box = QRectF(self.width() - width - 8, 7, width, 18)
        fill = "warn_soft" if self._is_alert else ("accent_soft" if self._is_current else "hover")
        fill_round(painter, box, 9, color(fill))
        painter.setFont(font("micro", True))
        painter.setPen(color("warn" if self._is_alert else ("accent_text" if self._is_current else "text3")))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _describe(self) -> None:
        say = QCoreApplication.translate
        parts = [say("sidebar", "current page")] if self._is_current else []
        if self._count:
            parts.append(say("sidebar", "%n open", None, self._count))
        if self._is_alert:
            parts.append(say("sidebar", "needs attention"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(", ".join(parts))


class CompanyMark(QWidget):
    """The program's mark: a tick on the accent; amber in the practice company."""

    def __init__(self, size: int = 30) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self._is_practice = False

    def set_practice(self, is_practice: bool) -> None:
        """Whether the practice company is open."""
        self._is_practice = is_practice
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        fill_round(painter, self.rect().toRectF(), 8, color("chart3" if self._is_practice else "accent"))
        painter.setPen(line_pen("on_accent", 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = QPainterPath(QPointF(8, 16))
        tick.lineTo(13, 21)
        tick.lineTo(22, 9.5)
        painter.drawPath(tick)
        painter.end()


class Sidebar(QFrame):
    """Main navigation. Add places with `add`, headings with `add_heading`; up and down walk through them."""

    chosen = Signal(str)
    """The kind of the place that was chosen."""

    def __init__(self, company: str, below: str = "") -> None:
        super().__init__()
        self.setProperty("panel", "sidebar")
        self.setFixedWidth(SIDEBAR_WIDTH)
        self.setAccessibleName(self.tr("Main navigation"))
        self._items: list[NavItem] = []
        self.mark = CompanyMark()
        self._company = ElidedLabel(company, "strong")
        self._below = ElidedLabel(below, "caption", "3")
        self._menu_button = IconButton("chevron-down", self.tr("Switch company"), self._open_menu, size=16)
        self._menu = QMenu(self)
        self.jump = _JumpButton()
        self._places = column(gap=2)
        self.saved = SavedLine()
        self.settings = IconButton("settings", self.tr("Settings"))
        self._lay_out()

    def set_company(self, name: str, below: str = "", is_practice: bool = False) -> None:
        """Show whose books are open."""
        self._company.setText(name)
        self._below.setText(below)
        self.mark.set_practice(is_practice)

    def set_company_actions(self, actions: list[QAction]) -> None:
        """What the arrow beside the company offers."""
        self._menu.clear()
        self._menu.addActions(actions)

    def add(self, kind: str, words: str, icon: str, shortcut: str = "") -> NavItem:
        """Add a place."""
        item = NavItem(kind, words, icon)
        item.clicked.connect(lambda *_: self.chosen.emit(kind))
        item.walked.connect(lambda step: self._walk(item, step))
        if shortcut:
            item.setShortcut(QKeySequence(shortcut))
            item.setToolTip(f"{words}  ({shortcut})")
        self._items.append(item)
        self._places.insertWidget(self._places.count() - 1, item)
        return item

    def add_heading(self, words: str) -> None:
        """A small heading between groups of places."""
        heading = Label(words.upper(), "overline", "3")
        heading.setContentsMargins(12, 14, 0, 4)
        self._places.insertWidget(self._places.count() - 1, heading)

    def item(self, kind: str) -> NavItem:
        """The place of a kind. Raises KeyError if there is none."""
        return {item.kind: item for item in self._items}[kind]

    def set_current(self, kind: str) -> None:
        """Mark where we are; a kind that has no place marks none."""
        for item in self._items:
            item.set_current(item.kind == kind)

    def _lay_out(self) -> None:
        names = column(self._company, self._below, gap=1)
        head = row(self.mark, names, self._menu_button, gap=10)
        head.setStretch(1, 1)
        self._places.addStretch(1)
        places = QScrollArea()
        places.setWidgetResizable(True)
        places.setFrameShape(QFrame.Shape.NoFrame)
        places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        places.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        places.setWidget(holder(self._places))
        foot = row(self.saved, self.settings, gap=6)
        foot.setStretch(0, 1)
        layout = column(head, 12, self.jump, 12, places, 6, foot, margins=(14, 14, 14, 12))
        layout.setStretch(4, 1)
        self.setLayout(layout)

    def _walk(self, item: NavItem, step: int) -> None:
        at = self._items.index(item) + step
        self._items[at % len(self._items)].setFocus(Qt.FocusReason.TabFocusReason)

    def _open_menu(self) -> None:
        self._menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))


class _JumpButton(Button):
    """Looks like a search field; opens the command palette."""

    def __init__(self, do: Callable[[], object] | None = None) -> None:
        super().__init__("", "jump", do=do)
        self.setFont(font("caption"))
        self.setAccessibleName(self.tr("Search or jump to"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = smooth(QPainter(self))
        draw_icon(painter, "search", "text3", QPointF(14, (self.height() - 16) / 2))
        painter.setPen(color("text3"))
        painter.setFont(font("caption"))
        inside = self.rect().adjusted(41, 0, -9, 0)
        key = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        room = inside.width() - metrics("micro").horizontalAdvance(key) - 8
        words = metrics("caption").elidedText(self.tr("Search or jump to…"), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(font("micro"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, key)
        painter.end()
