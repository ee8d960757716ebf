"""A list of price rules on its tab: search, the verb for a new one, and the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.parties.rules import fold
from ui import formats
from ui.tables.column import Column, Order
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.search_box import SearchBox

_PAGE = 200


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a list says. `new` is its verb; the last two are for the list without rows."""

    title: str
    search: str
    new: str
    icon: str
    empty_title: str
    empty_text: str


class RuleTable(QWidget):
    """`found_in(row)` are the words that the search looks through; columns with a `key` sort by their text."""

    opened = Signal(object)
    new_wanted = Signal()

    def __init__(self, words: TableWords, columns: Sequence[Column], found_in: Callable[[Any], str]) -> None:
        super().__init__()
        self._words, self._columns, self._found_in = words, {one.key: one for one in columns if one.key}, found_in
        self._rows: Sequence[Any] = ()
        self._text = ""
        self.new = Action(words.new, self, self.new_wanted.emit, "plus", "Ctrl+Alt+N")
        self._search = SearchBox(words.search)
        self._search.searched.connect(self._narrow)
        self._count = Label("", "caption", "3", figures=True)
        self._model = PagedModel(columns, self._fetch)
        self._empty = EmptyState(words.icon, words.empty_title, words.empty_text, Button.of(self.new, "primary"))
        self.table = PagedView(self._model, words.title, self._empty)
        self.table.opened.connect(self.opened)
        self._search.left_down.connect(self.table.setFocus)
        head = row(self._search, self._count, None, Button.of(self.new, "primary"), margins=(14, 12, 14, 12), gap=12)
        body = column(head, self.table)
        body.setStretch(1, 1)
        self.setLayout(column(Card(body, words.title), margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 18)))

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self._rows = rows
        self._model.reload()
        self._tell()

    def rows(self) -> list[Any]:
        """What is shown after the search."""
        wanted = fold(self._text).split()
        return [one for one in self._rows if all(word in fold(self._found_in(one)) for word in wanted)]

    def _narrow(self, text: str) -> None:
        self._text = text
        self._model.reload(self._fetch)
        self._tell()

    def _fetch(self, cursor: Any, order: Order) -> Page:
        rows = self.rows()
        if order.key in self._columns:
            shown = self._columns[order.key].text
            rows.sort(key=lambda one: fold(shown(one)), reverse=order.descending)
        start = int(cursor or 0)
        end = start + _PAGE
        return Page(rows[start:end], end if end < len(rows) else None)

    def _tell(self) -> None:
        self._count.setText(formats.whole_text(len(self.rows())) if self._rows else "")
        if self._rows:
            self._empty.say(self.tr("Nothing matches"), self.tr("Look for other words, or empty the search."))
        else:
            self._empty.say(self._words.empty_title, self._words.empty_text)
