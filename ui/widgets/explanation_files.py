"""The explanation of all prices on paper and as a workbook with live formulas; made beside the main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from app.pipeline.explaining import explanation_of_draft, price_explanation
from app.quotes.draft import QuoteDraft
from app.quotes.explanation import PriceExplanation
from ui.context import AppContext
from ui.widgets.paper_actions import Papers
from ui.widgets.progress_panel import ProgressDialog

Tell = Callable[[Any], PriceExplanation]
"""Reads the explanation in a session."""


def of_draft(draft: QuoteDraft) -> Tell:
    """The explanation of a draft."""
    return lambda session: explanation_of_draft(session, draft)


def of_deal(deal_id: int) -> Tell:
    """That of a deal's newest quote, from its frozen amounts."""
    return lambda session: price_explanation(session, deal_id)


class ExplanationFiles:
    """Prints and saves; `owner` is the widget that windows stand over."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner
        self._papers = Papers(context, owner)

    def print(self, tell: Tell) -> None:
        """Ask which printer, then print every page."""
        self._run(partial(_paper, self._context.store, tell), self._papers.ask_printer)

    def save(self, tell: Tell) -> None:
        """Ask where, then save the workbook, or the paper where a name of one is typed."""
        kinds = ";;".join((self._owner.tr("Workbook (*.xlsx)"), self._owner.tr("PDF (*.pdf)")))
        with self._context.store.read() as session:
            suggested = f"{tell(session).file_name}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self._owner, self._owner.tr("Save as"), suggested, kinds)
        if path:
            self.save_to(tell, Path(path))

    def save_to(self, tell: Tell, path: Path) -> None:
        """Save there: a workbook, or a paper where the name ends in .pdf."""
        store, language = self._context.store, QLocale().name().partition("_")[0]

        def work(progress: Any) -> str:
            from app.outputs import files

            is_paper = path.suffix.lower() == ".pdf"
            files.save(path, _paper(store, tell, progress) if is_paper else _workbook(store, tell, language))
            return path.name

        said = self._owner.tr("Saved as %1")
        self._run(work, lambda name: self._context.say(said.replace("%1", name)))

    def _run(self, work: Any, done: Any) -> None:
        job = self._context.jobs.file(work, done, self._failed, self._owner)
        ProgressDialog(self._owner.tr("One moment…"), job, self._owner)

    def _failed(self, error: Exception) -> None:
        self._context.errors.report(error, self._owner)


def _paper(store: Any, tell: Tell, _progress: Any) -> bytes:
    from app.outputs.papers import look_of  # reportlab is loaded only where a paper is made
    from app.outputs.pdf.price_explanation import render

    with store.read() as session:
        return render(tell(session), look_of(session))


def _workbook(store: Any, tell: Tell, language: str) -> bytes:
    from app.outputs.xlsx.price_explanation import write  # and openpyxl where a workbook is

    with store.read() as session:
        told = tell(session)
    return write(told, language)
