"""The list of deliveries."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from ui import formats
from ui.context import AppContext
from ui.delivery.texts import say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The list, narrowed as the route says."""
    return DeliveriesScreen(context, route)


class DeliveriesScreen(ListPage):
    """Receipt can be confirmed from here."""

    def __init__(self, context: AppContext, route: Route) -> None:
        words = ListWords(
            say("delivery", "Deliveries"),
            say("delivery", "Search number, customer, tracking"),
            count_words(lambda number: QCoreApplication.translate("delivery", "%n deliveries", None, number)),
            "delivery",
            say("delivery", "No deliveries yet"),
            say("delivery", "When a contract is signed by both sides, dispatch its goods from the deal."),
        )
        super().__init__(
            context,
            "deliveries",
            lists.DELIVERIES,
            _columns(),
            words,
            {"delivery", "deal"},
            open_route=lambda row: Route("delivery", row.id),
            states_of="delivery",
        )
        self.confirm = Action(say("delivery", "Confirm receipt"), self, self._confirm, "package-check", "Ctrl+Return")
        self.add_row_verbs([self.confirm])
        self.table.selected.connect(self._allow)
        self._allow(None)
        self.show_route(route)

    def _allow(self, row: lists.DeliveryRow | None) -> None:
        if row is None:
            self.confirm.allow(False, say("delivery", "Choose a delivery first."))
        else:
            self.confirm.allow(row.state == "dispatched", say("delivery", "It was received already."))

    def _confirm(self) -> None:
        row = self.row()
        if row is not None:
            self._context.router.open(Route.to("confirm-receipt", row.deal_id, what="goods", delivery=row.number))


def _columns() -> list[Column]:
    return [
        Column(title=say("delivery", "Delivery"), text=lambda row: row.number, width=126, key="number"),
        Column(
            title=say("delivery", "Customer and title"),
            text=lambda row: row.title or row.customer,
            below=lambda row: row.customer if row.title else "",
            key="customer_sort",
        ),
        Column(
            title=say("delivery", "State"),
            text=lambda row: state_text("delivery", row.state),
            tone=lambda row: state_tone("delivery", row.state),
            look="badge",
            width=116,
        ),
        Column(
            title=say("delivery", "Carrier"),
            text=lambda row: row.carrier or formats.NOTHING,
            below=lambda row: row.tracking,
            width=150,
        ),
        Column(
            title=say("delivery", "Sent on"),
            text=lambda row: formats.date_text(row.dispatched_on),
            align="right",
            width=112,
            key="dispatched_on",
        ),
        Column(
            title=say("delivery", "Received on"),
            text=lambda row: formats.date_text(row.received_on),
            align="right",
            width=128,
        ),
    ]
