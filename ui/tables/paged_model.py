"""A list that grows page by page. It is given `fetch` and columns, and knows no stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.tables.column import Column, Order, Role

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _TIP, _ALIGN = 0, int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN, _MORE = int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.AccessibleDescriptionRole)
_ROW, _COLUMN = int(Role.ROW), int(Role.COLUMN)
_RELOAD_MOST = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor of the next page (None: that was all)."""

    rows: Sequence[Any]
    next: Any = None


Fetch = Callable[[Any, Order], Page]
"""`fetch(cursor, order)`: the page after `cursor` (None: the first one). A page-sized read; runs on the main thread."""


class PagedModel(QAbstractTableModel):
    """Rows of a keyset-paged query. `key(row)` gives the id that survives a reload."""

    order_changed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        key: Callable[[Any], Any] = lambda row: row.id,
        order: Order | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.order = order or Order()
        self._fetch = fetch
        self._rows: list[Any] = []
        self._texts: list[list[str | None]] = []
        self._next: Any = None
        self._load(0)

    # what screens use
    def row(self, index: int) -> Any:
        """The row value at a position."""
        return self._rows[index]

    def rows(self) -> list[Any]:
        """All rows loaded so far."""
        return list(self._rows)

    def position(self, key: Any) -> int:
        """Where the row with this id stands among the loaded ones; -1 if it is not there."""
        return next((index for index, row in enumerate(self._rows) if self.key(row) == key), -1)

    def reload(self, fetch: Fetch | None = None) -> None:
        """Read anew from the top. With another `fetch` (a new filter) the first page; else as far as was loaded."""
        self.beginResetModel()
        if fetch is not None:
            self._fetch = fetch
        self._load(0 if fetch is not None else min(len(self._rows), _RELOAD_MOST))
        self.endResetModel()

    def _load(self, at_least: int) -> None:
        self._rows, self._next = [], None
        while True:
            page = self._fetch(self._next, self.order)
            self._rows.extend(page.rows)
            self._next = page.next
            if self._next is None or not page.rows or len(self._rows) >= at_least:
                break
        self._texts = [[None] * len(self.columns) for _ in self._rows]

    # what Qt uses
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Rows loaded so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: N802, B008
        """Whether the last page was not the last."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: N802, B008
        """Read the next page."""
        if not self.canFetchMore(parent):
            return
        page = self._fetch(self._next, self.order)
        self._next = page.next if page.rows else None
        if page.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self._texts.extend([None] * len(self.columns) for _ in page.rows)
            self.endInsertRows()

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Early return on plain int roles: a view asks about seven roles for each cell of each repaint."""
        if role == _ROW:
            return self._rows[index.row()]
        if role == _DISPLAY:
            return self._text(index.row(), index.column())
        if role == _COLUMN:
            return self.columns[index.column()]
        if role == _ALIGN:
            return self.columns[index.column()].alignment
        if role == _TIP:
            tip = self.columns[index.column()].tip
            return tip(self._rows[index.row()]) or None if tip else None
        if role == _SPOKEN:
            return f"{self.columns[index.column()].title}: {self._text(index.row(), index.column())}"
        if role == _MORE:
            below = self.columns[index.column()].below
            return below(self._rows[index.row()]) if below else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (_DISPLAY, _SPOKEN):
            return self.columns[section].title
        return self.columns[section].alignment if role == _ALIGN else None

    def sort(self, section: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column that has a key: reads anew from the top."""
        if not 0 <= section < len(self.columns) or not self.columns[section].key:
            return
        wanted = Order(self.columns[section].key, order == Qt.SortOrder.DescendingOrder)
        if wanted != self.order:
            self.order = wanted
            self.reload(self._fetch)
            self.order_changed.emit(wanted)

    def _text(self, row: int, column: int) -> str:
        texts = self._texts[row]
        text = texts[column]
        if text is None:
            text = texts[column] = self.columns[column].text(self._rows[row])
        return text
