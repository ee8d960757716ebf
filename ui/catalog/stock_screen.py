"""Where goods are, item by item. On-hand numbers are not kept yet, and the screen says so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.parties.rules import fold
from app.pipeline import stock
from app.pipeline.stock import StockRow
from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column, Order
from ui.tables.exports import company_name
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, row
from ui.widgets.progress_panel import ProgressDialog
from ui.widgets.search_box import SearchBox
from ui.widgets.unit_words import unit_name, unit_sign

_AMOUNTS = ("ordered", "to_dispatch", "in_transit", "dispatched", "accepted", "returned")


def screen(context: AppContext, _route: Route) -> QWidget:
    """The one stock screen."""
    return StockScreen(context)


class StockScreen(QWidget):
    """Enter opens the product."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._rows: Sequence[StockRow] = ()
        self.setProperty("panel", "canvas")
        self._count = Label("", "caption", "3", figures=True)
        self.search = SearchBox(self.tr("Search item number, name"))
        self.search.searched.connect(lambda _: self._show())
        self.save = Action(self.tr("Export…"), self, self.export, "export")
        self._empty = EmptyState("stock", "", "")
        self.table = PagedView(PagedModel(self._columns(), self._page), self.tr("Stock"), self._empty)
        self.table.opened.connect(self._open)
        self.search.left_down.connect(self._enter_table)
        self._lay_out()
        context.changes.happened.connect(self._on_change)
        self.reload()

    def title(self) -> str:
        """For the window's top bar."""
        return self.tr("Stock")

    def reload(self) -> None:
        """Read anew, beside the main thread."""
        self._context.read(stock.rows, self._take, owner=self)

    def shown(self) -> list[StockRow]:
        """The rows that fit the search."""
        words = fold(self.search.text()).split()
        return [row for row in self._rows if all(word in fold(f"{row.sku} {row.name}") for word in words)]

    def export(self) -> None:
        """Ask for a file and save what is shown to it."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), f"{self.title()}.xlsx", self.tr("Excel workbook (*.xlsx)")
        )
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Save what is shown as a workbook, beside the main thread."""
        rows, title, titles = self.shown(), self.title(), self._titles()
        context = self._context

        def work(_progress: Any) -> None:
            from app.outputs import files
            from app.outputs.xlsx import list_export
            from app.outputs.xlsx.styles import Kind
            from app.outputs.xlsx.workbook import Column as Cell

            words: list[Any] = [
                Cell("sku", titles[0], Kind.TEXT, lambda row: row.sku),
                Cell("name", titles[1], Kind.TEXT, lambda row: row.name),
                Cell("unit", titles[2], Kind.TEXT, lambda row: unit_name(row.unit)),
            ]
            amounts = [
                Cell(name, words_of, Kind.NUMBER, lambda row, name=name: getattr(row, name))
                for name, words_of in zip(_AMOUNTS, titles[3:], strict=True)
            ]
            author = company_name(context)
            files.save(path, list_export.write(title, words + amounts, rows, made=context.today(), author=author))

        said = self.tr("Saved to %1").replace("%1", path.name)
        job = self._context.jobs.file(work, lambda _: context.say(said), owner=self)
        ProgressDialog(self.tr("Exporting…"), job, self)

    # inside
    def _lay_out(self) -> None:
        head = row(Label(self.tr("Stock"), "title"), 10, self._count, None, self.search, Button.of(self.save), gap=8)
        hint = row(
            Icon("info", "text3", 14),
            Label(
                self.tr(
                    "What lies in your store is not counted yet: these figures come from contracts and deliveries."
                ),
                "caption",
                "3",
            ).wrap(),
            gap=7,
        )
        hint.setStretch(1, 1)
        top = column(head, hint, margins=(18, 12, 14, 12), gap=10)
        card = Card(column(top, self.table, 5), self.tr("Stock"))
        inside: Any = card.layout()
        inside.setStretch(1, 1)
        self.setLayout(column(card, margins=(24, 16, 24, 18)))

    def _titles(self) -> list[str]:
        return [
            self.tr("Item number"), self.tr("Name"), self.tr("Unit"), self.tr("Ordered"), self.tr("To dispatch"),
            self.tr("In transit"), self.tr("Dispatched"), self.tr("Accepted"), self.tr("Returned"),
        ]  # fmt: skip

    def _columns(self) -> list[Column]:
        item = Column(title=self.tr("Item"), text=lambda row: row.name, below=lambda row: row.sku, look="strong")
        titles = self._titles()[3:]
        return [item, *(self._amount(title, name) for title, name in zip(titles, _AMOUNTS, strict=True))]

    def _amount(self, title: str, name: str) -> Column:
        def text(row: StockRow) -> str:
            amount: Decimal = getattr(row, name)
            return f"{formats.decimal_text(amount)} {unit_sign(row.unit, amount)}" if amount else formats.NOTHING

        return Column(title=title, text=text, align="right", width=98)

    def _page(self, _cursor: Any, _order: Order) -> Page:
        return Page(self.shown())

    def _take(self, rows: Sequence[StockRow]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        if self._rows:
            self._empty.say(self.tr("No match"), self.tr("No item fits these words. Try fewer of them."))
        else:
            words = self.tr("Goods stand here once a contract with them is signed by both sides.")
            self._empty.say(self.tr("Nothing ordered yet"), words)
        model: Any = self.table.model()
        model.reload(self._page)
        self._count.setText(self.tr("%n items", None, len(self.shown())))
        self.save.allow(bool(self._rows), self.tr("There is nothing to save yet."))

    def _enter_table(self) -> None:
        self.table.setFocus()
        if self.table.row() is None and self.table.model().rowCount():
            self.table.choose(0)

    def _open(self, found: StockRow) -> None:
        if found.product_id is not None:
            self._context.router.open(Route("product", found.product_id))

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & {"deal", "contract", "delivery", "product"}:
            self.reload()
