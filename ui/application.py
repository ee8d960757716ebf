"""Starting Qt: style, locale, language, fonts, theme, and the last resort for errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication

from ui.context import Settings
from ui.errors import ErrorDesk, log_to
from ui.theme import MODES, Mode, Theme, font
from ui.theme.font_files import FontFiles
from ui.tidying import Tidying
from ui.translation import choose_language

NAME = "Handsel"


@dataclass
class Started:
    """What `start` made. Keep it as long as the program runs."""

    app: QApplication
    theme: Theme
    settings: Settings
    errors: ErrorDesk
    fonts: FontFiles
    language: str


def start(
    arguments: Sequence[str] = (),
    settings: Settings | None = None,
    log_file: Path | None = None,
    font_folder: Path | None = None,
    may_cut_fonts: bool = True,
) -> Started:
    """Make the application ready for its first window (or use the one that is there, in tests)."""
    app = _application(arguments)
    settings = settings or Settings()
    log_file = log_file or log_place()
    errors = ErrorDesk(log_file, parent=app)
    language = choose_language(settings.text("language"), settings.text("locale"))
    fonts = FontFiles(font_folder, app, may_cut_fonts)
    fonts.load()
    app.setFont(font("body"))
    theme = Theme(app, _mode(settings))
    app.aboutToQuit.connect(fonts.close)
    return Started(app, theme, settings, errors, fonts, language)


def run_window() -> int:
    """Open the window and stay until it is closed; returns the exit code of the program."""
    from datetime import date

    from ui.frame.company import Surroundings
    from ui.jobs import Jobs
    from ui.main_window import MainWindow

    started = start()
    keep_alive(started)
    Tidying(started.app)
    around = Surroundings(started.settings, started.theme, started.errors, Jobs, date.today)
    window = MainWindow(around)
    window.closed.connect(started.app.quit)
    window.show()
    return started.app.exec()


def keep_alive(started: Started) -> None:
    """Write a log, and let no error end the program. Not for tests."""
    if started.errors.log_file is not None:
        log_to(started.errors.log_file)
    started.errors.install()


def log_place() -> Path:
    """The log file of this person on this computer."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "log" / "handsel.log"


def _application(arguments: Sequence[str]) -> QApplication:
    existing = QApplication.instance()
    app = cast(QApplication, existing) if existing is not None else QApplication([NAME, *arguments])
    app.setApplicationName(NAME)
    app.setOrganizationName(NAME)
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    return app


def _mode(settings: Settings) -> Mode:
    kept = settings.text("theme", "system")
    return next((mode for mode in MODES if mode == kept), "system")
