"""The list of payments and refunds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from ui import formats
from ui.context import AppContext
from ui.payments.texts import say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.method_words import method_words
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The list, narrowed as the route says."""
    words = ListWords(
        say("payments", "Payments"),
        say("payments", "Search number, customer, reference"),
        count_words(lambda number: QCoreApplication.translate("payments", "%n payments", None, number)),
        "payment",
        say("payments", "No payments yet"),
        say("payments", "Open a deal with a contract, and take its deposit or payment there."),
    )
    page = ListPage(
        context,
        "payments",
        lists.PAYMENTS,
        _columns(),
        words,
        {"payment", "invoice", "deal"},
        open_route=lambda row: Route("payment", row.id),
        states_of="payment",
    )
    page.show_route(route)
    return page


def signed_text(row: lists.PaymentRow) -> str:
    """The amount; money that went out with a minus."""
    return formats.money_text(-row.amount if row.direction == "out" else row.amount, row.currency)


def _columns() -> list[Column]:
    return [
        Column(
            title=say("payments", "Payment"),
            text=lambda row: row.number,
            below=lambda row: row.deal_number,
            width=130,
            key="number",
        ),
        Column(
            title=say("payments", "Customer"),
            text=lambda row: row.customer,
            below=lambda row: row.reference,
            key="customer_sort",
        ),
        Column(
            title=say("payments", "State"),
            text=lambda row: state_text("payment", row.state),
            tone=lambda row: state_tone("payment", row.state),
            look="badge",
            width=158,
        ),
        Column(title=say("payments", "Method"), text=lambda row: method_words(row.method), width=112, look="quiet"),
        Column(title=say("payments", "Amount"), text=signed_text, align="right", width=116, key="amount"),
        Column(
            title=say("payments", "Paid on"),
            text=lambda row: formats.date_text(row.paid_on),
            align="right",
            width=116,
            key="paid_on",
        ),
    ]
