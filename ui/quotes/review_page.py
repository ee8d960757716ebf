"""Last page: the real paper, what should be looked at, and whether it is sent at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.pipeline import approvals, quoting
from app.pricing.marks import MarginMarks
from app.quotes.draft import QuoteDraft, live, warnings
from ui.context import AppContext
from ui.quotes.texts import in_summary, problem_words
from ui.widgets.approval_dialog import margin_problem_words
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card, titled_card
from ui.widgets.inputs import Tick
from ui.widgets.label import Icon, Label
from ui.widgets.layout import SideBySide, clear, column, holder, row
from ui.widgets.pdf_preview import PdfPreview
from ui.wizards.page import WizardPage

_PAUSE_MS = 150
_STEP_OF = {"email": "customer", "address": "customer"}


class ReviewPage(WizardPage):
    """The paper is rendered beside the main thread, from the draft as it stands."""

    def __init__(self, context: AppContext, is_sent_already: bool, marks: MarginMarks) -> None:
        super().__init__(problem_words)
        self._context, self._is_sent_already, self._marks = context, is_sent_already, marks
        self._draft: QuoteDraft | None = None
        self._asked = 0
        self.send = Tick(self.tr("Send it now"))
        if is_sent_already:
            self.send.hide()
        self.send.value_changed.connect(self.edited)
        self._sending = Label("", "caption", "2").wrap()
        self.preview = PdfPreview(self.tr("The quote as it will be sent"))
        self.preview.setMinimumHeight(520)
        self._list = column(gap=6)
        self._fine = Label(self.tr("Nothing to look at: everything is there."), "body", "2").wrap()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._render)
        sending = titled_card(self.tr("Sending"), self.send, self._sending)
        looking = titled_card(self.tr("Worth a look"), self._fine, self._list)
        side = holder(column(sending, looking, None, gap=14))
        paper = Card(column(self.preview, margins=(12, 8, 12, 12)), self.tr("The paper"))
        self.low = Banner("", "warning", "bad", Button(self.tr("Look at the prices"), "ghost", do=self._to_prices))
        self.low.hide()
        self.setLayout(column(self.low, SideBySide(paper, side, 330, 780), gap=14))

    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the paper of the draft."""
        self._draft = draft
        self.send.set_value(draft.send)
        self._tell_sending(draft)
        self._show_warnings(draft)
        self._show_margin(draft)
        self._pause.start()

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """Only whether it is sent."""
        found = replace(draft, send=self._is_sent_already or self.send.value())
        self._tell_sending(found)
        return found

    def first_input(self) -> QWidget | None:
        """The tick, or the paper."""
        return self.preview if self._is_sent_already else self.send

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Listed above."""
        return [in_summary(problem) for problem in problems]

    def _tell_sending(self, draft: QuoteDraft) -> None:
        if self._is_sent_already:
            words = self.tr("The new revision takes the place of the one that was sent, under the same number.")
        elif draft.send:
            words = self.tr("It gets its number and its paper, and this revision is never changed again.")
        else:
            words = self.tr("It stays a draft without a number; you can change it as often as you like.")
        self._sending.setText(words)

    def _show_margin(self, draft: QuoteDraft) -> None:
        """Below the floor it is said here; where the company stops that, sending asks for a reason or the PIN."""
        known = live(draft)
        always = replace(self._marks, stop=True)
        problem = None if known is None else approvals.needed(always, known[0], draft.basis, known[1])
        self.low.setVisible(problem is not None)
        if problem is not None:
            words = margin_problem_words(problem)
            if self._marks.stop:
                words = self.tr("%1 Sending it asks for a reason or the owner's PIN.").replace("%1", words)
            self.low.say(words)

    def _to_prices(self) -> None:
        self.wanted.emit("price")

    def _show_warnings(self, draft: QuoteDraft) -> None:
        clear(self._list)
        found = [*warnings(draft), *_overridden(draft)]
        self._fine.setVisible(not found)
        for problem in found:
            step = "products" if problem.code == "overridden" else _STEP_OF.get(problem.field, "price")
            words = Label(in_summary(problem).message, "body", "2").wrap()
            icon = Icon("warning", "warn", 14)
            line = row(icon, words, gap=8)
            line.setStretch(1, 1)
            line.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
            self._list.addLayout(line)
            if step != "customer" or draft.deal_id is None:
                go = Button(self.tr("Go there"), "link", do=partial(self.wanted.emit, step))
                go.setAccessibleName(f"{self.tr('Go there')}: {words.text()}")
                self._list.addLayout(row(20, go, None))

    def _render(self) -> None:
        if self._draft is None:
            return
        self._asked += 1
        store, draft, asked = self._context.store, self._draft, self._asked
        word = self.tr("Draft", "watermark")
        self._context.jobs.file(partial(_paper, store, draft, word), partial(self._show, asked), self._failed, self)

    def _show(self, asked: int, data: bytes) -> None:
        if asked == self._asked:
            self.preview.show_bytes(data)

    def _failed(self, error: Exception) -> None:
        self._context.errors.report(error, self)


def _overridden(draft: QuoteDraft) -> list[Problem]:
    """Alerts of configured products that were overridden, each with the reason she gave."""
    return [
        Problem(f"lines[{index}].overrides", "overridden", f"{line.name}: {alert} ({reason})")
        for index, line in enumerate(draft.lines)
        for alert, reason in line.detail.overrides
    ]


def _paper(store: Any, draft: QuoteDraft, watermark: str, _progress: Any) -> bytes:
    from app.outputs.papers import look_of  # reportlab is loaded only where a paper is made
    from app.outputs.pdf.render import render

    with store.read() as session:
        document, look = quoting.preview(session, draft), look_of(session)
    return render(document, replace(look, watermark=look.watermark or watermark))
