"""Starting Qt: style, locale, language, fonts, theme, and the last resort for errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QLocale, QStandardPaths
from PySide6.QtWidgets import QApplication

from ui import translation
from ui.context import Settings
from ui.errors import ErrorDesk, log_to
from ui.theme import MODES, Mode, Theme, font
from ui.theme.font_files import FontFiles

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


def keep_alive(started: Started) -> None:
    """Write a log, and let no error end the program. Not for tests."""
    if started.errors.log_file is not None:
        log_to(started.errors.log_file)
    started.errors.install()


def choose_language(language: str = "", locale: str = "") -> str:
    """Words and formats: `language` ("" follows the system) and `locale` ("de_CH"; "" the system's or language's)."""
    if locale:
        QLocale.setDefault(QLocale(locale))
    elif language and QLocale.system().name().partition("_")[0] != language:
        QLocale.setDefault(QLocale("en_GB" if language == "en" else language))
    else:
        QLocale.setDefault(QLocale.system())
    return translation.install(language)


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
    return app


def _mode(settings: Settings) -> Mode:
    kept = settings.text("theme", "system")
    return next((mode for mode in MODES if mode == kept), "system")
