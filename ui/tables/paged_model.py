"""A list that grows page by page. It is given `fetch` and columns, and knows no stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.tables.column import Column, Order, Role
from ui.tables.page_reader import PageReader

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
"""`fetch(cursor, order)`: the page after `cursor` (None: the first one). A page-sized read."""


class PagedModel(QAbstractTableModel):
    """Rows of a keyset-paged query. `key(row)` gives the id that survives a reload.

    With a `reader` pages are read beside the main thread: `fetch` must not touch widgets then.
    """

    order_changed = Signal(object)
    reading = Signal(bool)
    """Rows are being read beside the main thread, or have come."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        key: Callable[[Any], Any] = lambda row: row.id,
        order: Order | None = None,
        parent: QObject | None = None,
        reader: PageReader | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.order = order or Order()
        self._fetch = fetch
        self._rows: list[Any] = []
        self._texts: dict[int, list[str | None]] = {}
        self._next: Any = None
        self._reader = reader
        self.is_reading = False
        self.reload(fetch)

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
        at_least = 0 if fetch is not None else min(len(self._rows), _RELOAD_MOST)
        if fetch is not None:
            self._fetch = fetch
        self._ask(partial(self._read, self._fetch, self.order, at_least), self._replace)

    @staticmethod
    def _read(fetch: Fetch, order: Order, at_least: int) -> Page:
        """From the top, so many rows and the rest of their page. Reads nothing of the model: runs on any thread."""
        rows: list[Any] = []
        cursor: Any = None
        while True:
            page = fetch(cursor, order)
            rows.extend(page.rows)
            cursor = page.next
            if cursor is None or not page.rows or len(rows) >= at_least:
                return Page(rows, cursor)

    def _ask(self, work: Callable[[], Page], take: Callable[[Page], None]) -> None:
        """Read, with a reader beside the main thread; until the answer is there the rows stay as they are."""
        if self._reader is None:
            take(work())
            return

        def done(page: Page) -> None:
            self._tell_reading(False)
            take(page)

        self.is_reading = True
        self._reader.ask(work, done, lambda: self._tell_reading(False))
        if self.is_reading:
            self.reading.emit(True)

    def _tell_reading(self, is_reading: bool) -> None:
        self.is_reading = is_reading
        self.reading.emit(is_reading)

    def _replace(self, page: Page) -> None:
        self.beginResetModel()
        self._take(page)
        self.endResetModel()

    def _take(self, page: Page) -> None:
        self._rows, self._next = list(page.rows), page.next
        self._texts = {}  # only of rows that were painted

    # what Qt uses
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Rows loaded so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: N802, B008
        """Whether the last page was not the last, and may be asked for now."""
        return not parent.isValid() and self._next is not None and not self.is_reading

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: N802, B008
        """Read the next page."""
        if not self.canFetchMore(parent):
            return
        self._ask(partial(self._fetch, self._next, self.order), self._append)

    def _append(self, page: Page) -> None:
        self._next = page.next if page.rows else None
        if page.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows.extend(page.rows)
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
        texts = self._texts.get(row)
        if texts is None:
            texts = self._texts[row] = [None] * len(self.columns)
        text = texts[column]
        if text is None:
            text = texts[column] = self.columns[column].text(self._rows[row])
        return text
