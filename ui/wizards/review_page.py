"""The last page of a wizard: what will happen, in sentences, and the real paper beside them.

Both come from a rehearsal: the command is done, looked at, and taken back (`app.outputs.previews`), so nothing is
worked out a second time for the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.core.errors import HandselError, Problem
from ui.context import AppContext
from ui.errors import describe, problem_text
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.inputs import Choice
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, row
from ui.widgets.pdf_preview import PdfPreview
from ui.wizards.page import WizardPage

_WORDS_WIDTH = 320

Work = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that will happen; `tone` accent, ok, warn, bad or neutral."""

    text: str
    icon: str = "check"
    tone: str = "ok"
    note: str = ""


class ReviewPage(WizardPage):
    """`work(draft)` is the command; `sentences(draft, foreseen)` says what comes of it, by the documents it issues."""

    def __init__(
        self,
        context: AppContext,
        deal_id: int,
        work: Callable[[Any], Work],
        sentences: Callable[[Any, Sequence[Any]], Sequence[Sentence]],
        title: str,
        nothing: str,
    ) -> None:
        super().__init__()
        self._context, self._deal_id, self._work, self._sentences = context, deal_id, work, sentences
        self._asked = 0
        self._foreseen: Sequence[Any] = ()
        self._said: list[str] = []
        self._lines = column(gap=14)
        self._which = Choice()
        self._which.setAccessibleName(self.tr("Paper to look at"))
        self._which.setMinimumContentsLength(14)
        self._which.value_changed.connect(self._render)
        self._which.hide()
        self.preview = PdfPreview(title)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("note", self.tr("No paper"), nothing))
        self._stack.addWidget(self.preview)
        words = column(CardHead(self.tr("What will happen")), column(self._lines, None, margins=(18, 4, 18, 18)))
        words.setStretch(1, 1)
        told = Card(words, self.tr("What will happen"))
        told.setFixedWidth(_WORDS_WIDTH)
        shown = column(row(CardHead(title), self._which), column(self._stack, margins=(12, 0, 12, 12)))
        shown.setStretch(1, 1)
        paper = Card(shown, title)
        paper.setMinimumHeight(380)
        body = row(told, paper, gap=14)
        body.setStretch(1, 1)
        body.setAlignment(told, Qt.AlignmentFlag.AlignTop)
        self.setLayout(body)

    def sentences(self) -> list[str]:
        """What it says now."""
        return list(self._said)

    def show_draft(self, draft: Any) -> None:
        """Rehearse the command with this draft."""
        self._asked += 1
        asked, work, store, actor = self._asked, self._work(draft), self._context.store, self._context.actor
        self._say([Sentence(self.tr("Looking ahead…"), "clock", "neutral")])

        def rehearse(_progress: Any) -> Any:
            from app.outputs import previews, printable

            return previews.rehearse(store, actor, printable.checked(work), self._deal_id)

        done, failed = self._answer(asked, draft)
        self._context.jobs.command(rehearse, done, failed, owner=self)

    def arrange(self, foreseen: Sequence[Any]) -> Sequence[Any]:
        """The papers in the order they are offered: as they are issued."""
        return foreseen

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Listed above, in the person's language where there are words for them."""
        return [replace(problem, message=problem_text(problem)) for problem in problems]

    def first_input(self) -> QWidget | None:
        """The paper: the keys scroll it."""
        return self.preview.findChild(QScrollArea)

    def read(self, draft: Any) -> Any:
        """Nothing is typed here."""
        return draft

    # inside
    def _answer(self, asked: int, draft: Any) -> tuple[Callable[[Any], None], Callable[[Exception], None]]:
        def done(foreseen: Sequence[Any]) -> None:
            if asked == self._asked:
                self._foreseen = self.arrange(foreseen)
                self._say(self._sentences(draft, self._foreseen))
                self._offer(self._foreseen)

        def failed(error: Exception) -> None:
            if asked != self._asked:
                return
            if isinstance(error, HandselError):
                self._say([Sentence(describe(error).text, "warning", "bad")])
                self._offer(())
            else:
                self._context.errors.report(error, self)

        return done, failed

    def _offer(self, foreseen: Sequence[Any]) -> None:
        self._which.set_choices([(place, item.document.number) for place, item in enumerate(foreseen)])
        self._which.setVisible(len(foreseen) > 1)
        if foreseen:
            self._which.set_value(0)
            self._render()
        else:
            self.preview.clear()
            self._stack.setCurrentIndex(0)

    def _render(self, *_: Any) -> None:
        place = self._which.value()
        if place is None or place >= len(self._foreseen):
            return
        chosen, store, asked = self._foreseen[place], self._context.store, self._asked

        def render(_progress: Any) -> bytes:
            from app.outputs import previews

            return previews.pages(store, chosen)

        def show(data: bytes) -> None:
            if asked == self._asked:
                self.preview.show_bytes(data)
                self._stack.setCurrentIndex(1)

        self._context.jobs.file(render, show, owner=self)

    def _say(self, sentences: Sequence[Sentence]) -> None:
        clear(self._lines)
        self._said = [sentence.text for sentence in sentences]
        for sentence in sentences:
            self._lines.addLayout(_line(sentence))


def _line(sentence: Sentence) -> Any:
    ink = {"accent": "accent_text", "neutral": "text2"}.get(sentence.tone, sentence.tone)
    soft = "hover" if sentence.tone == "neutral" else f"{sentence.tone}_soft"
    words = column(Label(sentence.text, "body").wrap(), gap=2)
    if sentence.note:
        words.addWidget(Label(sentence.note, "caption", "3").wrap())
    icon = Icon(sentence.icon, ink, 14, box=26, soft=soft)
    line = row(icon, words, gap=12)
    line.setStretch(1, 1)
    line.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
    return line
