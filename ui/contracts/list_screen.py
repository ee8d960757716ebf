"""The list of contracts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from ui import formats
from ui.context import AppContext
from ui.contracts.texts import say
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The list, narrowed as the route says."""
    words = ListWords(
        say("contracts", "Contracts"),
        say("contracts", "Search number, customer, title"),
        count_words(lambda number: QCoreApplication.translate("contracts", "%n contracts", None, number)),
        "contract",
        say("contracts", "No contracts yet"),
        say("contracts", "A contract is drawn up by itself when a customer accepts a quote."),
    )
    page = ListPage(
        context,
        "contracts",
        lists.CONTRACTS,
        _columns(),
        words,
        {"contract", "deal", "quote"},
        open_route=lambda row: Route("contract", row.deal_id),
        states_of="contract",
    )
    page.show_route(route)
    return page


def _columns() -> list[Column]:
    return [
        Column(
            title=say("contracts", "Contract"),
            text=lambda row: row.number,
            below=lambda row: say("contracts", "Version %1").replace("%1", str(row.version)),
            width=140,
            key="number",
        ),
        Column(
            title=say("contracts", "Customer and title"),
            text=lambda row: row.title or row.customer,
            below=lambda row: row.customer if row.title else "",
            key="customer_sort",
        ),
        Column(
            title=say("contracts", "State"),
            text=lambda row: state_text("contract", row.state),
            tone=lambda row: state_tone("contract", row.state),
            look="badge",
            width=218,
        ),
        Column(
            title=say("contracts", "Value"),
            text=lambda row: formats.money_text(row.gross, row.currency),
            align="right",
            width=130,
            key="gross",
        ),
        Column(
            title=say("contracts", "Made on"),
            text=lambda row: formats.date_text(row.made_on),
            align="right",
            width=124,
            key="made_on",
        ),
    ]
