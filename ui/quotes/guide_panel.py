""" "Help me choose": the owner's questions one after the other, and at the end what they propose.

Keys: 1 to 9 answer · Backspace goes back, and nothing is lost · Ctrl+Enter takes the proposal · Esc leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.catalog.configure import start
from app.catalog.guides import Asked, Guide, Proposal, Proposed, advance
from app.catalog.guides_queries import guides, offered
from app.catalog.model import Configurable
from ui import formats
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.inputs import Tick
from ui.widgets.label import Label, rule
from ui.widgets.layout import clear, column, row

_MOST_FITTING = 8


class GuidePanel(Card):
    """Reads guides and products beside the main thread, then asks."""

    taken = Signal(object)
    """The products that are taken (a list of `Proposed`)."""
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._guides: list[Guide] = []
        self._goods: Mapping[str, Configurable] = {}
        self._guide: Guide | None = None
        self._answers: list[tuple[str, str]] = []
        self._now: Asked | Proposal | None = None
        self._ticks: list[tuple[Tick, Proposed]] = []
        self._title = Label(self.tr("Help me choose"), "title")
        self._note = Label("", "caption", "3")
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        self._back = Button(self.tr("One question back"), icon="arrow-left", do=self.back)
        self._leave = Button(self.tr("Leave it"), do=self.left.emit)
        self._take = Button(self.tr("Take these"), "primary", "check", self.take)
        head = row(self._title, self._note, None, margins=(18, 12, 18, 8), gap=10)
        foot = row(self._back, None, self._leave, self._take, margins=(18, 9, 18, 9), gap=10)
        body = column(self._body, margins=(18, 2, 18, 16))
        self.setLayout(column(head, body, None, rule(), foot))
        self.setAccessibleName(self.tr("Help me choose"))

    def begin(self) -> None:
        """Ask for the guides and what is offered; then the first question."""
        self._guide, self._answers, self._now = None, [], None
        on = self._context.today()

        def work(session: Any) -> Any:
            return [one.guide for one in guides(session, active_only=True)], offered(session, on)

        self._context.read(work, self._found, owner=self)

    def answer(self, place: int) -> None:
        """The answer, or the guide, at a place from 0."""
        if self._guide is None:
            if 0 <= place < len(self._guides):
                self._choose(self._guides[place])
            return
        if isinstance(self._now, Asked) and 0 <= place < len(self._now.question.answers):
            question = self._now.question
            given = [(asked.key, answer.key) for asked, answer in self._now.given]
            later = [one for one in self._answers if one[0] not in {key for key, _ in given} | {question.key}]
            self._answers = [*given, (question.key, question.answers[place].key), *later]
            self._advance(len(given) + 1)

    def back(self) -> None:
        """The question before; the answer to it and those after it are remembered."""
        if self._now is not None and self._now.given:
            self._advance(len(self._now.given) - 1)
        elif self._guide is not None and len(self._guides) > 1:
            self._guide, self._now = None, None
            self._show()

    def take(self) -> None:
        """What is ticked of the proposal."""
        chosen = [proposed for tick, proposed in self._ticks if tick.isChecked()]
        if chosen:
            self.taken.emit(chosen)

    def state(self) -> Asked | Proposal | None:
        """The question that is asked, or the proposal."""
        return self._now

    # inside
    def _found(self, found: tuple[list[Guide], Mapping[str, Configurable]]) -> None:
        self._guides, self._goods = found
        if len(self._guides) == 1:
            self._choose(self._guides[0])
        else:
            self._show()

    def _choose(self, guide: Guide) -> None:
        self._guide, self._answers = guide, []
        self._advance(0)

    def _advance(self, given: int) -> None:
        """Ask what follows the first so many answers on the way."""
        if self._guide is not None:
            self._now = advance(self._guide, self._answers[:given], self._goods)
            self._show()

    def _show(self) -> None:
        clear(self._body)
        self._ticks = []
        now = self._now
        is_last = isinstance(now, Proposal)
        self._take.setVisible(is_last)
        self._back.setEnabled(bool(now is not None and (now.given or len(self._guides) > 1)))
        self._title.setText(self.tr("Help me choose") if self._guide is None else self._guide.name)
        self._note.setText("")
        if self._guide is None:
            self._show_guides()
        elif isinstance(now, Asked):
            self._show_question(now)
        elif now is not None:
            self._show_proposal(now)
        for at in range(self._body.count()):
            item = self._body.itemAt(at).widget()
            if item is not None and item.focusPolicy() & Qt.FocusPolicy.TabFocus:
                item.setFocus()
                break

    def _show_guides(self) -> None:
        if not self._guides:
            words = self.tr("There are no guides yet: write one under Products, Guides.")
            self._body.addWidget(Label(words, "body", "2").wrap())
            self._leave.setFocus()
        for at, guide in enumerate(self._guides):
            self._body.addWidget(self._choice(at, guide.name))

    def _show_question(self, asked: Asked) -> None:
        fitting = self.tr("%n products fit so far", None, asked.fitting)
        self._note.setText(fitting)
        self._body.addWidget(Label(asked.question.text, "title").wrap())
        if asked.question.help:
            self._body.addWidget(Label(asked.question.help, "caption", "2").wrap())
        before = dict(self._answers)
        for at, answer in enumerate(asked.question.answers):
            is_before = before.get(asked.question.key) == answer.key
            self._body.addWidget(self._choice(at, answer.text, is_before))

    def _choice(self, at: int, words: str, is_before: bool = False) -> QWidget:
        button = Button(f"{at + 1}   {words}", "primary" if is_before else "", do=partial(self.answer, at), name=words)
        if is_before:
            button.setAccessibleDescription(self.tr("your answer before"))
        return button

    def _show_proposal(self, proposal: Proposal) -> None:
        told = " › ".join(answer.text for _, answer in proposal.given)
        self._body.addWidget(Label(told, "caption", "2").wrap())
        if not proposal.products:
            self._body.addWidget(Label(self.tr("Nothing fits these answers exactly."), "body").wrap())
        for proposed in proposal.products:
            tick = Tick(f"{formats.decimal_text(proposed.quantity)} × {self._name(proposed.sku)}")
            tick.set_value(True)
            self._ticks.append((tick, proposed))
            self._body.addWidget(tick)
        for sku in proposal.fitting[:_MOST_FITTING]:
            self._add_fitting(sku)
        for words in self._quiet(proposal):
            self._body.addWidget(Label(words, "caption", "3").wrap())
        self._take.setVisible(bool(self._ticks))

    def _add_fitting(self, sku: str) -> None:
        one = self._goods[sku]
        proposed = Proposed(sku, one.product.base_quantity, start(one.model, sku))
        tick = Tick(self.tr("also fits: %1").replace("%1", one.product.name))
        self._ticks.append((tick, proposed))
        self._body.addWidget(tick)

    def _quiet(self, proposal: Proposal) -> list[str]:
        more = len(proposal.fitting) - _MOST_FITTING
        found = [self.tr("%n more products fit", None, more)] if more > 0 else []
        if proposal.missing:
            names = ", ".join(self._name(sku) for sku in proposal.missing)
            found.append(self.tr("Not offered now, or ruled out by another answer: %1").replace("%1", names))
        return found

    def _name(self, sku: str) -> str:
        known = self._goods.get(sku)
        return sku if known is None else known.product.name

    # keys
    def event(self, event: QEvent) -> bool:
        """Keys of the panel step in front of those of the wizard."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and self._does(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the module's docstring."""
        do = self._does(event)
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def _does(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.take
        if modifiers:
            return None
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            return partial(self.answer, key - Qt.Key.Key_1)
        return {Qt.Key.Key_Backspace: self.back, Qt.Key.Key_Escape: self.left.emit}.get(Qt.Key(key))
