"""Rules that contradict each other, and a bundle that contains itself: what it is about, with links to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from app.catalog.configure import Blame, Conflict
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import model_problem_words
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row

_MOST = 6


class TroubleCard(Card):
    """Hidden while everything can be sold."""

    wanted = Signal(object)
    """The `Blame` that was clicked: a rule, a group, an attribute or an option to show."""

    def __init__(self, desk: ModelDesk) -> None:
        self._desk = desk
        self._rows = column(gap=10)
        super().__init__(column(self._rows, margins=(16, 12, 14, 12)), panel="note-bad")
        self.setAccessibleName(self.tr("Contradictions"))
        self.hide()

    def fill(self) -> None:
        """Show what the desk knows."""
        clear(self._rows)
        whole = [problem for problem in self._desk.shown_problems() if problem.field == "model"]
        for problem in whole:
            self._add(model_problem_words(problem), ())
        for found in self._desk.contradictions[:_MOST]:
            self._add(conflict_words(found, self._name(found)), found.laws)
        if self._desk.undecided:
            names = ", ".join(goal.name for goal in self._desk.undecided[:_MOST])
            self._add(self.tr("Not found out in the time there is: %1").replace("%1", names), ())
        self.setVisible(bool(whole or self._desk.contradictions or self._desk.undecided))

    def _name(self, found: Conflict) -> str:
        """Of what can never be chosen; an option is called as its product."""
        goal = found.goal
        return goal.name if goal.value or not goal.key else self._desk.wording().name(goal.key)

    def _add(self, words: str, laws: Sequence[Blame]) -> None:
        flow = FlowLayout(gap=10)
        for law in laws:
            flow.addWidget(Button(law.name, "mend", do=lambda law=law: self.wanted.emit(law)))
        text = column(Label(words, "label", "bad").wrap(), *([holder(flow)] if laws else []), gap=2)
        line = row(Icon("warning", "bad", 16), text, gap=10)
        line.setStretch(1, 1)
        self._rows.addWidget(holder(line))


def conflict_words(found: Conflict, name: str) -> str:
    """What can never be."""
    if not found.goal.key:
        return _say("Nothing can be sold: these contradict each other. Change or remove one of them.")
    return _say("“%1” can never be chosen, because of:").replace("%1", name)


def _say(source: str) -> str:
    return QCoreApplication.translate("catalog", source)
