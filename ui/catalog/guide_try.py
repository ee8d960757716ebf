"""Trying a guide: it asks as it will ask, counts what still fits, and shows what it would propose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.catalog.guides import Asked, Filtered, Proposal, Proposed, advance
from ui import formats
from ui.catalog.guide_desk import GuideDesk
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.condition_words import value_words
from ui.widgets.label import Label, rule
from ui.widgets.layout import clear, column, holder, row

_MOST_NAMES = 8
_WIDEST = 720


class GuideTry(QWidget):
    """The digits answer, Backspace goes back."""

    def __init__(self, desk: GuideDesk) -> None:
        super().__init__()
        self._desk = desk
        self._told: list[tuple[str, str]] = []
        self.answers: list[Button] = []
        self._box = column(gap=10)
        card = Card(column(self._box, margins=(22, 18, 22, 20)), self.tr("Try it"))
        card.setMaximumWidth(_WIDEST)
        beside = row(card, None)
        beside.setStretch(0, 10)
        self.back = Button(self.tr("Back"), "ghost", "arrow-left", self.go_back)
        self.again = Button(self.tr("From the beginning"), "ghost", "refresh", self.restart)
        verbs = row(self.back, self.again, None, gap=4)
        self.setLayout(column(beside, verbs, None, gap=8))
        desk.changed.connect(self.fill)
        desk.opened.connect(self.restart)

    def restart(self) -> None:
        """Ask the first question again."""
        self._told = []
        self.fill()

    def answer(self, question: str, answer: str) -> None:
        """Give an answer."""
        self._told = [one for one in self._told if one[0] != question] + [(question, answer)]
        self.fill()
        if self.answers:
            self.answers[0].setFocus()

    def go_back(self) -> None:
        """Take the last answer back."""
        self._told = self._told[:-1]
        self.fill()

    def shown(self) -> Asked | Proposal:
        """What is asked or proposed now."""
        return advance(self._desk.guide, self._told, self._desk.goods)

    def fill(self) -> None:
        """Show what the guide says after the answers so far."""
        clear(self._box)
        self.answers = []
        self.back.setVisible(bool(self._told))
        self.again.setVisible(bool(self._told))
        found = self.shown()
        given = "  ›  ".join(answer.text for _, answer in found.given)
        if given:
            self._box.addWidget(Label(given, "caption", "3").wrap())
        if isinstance(found, Asked):
            self._ask(found)
        else:
            self._propose(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the class's docstring."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self.answers):
            self.answers[number].click()
        elif event.key() == Qt.Key.Key_Backspace and self._told:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # inside
    def _ask(self, found: Asked) -> None:
        self._box.addWidget(Label(found.question.text or self.tr("Without a name"), "title").wrap())
        if found.question.help:
            self._box.addWidget(Label(found.question.help, "body", "2").wrap())
        for number, answer in enumerate(found.question.answers, 1):
            words = f"{number}   {answer.text}" if number < 10 else answer.text
            key = (found.question.key, answer.key)
            button = Button(words, do=lambda key=key: self.answer(*key), name=answer.text)
            button.setMinimumWidth(320)
            self.answers.append(button)
            self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addWidget(Label(self.tr("%n products fit so far", None, found.fitting), "caption", "3"))

    def _propose(self, found: Proposal) -> None:
        words = self.tr("It proposes") if found.products else self.tr("It proposes nothing")
        self._box.addWidget(Label(words, "title"))
        for one in found.products:
            self._box.addLayout(self._product(one))
        if found.fitting:
            names = self._names(found.fitting)
            self._box.addWidget(Label(self.tr("Also fitting: %1").replace("%1", names), "body", "2").wrap())
        if found.missing:
            names = self._names(found.missing)
            self._box.addWidget(Label(self.tr("Not to be had: %1").replace("%1", names), "body", "warn").wrap())
        if found.filtered:
            self._box.addWidget(rule())
            self._box.addWidget(holder(column(*(self._because(one) for one in found.filtered), gap=3)))

    def _product(self, one: Proposed) -> Any:
        name = Label(self._desk.product_name(one.sku), "strong").wrap()
        about = column(name, Label(self._chosen(one) or one.sku, "caption", "3").wrap(), gap=2)
        line = row(about, Label(f"× {formats.decimal_text(one.quantity)}", "body", "2", True), gap=12)
        line.setStretch(0, 1)
        return line

    def _chosen(self, one: Proposed) -> str:
        goods = self._desk.goods.get(one.sku)
        if goods is None:
            return ""
        words = []
        for key, text in one.selection.values:
            attribute = goods.model.attribute(key)
            if attribute is not None:
                value = attribute.value(text)
                words.append(f"{attribute.name}: {value_words(text, attribute.unit) if value is None else value.name}")
        options = self._desk.choosable.options or {}
        words += [options.get(chosen.option, chosen.option) for chosen in one.selection.chosen]
        return ", ".join(words)

    def _because(self, one: Filtered) -> Label:
        words = self.tr("%1 took out: %2").replace("%1", f"“{one.answer}”").replace("%2", self._names(one.skus))
        return Label(words, "caption", "3").wrap()

    def _names(self, skus: tuple[str, ...]) -> str:
        names = [self._desk.product_name(sku) for sku in skus[:_MOST_NAMES]]
        more = len(skus) - len(names)
        return ", ".join(names) + (self.tr(" and %n more", None, more) if more else "")
