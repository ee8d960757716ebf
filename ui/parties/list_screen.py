"""The list of customers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from ui import formats
from ui.context import AppContext
from ui.parties.texts import country_name
from ui.parties.verbs import set_used
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.state_words import state_text, state_tone


def screen(context: AppContext, route: Route) -> QWidget:
    """The list, narrowed as the route says."""
    return CustomersScreen(context, route)


class CustomersScreen(ListPage):
    """Enter opens a customer; a quote begins from here."""

    def __init__(self, context: AppContext, route: Route) -> None:
        words = ListWords(
            _say("Customers"),
            _say("Search name, city, e-mail"),
            count_words(lambda number: QCoreApplication.translate("parties", "%n customers", None, number)),
            "customers",
            _say("No customers yet"),
            _say("Add the first one, or bring a list from a spreadsheet."),
        )
        super().__init__(
            context,
            "customers",
            lists.CUSTOMERS,
            _columns(),
            words,
            {"customer", "deal"},
            open_route=lambda row: Route("customer", row.id),
            states_of="customer",
            new=self._new,
        )
        go = context.router.open
        self.bring = Action(self.tr("Import customers…"), self, lambda: go(Route("import-customers")), "import")
        self.quote = Action(
            self.tr("New quote for this customer"), self, lambda: self._of_row("new-quote"), "quote", "Ctrl+Shift+N"
        )
        self.edit = Action(self.tr("Edit"), self, lambda: self._of_row("edit"), "edit", "Ctrl+E")
        self.copy = Action(self.tr("Duplicate"), self, lambda: self._of_row("copy"), "copy", "Ctrl+D")
        self.toggle = Action(self.tr("Take out of use"), self, self._toggle, "minus")
        self._row_verbs = [self.quote, self.edit, self.copy, self.toggle]
        self.add_row_verbs(self._row_verbs)
        self.add_head_verb(self.bring)
        self.table.selected.connect(self._allow)
        self._allow(None)
        self.show_route(route)

    def _new(self, parent: QWidget) -> Action:
        return Action(
            _say("New customer"),
            parent,
            lambda: self._context.router.open(Route("customer", "new")),
            "plus",
            "Ctrl+Alt+N",
        )

    def _allow(self, row: lists.CustomerRow | None) -> None:
        for verb in self._row_verbs:
            verb.allow(row is not None, _say("Choose a customer first."))
        if row is not None:
            is_used = row.state == "active"
            self.toggle.rename(_say("Take out of use") if is_used else _say("Use again"))

    def _of_row(self, verb: str) -> None:
        row = self.row()
        if row is None:
            return
        routes = {
            "new-quote": Route("new-quote", row.id),
            "edit": Route.to("customer", row.id, edit=1),
            "copy": Route.to("customer", "new", copy=row.id),
        }
        self._context.router.open(routes[verb])

    def _toggle(self) -> None:
        row = self.row()
        if row is not None:
            set_used(self._context, self, row.id, row.name, is_used=row.state != "active")


def _columns() -> list[Column]:
    return [
        Column(
            title=_say("Customer"),
            text=lambda row: row.name,
            below=lambda row: row.email,
            look="strong",
            key="sort_name",
        ),
        Column(
            title=_say("Place"),
            text=lambda row: row.city or formats.NOTHING,
            below=lambda row: country_name(row.country),
            width=220,
            key="city",
        ),
        Column(
            title=_say("Deals"),
            text=lambda row: formats.whole_text(row.deals) if row.deals else formats.NOTHING,
            align="right",
            width=90,
            key="deals",
        ),
        Column(
            title=_say("State"),
            text=lambda row: state_text("customer", row.state),
            tone=lambda row: state_tone("customer", row.state),
            look="badge",
            width=150,
        ),
    ]


def _say(source: str) -> str:
    return QCoreApplication.translate("parties", source)
