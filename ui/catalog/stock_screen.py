"""The store room: what is there, promised, coming, free on a day; and where goods are on their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.parties.rules import fold
from app.pipeline import stock
from app.pipeline.availability import StockItem, stock_list
from app.pipeline.stock import StockRow
from app.stock import queries as book
from app.stock.rules import Purchase
from ui.catalog.stock_columns import export_cells, room_columns, way_columns
from ui.catalog.stock_panel import Item, StockPanel
from ui.context import AppContext
from ui.routes import Route
from ui.tables.exports import company_name
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.date_edit import DateEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.layout import SideBySide, column, holder, row, scrolled
from ui.widgets.progress_panel import ProgressDialog
from ui.widgets.search_box import SearchBox
from ui.widgets.tabs import Tabs

_PANEL_WIDTH, _NARROW = 272, 780


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the screen shows."""

    room: Sequence[StockItem]
    way: Sequence[StockRow]
    purchases: Sequence[Purchase]


def screen(context: AppContext, _route: Route) -> QWidget:
    """The one stock screen."""
    return StockScreen(context)


class StockScreen(QWidget):
    """Enter opens the product; Ctrl+1, 2 and 3 count, expect and receive what is chosen in the list."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._facts = Facts((), (), ())
        self._was_shown = False
        self.setProperty("panel", "canvas")
        self._count = Label("", "caption", "3", figures=True)
        self.search = SearchBox(self.tr("Search item number, name"))
        self.search.searched.connect(lambda _: self._show())
        self.search.left_down.connect(self._enter_table)
        self.day = DateEdit(today=context.today)
        self.day.setAccessibleName(self.tr("Free on"))
        self.day.set_value(context.today())
        self.day.setFixedWidth(146)
        self.day.value_changed.connect(lambda _: self._show())
        self._make_tables()
        self.panel = StockPanel(context)
        self.panel.done.connect(self._go_on)
        self._make_verbs()
        self._lay_out()
        context.changes.happened.connect(self._on_change)
        self.reload()

    def title(self) -> str:
        """For the window's top bar."""
        return self.tr("Stock")

    def reload(self) -> None:
        """Read anew, beside the main thread."""
        today = self._context.today()

        def work(session: Any) -> Facts:
            return Facts(stock_list(session, today), stock.rows(session), book.open_purchases(session))

        self._context.read(work, self._take, owner=self)

    def shown(self) -> list[Any]:
        """The rows of the open tab that fit the search."""
        return self._fitting(self._facts.room if self.tabs.key() == "room" else self._facts.way)

    def _fitting(self, rows: Sequence[Any]) -> list[Any]:
        words = fold(self.search.text()).split()
        return [row for row in rows if all(word in fold(f"{row.sku} {row.name}") for word in words)]

    def wanted_on(self) -> date:
        """The day for which the free quantity is told."""
        return self.day.value() or self._context.today()

    def note(self, form: str) -> None:
        """Count, expect or receive what is chosen."""
        self.panel.begin(form)

    def export(self) -> None:
        """Ask for a file and save what is shown to it."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), f"{self.title()}.xlsx", self.tr("Excel workbook (*.xlsx)")
        )
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Save what is shown as a workbook, beside the main thread."""
        rows, title, context = self.shown(), self.title(), self._context
        cells = export_cells(self.tabs.key(), self.wanted_on())

        def work(_progress: Any) -> None:
            from app.outputs import files
            from app.outputs.xlsx import list_export

            made = list_export.write(title, cells(), rows, made=context.today(), author=company_name(context))
            files.save(path, made)

        said = self.tr("Saved to %1").replace("%1", path.name)
        job = self._context.jobs.file(work, lambda _: context.say(said), owner=self)
        ProgressDialog(self.tr("Exporting…"), job, self)

    # ------------------------------------------------------------------ building
    def _make_tables(self) -> None:
        self._no_room = EmptyState("stock", "", "")
        self._no_way = EmptyState("delivery", "", "")
        self.table = PagedView(
            PagedModel(
                room_columns(self.wanted_on), lambda *_: Page(self._fitting(self._facts.room)), lambda row: row.sku
            ),
            self.tr("Stock"),
            self._no_room,
        )
        self.way = PagedView(
            PagedModel(way_columns(), lambda *_: Page(self._fitting(self._facts.way)), lambda row: row.id),
            self.tr("On the way"),
            self._no_way,
        )
        for table in (self.table, self.way):
            table.opened.connect(self._open)
        self.table.selected.connect(self._choose)

    def _make_verbs(self) -> None:
        self.verbs = [
            Action(self.tr("Count"), self, lambda: self.note("count"), "check", "Ctrl+1"),
            Action(self.tr("Expect an arrival"), self, lambda: self.note("expect"), "calendar", "Ctrl+2"),
            Action(self.tr("Receive"), self, lambda: self.note("receive"), "package-check", "Ctrl+3"),
        ]
        self.table.add_verbs(self.verbs)
        self.save = Action(self.tr("Export…"), self, self.export, "export")

    def _lay_out(self) -> None:
        head = row(Label(self.tr("Stock"), "title"), 10, self._count, None, Button.of(self.save), gap=8)
        self._day_row = holder(row(Label(self.tr("Free on"), "label", "2"), self.day, gap=8))
        finder = row(self.search, 8, self._day_row, gap=4)
        finder.setStretch(0, 1)
        pages = [("room", self.tr("In the store room"), self.table), ("way", self.tr("On the way"), self.way)]
        self.tabs = Tabs(pages, self.tr("Stock"), 18)
        self.tabs.chosen.connect(self._turned)
        card = Card(column(column(head, finder, margins=(18, 12, 14, 4), gap=8), self.tabs, 5), self.tr("Stock"))
        inside: Any = card.layout()
        inside.setStretch(1, 1)
        self._side = scrolled(holder(column(self.panel, None)))
        self._body = SideBySide(card, self._side, _PANEL_WIDTH, _NARROW)
        self.setLayout(column(self._body, margins=(24, 16, 24, 18)))

    # ------------------------------------------------------------------ showing
    def _take(self, facts: Facts) -> None:
        self._facts = facts
        if not facts.room and facts.way and self.tabs.key() == "room" and not self._was_shown:
            self.tabs.show_tab("way")
        self._was_shown = True
        self._show()

    def _show(self) -> None:
        is_searched = bool(self.search.text().strip())
        no_match = (self.tr("No match"), self.tr("No item fits these words. Try fewer of them."))
        no_room = (
            self.tr("Nothing is counted yet"),
            self.tr("Open a product and choose “Count it from now on” on its tab Stock."),
        )
        no_way = (
            self.tr("Nothing ordered yet"),
            self.tr("Goods stand here once a contract with them is signed by both sides."),
        )
        self._no_room.say(*(no_match if is_searched else no_room))
        self._no_way.say(*(no_match if is_searched else no_way))
        for table in (self.table, self.way):
            model: Any = table.model()
            model.reload()
        self._count.setText(self.tr("%n items", None, len(self.shown())))
        self.save.allow(bool(self.shown()), self.tr("There is nothing to save yet."))
        if self.table.row() is None and self.table.model().rowCount():
            self.table.choose(0)
        self._choose(self.table.row())
        self._follow()

    def _follow(self) -> None:
        is_room = self.tabs.key() == "room"
        self._day_row.setVisible(is_room)
        self._side.setVisible(is_room and bool(self._facts.room))
        chosen = is_room and self.table.row() is not None
        for verb in self.verbs:
            verb.allow(chosen, self.tr("Choose a product first."))

    def _choose(self, found: StockItem | None) -> None:
        if found is None:
            self.panel.show_item(None)
        else:
            open_ones = [one for one in self._facts.purchases if one.product_id == found.id]
            self.panel.show_item(Item(found.id, found.sku, found.name, found.availability, open_ones))
        self._follow()

    def _turned(self, _key: str) -> None:
        self._show()

    def _go_on(self, form: str) -> None:
        """After a count the next one: a store room is counted from top to bottom."""
        at = self.table.currentIndex().row() + 1
        if form == "count" and at < self.table.model().rowCount():
            self.table.choose(at)
        self.panel.begin(form)

    def _enter_table(self) -> None:
        table = self.table if self.tabs.key() == "room" else self.way
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if table.row() is None and table.model().rowCount():
            table.choose(0)

    def _open(self, found: StockItem | StockRow) -> None:
        product_id = found.id if isinstance(found, StockItem) else found.product_id
        if product_id is not None:
            self._context.router.open(Route.to("product", product_id, tab="stock"))

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & {"deal", "contract", "delivery", "product", "stock"}:
            self.reload()
