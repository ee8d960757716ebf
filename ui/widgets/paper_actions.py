"""What one can do with an issued paper: look at it, print it, save it, send it with the own mail program.

`Papers` does it for one document and holds nothing; `PaperPanel` is the preview with these verbs, for details and
wizards; `PaperWindow` shows one over the window. The pages are always those of the very file that is kept and sent.
"""

from __future__ import annotations

import tempfile
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QRectF, QSize, QUrl
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from app.core.errors import OutputError
from ui.context import AppContext
from ui.widgets.action import Action
from ui.widgets.button import Button, IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column
from ui.widgets.pdf_preview import PdfFile, PdfPreview
from ui.widgets.progress_panel import ProgressDialog

_POINTS = 72.0
_MOST_DPI = 300


class Paper(Protocol):
    """An issued document, such as `app.ledger.queries.Issued`."""

    @property
    def id(self) -> int:
        """Id of the document."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def file_name(self) -> str:
        """Name of its file without ending."""


@cache
def _letters_folder() -> tempfile.TemporaryDirectory[str]:
    """Where letters lie until the program ends; readable by this person only."""
    return tempfile.TemporaryDirectory(prefix="handsel-")


class Papers:
    """The verbs, for screens that have their own buttons. `owner` is the widget windows stand over."""

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def show(self, paper: Paper) -> PaperWindow:
        """Open the paper over the window; Esc closes it."""
        window = PaperWindow(self._context, paper, self._owner)
        window.open()
        return window

    def print(self, paper: Paper) -> None:
        """Ask which printer, then print every page."""
        self._fetch(paper, self.ask_printer)

    def save(self, paper: Paper) -> None:
        """Ask where, then save a copy."""
        suggested, kinds = f"{paper.file_name}.pdf", self._owner.tr("PDF (*.pdf)")
        path, _ = QFileDialog.getSaveFileName(self._owner, self._owner.tr("Save as"), suggested, kinds)
        if path:
            self.save_to(paper, Path(path))

    def save_to(self, paper: Paper, path: Path) -> None:
        """Save a copy there."""

        def work(_progress: Any) -> str:
            from app.outputs import files, papers

            files.save(path, papers.content(self._context.store, paper.id))
            return path.name

        said = self._owner.tr("Saved as %1")
        self._run(work, lambda name: self._context.say(said.replace("%1", name)))

    def mail(self, paper: Paper) -> None:
        """Open a letter with the paper attached in the person's mail program."""

        def work(_progress: Any) -> Path:
            from app.exchange import letters
            from app.outputs import files

            path = Path(_letters_folder().name) / files.safe_name(f"{paper.file_name}.eml")
            files.save(path, letters.eml(letters.about(self._context.store, paper.id)))
            return path

        self._run(work, self._open_letter)

    def _open_letter(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = self._owner.tr("No program for mail was found. Save the paper and attach it to a mail yourself.")
            self._context.errors.report(OutputError(words), self._owner)

    def ask_printer(self, data: bytes) -> None:
        """Ask which printer, then print every page of a PDF."""
        try:
            from PySide6.QtPrintSupport import QPrintDialog, QPrinter
        except ImportError:  # the system's printing library is missing
            words = self._owner.tr("This computer has no printing system. Save the paper and print it elsewhere.")
            self._context.errors.report(OutputError(words), self._owner)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._owner)
        dialog.setWindowTitle(self._owner.tr("Print"))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            print_pages(data, printer)

    def _fetch(self, paper: Paper, done: Any) -> None:
        self._run(partial(_content, self._context.store, paper.id), done)

    def _run(self, work: Any, done: Any) -> None:
        job = self._context.jobs.file(work, done, self._failed, self._owner)
        ProgressDialog(self._owner.tr("One moment…"), job, self._owner)

    def _failed(self, error: Exception) -> None:
        self._context.errors.report(error, self._owner)


def _content(store: Any, document_id: int, _progress: Any) -> bytes:
    from app.outputs import papers  # reportlab is loaded only where a paper is made

    return papers.content(store, document_id)


