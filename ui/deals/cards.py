"""The cards of the deal page: head with the steps, lines, ledger, documents, timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.ledger.queries import Issued
from app.pipeline.deal_ledger import DealLedger, LedgerRow
from app.pipeline.queries import DealView
from app.pipeline.timeline import Happened
from app.pricing.marks import MarginMarks
from app.quotes.rules import QuoteState
from ui import formats
from ui.context import AppContext
from ui.deals import progress
from ui.deals.texts import STAGES, money_or_dash, quantity_words, told
from ui.tables.column import Column
from ui.tables.offer_lines import OfferLines
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.action import Action
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.deal_verbs import flag_words
from ui.widgets.label import ElidedLabel, Icon, Label
from ui.widgets.layout import clear, column, row
from ui.widgets.offer_figures import line_figures
from ui.widgets.paper_actions import Papers
from ui.widgets.state_badge import StateBadge
from ui.widgets.stepper import Stepper
from ui.widgets.timeline import Event, Timeline

_QUANTITY = 124
"""Width of the ledger's columns of quantities: what differs stands below, so that all fit into a small window."""

_Read = Callable[[LedgerRow], Decimal]


class NextStrip(Card):
    """The one thing to do next, with its button, and a menu of everything else."""

    def __init__(self) -> None:
        self._icon = Icon("arrow-right", "accent_text")
        self._words = Label("", "label", "2").wrap()
        self.primary = Button("", "primary")
        self.more = Button("", icon="more")
        line = row(self._icon, self._words, self.more, self.primary, margins=(14, 8, 8, 8), gap=10)
        line.setStretch(1, 1)
        super().__init__(line, panel="sunken")
        self.more.setText(self.tr("All actions"))

    def set_menu(self, actions: Sequence[Action | None]) -> None:
        """Offer these; None is a line between."""
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(self.tr("All actions"))
        for action in actions:
            menu.addSeparator() if action is None else menu.addAction(action)
        self.more.setMenu(menu)

    def show_next(self, verb: str, words: str) -> None:
        """What to do next; without a verb only the words."""
        self.primary.setVisible(bool(verb))
        self.primary.setText(verb)
        self._words.setText(words)
        self._icon.set_icon("arrow-right" if verb else "good", "accent_text" if verb else "ok")


class HeadCard(Card):
    """Title, customer, valid until, total, and the eight steps."""

    stage = Signal(str)
    """A step was opened."""
    customer = Signal()

    def __init__(self) -> None:
        self._title = ElidedLabel("", "display")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._title.setMinimumWidth(120)
        self._badge, self._flag = StateBadge(), StateBadge()
        self._customer = Button("", "link")
        self._until = Label("", "label", "2")
        self._until_icon = Icon("calendar", "text3", 14)
        self._total = Label("", "display", figures=True).right().selectable()
        self._note = Label("", "caption", "3").right()
        self.steps = Stepper()
        name = row(self._title, 12, self._badge, 6, self._flag, None)
        about = row(Icon("person", "text3", 14), self._customer, 10, self._until_icon, self._until, None, gap=6)
        left, right = column(name, about, gap=4), column(self._total, self._note, gap=3)
        top = row(left, 20, right)
        top.setStretch(0, 1)
        self.next = NextStrip()
        super().__init__(column(top, self.steps, self.next, margins=(20, 16, 20, 14), gap=14), self.tr("Deal"))
        self.steps.setAccessibleName(self.tr("Progress of the deal"))
        self._customer.clicked.connect(self.customer)
        self.steps.chosen.connect(lambda index: self.stage.emit(STAGES[index]))

    def show_deal(self, view: DealView, badge: tuple[str, str], today: Any) -> None:
        """Show a deal."""
        deal, quote = view.deal, view.quote
        self._title.setText(deal.title or deal.number)
        self._badge.show_state(*badge)
        self._flag.show_state(flag_words(deal.flag), "warn", "star")
        self._flag.setVisible(bool(deal.flag))
        self._customer.setText(deal.customer.name)
        is_waiting = view.standing.quote in (QuoteState.SENT, QuoteState.EXPIRED)
        self._until.setText(self._until_words(view, today) if is_waiting else f"{deal.number}")
        self._until_icon.set_icon("calendar" if is_waiting else "deals", "text3")
        self._total.setText(formats.money_text(quote.gross, deal.currency))
        net = formats.money_text(view.priced.assembled.totals.net, deal.currency)
        self._note.setText(self.tr("with tax · %1 net").replace("%1", net))
        self.steps.set_steps(progress.steps(view, today))

    def _until_words(self, view: DealView, today: Any) -> str:
        until = view.quote.valid_until
        words = self.tr("%1 · valid until %2").replace("%1", view.deal.number)
        return words.replace("%2", f"{formats.date_text(until)}, {_left(until, today)}" if until else "")


