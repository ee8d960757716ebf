"""Ctrl+K: everything by name. Verbs are the window's own actions; deals, customers and the rest come from a search.

Recent ones stand first; each verb shows its key; Enter runs, Esc closes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from shiboken6 import isValid

from ui.context import Settings
from ui.theme import color, font, metrics
from ui.widgets.card import Card
from ui.widgets.label import Label, rule
from ui.widgets.layout import column
from ui.widgets.painting import draw_icon, fill_round, smooth

_WIDTH, _ROW, _SHOWN, _HEAD = 620, 40, 9, 60
RECENT_KEY = "palette/recent"
"""Setting with the ids of what was run last: verbs, and things of the company that was open."""
_RECENT_KEPT = 12
_PAUSE_MS = 60
_INDEX = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One thing the palette can run. `id` is stable over restarts ("verb:New quote", "customer:17")."""

    id: str
    title: str
    run: Callable[[], object]
    note: str = ""
    icon: str = "arrow-right"
    key: str = ""


Answer = Callable[[Sequence[Found]], None]
Search = Callable[[str, Answer], object]
"""`search(text, answer)`: looks for things beside the main thread, and calls `answer(found)` when it has some."""


class _Results(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: list[Found] = []

    def show_found(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self.found = list(found)
        self.endResetModel()

    def rowCount(self, parent: _INDEX = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: _INDEX, role: int = 0) -> object:
        one = self.found[index.row()]
        if role == 0:
            return one.title
        if role == int(Qt.ItemDataRole.UserRole):
            return one
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (one.title, one.note, one.key) if part)
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _INDEX) -> QSize:  # noqa: N802
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        rect: QRect = option.rect
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        one: Found = index.data(int(Qt.ItemDataRole.UserRole))
        painter.save()
        smooth(painter)
        if is_current:
            fill_round(painter, rect.toRectF().adjusted(0, 1, 0, -1), 7, color("accent_soft"))
        at = QPointF(rect.left() + 12, rect.center().y() - 8)
        draw_icon(painter, one.icon, "accent_text" if is_current else "text3", at)
        inside = rect.adjusted(40, 0, -12, 0)
        self._words(painter, inside, one)
        painter.restore()

    def _words(self, painter: QPainter, inside: QRect, one: Found) -> None:
        vertical = Qt.AlignmentFlag.AlignVCenter
        if one.key:
            painter.setFont(font("micro"))
            painter.setPen(color("text3"))
            painter.drawText(inside, vertical | Qt.AlignmentFlag.AlignRight, one.key)
            inside.setRight(inside.right() - metrics("micro").horizontalAdvance(one.key) - 12)
        painter.setFont(font("label"))
        painter.setPen(color("text"))
        title = metrics("label").elidedText(one.title, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, vertical, title)
        inside.setLeft(inside.left() + metrics("label").horizontalAdvance(title) + 10)
        painter.setFont(font("caption", True))
        painter.setPen(color("text3"))
        note = metrics("caption", True).elidedText(one.note, Qt.TextElideMode.ElideRight, max(inside.width(), 0))
        painter.drawText(inside, vertical, note)