def print_pages(data: bytes, printer: Any) -> int:
    """Print the pages of a PDF, each as large as the sheet allows and in its proportions; returns how many."""
    file = PdfFile(data)
    painter = QPainter(printer)
    try:
        first, last = printer.fromPage() or 1, printer.toPage() or len(file.sizes)
        for index in range(first - 1, min(last, len(file.sizes))):
            if index > first - 1:
                printer.newPage()
            _print_page(file, index, painter)
        return max(min(last, len(file.sizes)) - first + 1, 0)
    finally:
        painter.end()
        file.close()


def _print_page(file: PdfFile, index: int, painter: QPainter) -> None:
    sheet = QRectF(painter.viewport())
    width, height = file.sizes[index]
    scale = min(sheet.width() / width, sheet.height() / height)
    image = file.image(index, min(scale, _MOST_DPI / _POINTS))
    painter.drawImage(QRectF(0, 0, width * scale, height * scale), image)


class PaperPanel(Card):
    """The preview of one paper with its verbs. Without a paper it says so, in words that the screen gives."""

    def __init__(self, context: AppContext, title: str, nothing: str = "") -> None:
        super().__init__(name=title)
        self._context, self._papers = context, Papers(context, self)
        self._paper: Paper | None = None
        self._verbs = [
            Action(self.tr("Print"), self, lambda: self._do(self._papers.print), "print", "Ctrl+P"),
            Action(self.tr("Save as"), self, lambda: self._do(self._papers.save), "export", "Ctrl+Shift+S"),
            Action(self.tr("Open in mail program"), self, lambda: self._do(self._papers.mail), "mail"),
        ]
        self.head = CardHead(title, "", *(IconButton.of(verb) for verb in self._verbs))
        self.preview = PdfPreview(title)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("note", self.tr("No paper yet"), nothing))
        self._stack.addWidget(self.preview)
        layout = column(self.head, column(self._stack, margins=(12, 0, 12, 12)))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setMinimumHeight(360)
        self.show_paper(None)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a page."""
        return QSize(480, 620)

    def paper(self) -> Paper | None:
        """What is shown."""
        return self._paper

    def show_paper(self, paper: Paper | None) -> None:
        """Show an issued document; None shows that there is none."""
        if paper is not None and self._paper is not None and paper.id == self._paper.id:
            return
        self._paper = paper
        self.head.note.setText(paper.number if paper is not None else "")
        for verb in self._verbs:
            verb.allow(paper is not None, self.tr("There is no paper yet."))
        if paper is None:
            self.preview.clear()
            self._stack.setCurrentIndex(0)
        else:
            work = partial(_content, self._context.store, paper.id)
            self._context.jobs.file(work, partial(self._show_bytes, paper.id), self._failed, self)

    def show_bytes(self, data: bytes) -> None:
        """Show a PDF that is not issued yet: the preview of a draft, without verbs."""
        self.preview.show_bytes(data)
        self._stack.setCurrentIndex(1)

    def _show_bytes(self, document_id: int, data: bytes) -> None:
        if self._paper is not None and self._paper.id == document_id:
            self.show_bytes(data)

    def _failed(self, error: Exception) -> None:
        self._context.errors.report(error, self)

    def _do(self, verb: Any) -> None:
        if self._paper is not None:
            verb(self._paper)


class PaperWindow(QDialog):
    """One paper over the window, as large as the window allows."""

    def __init__(self, context: AppContext, paper: Paper, owner: QWidget) -> None:
        super().__init__(owner)
        self.setWindowTitle(paper.number)
        self.panel = PaperPanel(context, self.tr("Paper"))
        self.panel.head.addWidget(Button(self.tr("Close"), do=self.reject))
        self.setLayout(column(self.panel, margins=(14, 14, 14, 14)))
        room = owner.window().size()
        self.resize(min(room.width() - 60, 860), max(min(room.height() - 40, 1100), 400))
        self.panel.show_paper(paper)
