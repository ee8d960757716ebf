"""A list on the screen: Enter opens, the selection survives a reload, Tab leaves, Ctrl+C copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.context import Changes, Settings
from ui.tables.base_view import BaseView
from ui.tables.cell_painter import CellPainter
from ui.tables.paged_model import PagedModel
from ui.widgets.action import Action


class PagedView(BaseView):
    """Shows a `PagedModel`. Verbs added with `add_verbs` are its context menu."""

    opened = Signal(object)
    """Enter or double click on a row."""
    selected = Signal(object)
    """The current row changed; None when there is none."""
    marked = Signal(int)
    """How many rows are marked, for verbs on many."""

    def __init__(self, model: PagedModel, name: str, empty: QWidget | None = None) -> None:
        super().__init__(name, CellPainter())
        self._kept: set[Any] = set()
        self._current: Any = None
        self._is_stale = False
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list = model
        self.setModel(model)
        self.size_columns(model.columns)
        self._set_up_sorting()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.rowsInserted.connect(self._place_empty)
        model.reading.connect(self._place_empty)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        if empty is not None:
            self.set_empty_state(empty)

    def row(self) -> Any:
        """The current row, or None."""
        index = self.currentIndex()
        return self._list.row(index.row()) if index.isValid() else None

    def rows(self) -> list[Any]:
        """The marked rows, from top to bottom."""
        return [self._list.row(index.row()) for index in sorted(self.selectionModel().selectedRows())]

    def select(self, key: Any) -> bool:
        """Make the row with this id current; False if it is not loaded."""
        position = self._list.position(key)
        if position >= 0:
            self.choose(position)
        return position >= 0

    def reload(self) -> None:
        """Read anew now if visible, else when it is shown next."""
        if self.isVisible():
            self._is_stale = False
            self._list.reload()
        else:
            self._is_stale = True

    def follow(self, changes: Changes, kinds: Iterable[str]) -> None:
        """Reload whenever something of these kinds changed."""
        wanted = frozenset(kinds)
        self._kinds = wanted
        changes.happened.connect(self._on_change)

    def remember_columns(self, settings: Settings, key: str) -> None:
        """Keep widths and order of the columns over restarts; widths are what was wanted, not what just had room."""
        head = self.horizontalHeader()
        state = settings.state(key)
        if not state.isEmpty():
            self._is_fitting = True
            head.restoreState(state)
            self._is_fitting = False
            self.want_widths(_widths(settings.texts(f"{key}-widths")))
        head.setSectionsMovable(True)

        def keep(*_: Any) -> None:
            if not self._is_fitting:
                settings.put(key, head.saveState())
                settings.put(f"{key}-widths", [f"{section}:{width}" for section, width in self.widths().items()])

        head.sectionResized.connect(keep)
        head.sectionMoved.connect(keep)

    def add_verbs(self, actions: Iterable[Action]) -> None:
        """Offer these on a right click and the menu key."""
        self.addActions(list(actions))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens, Ctrl+C copies; letters are not searched for (there is the search line)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_plain(event):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.text() and event.text().isprintable() and self._is_plain(event) and event.text() != " ":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._is_stale:
            self.reload()
        self._place_empty()

    def _set_up_sorting(self) -> None:
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(bool(self._list.order.key))
        keys = [column.key for column in self._list.columns]
        if self._list.order.key in keys:
            down = self._list.order.descending
            head.setSortIndicator(
                keys.index(self._list.order.key),
                Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder,
            )
        head.sectionClicked.connect(self._sort)

    def _sort(self, section: int) -> None:
        column = self._list.columns[section]
        if not column.key:
            return
        is_same = column.key == self._list.order.key
        down = not self._list.order.descending if is_same else column.align == "right"
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(section, order)
        self._list.sort(section, order)

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._list.row(index.row()))

    def _on_change(self, kinds: frozenset[str]) -> None:
        if kinds & self._kinds:
            self.reload()

    def _tell(self, *_: Any) -> None:
        self.marked.emit(len(self.selectionModel().selectedRows()))

    def _tell_current(self, *_: Any) -> None:
        self.selected.emit(self.row())

    def _remember(self) -> None:
        self._kept = {self._list.key(row) for row in self.rows()}
        row = self.row()
        self._current = None if row is None else self._list.key(row)

    def _restore(self) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        position = self._list.position(self._current) if self._current is not None else -1
        if position >= 0:
            index = self._list.index(position, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        for key in self._kept:
            position = self._list.position(key)
            if position >= 0:
                self.selectionModel().select(self._list.index(position, 0), flags)
        self._place_empty()


def _widths(kept: Iterable[str]) -> dict[int, int]:
    """Widths by column, from "3:140"; what reads otherwise is left out."""
    pairs = (text.split(":") for text in kept)
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(part.isdecimal() for part in pair)}
