"""The real window over real files; its jobs run at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import practised
from tests.ui.conftest import Reported
from ui.application import Started
from ui.context import Settings
from ui.errors import ErrorDesk
from ui.frame.company import Surroundings
from ui.jobs import ImmediateJobs
from ui.main_window import MainWindow

MakeWindow = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def practice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice company, made once."""
    return practised.make(tmp_path_factory.mktemp("practice") / "practice.handsel")


@pytest.fixture
def company(practice_file: Path, tmp_path: Path) -> Path:
    """A practice company of this test's own."""
    return practised.copy(practice_file, tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """This person's settings."""
    return Settings(tmp_path / "window.ini")


@pytest.fixture
def make_window(started: Started, reported: Reported, settings: Settings, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Makes windows; `make_window(file)` begins with that company."""
    made: list[MainWindow] = []

    def make(file: Path | None = None, **over: Any) -> MainWindow:
        if file is not None:
            settings.put("companies/last", str(file))
        around = Surroundings(
            settings, started.theme, ErrorDesk(show=reported), ImmediateJobs, lambda: practised.TODAY, **over
        )
        window = MainWindow(around)
        made.append(window)
        window.resize(1280, 820)
        with qtbot.waitSignal(window.ready):
            window.show()
        window.activateWindow()
        QApplication.processEvents()
        return window

    yield make
    for window in made:
        window.close()
        QApplication.processEvents()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def window(make_window: MakeWindow, company: Path) -> MainWindow:
    """The window with the practice company open."""
    return make_window(company)
