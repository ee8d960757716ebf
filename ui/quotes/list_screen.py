"""The list of quotes: the newest revision of each deal."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.state_words import state_text, state_tone


def _say(source: str) -> str:
    return QCoreApplication.translate("quotes", source)


def _columns() -> list[Column]:
    return [
        Column(
            title=_say("Quote"),
            text=_number,
            below=lambda row: formats.date_text(row.made_on),
            width=142,
            key="number",
        ),
        Column(
            title=_say("Customer and title"),
            text=lambda row: row.title or row.customer,
            below=lambda row: row.customer if row.title else "",
            key="customer_sort",
        ),
        Column(
            title=_say("State"),
            text=lambda row: state_text("quote", row.state),
            tone=lambda row: state_tone("quote", row.state),
            look="badge",
            width=122,
        ),
        Column(title=_say("Valid until"), text=lambda row: formats.date_text(row.valid_until), width=116),
        Column(title=_say("Net"), text=lambda row: formats.money_text(row.net, row.currency), align="right", width=116),
        Column(
            title=_say("Total"),
            text=lambda row: formats.money_text(row.gross, row.currency),
            align="right",
            width=116,
            key="gross",
        ),
    ]


def _number(row: Any) -> str:
    """Number and revision; a draft has no number yet."""
    if not row.number:
        return formats.NOTHING
    return f"{row.number} r{row.revision}" if row.revision > 1 else str(row.number)


def screen(context: AppContext, route: Route) -> QWidget:
    """The list of quotes, narrowed as the route says."""

    def new(parent: QWidget) -> Action:
        return Action(_say("New quote"), parent, lambda: context.router.open(Route("new-quote")), "plus")

    words = ListWords(
        _say("Quotes"),
        _say("Search number, customer, title"),
        count_words(lambda number: QCoreApplication.translate("quotes", "%n quotes", None, number)),
        "quote",
        _say("No quotes yet"),
        _say("Choose a customer, add products, look at the paper, send. It takes about three minutes."),
    )
    made = ListPage(
        context,
        "quotes",
        lists.QUOTES,
        _columns(),
        words,
        {"deal", "quote", "contract", "customer"},
        lambda row: Route("quote", row.deal_id),
        states_of="quote",
        new=new,
    )

    def duplicate() -> None:
        if made.row() is not None:
            context.router.open(Route.to("new-quote", None, duplicate=made.row().deal_id))

    made.add_row_verbs([Action(_say("Duplicate as a new quote"), made, duplicate, "copy", "Ctrl+D")])
    made.show_route(route)
    return made
