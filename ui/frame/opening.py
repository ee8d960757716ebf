"""Which company is open, and every way to another: a file, a new company, the practice company, a backup, none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.core.errors import Cancelled, HandselError, HeldError, RuleViolation, StoreError
from ui import formats
from ui.frame import desk
from ui.frame.companies import Companies
from ui.frame.company import Company, Surroundings
from ui.frame.desk import Desk, Opened
from ui.frame.shell import Shell
from ui.routes import Route
from ui.store_words import store_text
from ui.widgets.progress_panel import ProgressDialog

Then = Callable[[], object]


class Opening(QObject):
    """At most one company is open; it is always closed, and backed up, before another one is."""

    opened = Signal(object)
    """The `Company`; nothing of it is shown yet."""
    left = Signal()
    """No company is open any more."""
    ready = Signal()
    """A company's page, the start page or the page of a trouble is shown."""

    def __init__(self, around: Surroundings, shell: Callable[[], Shell], window: QWidget) -> None:
        super().__init__(window)
        self._around, self._shell, self._window = around, shell, window
        self.companies = Companies(around.settings)
        self._desk = Desk(around.make_jobs())
        self._desk.jobs.unhandled.connect(around.errors.report)
        self.company: Company | None = None

    def begin(self) -> None:
        """Open the company that was open last, or the start page."""
        known = self.companies.last()
        if known is None:
            self.show_start()
        else:
            self.open(known.path)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being opened, made or closed."""
        return self._desk.jobs.is_busy

    def end(self) -> None:
        """No more work with files; call it when no company is open."""
        self._desk.jobs.close()

    # ------------------------------------------------------------------ ways in
    def open(self, path: Path) -> None:
        """Open a file."""
        self.leave(lambda: self._desk.open(path, self._opened, partial(self._not_opened, path)))

    def choose(self) -> None:
        """Let the person choose a file."""
        folder = self.company.path.parent if self.company is not None else self._around.companies_folder()
        kinds = self.tr("Companies (*.handsel);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a company"), str(folder), kinds)
        if name:
            self.open(Path(name))

    def practise(self) -> None:
        """Open the practice company, made now if there is none."""

        def make() -> None:
            job = self._desk.practise(
                self._around.practice_file(), self._around.today(), self.tr("Practice"), self._opened, self._not_made
            )
            ProgressDialog(self.tr("Making the practice company…"), job, self._window)

        self.leave(make)

    def show_start(self) -> None:
        """The page of the first start: a company of one's own, or the practice company."""
        from ui.first_run.start_screen import StartScreen  # needed rarely, and not before the window is painted

        page = StartScreen(self._around.companies_folder(), may_leave=self.company is not None)
        page.created.connect(partial(self._create, page))
        page.practice_wanted.connect(self.practise)
        page.file_wanted.connect(self.choose)
        page.left.connect(lambda: self._shell().show_work())
        self._desk.jobs.query(lambda _: desk.warm_up())
        self._shell().show_page(page, with_sidebar=self.company is not None)
        self.ready.emit()

    def _create(self, page: Any, path: Path, company: Any, with_quote: bool) -> None:
        def opened(made: Opened) -> None:
            self._opened(made)
            if with_quote and self.company is not None:
                self.company.context.router.open(Route("new-quote"))

        def failed(error: Exception) -> None:
            if isinstance(error, RuleViolation):
                page.refuse(error)
            else:
                self._around.errors.report(error, self._window)

        self.leave(lambda: self._desk.create(path, company, opened, failed))

    # ------------------------------------------------------------------ how it ended
    def _opened(self, opened: Opened) -> None:
        self.company = Company(opened, self._around, self._shell().stack, self)
        self.companies.opened(self.company.path, opened.name, opened.is_practice)
        self.company.restore_wanted.connect(self._ask_to_restore)
        self.opened.emit(self.company)
        self.company.begin()
        self.ready.emit()

    def _not_made(self, error: Exception) -> None:
        self.show_start()
        if not isinstance(error, Cancelled):
            self._around.errors.report(error, self._window)

    def _not_opened(self, path: Path, error: Exception) -> None:
        from ui.frame.trouble import TroublePage  # needed rarely

        if not isinstance(error, HandselError):
            self._not_made(error)
            return
        if isinstance(error, HeldError):
            self._look(path, error)
            return
        chosen = self._around.settings.text(self.companies.key(path, "backups"))
        page = TroublePage(path, store_text(str(error)), desk.backups_of(path, Path(chosen) if chosen else None))
        page.again.connect(lambda: self.open(path))
        page.other.connect(self.choose)
        page.start.connect(self.show_start)
        page.restore.connect(
            lambda backup: self._desk.restore(backup, path, self._opened, partial(self._not_opened, path))
        )
        self._shell().show_page(page, with_sidebar=False)
        self.ready.emit()

    def _look(self, path: Path, held: HeldError) -> None:
        """Another Handsel holds the file: look at it meanwhile. Where that fails, what was said first is shown."""
        known = held.holder
        words = self.tr("process %1 on %2")
        holder = words.replace("%1", str(known[0])).replace("%2", known[1]) if known is not None else ""
        refusal = StoreError(str(held))
        self._desk.look(path, holder, self._opened, lambda _error: self._not_opened(path, refusal))

    def _ask_to_restore(self, backup: Any) -> None:
        company = self.company
        when = formats.moment_text(formats.local(backup.made_at))
        title = self.tr("Go back to the backup of %1?").replace("%1", when)
        text = self.tr("What was entered since then is not in it. The file as it is now is kept beside it.")
        if company is not None and self._is_sure(title, text, self.tr("Restore")):
            path = company.path
            self.leave(lambda: self._desk.restore(backup, path, self._opened, partial(self._not_opened, path)))

    # ------------------------------------------------------------------ ways out
    def leave(self, then: Then) -> None:
        """Close the open company, if there is one, backed up if anything changed; then go on."""
        company = self.company
        if company is None:
            then()
            return
        self._shell().sidebar.saved.show_state("saving")
        folder = company.backup_folder

        def close() -> None:
            hurt = partial(self._hurt, then)
            job = self._desk.close(company.opened.store, folder, lambda _: self._left(then), hurt)
            ProgressDialog(self.tr("Backing up before closing…"), job, self._window)

        company.end(close)

    def throw_away(self) -> None:
        """Remove the practice company without a trace, after asking: this cannot be undone."""
        company = self.company
        text = self.tr("Its file, its papers and its backups are removed. Your own companies stay.")
        title, verb = self.tr("Throw the practice company away?"), self.tr("Throw away")
        if company is None or not company.opened.is_practice or company.context.is_read_only:
            return  # while another Handsel holds it, it is not ours to remove
        if not self._is_sure(title, text, verb):
            return
        path, store = company.path, company.opened.store

        def gone(_answer: Any) -> None:
            self.companies.forget(path)
            if path == self._around.practice_file():
                with suppress(OSError):
                    path.parent.rmdir()
            self._left(self.show_start)

        company.end(lambda: self._desk.throw_away(store, gone, partial(self._hurt, self.show_start)))

    def _left(self, then: Then) -> None:
        if self.company is not None:
            self.company.deleteLater()
        self.company = None
        self.left.emit()
        then()

    def _hurt(self, then: Then, error: Exception) -> None:
        """The backup failed, or a file could not be removed; the company is closed nevertheless."""
        self._left(then)
        if isinstance(error, StoreError):
            self._shell().sidebar.saved.show_state("failed")
        self._around.errors.report(error, self._window)

    def _is_sure(self, title: str, text: str, verb: str) -> bool:
        """Ask before something that cannot be undone, in words that say what will happen."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(f"<b>{title}</b>")
        box.setInformativeText(text)
        yes = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is yes