def _left(until: date, today: date) -> str:
    """How long a quote can still be accepted."""
    days = (until - today).days
    translate = QCoreApplication.translate
    if days < 0:
        return translate("deals", "%n days ago", None, -days)
    return translate("deals", "%n days left", None, days) if days else translate("deals", "today is the last day")


class LinesCard(Card):
    """The lines of the newest revision."""

    def __init__(self) -> None:
        self.lines = OfferLines(MarginMarks())
        self._head = CardHead(self.tr("Lines"))
        super().__init__(column(self._head, self.lines, 5), self.tr("Lines"))

    def show_deal(self, view: DealView, marks: MarginMarks) -> None:
        """Show the lines."""
        shown = line_figures(view.quote.offer, view.priced, view.deal.basis)
        self._head.note.setText(self.tr("%n lines", None, len(shown)))
        self.lines.show_lines(shown, marks)


class LedgerCard(Card):
    """What was agreed, moved, invoiced and earned of each line; a last row says whether everything closes."""

    def __init__(self) -> None:
        self._rows: list[Any] = []
        self._currency = "EUR"
        self._model = PagedModel(self._columns(), lambda *_: Page(self._rows), key=lambda item: item.position)
        self.table = PagedView(self._model, self.tr("Ledger of the deal"))
        self._badge = StateBadge()
        head = CardHead(
            self.tr("Ledger of the deal"), self.tr("what was agreed, moved, invoiced and earned"), self._badge
        )
        self._closing = Label("", "caption", "3").wrap()
        super().__init__(
            column(head, self.table, row(self._closing, margins=(18, 8, 18, 12))), self.tr("Ledger of the deal")
        )

    def show_ledger(self, ledger: DealLedger, currency: str) -> None:
        """Show a ledger."""
        self._rows, self._currency = list(ledger.rows), currency
        self._model.reload()
        self.table.setFixedHeight(self.table.height_for(min(max(len(self._rows), 1), 8)) + 12)
        closing = ledger.closing
        if closing.is_zero:
            self._badge.show_state(self.tr("Closes: every difference is zero"), "ok", "check")
        else:
            self._badge.show_state(self.tr("Does not close"), "bad", "warning")
        quantities = {
            self.tr("dispatched and unaccounted for"): formats.decimal_text(closing.unaccounted),
            self.tr("accepted and not invoiced"): formats.decimal_text(closing.not_invoiced),
            self.tr("returned and not credited"): formats.decimal_text(closing.not_credited),
            self.tr("earned and not billed"): formats.money_text(closing.earned_not_billed, currency),
            self.tr("earned and not in the books"): formats.money_text(closing.earned_not_posted, currency),
        }
        self._closing.setText(" · ".join(f"{words} {figure}" for words, figure in quantities.items()))

    def _columns(self) -> list[Column]:
        def quantity(title: str, read: _Read, below: str = "", read_below: _Read | None = None) -> Column:
            def quiet(item: LedgerRow) -> str:
                value = read_below(item) if read_below is not None else Decimal(0)
                return below.replace("%1", formats.decimal_text(value)) if value else ""

            return Column(
                title=title, text=lambda item: quantity_words(read(item)), below=quiet, align="right", width=_QUANTITY
            )

        return [
            Column(title=self.tr("Line"), text=lambda item: item.name),
            quantity(self.tr("Quoted"), lambda item: item.quoted),
            quantity(
                self.tr("Dispatched"), lambda item: item.dispatched,
                self.tr("%1 in transit"), lambda item: item.in_transit,
            ),
            quantity(
                self.tr("Accepted"), lambda item: item.accepted,
                self.tr("%1 came back"), lambda item: item.returned,
            ),
            quantity(
                self.tr("Invoiced"), lambda item: item.invoiced,
                self.tr("%1 credited"), lambda item: item.credited,
            ),
            Column(
                title=self.tr("Earned"),
                text=lambda item: money_or_dash(item.earned, self._currency),
                align="right",
                width=110,
            ),
        ]  # fmt: skip


