"""One quote: the frozen paper of each revision, what differs between any two, and what can be done now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.ledger.queries import Issued
from app.pipeline import queries
from app.pipeline.next_step import next_action
from app.pipeline.queries import DealView
from app.pricing.marks import margin_marks
from app.quotes import queries as quotes
from app.quotes.explanation import explained
from app.quotes.queries import Quote
from app.quotes.rules import QuoteState
from ui import formats
from ui.context import AppContext
from ui.quotes.differences_card import DifferencesCard
from ui.routes import Route
from ui.tables.offer_lines import OfferLines
from ui.theme.tokens import TOTALS_WIDTH
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.deal_verbs import DealVerbs, verb_words
from ui.widgets.explanation_files import of_deal
from ui.widgets.inputs import Choice
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.layout import SideBySide, column, holder, page, row
from ui.widgets.offer_figures import line_figures, show_offer
from ui.widgets.paper_actions import PaperPanel
from ui.widgets.price_card import PriceCard
from ui.widgets.state_badge import StateBadge
from ui.widgets.state_words import state_text, state_tone
from ui.widgets.totals_panel import TotalsPanel

_REVISION = re.compile(r"-r(\d+)$")
_KINDS = {"deal", "quote", "contract", "customer"}
_OF_QUOTE = ("send_quote", "accept_quote", "decline_quote", "revise_quote")


def paper_of(revision: int, issued: Sequence[Issued]) -> Issued | None:
    """The frozen paper of a revision, or None while it is a draft."""
    for item in issued:
        if item.kind == "quote":
            match = _REVISION.search(item.file_name)
            if (int(match[1]) if match else 1) == revision:
                return item
    return None


class QuoteScreen(QWidget):
    """The quote of one deal, all its revisions."""

    def __init__(self, context: AppContext, deal_id: int) -> None:
        super().__init__()
        self._context, self._deal_id = context, deal_id
        self._view: DealView | None = None
        self._is_stale = False
        self._revisions: list[Quote] = []
        self.verbs = DealVerbs(context, self)
        self._title, self._badge = ElidedLabel("", "display"), StateBadge()
        self._about = Label("", "label", "2")
        self.revision = Choice()
        self.revision.setAccessibleName(self.tr("Revision shown"))
        self.revision.setFixedWidth(240)
        self.revision.value_changed.connect(self._show_revision)
        self.deal = Button(self.tr("Open the deal"), icon="deals", do=self._open_deal)
        self.primary, self.more = Button("", "primary"), Button(self.tr("Actions"), icon="more")
        self.primary.clicked.connect(self._do_next)
        self._fill_menu()
        self.paper = PaperPanel(context, self.tr("The paper"), self.tr("It is made when this revision is sent."))
        self.lines, self.totals = OfferLines(self._marks()), TotalsPanel(self.tr("Totals"))
        self.differences = DifferencesCard()
        side = holder(column(self.totals, None))
        lines = Card(column(CardHead(self.tr("Lines")), self.lines, 5), self.tr("Lines"))
        self.paper.setMinimumHeight(620)
        self.prices = PriceCard(context)
        self.lines.selectionModel().currentChanged.connect(lambda now, _: self.prices.choose(now.row()))
        main = holder(column(lines, self.prices, self.differences, self.paper, None, gap=14))
        self.setLayout(column(page(self._head(), SideBySide(main, side, TOTALS_WIDTH, 1000))))
        context.changes.happened.connect(self._on_change)
        self.reload()

    # what the window uses
    def title(self) -> str:
        """Number of the quote."""
        return self._name()

    def badge(self) -> tuple[str, str]:
        """State in words, and the tone."""
        state = self._view.standing.quote.value if self._view is not None else "draft"
        return state_text("quote", state), state_tone("quote", state)

    def show_route(self, route: Route) -> None:
        """Show the quote of another deal."""
        self._deal_id = int(route.id or 0)
        self.reload()

    def reload(self) -> None:
        """Read it and show its newest revision."""
        with self._context.store.read() as session:
            self._view = queries.view(session, self._deal_id, self._context.today())
            self._revisions = quotes.revisions(session, self._deal_id)
        self._is_stale = False
        self.verbs.show(self._view)
        self._show_head(self._view)
        self.revision.set_choices([(quote.revision, self._words(quote)) for quote in self._revisions])
        self.revision.set_value(self._revisions[0].revision)
        self.differences.show_revisions(self._revisions, self._view.deal.basis)
        self._show_revision()

    def showEvent(self, event: Any) -> None:  # noqa: N802
        super().showEvent(event)
        if self._is_stale:
            self.reload()

    # inside
    def _name(self) -> str:
        number = self._view.quote.number if self._view is not None else ""
        return number or self.tr("Draft quote")

    def _marks(self) -> Any:
        with self._context.store.read() as session:
            return margin_marks(session)

    def _show_head(self, view: DealView) -> None:
        self._title.setText(view.deal.title or self._name())
        self._badge.show_state(*self.badge())
        parts = [self._name(), view.deal.customer.name]
        if view.quote.valid_until is not None and view.standing.quote in (QuoteState.SENT, QuoteState.EXPIRED):
            parts.append(self.tr("valid until %1").replace("%1", formats.date_text(view.quote.valid_until)))
        self._about.setText(" · ".join(parts))
        action = next_action(view)
        is_ours = action is not None and action.value in _OF_QUOTE
        self.primary.setVisible(is_ours)
        if action is not None and is_ours:
            self.primary.setText(verb_words(action))

    def _words(self, quote: Quote) -> str:
        words = self.tr("Revision %1 · %2").replace("%1", formats.whole_text(quote.revision))
        return words.replace("%2", state_text("quote", quote.state.value))

    def _show_revision(self, *_: Any) -> None:
        view = self._view
        shown = next((quote for quote in self._revisions if quote.revision == self.revision.value()), None)
        if view is None or shown is None:
            return
        priced, basis, marks = shown.priced(view.deal.basis), view.deal.basis, self._marks()
        self.lines.show_lines(line_figures(shown.offer, priced, basis), marks)
        show_offer(self.totals, shown.offer, priced, basis, marks)
        explained_lines = [explained(shown.offer, priced, basis, index) for index in range(len(shown.offer.lines))]
        tell = of_deal(self._deal_id) if shown is self._revisions[0] else None
        self.prices.show_lines(explained_lines, basis.currency, basis.prices_include_tax, tell)
        self.paper.show_paper(paper_of(shown.revision, view.documents))

    def _head(self) -> Card:
        self._title.setMinimumWidth(120)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        name = column(row(self._title, 10, self._badge, None), self._about, gap=4)
        verbs = row(self.revision, None, self.deal, self.more, self.primary, gap=10)
        return Card(column(name, verbs, margins=(20, 16, 20, 14), gap=14), self.tr("Quote"))

    def _fill_menu(self) -> None:
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(self.tr("Actions"))
        for verb, action in self.verbs.actions.items():
            if verb.value in _OF_QUOTE:
                menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.verbs.duplicate)
        self.more.setMenu(menu)

    def _do_next(self) -> None:
        action = next_action(self._view) if self._view is not None else None
        if action is not None:
            self.verbs.run(action)

    def _open_deal(self) -> None:
        self._context.router.open(Route("deal", self._deal_id))

    def _on_change(self, kinds: frozenset[str]) -> None:
        if not kinds & _KINDS:
            return
        if self.isVisible():
            self.reload()
        else:
            self._is_stale = True


def screen(context: AppContext, route: Route) -> QWidget:
    """The quote of the deal in the route."""
    return QuoteScreen(context, int(route.id or 0))
