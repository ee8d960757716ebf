"""The page of one deal: where it stands, the one thing to do next, and everything that belongs to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.pipeline import queries, timeline
from app.pipeline.deal_ledger import deal_ledger
from app.pipeline.next_step import deposit_due, next_action
from app.pipeline.queries import DealView
from app.pipeline.rules import Action as Verb
from app.pricing.marks import margin_marks
from ui import formats
from ui.context import AppContext
from ui.deals import progress
from ui.deals.cards import DocumentsCard, HeadCard, LedgerCard, LinesCard, TimelineCard, stacked
from ui.deals.texts import about
from ui.routes import Route
from ui.theme.tokens import TOTALS_WIDTH
from ui.widgets.deal_verbs import DealVerbs, verb_words
from ui.widgets.layout import SideBySide, column, holder, page
from ui.widgets.offer_figures import show_offer
from ui.widgets.state_words import state_text, state_tone
from ui.widgets.totals_panel import TotalsPanel

_KINDS = {"deal", "quote", "contract", "payment", "delivery", "invoice", "revenue", "customer", "settings"}


class DealScreen(QWidget):
    """One deal; `show_route` shows another."""

    def __init__(self, context: AppContext, deal_id: int) -> None:
        super().__init__()
        self._context, self._deal_id = context, deal_id
        self._view: DealView | None = None
        self._is_stale = False
        self.verbs = DealVerbs(context, self)
        self.head, self.lines, self.ledger = HeadCard(), LinesCard(), LedgerCard()
        self.documents, self.history = DocumentsCard(context), TimelineCard()
        self.totals = TotalsPanel(self.tr("Totals"))
        self._next: Verb | None = None
        self.head.next.primary.clicked.connect(self._do_next)
        self.head.next.set_menu([*self.verbs.actions.values(), None, self.verbs.duplicate, self.verbs.flag])
        side = holder(stacked(self.totals, self.history))
        body = SideBySide(holder(stacked(self.lines, self.documents)), side, TOTALS_WIDTH, 1000)
        self.setLayout(column(page(self.head, body, self.ledger, None)))
        self.head.stage.connect(self._open_stage)
        self.head.customer.connect(self._open_customer)
        context.changes.happened.connect(self._on_change)
        self.reload()

    # what the window uses
    def title(self) -> str:
        """Number of the deal."""
        return self._view.deal.number if self._view is not None else ""

    def badge(self) -> tuple[str, str]:
        """Its state in words, and the tone."""
        state = self._view.state.value if self._view is not None else "draft"
        return state_text("deal", state), state_tone("deal", state)

    def show_route(self, route: Route) -> None:
        """Show the deal of a route."""
        self._deal_id = int(route.id or 0)
        self.reload()

    def view(self) -> DealView | None:
        """What is shown."""
        return self._view

    def reload(self) -> None:
        """Read the deal and show it."""
        on = self._context.today()
        with self._context.store.read() as session:
            found = queries.view(session, self._deal_id, on)
            happened, marks = timeline.of_deal(session, self._deal_id), margin_marks(session)
        self._is_stale = False
        self._view = found
        self.verbs.show(found)
        self.head.show_deal(found, self.badge(), on)
        self.lines.show_deal(found, marks)
        self.ledger.show_ledger(deal_ledger(found), found.deal.currency)
        self.documents.show_documents(found.documents)
        self.history.show_history(happened, found.deal.currency)
        show_offer(self.totals, found.quote.offer, found.priced, found.deal.basis, marks)
        self._show_next(found)

    def showEvent(self, event: Any) -> None:  # noqa: N802
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    # inside
    def _show_next(self, view: DealView) -> None:
        self._next = next_action(view)
        verb = self._primary_words(view, self._next) if self._next is not None else ""
        self.head.next.show_next(verb, self._next_words(view))

    def _primary_words(self, view: DealView, verb: Verb) -> str:
        if verb is Verb.PAY and deposit_due(view):
            prepaid = view.quote.offer.terms.prepaid
            return self.tr("Take the payment in advance") if prepaid else self.tr("Take deposit")
        if verb is Verb.SEND_QUOTE and not view.standing.handed_over:
            return self.tr("Hand over the revised quote")
        return verb_words(verb)

    def _next_words(self, view: DealView) -> str:
        """What the next step is about."""
        money, currency = view.money.receivable, view.deal.currency
        if self._next is Verb.PAY and (due := deposit_due(view)):
            return self.tr("%1 have to come before goods leave.").replace("%1", formats.money_text(due, currency))
        if self._next is Verb.PAY:
            return self.tr("%1 are open.").replace("%1", formats.money_text(money, currency))
        return about(self._next, view.standing)

    def _do_next(self) -> None:
        if self._next is not None:
            self.verbs.run(self._next)

    def _open_stage(self, stage: str) -> None:
        route = progress.route_of(self._view, stage) if self._view is not None else None
        if route is not None:
            self._context.router.open(route)
        else:
            self._context.say(self.tr("There is nothing in this step yet."))

    def _open_customer(self) -> None:
        if self._view is not None:
            self._context.router.open(Route("customer", self._view.deal.customer_id))

    def _on_change(self, kinds: frozenset[str]) -> None:
        if not kinds & _KINDS:
            return
        if self.isVisible():
            self.reload()
        else:
            self._is_stale = True


def screen(context: AppContext, route: Route) -> QWidget:
    """The page of the deal in the route."""
    return DealScreen(context, int(route.id or 0))