class CommandPalette(QFrame):
    """Make one per window. `actions()` gives the verbs of the moment, `search` finds everything else."""

    def __init__(
        self,
        window: QWidget,
        actions: Callable[[], Iterable[QAction]],
        search: Search | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(window)
        self.hide()
        self.setAccessibleName(self.tr("Search or jump to"))
        self._window, self._actions, self._search, self._settings = window, actions, search, settings
        self._verbs: list[Found] = []
        self._asked = ""
        self._before: QWidget | None = None
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def open(self) -> None:
        """Show it over the window, empty, with the recent ones first."""
        self._verbs = [_verb(action) for action in self._actions() if _can_run(action)]
        self._line.clear()
        self._look_for("")
        self.move((self._window.width() - self.width()) // 2, min(90, self._window.height() // 8))
        self.show()
        self.raise_()
        self._before = QApplication.focusWidget()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def type(self, text: str) -> None:
        """Look for `text`, as if typed."""
        self._line.setText(text)

    def results(self) -> list[Found]:
        """What is listed now."""
        return list(self._results.found)

    def run_current(self) -> None:
        """Run what is highlighted."""
        index = self._list.currentIndex()
        if not index.isValid():
            return
        one = self._results.found[index.row()]
        self.close_quietly()
        self._remember(one.id)
        one.run()

    def close_quietly(self) -> None:
        """Hide it; the keyboard returns to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move, Enter runs, Esc closes; typing goes to the line."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_current()
        elif key == Qt.Key.Key_Escape:
            self.close_quietly()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._line = QLineEdit()
        self._line.setProperty("kind", "bare")
        self._line.setFont(font("body", size=15))
        self._line.setPlaceholderText(self.tr("Type a verb, a customer, a number, an amount…"))
        self._line.setAccessibleName(self.tr("Search or jump to"))
        self._line.textChanged.connect(self._look_for)
        self._line.installEventFilter(self)
        self._results = _Results(self)
        self._list = QListView()
        self._list.setModel(self._results)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.setAccessibleName(self.tr("Results"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(lambda _: self.run_current())
        self._none = Label(self.tr("Nothing found. Try fewer letters."), "body", "3").centred()
        head = column(self._line, margins=(16, 6, 16, 6))
        body = column(self._list, self._none, margins=(6, 6, 6, 6))
        layout = column(head, rule(), body)
        layout.setStretch(2, 1)
        self.setLayout(column(Card(layout, panel="popup")))

    def _move(self, by: int) -> None:
        count = len(self._results.found)
        if count:
            row = (self._list.currentIndex().row() + by) % count
            self._list.setCurrentIndex(self._results.index(row))

    def _look_for(self, text: str) -> None:
        wanted = text.casefold().split()
        matching = [one for one in self._verbs if all(word in one.title.casefold() for word in wanted)]
        matching.sort(key=lambda one: (not one.title.casefold().startswith(text.casefold()), one.title.casefold()))
        self._list_found(matching if text else self._recent_first(matching))
        if text.strip() and self._search is not None:
            self._pause.start()
        else:
            self._pause.stop()

    def _ask(self) -> None:
        if self._search is None:
            return
        self._asked = asked = self._line.text().strip()
        self._search(asked, lambda found: self._answered(asked, found))

    def _answered(self, asked: str, found: Sequence[Found]) -> None:
        """Late answers to an older text are dropped; verbs whose words match stay above."""
        if asked == self._line.text().strip() and self.isVisible():
            known = [one for one in self._results.found if one.id.startswith("verb:")]
            self._list_found([*known[:4], *found, *known[4:]])

    def _list_found(self, found: Sequence[Found]) -> None:
        self._results.show_found(found)
        self._list.setVisible(bool(found))
        self._none.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._results.index(0))
        rows = max(2, min(len(found), _SHOWN))
        self.resize(min(_WIDTH, self._window.width() - 40), _HEAD + _ROW * rows)

    def _recent_first(self, found: list[Found]) -> list[Found]:
        recent = self._settings.texts(RECENT_KEY) if self._settings is not None else []
        order = {one: index for index, one in enumerate(recent)}
        return sorted(found, key=lambda one: order.get(one.id, len(order)))

    def _remember(self, id: str) -> None:  # noqa: A002 - the field's name
        if self._settings is not None:
            kept = [one for one in self._settings.texts(RECENT_KEY) if one != id]
            self._settings.put(RECENT_KEY, [id, *kept][:_RECENT_KEPT])

    def eventFilter(self, watched: object, event: object) -> bool:  # noqa: N802
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            moves = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if event.key() in moves:
                self.keyPressEvent(event)
                return True
        if watched is self._line and isinstance(event, QFocusEvent) and event.lostFocus() and self._is_left(event):
            self.hide()
        return False

    def _is_left(self, event: QFocusEvent) -> bool:
        """A click or Tab elsewhere, not a menu or another program."""
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        return event.reason() not in kept


def _can_run(action: QAction) -> bool:
    return action.isEnabled() and action.isVisible() and not action.isSeparator() and bool(action.text())


def _verb(action: QAction) -> Found:
    words = action.text().replace("&", "").rstrip("…")
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    icon = getattr(action, "icon_name", "") or "arrow-right"
    return Found(f"verb:{words}", words, action.trigger, icon=icon, key=key)