class DocumentsCard(Card):
    """The issued papers: look, print, save, mail."""

    def __init__(self, context: AppContext) -> None:
        self._papers = Papers(context, self)
        self._list = column(gap=4)
        self._shown: tuple[int, ...] = ()
        self._nothing = Label("", "body", "3").wrap()
        body = column(self._nothing, self._list, margins=(18, 2, 12, 14))
        super().__init__(column(CardHead(self.tr("Documents")), body), self.tr("Documents"))
        self._nothing.setText(self.tr("The first paper is made when the quote is sent."))

    def show_documents(self, issued: Sequence[Issued]) -> None:
        """Show these, the newest first."""
        wanted = tuple(item.id for item in issued)
        self._nothing.setVisible(not issued)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._list)
        for item in reversed(issued):
            self._list.addLayout(self._line(item))

    def _line(self, item: Issued) -> Any:
        words = column(
            ElidedLabel(f"{self._kind(item.kind)} {item.number}", "label"),
            Label(formats.date_text(item.issued_on), "caption", "3"),
            gap=1,
        )
        look = IconButton("eye", self.tr("Open %1").replace("%1", item.number), lambda: self._papers.show(item))
        mail = IconButton("mail", self.tr("Mail %1").replace("%1", item.number), lambda: self._papers.mail(item))
        printer = IconButton("print", self.tr("Print %1").replace("%1", item.number), lambda: self._papers.print(item))
        save = IconButton("export", self.tr("Save %1").replace("%1", item.number), lambda: self._papers.save(item))
        icon = Icon(_ICONS.get(item.kind, "note"), "accent_text", 15, box=30, soft="accent_soft")
        line = row(icon, 8, words, look, printer, save, mail)
        line.setStretch(2, 1)
        return line

    def _kind(self, kind: str) -> str:
        return {
            "quote": self.tr("Quote"),
            "contract": self.tr("Contract"),
            "delivery_note": self.tr("Delivery note"),
            "invoice": self.tr("Invoice"),
            "credit_note": self.tr("Credit note"),
            "receipt": self.tr("Receipt", "paper"),
        }.get(kind, kind)


_ICONS = {
    "quote": "quote",
    "contract": "contract",
    "delivery_note": "delivery",
    "invoice": "invoice",
    "credit_note": "return",
    "receipt": "payment",
}


class TimelineCard(Card):
    """Everything that happened, newest first."""

    def __init__(self) -> None:
        self._timeline = Timeline()
        super().__init__(
            column(CardHead(self.tr("What happened")), column(self._timeline, margins=(18, 4, 14, 16))),
            self.tr("What happened"),
        )

    def show_history(self, happened: Sequence[Happened], currency: str) -> None:
        """Show what happened."""
        self._timeline.set_events([self._event(item, currency) for item in happened])

    def _event(self, item: Happened, currency: str) -> Event:
        said = told(item, currency)
        when = formats.date_text(item.on) if item.on else formats.moment_text(formats.local(item.at))
        return Event(said.words, when, item.actor, said.note, said.icon, said.tone)


def stacked(*cards: QWidget) -> QVBoxLayout:
    """Cards below each other, from the top; each as high as it needs."""
    return column(*cards, None, gap=14)
