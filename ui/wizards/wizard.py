"""The shell of a wizard: pages under a stepper, and a footer whose last button says what it will do.

The draft is the only state. The shell asks pure functions for the steps and their problems, so the flow is tested
without a window. Back never loses anything: going anywhere reads the page first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from app.core.errors import Problem, RuleViolation
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row, scrolled
from ui.widgets.stepper import Step, Stepper
from ui.wizards.page import WizardPage
from ui.wizards.problem_summary import Link, ProblemSummary

SAVE_PAUSE_MS = 400

Steps = Callable[[Any], Sequence[str]]
"""`steps(draft)`: names of the steps in order; it may depend on the draft."""
Problems = Callable[[Any, str], Sequence[Problem]]
"""`problems(draft, step)`: what is wrong with that step."""


class Wizard(QWidget):
    """Runs a draft through its pages.

    `pages` gives for each step name a function that makes its page (made on first visit), `titles(step)` its words.
    `commit_words(draft)` is what the last button says ("Send quote Q-1042 to Harbour Couriers"). `save(draft)` keeps
    the draft, 400 ms after the last key and on every step. `aside` stands beside all pages (live totals, the PDF).
    `settle(draft)` works out what follows from what was typed (prices by rules); settling twice changes nothing.
    """

    committed = Signal(object)
    """The last button was pressed, and no step has a problem: the draft. Call `done` or `refuse` afterwards."""
    left = Signal()
    """Close was pressed; the draft is saved."""
    changed = Signal(object)
    """The draft after an edit, at once: for live totals."""
    stepped = Signal(str)
    """A step was opened."""

    def __init__(
        self,
        draft: Any,
        steps: Steps,
        problems: Problems,
        pages: Mapping[str, Callable[[], WizardPage]],
        titles: Callable[[str], str],
        commit_words: Callable[[Any], str],
        save: Callable[[Any], object] | None = None,
        aside: QWidget | None = None,
        name: str = "",
        settle: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__()
        self._settle = settle or _as_it_is
        self._draft, self._steps, self._problems = draft, steps, problems
        self._makers, self._titles = dict(pages), titles
        self._commit_words, self._save_draft = commit_words, save
        self._pages: dict[str, WizardPage] = {}
        self._step = steps(draft)[0]
        self._visited = {self._step}
        self._is_busy = False
        self.setAccessibleName(name)
        self._build(aside)
        self._pause = QTimer(self, singleShot=True, interval=SAVE_PAUSE_MS)
        self._pause.timeout.connect(self.save_now)
        self._add_keys()
        self._enter()

    # what screens use
    @property
    def draft(self) -> Any:
        """The draft with everything typed so far."""
        return self._draft

    @property
    def step(self) -> str:
        """Name of the step that is open."""
        return self._step

    def page(self) -> WizardPage:
        """The page that is open."""
        return self._page(self._step)

    def set_draft(self, draft: Any) -> None:
        """Replace the draft (undo, a template); the open page shows it."""
        self._draft = self._settle(draft)
        if self._step not in self._steps(draft):
            self._step = self._steps(draft)[0]
        self._enter()
        self._pause.start()
        self.changed.emit(self._draft)

    def next(self) -> None:
        """Go on if the step has no problem, else show all of them. On the last step: commit."""
        if self._is_busy:
            return
        self.read()
        if self._show_problems():
            return
        names = self._names()
        if self._step == names[-1]:
            self._commit()
        else:
            self.go_to(names[names.index(self._step) + 1])

    def back(self) -> None:
        """To the step before; nothing typed is lost, problems or not."""
        names = self._names()
        at = names.index(self._step)
        if at > 0:
            self.go_to(names[at - 1])

    def go_to(self, step: str) -> None:
        """Open a step: an earlier one always, a later one only past steps without problems."""
        if self._is_busy or step not in self._names() or step == self._step:
            return
        self.read()
        names = self._names()
        if names.index(step) > names.index(self._step):
            step = self._furthest(step)
        if step == self._step:
            self._show_problems()
            return
        self._step = step
        self._visited.add(step)
        self.save_now()
        self._enter()

    def read(self) -> Any:
        """Take what stands on the open page into the draft; returns the draft."""
        page = self.page()
        draft = page.read(self._draft)
        if draft != self._draft:
            settled = self._settle(draft)
            page.settled(settled)
            if settled != self._draft:
                self._draft = settled
                self._pause.start()
                self.changed.emit(settled)
        return self._draft

    def save_now(self) -> None:
        """Keep the draft without waiting for the pause."""
        self._pause.stop()
        if self._save_draft is not None:
            self._save_draft(self._draft)

    def set_note(self, words: str) -> None:
        """Quiet words in the footer beside the buttons, such as the total so far."""
        self._note.setText(words)

    def flush(self) -> None:
        """Keep at once what the pause still holds back: called before the wizard goes away."""
        if self._pause.isActive():
            self.save_now()

    def close_saved(self) -> None:
        """Save and say that the wizard may be closed."""
        self.read()
        self.save_now()
        self.left.emit()

    def set_busy(self, is_busy: bool) -> None:
        """While the commit runs: no button works."""
        self._is_busy = is_busy
        for button in (self._back, self._next, self._close):
            button.setEnabled(not is_busy)
        if not is_busy:
            self._show_footer()

    def refuse(self, error: Exception) -> bool:
        """The commit failed: shows a `RuleViolation` beside its fields; False for other errors (show them yourself)."""
        self.set_busy(False)
        if not isinstance(error, RuleViolation):
            return False
        self._list(self.page().show_problems(error.problems))
        return True

    # inside
    def _build(self, aside: QWidget | None) -> None:
        self._stepper = Stepper(name=self.tr("Steps"))
        self._stepper.chosen.connect(lambda index: self.go_to(self._names()[index]))
        self._summary = ProblemSummary()
        self._stack = QStackedWidget()
        inner = column(self._summary, self._stack, margins=(PAGE_MARGIN, 16, PAGE_MARGIN, 18), gap=14)
        body = row(scrolled(holder(inner, "canvas")))
        body.setStretch(0, 1)
        if aside is not None:
            side = column(aside, margins=(0, 16, PAGE_MARGIN, 18))
            body.addLayout(side)
        top = column(self._stepper, margins=(PAGE_MARGIN, 14, PAGE_MARGIN, 4))
        layout = column(top, body, self._footer())
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _footer(self) -> QFrame:
        words = self.tr("Save and close") if self._save_draft is not None else self.tr("Close")
        self._close = Button(words, do=self.close_saved)
        self._back = Button(self.tr("Back"), icon="arrow-left", do=self.back)
        self._next = Button("", "primary", do=self.next)
        self._note = Label("", "caption", "3")
        frame = QFrame()
        frame.setProperty("panel", "footer")
        margins = (PAGE_MARGIN, 10, PAGE_MARGIN, 10)
        frame.setLayout(row(self._close, None, self._note, self._back, self._next, margins=margins, gap=10))
        return frame

    def _add_keys(self) -> None:
        for keys, do in (("Alt+Left", self.back), ("Alt+Right", self.next), ("Ctrl+Return", self.next)):
            QShortcut(QKeySequence(keys), self, do)

    def _names(self) -> list[str]:
        return list(self._steps(self._draft))

    def _page(self, step: str) -> WizardPage:
        if step not in self._pages:
            page = self._makers[step]()
            page.edited_draft.connect(self._edited)
            page.wanted.connect(self.go_to)
            self._pages[step] = page
            self._stack.addWidget(page)
        return self._pages[step]

    def _enter(self) -> None:
        page = self._page(self._step)
        page.edited_draft.disconnect(self._edited)
        page.show_draft(self._draft)
        page.edited_draft.connect(self._edited)
        self._stack.setCurrentWidget(page)
        self._summary.show_links([])
        self._show_steps()
        self._show_footer()
        first = page.first_input()
        if first is not None and self.isVisible():
            first.setFocus()
        self.stepped.emit(self._step)

    def _edited(self) -> None:
        self.read()
        self._pause.start()
        if self._summary.count():
            self._list([])
        self._show_steps()
        self._show_footer()

    def _furthest(self, wanted: str) -> str:
        """How far one may go towards a later step."""
        for name in self._names():
            if name == wanted or self._problems(self._draft, name) or (name == self._step and not self.page().check()):
                return name
        return wanted

    def _show_problems(self) -> bool:
        page = self.page()
        page.fields.clear()
        is_understood = page.check()
        problems = list(self._problems(self._draft, self._step))
        others = page.show_problems(problems)
        self._list(others)
        first = next(iter(page.fields.with_problems()), None)
        if first is not None:
            first.editor.setFocus()
        return bool(problems) or not is_understood

    def _list(self, others: Sequence[Problem]) -> None:
        links: list[Link] = [
            (f"{field.label_text()}: {field.problem()}", field.editor.setFocus)
            for field in self.page().fields.with_problems()
        ]
        links += [(problem.message, None) for problem in others]
        self._summary.show_links(links)

    def _show_steps(self) -> None:
        names = self._names()
        at = names.index(self._step)
        self._stepper.set_steps([self._shown(name, index, at) for index, name in enumerate(names)])

    def _shown(self, name: str, index: int, at: int) -> Step:
        title = self._titles(name)
        if index == at:
            return Step(title, state="now")
        if name in self._visited and self._problems(self._draft, name):
            return Step(title, state="problem")
        return Step(title, state="done" if name in self._visited and index < at else "todo")

    def _show_footer(self) -> None:
        names = self._names()
        is_last = self._step == names[-1]
        self._back.setEnabled(self._step != names[0])
        self._next.setText(self._commit_words(self._draft) if is_last else self.tr("Next"))
        self._next.set_icon("send" if is_last else "")

    def _commit(self) -> None:
        for name in self._names():
            if self._problems(self._draft, name):
                self.go_to(name)
                self._show_problems()
                return
        self.save_now()
        self.set_busy(True)
        self.committed.emit(self._draft)

    def event(self, event: QEvent) -> bool:
        """The keyboard goes to the first input when the wizard is shown."""
        if event.type() == QEvent.Type.Show:
            first = self.page().first_input()
            if first is not None:
                QTimer.singleShot(0, first, first.setFocus)
        return super().event(event)


def _as_it_is(draft: Any) -> Any:
    return draft
