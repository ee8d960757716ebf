"""The pattern of every document's own screen: head with state and amount, verbs, facts, cards, and the frozen paper.

A screen says what is read, and fills the parts. Verbs that are not possible now are greyed, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from app.core.errors import NotFound
from ui.context import AppContext
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import FlowLayout
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.layout import SideBySide, clear, column, holder, page, row
from ui.widgets.paper_actions import Paper, PaperPanel
from ui.widgets.state_badge import StateBadge

_PAPER_WIDTH, _NARROW = 500, 1000


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the facts; with `opens` its value is a link. `tone` as of labels."""

    words: str
    value: str
    opens: Route | None = None
    tone: str = ""


class DocumentPage(QWidget):
    """Base of the detail screens. Subclasses set `kinds` and give `load` and `fill`."""

    kinds: frozenset[str] = frozenset()
    """Changes after which it is read anew."""

    def __init__(self, context: AppContext, route: Route, paper_title: str) -> None:
        super().__init__()
        self._context, self._route = context, route
        self._badge_words: tuple[str, str] | None = None
        self.setProperty("panel", "canvas")
        self._build(paper_title)
        context.changes.happened.connect(self._on_change)

    # what a screen gives
    def load(self, session: Any, route: Route) -> Any:
        """Everything that is shown. Raises `NotFound`."""
        raise NotImplementedError

    def fill(self, found: Any) -> None:
        """Put it into the parts."""
        raise NotImplementedError

    # what the window asks
    def title(self) -> str:
        """For the window's top bar."""
        return self._title.whole_text()

    def badge(self) -> tuple[str, str] | None:
        """State in words and its tone, for the window's top bar."""
        return self._badge_words

    def show_route(self, route: Route) -> None:
        """The same screen for another document."""
        self._route = route
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        try:
            with self._context.store.read() as session:
                found = self.load(session, self._route)
        except NotFound:
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        self.fill(found)

    # what a screen uses
    def set_head(self, title: str, below: str, badge: tuple[str, str], amount: str = "", note: str = "") -> None:
        """Number, what it is about, state, and the amount that matters."""
        self._title.setText(title)
        self._below.setText(below)
        self._badge.show_state(*badge)
        self._badge_words = badge
        self._amount.setText(amount)
        self._amount_note.setText(note)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """The facts, one a line."""
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, fact in enumerate(facts):
            self._facts.addWidget(Label(fact.words, "body", "2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(self._value(fact), place, 1)

    def set_verbs(self, verbs: Sequence[Action], steps: Sequence[Action] = ()) -> None:
        """Buttons for the verbs; the first of `steps` that is possible is the primary one: what is next to do."""
        clear(self._verbs)
        primary = next((verb for verb in steps if verb.isEnabled()), None)
        for verb in verbs:
            self._verbs.addWidget(Button.of(verb, "primary" if verb is primary else ""))

    def verb(self, words: str, icon: str, route: Any, shortcut: str = "") -> Action:
        """A verb that opens the route that `route()` returns."""
        return Action(words, self, lambda: self._context.router.open(route()), icon, shortcut)

    def add_card(self, card: QWidget) -> None:
        """Another card below the facts."""
        self._cards.addWidget(card)

    def show_paper(self, paper: Paper | None) -> None:
        """The frozen paper beside it."""
        self.paper.show_paper(paper)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The keyboard begins at the first verb that is possible."""
        super().showEvent(event)
        buttons = [item.widget() for place in range(self._verbs.count()) if (item := self._verbs.itemAt(place))]
        first = next((button for button in buttons if button is not None and button.isEnabled()), None)
        if first is not None:
            QTimer.singleShot(0, first, first.setFocus)

    # inside
    def _build(self, paper_title: str) -> None:
        self._title, self._below = ElidedLabel("", "display"), ElidedLabel("", "body", "2")
        self._badge = StateBadge()
        self._amount = Label("", "display", figures=True).right().selectable()
        self._amount_note = Label("", "caption", "3").right()
        self._verbs = FlowLayout(gap=8)
        names = column(row(self._title, self._badge, gap=10), self._below, gap=4)
        amounts = column(self._amount, self._amount_note, gap=3)
        top = row(names, amounts, gap=18)
        top.setStretch(0, 1)
        verbs = holder(self._verbs)
        head = Card(column(top, verbs, margins=(20, 16, 20, 16), gap=14), self.tr("Document"))
        self._facts = QGridLayout()
        self._facts.setContentsMargins(18, 2, 18, 14)
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(7)
        self._facts.setColumnMinimumWidth(0, 130)
        self._facts.setColumnStretch(1, 1)
        facts = Card(column(CardHead(self.tr("Facts")), self._facts), self.tr("Facts"))
        self._cards = column(gap=14)
        left = holder(column(head, facts, self._cards, None, gap=14))
        self.paper = PaperPanel(self._context, paper_title, self.tr("This has no paper of its own."))
        self.paper.setMinimumHeight(520)
        body = page(SideBySide(left, self.paper, _PAPER_WIDTH, _NARROW))
        gone = EmptyState("search", self.tr("It is no longer there"), self.tr("Go back, and choose another one."))
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(gone)
        self.setLayout(column(self._stack))

    def _value(self, fact: Fact) -> QWidget:
        if fact.opens is None:
            return Label(fact.value, "body", fact.tone).wrap().selectable()
        target = fact.opens
        link = Button(fact.value, "fact", do=lambda: self._context.router.open(target))
        link.setAccessibleName(f"{fact.words}: {fact.value}")
        return holder(row(link, None))

    def _on_change(self, changed: frozenset[str]) -> None:
        if changed & self.kinds:
            self.reload()
