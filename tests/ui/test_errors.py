"""Every kind of error has its way of being shown; nothing ends the program."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

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
from tests.ui.conftest import Reported
from ui.errors import ErrorDesk, describe, log_to


@pytest.mark.parametrize("kind", [NotAllowed, NotFound, Conflict])
def test_an_outdated_screen_reloads(kind: type[HandselError]) -> None:
    shown = describe(kind("in words"))
    assert shown.reload
    assert shown.text == "in words"


@pytest.mark.parametrize("kind", [StoreError, OutputError, HandselError])
def test_the_environment_says_what_to_do(kind: type[HandselError]) -> None:
    shown = describe(kind("Close the other program."))
    assert shown.title
    assert shown.text == "Close the other program."
    assert not shown.unexpected


def test_problems_are_listed_and_cancelled_is_silent(reported: Reported) -> None:
    desk = ErrorDesk(show=reported)
    desk.report(Cancelled())
    assert reported.shown == []
    desk.report(RuleViolation([Problem("a", "x", "First."), Problem("b", "y", "Second.")]))
    assert reported.shown[0].text == "First.\nSecond."


def test_anything_else_is_logged_and_shown_once(reported: Reported, caplog: pytest.LogCaptureFixture) -> None:
    desk = ErrorDesk(show=reported)
    with caplog.at_level(logging.ERROR):
        shown = desk.report(ZeroDivisionError("division"))
    assert shown.unexpected
    assert "division" not in shown.text
    assert "ZeroDivisionError" in caplog.text


def test_a_second_error_does_not_pile_up_windows() -> None:
    seen: list[str] = []
    desk = ErrorDesk()

    def show(shown: object, *_: object) -> None:
        seen.append("window")
        desk.report(ValueError("inner"))

    desk._show = show  # type: ignore[assignment]
    desk.report(ValueError("outer"))
    assert seen == ["window"]


def test_an_uncaught_error_in_a_slot_is_shown_and_the_program_lives(qtbot: QtBot, reported: Reported) -> None:
    desk = ErrorDesk(show=reported)
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: 1 / 0)
    desk.install()
    try:
        with qtbot.captureExceptions():
            sys.excepthook = desk._last_resort
            button.click()
    finally:
        desk.uninstall()
    assert [shown.unexpected for shown in reported.shown] == [True]


def test_an_error_in_a_thread_reaches_the_main_thread(qtbot: QtBot, reported: Reported) -> None:
    desk = ErrorDesk(show=reported)
    thread = threading.Thread(target=lambda: desk.report(ValueError("from a thread")))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(reported.shown))
    assert len(reported.shown) == 1


def test_the_log_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "log" / "handsel.log"
    log_to(file)
    root = logging.getLogger()
    handler = root.handlers[-1]
    try:
        logging.getLogger("x").warning("written")
    finally:
        root.removeHandler(handler)
        handler.close()
    assert "written" in file.read_text(encoding="utf-8")
