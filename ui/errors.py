"""How each kind of error is shown: one table, one window, and the last resort that keeps the program alive.

Rule violations belong beside their fields; only those without a field on the screen are listed in a window.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QThread, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from app.core.errors import (
    Cancelled,
    Conflict,
    HandselError,
    NotAllowed,
    NotFound,
    OutputError,
    Problem,
    RuleViolation,
    StoreError,
)
from ui.store_words import store_text

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What to say about an error. An empty `title` means: say nothing."""

    title: str
    text: str = ""
    reload: bool = False
    """The screen shows something outdated and should load again."""
    unexpected: bool = False
    """A fault of the program: offer the log."""


def _say(source: str) -> str:
    return QCoreApplication.translate("errors", source)


def problem_text(problem: Problem) -> str:
    """A problem that has no field on any screen, in the person's language where there are words for it."""
    if problem.code == "unprintable":
        words = _say("No font on this computer can print %1. Install one that can; nothing was done.")
        return words.replace("%1", str(problem.values.get("letters", "")))
    return problem.message


def describe(error: BaseException) -> Shown:
    """The words for an error, by its kind."""
    text = str(error)
    if isinstance(error, Cancelled):
        return Shown("")
    if isinstance(error, RuleViolation):
        return Shown(_say("Please check what was entered"), "\n".join(map(problem_text, error.problems)))
    if isinstance(error, NotAllowed):
        return Shown(_say("That is not possible here"), text, reload=True)
    if isinstance(error, NotFound):
        return Shown(_say("It is no longer there"), text, reload=True)
    if isinstance(error, Conflict):
        return Shown(_say("It was changed meanwhile"), text, reload=True)
    if isinstance(error, StoreError):
        return Shown(_say("The company file cannot be used right now"), store_text(text))
    if isinstance(error, OutputError):
        return Shown(_say("The file could not be written"), text)
    if isinstance(error, HandselError):
        return Shown(_say("That did not work"), text)
    return Shown(_say("Something went wrong in Handsel"), _unexpected_text(), unexpected=True)


def _unexpected_text() -> str:
    return _say("Nothing that was saved is lost, and you can go on working. What happened is written in the log file.")


Show = Callable[[Shown, QWidget | None, Path | None], None]


def show_window(shown: Shown, parent: QWidget | None, log_file: Path | None) -> None:
    """The window for one error: title, plain words, and for a fault of the program a way to its log."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(QCoreApplication.applicationName() or "Handsel")
    box.setText(f"<b>{shown.title}</b>")
    box.setInformativeText(shown.text)
    box.addButton(QMessageBox.StandardButton.Ok)
    if shown.unexpected and log_file is not None:
        box.setInformativeText(f"{shown.text}\n\n{log_file}")
        button = box.addButton(_say("Show log folder"), QMessageBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file.parent))))
    box.exec()


class ErrorDesk(QObject):
    """The one place that shows errors. `install` also makes it the last resort for what nobody caught."""

    _arrived = Signal(object)

    def __init__(self, log_file: Path | None = None, show: Show = show_window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_file = log_file
        self._show = show
        self._is_showing = False
        self._arrived.connect(self.report)

    def report(self, error: BaseException, parent: QWidget | None = None) -> Shown:
        """Show an error in its way; a second one while a window is open is only logged. Callable on any thread."""
        shown = describe(error)
        if QThread.currentThread() is not self.thread():
            self._arrived.emit(error)
            return shown
        if shown.unexpected:
            _log.error("unexpected error", exc_info=error)
        if shown.title and not self._is_showing:
            self._is_showing = True
            try:
                self._show(shown, parent, self.log_file)
            finally:
                self._is_showing = False
        return shown

    def install(self) -> None:
        """Take everything that nobody caught: in slots, in threads. The program goes on."""
        sys.excepthook = self._last_resort
        threading.excepthook = self._thread_resort

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _last_resort(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            self.report(error.with_traceback(trace))
        except Exception:
            traceback.print_exc()

    def _thread_resort(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._last_resort(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def log_to(file: Path) -> None:
    """Write warnings and errors to a log file (half a megabyte, one older copy kept)."""
    from logging.handlers import RotatingFileHandler

    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
