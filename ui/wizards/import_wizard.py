"""Bringing a list from a spreadsheet: file, columns, check; then one transaction that takes all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Cancelled, Problem
from app.exchange.list_import.checked import Checked
from app.exchange.list_import.fields import Wanted, missing
from app.exchange.list_import.save import Saved
from ui import formats
from ui.context import AppContext
from ui.routes import Route
from ui.widgets.layout import column
from ui.widgets.progress_panel import ProgressDialog
from ui.wizards.import_pages import CheckPage, ColumnsPage, FilePage, ImportDraft
from ui.wizards.wizard import Wizard

STEPS = ("file", "columns", "check")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is imported. `check(draft, progress)` and `save(session, checked, file, sha256, progress)` are the app's."""

    kind: str
    """The kind of change, and the singular of the list's route."""
    title: str
    wanted: Sequence[Wanted]
    numbers: Sequence[str]
    names: Callable[[str], str]
    """Words of a wanted column."""
    shown: Sequence[tuple[str, Callable[[Any], str]]]
    """Columns of the preview."""
    check: Callable[[ImportDraft, Any], Checked[Any]]
    save: Callable[[Any, Checked[Any], str, str, Any], Saved]
    commit_words: Callable[[int], str]


def problems(draft: ImportDraft, step: str, wanted: Sequence[Wanted]) -> list[Problem]:
    """What keeps a step from being done."""
    if step == "file":
        if draft.source is None:
            return [Problem("file", "missing", "file: choose one.")]
        if draft.source.is_guessed and not draft.agreed:
            return [Problem("file", "letters", "file: look at its letters.")]
        return []
    if step == "columns":
        return [Problem(name, "missing", f"{name}: choose a column.") for name in missing(dict(draft.mapping), wanted)]
    if draft.checked is None or not draft.checked.is_good:
        return [Problem("rows", "faults", "rows: they have faults.")]
    return []


class ImportScreen(QWidget):
    """The wizard as a screen."""

    def __init__(self, context: AppContext, plan: ImportPlan) -> None:
        super().__init__()
        self._context, self._plan = context, plan
        self.setProperty("panel", "canvas")
        self.wizard = Wizard(
            ImportDraft(),
            lambda _: STEPS,
            lambda draft, step: problems(draft, step, plan.wanted),
            {"file": self._file_page, "columns": self._columns_page, "check": self._check_page},
            titles=self._step_words,
            commit_words=lambda draft: plan.commit_words(len(draft.checked.items) if draft.checked else 0),
            name=plan.title,
        )
        self.wizard.committed.connect(self._commit)
        self.wizard.left.connect(self._leave)
        self.setLayout(column(self.wizard))

    def title(self) -> str:
        """For the window's top bar."""
        return self._plan.title

    # inside
    def _file_page(self) -> FilePage:
        page = FilePage(self._context, self._plan.wanted, self._plan.numbers)
        page.drafted.connect(self.wizard_takes)
        return page

    def _columns_page(self) -> ColumnsPage:
        return ColumnsPage(self._plan.wanted, self._plan.names, bool(self._plan.numbers))

    def _check_page(self) -> CheckPage:
        page = CheckPage(self._context, self._plan.check, self._plan.names, self._plan.shown)
        page.drafted.connect(self.wizard_takes)
        return page

    def wizard_takes(self, draft: ImportDraft) -> None:
        """A page has read or checked something."""
        self.wizard.set_draft(draft)

    def _step_words(self, step: str) -> str:
        return {"file": self.tr("File"), "columns": self.tr("Columns"), "check": self.tr("Check")}[step]

    def _commit(self, draft: ImportDraft) -> None:
        context, plan = self._context, self._plan

        def work(progress: Any) -> Saved:
            with context.store.write(context.actor) as session:
                return plan.save(session, draft.checked, draft.source.table.name, draft.source.sha256, progress)

        job = context.jobs.command(work, self._done, self._failed, self)
        ProgressDialog(plan.title, job, self)

    def _done(self, saved: Saved) -> None:
        self._context.changes.tell({self._plan.kind})
        self._context.say(self.said(saved))
        self._context.router.open(Route(f"{self._plan.kind}s"))

    def said(self, saved: Saved) -> str:
        """How many were new, changed and known."""
        text = self.tr("%1 new, %2 changed, %3 already as in the file")
        for place, number in enumerate((saved.new, saved.changed, saved.same), 1):
            text = text.replace(f"%{place}", formats.whole_text(number))
        return text

    def _failed(self, error: Exception) -> None:
        self.wizard.set_busy(False)
        if not isinstance(error, Cancelled):
            self._context.errors.report(error, self)

    def _leave(self) -> None:
        router = self._context.router
        if router.can_go_back:
            router.back()
        else:
            router.open(Route(f"{self._plan.kind}s"))
