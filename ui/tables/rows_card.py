"""A few rows in a card of a detail screen: as high as its rows, Enter or a double click opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal

from ui.tables.column import Column
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.card import Card, CardHead
from ui.widgets.layout import column

_MOST_ROWS = 12


class RowsCard(Card):
    """`key(row)` gives the id that keeps the selection."""

    opened = Signal(object)
    selected = Signal(object)

    def __init__(self, title: str, columns: Sequence[Column], key: Callable[[Any], Any], note: str = "") -> None:
        self._rows: Sequence[Any] = ()
        self.head = CardHead(title, note)
        self.table = PagedView(PagedModel(columns, lambda _cursor, _order: Page(self._rows), key), title)
        super().__init__(column(self.head, self.table, 6), title)
        self.table.opened.connect(self.opened)
        self.table.selected.connect(self.selected)
        self.set_rows(())

    def rows(self) -> list[Any]:
        """What is shown."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self._rows = rows
        model: Any = self.table.model()
        model.reload()
        self.table.setFixedHeight(self.table.height_for(min(max(len(rows), 1), _MOST_ROWS)))
        self.setVisible(bool(rows))
