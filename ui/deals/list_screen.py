"""The list of deals: what each one is, where it stands, and what to do next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from app.pipeline.lists import Filter
from app.store import drafts
from app.store.drafts import Draft
from ui import formats
from ui.context import AppContext
from ui.deals.texts import next_words
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.state_words import state_text, state_tone


def _say(source: str) -> str:
    return QCoreApplication.translate("deals", source)


def _columns() -> list[Column]:
    return [
        Column(
            title=_say("Deal"),
            text=lambda row: row.number,
            below=lambda row: formats.date_text(row.opened_on),
            width=116,
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
            text=lambda row: state_text("deal", row.state),
            tone=lambda row: state_tone("deal", row.state),
            look="badge",
            width=138,
        ),
        Column(title=_say("Next step"), text=_next, width=160, look="quiet"),
        Column(
            title=_say("Value"),
            text=lambda row: formats.money_text(row.gross, row.currency),
            align="right",
            width=112,
            key="gross",
        ),
        Column(
            title=_say("Owed"),
            text=lambda row: formats.money_text(row.open, row.currency) if row.open else formats.NOTHING,
            align="right",
            width=104,
            key="open",
        ),
    ]


def _next(row: Any) -> str:
    return next_words(row) or formats.NOTHING


class DealsScreen(ListPage):
    """All deals. An unfinished quote is offered above them."""

    def __init__(self, context: AppContext) -> None:
        words = ListWords(
            _say("Deals"),
            _say("Search number, customer, title"),
            count_words(lambda number: QCoreApplication.translate("deals", "%n deals", None, number)),
            "deals",
            _say("No deals yet"),
            _say("A deal begins with a quote. It takes about three minutes."),
        )
        super().__init__(
            context,
            "deals",
            lists.DEALS,
            _columns(),
            words,
            {"deal", "quote", "contract", "payment", "delivery", "invoice", "revenue", "customer"},
            lambda row: Route("deal", row.id),
            states_of="deal",
            new=self._new_quote,
        )
        self.add_row_verbs([Action(_say("Duplicate as a new quote"), self, self._duplicate, "copy", "Ctrl+D")])
        self._ways = {
            "deposit": self._way(_say("All payments"), Route("payments")),
            "delivery": self._way(_say("All deliveries"), Route("deliveries")),
        }
        resume = Button(_say("Continue draft"), do=self._resume)
        discard = Button(_say("Throw away"), "ghost", do=self._discard)
        self._unfinished = Banner(_say("A quote was begun and not saved yet."), "saved", "accent", resume)
        self._unfinished.layout().addWidget(discard)  # type: ignore[union-attr]
        layout: Any = self.layout()
        layout.insertWidget(0, self._unfinished)
        layout.setSpacing(12)
        context.changes.happened.connect(self._on_drafts)
        self._look_for_draft()

    def _way(self, words: str, route: Route) -> Button:
        """A way to the whole list of a stage, shown while the deals are narrowed to those that wait for it."""
        button = Button(words, "ghost", "arrow-right", do=lambda: self._context.router.open(route))
        button.hide()
        self._second.addWidget(button)
        return button

    def _narrow(self, narrowed: Filter) -> None:
        super()._narrow(narrowed)
        for waiting, button in self._ways.items():
            button.setVisible(self.narrowed().waiting == waiting)

    def draft(self) -> Draft | None:
        """The unfinished new quote, if there is one."""
        with self._context.store.read() as session:
            return drafts.get(session, "new-quote")

    def _new_quote(self, parent: QWidget) -> Action:
        return Action(
            _say("New quote"), parent, lambda: self._context.router.open(Route("new-quote")), "plus", "Ctrl+N"
        )

    def _duplicate(self) -> None:
        if self.row() is not None:
            self._context.router.open(Route.to("new-quote", None, duplicate=self.row().id))

    def _resume(self) -> None:
        self._context.router.open(Route("new-quote"))

    def _discard(self) -> None:
        kept = self.draft()
        if kept is None:
            return
        self._context.write(lambda s: drafts.remove(s, "new-quote"), {"draft"})

        def undo() -> None:
            self._context.write(lambda s: drafts.put(s, kept), {"draft"})

        self._context.say(_say("Draft thrown away"), _say("Undo"), undo)

    def _on_drafts(self, kinds: frozenset[str]) -> None:
        if "draft" in kinds or "quote" in kinds:
            self._look_for_draft()

    def _look_for_draft(self) -> None:
        self._unfinished.setVisible(self.draft() is not None)


def screen(context: AppContext, route: Route) -> QWidget:
    """The list of deals, narrowed as the route says."""
    made = DealsScreen(context)
    made.show_route(route)
    return made
