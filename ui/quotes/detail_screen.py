"""One quote: the frozen paper of each revision, what differs between any two, and what can be done now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.core.totals import Basis, Reduction
from app.ledger.queries import Issued
from app.pipeline import queries
from app.pipeline.next_step import next_action
from app.pipeline.queries import DealView
from app.pricing.marks import margin_marks
from app.pricing.rules import Line
from app.quotes import queries as quotes
from app.quotes.differences import Change, Difference, What, differences
from app.quotes.queries import Quote
from app.quotes.rules import QuoteState, Terms
from ui import formats
from ui.context import AppContext
from ui.quotes.texts import clause_title, tax_words
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.offer_lines import OfferLines
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.theme.tokens import TOTALS_WIDTH
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.deal_verbs import DealVerbs, verb_words
from ui.widgets.empty_state import EmptyState
from ui.widgets.inputs import Choice
from ui.widgets.label import ElidedLabel, Icon, Label
from ui.widgets.layout import SideBySide, column, holder, page, row
from ui.widgets.offer_figures import due_words, line_figures, show_offer
from ui.widgets.paper_actions import PaperPanel
from ui.widgets.state_badge import StateBadge
from ui.widgets.state_words import state_text, state_tone
from ui.widgets.totals_panel import TotalsPanel
from ui.widgets.unit_words import unit_sign

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


class DifferencesCard(Card):
    """Two revisions side by side: only what differs."""

    def __init__(self) -> None:
        self._rows: list[Difference] = []
        self._revisions: dict[int, Quote] = {}
        self._basis = Basis("EUR")
        self.left, self.right = Choice(), Choice()
        self.left.setAccessibleName(self.tr("Earlier revision"))
        self.right.setAccessibleName(self.tr("Later revision"))
        self._columns = self._make_columns()
        self._model = PagedModel(self._columns, lambda *_: Page(self._rows), key=id)
        same = EmptyState("good", self.tr("No difference"), self.tr("Both revisions say the same."))
        self.table = PagedView(self._model, self.tr("What differs"), same)
        self._note = Label("", "caption", "2")
        for choice in (self.left, self.right):
            choice.value_changed.connect(self._compare)
            choice.setFixedWidth(220)
        tools = row(self.left, Icon("arrow-right", "text3"), self.right, 8, self._note, None, gap=8)
        layout = column(CardHead(self.tr("What differs")), column(tools, margins=(18, 0, 18, 10)), self.table, 5)
        super().__init__(layout, self.tr("What differs"))

    def show_revisions(self, revisions: Sequence[Quote], basis: Basis) -> None:
        """Offer these, the newest first; the last two are compared."""
        self._basis = basis
        self._revisions = {quote.revision: quote for quote in revisions}
        choices = [(quote.revision, self._words(quote)) for quote in revisions]
        for choice in (self.left, self.right):
            choice.set_choices(choices)
        self.setVisible(len(revisions) > 1)
        if len(revisions) > 1:
            self.left.set_value(revisions[1].revision)
            self.right.set_value(revisions[0].revision)
            self._compare()

    def _words(self, quote: Quote) -> str:
        words = self.tr("Revision %1, %2").replace("%1", formats.whole_text(quote.revision))
        return words.replace("%2", formats.date_text(quote.sent_on or quote.made_on))

    def _compare(self, *_: Any) -> None:
        old, new = self._revisions.get(self.left.value()), self._revisions.get(self.right.value())
        if old is None or new is None:
            return
        self._rows = differences(old.offer, new.offer)
        self._model.reload()
        self.table.setFixedHeight(self.table.height_for(min(max(len(self._rows), 3), 10)) + 2)
        amounts = [formats.money_text(quote.gross, self._basis.currency) for quote in (old, new)]
        self._note.setText(self.tr("Total %1 → %2").replace("%1", amounts[0]).replace("%2", amounts[1]))

    def _make_columns(self) -> list[Column]:
        tones = {Change.ADDED: "ok", Change.REMOVED: "bad", Change.CHANGED: "accent"}
        return [
            Column(
                title=self.tr("What"), text=lambda item: self._what(item.what), below=lambda item: item.line, width=210
            ),
            Column(
                title=self.tr("Change"),
                text=lambda item: self._change(item.change),
                tone=lambda item: tones[item.change],
                look="badge",
                width=110,
            ),
            Column(
                title=self.tr("Before"), text=lambda item: self._value(item.what, item.before), tip=self._whole_before
            ),
            Column(title=self.tr("After"), text=lambda item: self._value(item.what, item.after), tip=self._whole_after),
        ]

    def _whole_before(self, item: Difference) -> str:
        return self._value(item.what, item.before)

    def _whole_after(self, item: Difference) -> str:
        return self._value(item.what, item.after)

    def _change(self, change: Change) -> str:
        return {
            Change.ADDED: self.tr("added", "line"),
            Change.REMOVED: self.tr("removed", "line"),
            Change.CHANGED: self.tr("changed", "line"),
        }[change]

    def _what(self, what: What) -> str:
        return {
            What.LINE: self.tr("Line"),
            What.QUANTITY: self.tr("Quantity"),
            What.PRICE: self.tr("Price"),
            What.DISCOUNTS: self.tr("Discount"),
            What.TAX: self.tr("Tax"),
            What.DESCRIPTION: self.tr("Text"),
            What.WHOLE_DISCOUNTS: self.tr("On the whole quote"),
            What.PAYMENT: self.tr("Payment"),
            What.VALID_DAYS: self.tr("Valid for"),
            What.DEPOSIT: self.tr("Deposit"),
            What.CLAUSES: self.tr("Clauses"),
        }[what]

    def _value(self, what: What, value: Any) -> str:
        if isinstance(value, Line):
            price = formats.decimal_text(value.unit_price, 2)
            return f"{formats.decimal_text(value.quantity)} {unit_sign(value.unit, value.quantity)} × {price}"
        if value is None or value == ():
            return formats.NOTHING
        if what is What.QUANTITY:
            return f"{formats.decimal_text(value[0])} {unit_sign(value[1], value[0])}"
        if what is What.PRICE:
            return formats.decimal_text(value[0]) if value[1] == 1 else " / ".join(map(formats.decimal_text, value))
        if what in (What.DISCOUNTS, What.WHOLE_DISCOUNTS):
            return ", ".join(self._reduction(item) for item in value)
        if what is What.TAX:
            return tax_words(value)
        if what is What.DESCRIPTION:
            return ", ".join(part for part in value if part)
        if what is What.CLAUSES:
            return ", ".join(map(clause_title, value))
        return self._term(what, value)

    def _term(self, what: What, value: Any) -> str:
        if what is What.PAYMENT:
            return due_words(Terms(payment=value))
        if what is What.DEPOSIT:
            percent, amount = value
            if percent is not None:
                return formats.percent_text(percent)
            return formats.NOTHING if amount is None else formats.money_text(amount, self._basis.currency)
        return self.tr("%n days", None, value)

    def _reduction(self, item: Reduction) -> str:
        sign = "+" if item.charge else formats.MINUS
        if item.percent is not None:
            size = formats.percent_text(item.percent)
        else:
            size = formats.money_text(item.amount or 0, self._basis.currency)
        return f"{item.reason} {sign}{size}".strip()


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
        main = holder(column(lines, self.differences, self.paper, None, gap=14))
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
