"""The wizard that closes the books through a day: what that locks, what is still open, and that it is for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.ledger import draft as drafts
from app.ledger import queries as books
from app.ledger.draft import ClosingDraft
from app.pipeline import closing, service
from app.pipeline.closing import Closing, Locked, StillOpen
from ui import formats
from ui.context import AppContext
from ui.home.texts import closing_problem_words, open_words
from ui.routes import Route
from ui.tables.narrowed import route_of
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.date_edit import DateEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts_card import FactsCard
from ui.widgets.field import Field
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.reason_words import looking_only_text
from ui.wizards.page import WizardPage
from ui.wizards.wizard import Wizard

_KINDS = frozenset({"deal", "invoice", "payment", "delivery", "revenue", "settings"})


def screen(context: AppContext, _route: Route) -> QWidget:
    """The screen of the route "close-books"."""
    return CloseBooksScreen(context)


class CloseBooksScreen(QWidget):
    """One page and one button. Nothing is kept before it: a day is quickly chosen again."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._key = uuid4().hex
        self.wizard: Wizard | None = None
        self.setProperty("panel", "canvas")
        with context.store.read() as session:
            self._locked = books.locked_through(session)
        self.setLayout(column(self._refusal() if context.is_read_only else self._begin()))

    def title(self) -> str:
        """For the top bar."""
        return self.tr("Close the books")

    # inside
    def _refusal(self) -> QWidget:
        back = Button(self.tr("To Home"), "primary", do=lambda: self._context.router.open(Route("home")))
        return EmptyState("lock", self.tr("That is not possible now"), looking_only_text(), back)

    def _begin(self) -> Wizard:
        on = self._context.today()
        self.wizard = Wizard(
            drafts.begin_closing(self._locked, on),
            lambda _draft: ("through",),
            self._problems,
            {"through": partial(ClosePage, self._context, self._locked)},
            titles=lambda _step: self.tr("Period"),
            commit_words=self._commit_words,
            name=self.title(),
        )
        self.wizard.committed.connect(self._commit)
        self.wizard.left.connect(self._leave)
        return self.wizard

    def _problems(self, draft: ClosingDraft, _step: str) -> Sequence[Problem]:
        return drafts.closing_problems(draft, self._locked, self._context.today())

    def _commit_words(self, draft: ClosingDraft) -> str:
        return self.tr("Close the books through %1").replace("%1", formats.date_text(draft.through))

    def _commit(self, draft: ClosingDraft) -> None:
        if draft.through is None:
            return
        work = partial(service.close_period, through=draft.through, on=self._context.today())
        done = partial(self._done, draft.through)
        self._context.write(work, _KINDS, done, self._failed, self, self._key)

    def _done(self, through: date, _answer: Any) -> None:
        self._context.say(self.tr("The books are closed through %1").replace("%1", formats.date_text(through)))
        self._leave()

    def _failed(self, error: Exception) -> None:
        if self.wizard is not None and not self.wizard.refuse(error):
            self._context.errors.report(error, self)

    def _leave(self) -> None:
        router = self._context.router
        if router.can_go_back:
            router.back()
        else:
            router.open(Route("home"))


