"""The store room as far as one product is concerned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.catalog.queries import Stored
from app.catalog.service import save_product
from app.pipeline import availability as store_room
from app.stock import queries as book
from app.stock.rules import Movement, MovementKind
from ui import formats
from ui.catalog.stock_form import amount_words
from ui.catalog.stock_panel import Item, StockPanel
from ui.context import AppContext
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import SideBySide, column, holder, page

_MOST = 60


class StockTab(QWidget):
    """What there is, what was noted, and the panel to note more."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._stored: Stored | None = None
        self._unit = "C62"
        self.panel = StockPanel(context)
        self.history = RowsCard(self.tr("What was noted"), self._columns(), lambda row: row.id)
        self._nothing = EmptyState(
            "stock", self.tr("Nothing noted yet"), self.tr("Count what lies there: from then on it is kept up.")
        )
        self._begin = Button(self.tr("Count it from now on"), "primary", "stock", self._count_it)
        self._not_counted = EmptyState(
            "stock",
            self.tr("Not counted in the store room"),
            self.tr("Count this product, and quotes will say how much of it can be promised, and when."),
            self._begin,
        )
        main = holder(column(self.history, self._nothing, None))
        self._counted = SideBySide(main, holder(column(self.panel, None)), 330, 860)
        self.setLayout(column(page(self._counted, self._not_counted, None)))
        context.changes.happened.connect(self._on_change)

    def show_product(self, stored: Stored) -> None:
        """Show what is known of a product."""
        self._stored = stored
        is_counted = stored.product.stocked
        self._counted.setVisible(is_counted)
        self._not_counted.setVisible(not is_counted)
        if is_counted:
            self._read()

    def _read(self) -> None:
        if self._stored is None:
            return
        product, product_id, today = self._stored.product, self._stored.id, self._context.today()

        def work(session: Any) -> tuple[Item, list[Movement]]:
            found = store_room.availability(session, [product.sku], today)[product.sku]
            purchases = [one for one in book.open_purchases(session) if one.product_id == product_id]
            noted = book.movements(session, [product_id])[product_id]
            return Item(product_id, product.sku, product.name, found, purchases), noted

        self._context.read(work, self._show, owner=self)

    def _show(self, told: tuple[Item, list[Movement]]) -> None:
        item, noted = told
        if self._stored is None or item.id != self._stored.id:
            return
        self._unit = item.availability.unit
        self.panel.show_item(item)
        self.history.set_rows(sorted(noted, key=lambda one: -one.id)[:_MOST])
        self._nothing.setVisible(not noted)

    def _count_it(self) -> None:
        stored = self._stored
        if stored is None:
            return
        item = replace(stored.product, stocked=True)
        self._context.write(lambda session: save_product(session, item, product_id=stored.id), {"product"}, owner=self)

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & {"stock", "delivery", "contract"} and self._stored is not None and self._stored.product.stocked:
            self._read()

    def _columns(self) -> list[Column]:
        words = {
            MovementKind.COUNTED: self.tr("Counted"),
            MovementKind.EXPECTED: self.tr("Expected"),
            MovementKind.RECEIVED: self.tr("Arrived"),
            MovementKind.CANCELLED: self.tr("Will not come"),
        }
        tones = {
            MovementKind.COUNTED: "accent",
            MovementKind.EXPECTED: "neutral",
            MovementKind.RECEIVED: "ok",
            MovementKind.CANCELLED: "warn",
        }
        return [
            Column(title=self.tr("Day"), text=lambda one: formats.date_text(one.on), width=120),
            Column(
                title=self.tr("What"),
                text=lambda one: words[one.kind],
                tone=lambda one: tones[one.kind],
                look="badge",
                width=130,
            ),
            Column(
                title=self.tr("Quantity"),
                text=lambda one: amount_words(one.quantity, self._unit),
                align="right",
                width=110,
            ),
            Column(title=self.tr("Why"), text=lambda one: one.reference or one.note, look="quiet"),
        ]
