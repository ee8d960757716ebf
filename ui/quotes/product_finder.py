"""Finding a product by a few letters: Enter takes the first match, Down leaves to the others."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from app.pipeline.lists import Filter
from ui import formats
from ui.context import AppContext
from ui.tables.column import Column
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.layout import column
from ui.widgets.search_box import SearchBox

_MATCHES, _LOOKED_AT = 8, 60


class ProductSearch(SearchBox):
    """The line one types into."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter takes the first match."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.search_now()
            self.entered.emit()
            return
        super().keyPressEvent(event)


class ProductFinder(QWidget):
    """Search line and matches. Only products that are in use are found."""

    found = Signal(str)
    """The SKU of a product that was taken."""
    named = Signal(str)
    """Enter on a text that no product has."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.items: list[Any] = []
        self.search = ProductSearch(self.tr("Add a product: number or name, then Enter"), self.tr("Add a product"))
        self.search.searched.connect(self._look)
        self.search.entered.connect(self.take_first)
        self.search.left_down.connect(self._enter_matches)
        self.matches = self._make_matches()
        self.setLayout(column(self.search, self.matches, gap=4))

    def take_first(self) -> None:
        """Take the first match; what is no product is told by its text."""
        text = self.search.text().strip()
        if text and self.items:
            self.found.emit(self.items[0].sku)
        elif text:
            self.named.emit(text)

    def clear(self) -> None:
        """Empty again."""
        self.search.clear()
        self.search.search_now()
        self._look("")

    def _look(self, text: str) -> None:
        self.items = []
        if text:
            with self._context.store.read() as session:
                narrowed = Filter(text, ("active",))
                found = lists.page(session, lists.PRODUCTS, narrowed, self._context.today(), size=_LOOKED_AT)
            self.items = sorted(found.items, key=lambda item: _rank(item, text.casefold()))[:_MATCHES]
        model: Any = self.matches.model()
        model.reload()
        self.matches.setVisible(bool(self.items))
        self.matches.setFixedHeight(self.matches.height_for(min(len(self.items), 4)))

    def _enter_matches(self) -> None:
        if self.items:
            self.matches.setFocus()
            self.matches.choose(0)

    def _make_matches(self) -> PagedView:
        columns = [
            Column(title=self.tr("Product"), text=lambda item: item.name, below=lambda item: item.sku),
            Column(title=self.tr("Group"), text=lambda item: item.category, width=130, look="quiet"),
            Column(title=self.tr("Price"), text=_price, align="right", width=130),
        ]
        view = PagedView(PagedModel(columns, lambda *_: Page(self.items)), self.tr("Matching products"))
        view.opened.connect(lambda item: self.found.emit(item.sku))
        view.clicked.connect(lambda index: self.found.emit(self.items[index.row()].sku))
        view.setVisible(False)
        return view


def _rank(item: Any, text: str) -> int:
    """The product with this number first, then what begins with the text, then words that do."""
    sku, name = item.sku.casefold(), item.name.casefold()
    if sku == text:
        return 0
    if sku.startswith(text) or name.startswith(text):
        return 1
    return 2 if any(word.startswith(text) for word in name.split()) else 3


def _price(item: Any) -> str:
    return f"{formats.decimal_text(item.unit_price, 2)} {item.currency}"
