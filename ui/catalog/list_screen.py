"""The list of products."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.catalog.rules import margin_percent
from app.pipeline import lists
from app.pricing.marks import MarginMarks, margin_marks
from ui import formats
from ui.catalog.texts import price_words
from ui.catalog.verbs import set_used
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.exports import kind_words
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.tables.thumbnails import Thumbnails
from ui.widgets.action import Action
from ui.widgets.painting import margin_tone
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The list, narrowed as the route says."""
    return ProductsScreen(context, route)


class ProductsScreen(ListPage):
    """Enter opens a product."""

    def __init__(self, context: AppContext, route: Route) -> None:
        words = ListWords(
            _say("Products"),
            _say("Search item number, name, category"),
            count_words(lambda number: QCoreApplication.translate("catalog", "%n products", None, number)),
            "products",
            _say("No products yet"),
            _say("Add what you sell, or bring a price list from a spreadsheet."),
        )
        with context.store.read() as session:
            marks = margin_marks(session)
        super().__init__(
            context,
            "products",
            lists.PRODUCTS,
            _columns(marks, Thumbnails(context.store.files)),
            words,
            {"product", "settings"},
            open_route=lambda row: Route("product", row.id),
            states_of="product",
            new=self._new,
        )
        go = context.router.open
        self.bring = Action(self.tr("Import products…"), self, lambda: go(Route("import-products")), "import")
        self.guides = Action(self.tr("Guides"), self, lambda: go(Route("guides")), "help")
        self.edit = Action(self.tr("Edit"), self, lambda: self._of_row("edit"), "edit", "Ctrl+E")
        self.copy = Action(self.tr("Duplicate"), self, lambda: self._of_row("copy"), "copy", "Ctrl+D")
        self.toggle = Action(self.tr("Take out of use"), self, self._toggle, "minus")
        self._row_verbs = [self.edit, self.copy, self.toggle]
        self.add_row_verbs(self._row_verbs)
        self.add_head_verb(self.guides)
        self.add_head_verb(self.bring)
        self.table.selected.connect(self._allow)
        self._allow(None)
        self.show_route(route)

    def _new(self, parent: QWidget) -> Action:
        return Action(
            _say("New product"),
            parent,
            lambda: self._context.router.open(Route("product", "new")),
            "plus",
            "Ctrl+Alt+N",
        )

    def _allow(self, row: lists.ProductRow | None) -> None:
        for verb in self._row_verbs:
            verb.allow(row is not None, _say("Choose a product first."))
        if row is not None:
            self.toggle.rename(_say("Take out of use") if row.state == "active" else _say("Use again"))

    def _of_row(self, verb: str) -> None:
        row = self.row()
        if row is not None:
            route = Route.to("product", row.id, edit=1) if verb == "edit" else Route.to("product", "new", copy=row.id)
            self._context.router.open(route)

    def _toggle(self) -> None:
        row = self.row()
        if row is not None:
            set_used(self._context, self, row.id, row.name, is_used=row.state != "active")


def _columns(marks: MarginMarks, thumbnails: Thumbnails) -> list[Column]:
    def margin(row: lists.ProductRow) -> str:
        found = margin_percent(row.unit_price, row.base_quantity, row.cost)
        return formats.NOTHING if found is None else formats.percent_text(found, 1)

    def share(row: lists.ProductRow) -> float:
        return float(margin_percent(row.unit_price, row.base_quantity, row.cost) or 0)

    def tone(row: lists.ProductRow) -> str:
        return margin_tone(share(row), float(marks.floor), float(marks.target)) if row.cost is not None else "neutral"

    return [
        Column(
            title=_say("Product"),
            text=lambda row: row.name,
            below=lambda row: row.sku,
            look="strong",
            key="sort_name",
            picture=lambda row: thumbnails.of(row.thumbnail),
        ),
        Column(
            title=_say("Category"),
            text=lambda row: row.category or formats.NOTHING,
            below=lambda row: kind_words(row.kind),
            width=134,
            key="category",
        ),
        Column(
            title=_say("List price"),
            text=lambda row: price_words(row.unit_price, row.base_quantity, row.unit, row.currency),
            align="right",
            width=148,
            key="unit_price",
        ),
        Column(title=_say("Margin"), text=margin, share=share, tone=tone, look="margin", align="right", width=132),
        Column(
            title=_say("State"),
            text=lambda row: state_text("product", row.state),
            tone=lambda row: state_tone("product", row.state),
            look="badge",
            width=112,
        ),
    ]


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
