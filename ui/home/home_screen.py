"""Home: the money at a glance, what needs doing today, and cash by week."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.pipeline.figures import Figures, figures
from app.pipeline.today import Work, today_work
from ui import formats
from ui.context import AppContext
from ui.home.cash_card import CashCard
from ui.home.money_cards import MoneyCards
from ui.home.task_list import TaskList
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, page
from ui.widgets.reason_words import grey_if_only_looked_at

_WIDE = 1060
_KINDS = frozenset({"deal", "quote", "contract", "payment", "delivery", "invoice", "revenue", "settings"})


def screen(context: AppContext, _route: Route) -> QWidget:
    """The screen of the route "home"."""
    return HomeScreen(context)


class HomeScreen(QWidget):
    """Reads everything in one go beside the main thread; reads again when something changed and it is seen."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._is_stale = True
        self._head = CardHead(self.tr("To do"), "")
        self.tasks = TaskList()
        self.cards = MoneyCards()
        self.cash = CashCard()
        self._lay_out()
        close = Action(self.tr("Close the books…"), self, lambda: self._go(Route("close-books")), "lock")
        grey_if_only_looked_at(context.is_read_only, close)
        for part in (self.tasks, self.cards, self.cash):
            part.wanted.connect(context.router.open)
        context.changes.happened.connect(self._on_change)

    def title(self) -> str:
        """For the top bar: the day."""
        return formats.long_date_text(self._context.today())

    def _lay_out(self) -> None:
        self._states = QStackedWidget()
        self._states.addWidget(self.tasks)
        self._states.addWidget(self._nothing_to_do())
        self._states.addWidget(self._no_deals_yet())
        work = Card(column(self._head, self._states), self.tr("To do"))
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(14)
        self._both.addWidget(work, 5)
        self._both.addWidget(self.cash, 3)
        self._both.setAlignment(self.cash, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(page(self.cards, self._both, None)))

    def _nothing_to_do(self) -> QWidget:
        text = self.tr("No quote waits for an answer, nothing is to be sent, and nobody owes you anything late.")
        return EmptyState("check", self.tr("All done for today"), text)

    def _no_deals_yet(self) -> QWidget:
        text = self.tr(
            "Choose a customer and products, set prices, and send the paper. Everything else follows from it."
        )
        verb = Button(self.tr("Write a quote"), "primary", "plus", do=lambda: self._go(Route("new-quote")))
        return EmptyState("quote", self.tr("Begin with your first quote"), text, verb)

    def _go(self, route: Route) -> None:
        self._context.router.open(route)

    # ------------------------------------------------------------------ reading
    def reload(self) -> None:
        """Read everything anew."""
        self._is_stale = False
        on = self._context.today()
        self._context.read(lambda session: _read(session, on), self._show, owner=self)

    def _show(self, answer: tuple[date, Work, Figures, bool]) -> None:
        on, work, found, has_deals = answer
        self.cards.show_figures(found, on)
        self.cash.show_cash(found.cash, on)
        self._head.note.setText(self.tr("%n things", None, work.total) if work.total else "")
        self.tasks.show_work(work, on)
        self._states.setCurrentIndex(0 if work.total else (1 if has_deals else 2))

    def _on_change(self, kinds: frozenset[str]) -> None:
        if not kinds & _KINDS:
            return
        if self.isVisible():
            self.reload()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Side by side where there is room, else below each other."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _WIDE
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)
        self.cash.setFixedHeight(360 if is_wide else 260)


def _read(session: Any, on: date) -> tuple[date, Work, Figures, bool]:
    from app.pipeline import lists

    has_deals = lists.count(session, lists.DEALS, lists.Filter(), on) > 0
    return on, today_work(session, on), figures(session, on), has_deals