class ClosePage(WizardPage):
    """The day, what closing through it locks, and what of that time is still open; each leads to its list."""

    def __init__(self, context: AppContext, locked: date | None) -> None:
        super().__init__(closing_problem_words)
        self._context = context
        self._asked = 0
        self._through: date | None = None
        hint = self.tr("Closed through %1 so far").replace("%1", formats.date_text(locked))
        through = self.field(
            "through",
            Field(
                self.tr("Close through"),
                DateEdit(today=context.today),
                hint=hint if locked is not None else self.tr("Nothing is closed yet"),
                width=220,
            ),
        )
        self.locked = FactsCard(self.tr("This is locked"), words_width=150)
        self.open = OpenCard(context.router.open)
        self.warning = Label("", "label", "warn").wrap()
        note = row(Icon("warning", "warn"), self.warning, margins=(14, 9, 14, 9), gap=10)
        note.setStretch(1, 1)
        cards = row(self.locked, self.open, gap=14)
        cards.setStretch(0, 1)
        cards.setStretch(1, 1)
        self.setLayout(column(through, Card(note, panel="note-warn"), cards, None, gap=16))

    def show_draft(self, draft: ClosingDraft) -> None:
        """The day."""
        self.fields["through"].set_value(draft.through)
        self._look(draft.through)

    def read(self, draft: ClosingDraft) -> ClosingDraft:
        """What was typed."""
        found = replace(draft, through=self.fields["through"].value())
        self._look(found.through)
        return found

    # inside
    def _look(self, through: date | None) -> None:
        """Read what the day would lock, beside the main thread; the last day asked for wins."""
        if through == self._through:
            return
        self._through = through
        self._asked += 1
        self.warning.setText(_for_good(through))
        if through is not None:
            on, asked = self._context.today(), self._asked
            self._context.read(
                lambda session: closing.closing(session, through, on), partial(self._show, asked), owner=self
            )

    def _show(self, asked: int, found: Closing) -> None:
        if asked == self._asked:
            self.locked.show_facts(self._facts(found.locked, found.through))
            self.open.show_open(found.still_open, found.through)

    def _facts(self, found: Locked, through: date) -> list[tuple[str, str]]:
        span = self.tr("%1 to %2").replace("%1", formats.date_text(found.since))
        span = span if found.since is not None else self.tr("all up to %2")
        money = "\n".join(formats.money_text(amount, currency) for currency, amount in found.revenue)
        return [
            (self.tr("Days"), span.replace("%2", formats.date_text(through))),
            (self.tr("Revenue recognised"), money or self.tr("no revenue")),
            (self.tr("Invoices and credit notes"), formats.whole_text(found.invoices)),
            (self.tr("Entries in the books"), formats.whole_text(found.entries)),
        ]


class OpenCard(Card):
    """What is still open, a line each with the way to its list."""

    def __init__(self, go: Callable[[Route], object]) -> None:
        self._go = go
        self._lines = column(gap=8)
        head = CardHead(QCoreApplication.translate("home", "Still open from that time"))
        layout = column(head, column(self._lines, margins=(18, 2, 18, 16)))
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        super().__init__(layout, QCoreApplication.translate("home", "Still open from that time"))

    def show_open(self, found: StillOpen, through: date) -> None:
        """Say it."""
        clear(self._lines)
        ways = (
            ("in_transit", "delivery", route_of("deliveries", closing.in_transit(through))),
            ("undelivered", "deals", route_of("deals", closing.undelivered(through))),
            ("unallocated", "payment", route_of("payments", closing.unallocated(through))),
            ("unprinted", "note", None),
        )
        for name, icon, route in ways:
            if number := getattr(found, name):
                self._lines.addWidget(self._line(open_words(name, number), icon, route))
        after = formats.date_text(through + timedelta(days=1))
        words = open_words("after", 0) if found.total else open_words("nothing", 0)
        self._lines.addWidget(Label(words.replace("%1", after), "caption", "3").wrap())

    def _line(self, words: str, icon: str, route: Route | None) -> QWidget:
        label = Label(words, "body").wrap()
        parts: list[Any] = [Icon(icon, "warn", 14, box=26, soft="warn_soft"), label]
        if route is not None:
            show = Button(QCoreApplication.translate("home", "Show"), "link", do=lambda to=route: self._go(to))
            show.setAccessibleName(f"{show.text()}: {words}")
            parts.append(show)
        layout = row(*parts, gap=12)
        layout.setStretch(1, 1)
        return holder(layout)


def _for_good(through: date | None) -> str:
    """What closing means, in one sentence."""
    if through is None:
        return QCoreApplication.translate("home", "Closing cannot be undone.")
    words = QCoreApplication.translate(
        "home",
        "This cannot be undone: nothing can be posted up to %1 any more; what comes in later for that time is posted "
        "on %2 and keeps its true day.",
    )
    after = through + timedelta(days=1)
    return words.replace("%1", formats.date_text(through)).replace("%2", formats.date_text(after))
