"""The list of invoices and credit notes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from ui import formats
from ui.context import AppContext
from ui.invoicing.texts import kind_words, say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The list, narrowed as the route says."""
    return InvoicesScreen(context, route)


class InvoicesScreen(ListPage):
    """A payment can be taken from here."""

    def __init__(self, context: AppContext, route: Route) -> None:
        words = ListWords(
            say("invoicing", "Invoices"),
            say("invoicing", "Search number, customer, title"),
            count_words(lambda number: QCoreApplication.translate("invoicing", "%n invoices", None, number)),
            "invoice",
            say("invoicing", "No invoices yet"),
            say("invoicing", "An invoice is issued by itself for exactly what a customer has accepted."),
        )
        super().__init__(
            context,
            "invoices",
            lists.INVOICES,
            _columns(),
            words,
            {"invoice", "payment", "deal"},
            open_route=lambda row: Route("invoice", row.id),
            states_of="invoice",
        )
        self.pay = Action(say("invoicing", "Take a payment"), self, self._pay, "payment")
        self.add_row_verbs([self.pay])
        self.table.selected.connect(self._allow)
        self._allow(None)
        self.show_route(route)

    def _allow(self, row: lists.InvoiceRow | None) -> None:
        if row is None:
            self.pay.allow(False, say("invoicing", "Choose an invoice first."))
        else:
            self.pay.allow(row.open > 0, say("invoicing", "Nothing of it is open."))

    def _pay(self) -> None:
        row = self.row()
        if row is not None:
            self._context.router.open(Route("take-payment", row.deal_id))


def _due_words(row: lists.InvoiceRow) -> str:
    return formats.NOTHING if row.kind == "credit_note" else formats.date_text(row.due_on)


def _amount_words(row: lists.InvoiceRow) -> str:
    return formats.money_text(-row.gross if row.kind == "credit_note" else row.gross, row.currency)


def _state(row: lists.InvoiceRow) -> tuple[str, str]:
    """A credit note is no invoice that was paid: it says what it is."""
    if row.kind == "credit_note":
        return kind_words(row.kind), "neutral"
    return state_text("invoice", row.state), state_tone("invoice", row.state)


def _columns() -> list[Column]:
    return [
        Column(
            title=say("invoicing", "Invoice"),
            text=lambda row: row.number,
            below=lambda row: formats.date_text(row.issued_on),
            width=130,
            key="number",
        ),
        Column(
            title=say("invoicing", "Customer and title"),
            text=lambda row: row.title or row.customer,
            below=lambda row: row.customer if row.title else "",
            key="customer_sort",
        ),
        Column(
            title=say("invoicing", "State"),
            text=lambda row: _state(row)[0],
            tone=lambda row: _state(row)[1],
            look="badge",
            width=186,
        ),
        Column(title=say("invoicing", "Due"), text=_due_words, align="right", width=104, key="due_on"),
        Column(title=say("invoicing", "Total"), text=_amount_words, align="right", width=112, key="gross"),
        Column(
            title=say("invoicing", "Open"),
            text=lambda row: formats.money_text(row.open, row.currency) if row.open else formats.NOTHING,
            align="right",
            width=108,
            look="strong",
            key="open",
        ),
    ]
