"""Where a product is used: in which bundles, and which of its own parts cannot be had any more."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.catalog.rules import Product
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.rows_card import RowsCard
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, page
from ui.widgets.state_words import state_text, state_tone


class UsedTab(QWidget):
    """Enter opens the bundle, at its options."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._gone = Banner("", "warning", "warn")
        self.wholes = RowsCard(self.tr("Part or option of"), self._columns(), lambda row: row.id)
        self.wholes.opened.connect(lambda row: context.router.open(Route.to("product", row.id, tab="options")))
        self._nothing = EmptyState(
            "products",
            self.tr("In no other product"),
            self.tr("Bundles and options that hold this product stand here."),
        )
        self.setLayout(column(page(self._gone, self.wholes, self._nothing, None)))

    def show_product(self, found: Any) -> None:
        """Show the bundles of a product, and what is wrong with its own parts."""
        self.wholes.set_rows(found.wholes)
        self._nothing.setVisible(not found.wholes)
        gone = [sku for sku in found.model.skus() if not _is_offered(found.parts.get(sku), self._context.today())]
        self._gone.setVisible(bool(gone))
        self._gone.say(self.tr("Not offered now, but inside this product: %1").replace("%1", ", ".join(gone)))

    def _columns(self) -> list[Column]:
        def state(row: Any) -> str:
            return "active" if row.active else "inactive"

        return [
            Column(title=self.tr("Product"), text=lambda row: row.name, below=lambda row: row.sku),
            Column(
                title=self.tr("State"),
                text=lambda row: state_text("product", state(row)),
                tone=lambda row: state_tone("product", state(row)),
                look="badge",
                width=130,
            ),
        ]


def _is_offered(product: Product | None, today: Any) -> bool:
    return product is not None and product.offered_on(today)
