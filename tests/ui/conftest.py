"""The application once per session: fonts and stylesheet in each test would make the suite many times slower."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import application
from ui.application import Started
from ui.context import AppContext, Settings
from ui.errors import ErrorDesk, Shown
from ui.jobs import ImmediateJobs
from ui.routes import Router
from ui.theme import Theme

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    """The application with fonts, English words and the light theme."""
    folder = tmp_path_factory.mktemp("settings")
    settings = Settings(folder / "settings.ini")
    settings.put("language", "en")
    settings.put("locale", "en_GB")
    settings.put("theme", "light")
    return application.start(settings=settings, log_file=folder / "handsel.log", may_cut_fonts=False)


@pytest.fixture(scope="session")
def qapp(started: Started) -> QApplication:
    """For pytest-qt: our application instead of a bare one."""
    return started.app


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Shows widgets in one active window, and keeps it alive until the test ends: `show(widget, size=(800, 600))`."""
    kept: list[QWidget] = []

    def shown(*widgets: QWidget, size: tuple[int, int] = (900, 700)) -> QWidget:
        window = QWidget()
        kept.append(window)
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield shown
    for window in kept:
        window.close()
        window.deleteLater()


@pytest.fixture
def theme(started: Started) -> Iterator[Theme]:
    """The theme; light again afterwards."""
    yield started.theme
    started.theme.set_mode("light")


@pytest.fixture(autouse=True)
def _english(started: Started) -> Iterator[None]:
    """Words and formats are British English again after each test."""
    yield
    if QLocale().name() != "en_GB":
        application.choose_language("en", "en_GB")


@pytest.fixture
def german(started: Started) -> Iterator[None]:
    """Words and formats are German in this test."""
    application.choose_language("de", "de_DE")
    yield
    application.choose_language("en", "en_GB")


class Reported:
    """Errors shown during a test."""

    def __init__(self) -> None:
        self.shown: list[Shown] = []

    def __call__(self, shown: Shown, _parent: Any, _log: Any) -> None:
        self.shown.append(shown)


@pytest.fixture
def reported() -> Reported:
    """Collects what the error desk shows instead of opening windows."""
    return Reported()


@pytest.fixture
def make_context(started: Started, reported: Reported, tmp_path: Path) -> Iterator[Callable[..., AppContext]]:
    """Makes contexts whose jobs run at once: `make_context(store)`."""
    made: list[AppContext] = []

    def make(store: Any = None, **changed: Any) -> AppContext:
        context = AppContext(
            store=store,
            jobs=changed.pop("jobs", None) or ImmediateJobs(),
            router=Router(),
            settings=Settings(tmp_path / f"settings{len(made)}.ini"),
            theme=started.theme,
            errors=ErrorDesk(show=reported),
            today=lambda: TODAY,
            **changed,
        )
        made.append(context)
        return context

    yield make
    for context in made:
        context.jobs.close()
