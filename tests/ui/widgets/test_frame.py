"""Sidebar, top bar, stepper, saved line, banner, toasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.saved_line import SavedLine
from ui.widgets.sidebar import Sidebar
from ui.widgets.stepper import Step, StepButton, Stepper
from ui.widgets.toast import SHOWN_MS, Toasts
from ui.widgets.topbar import TopBar


@pytest.fixture
def side(show: Callable[..., QWidget]) -> Sidebar:
    made = Sidebar("Harbour Cycles", "Quote to cash")
    made.add("home", "Home", "home", "Alt+1")
    made.add("quotes", "Quotes", "quote")
    made.add_heading("Library")
    made.add("customers", "Customers", "customers")
    show(made)
    return made


def test_a_place_is_chosen_by_mouse_and_by_keys(side: Sidebar) -> None:
    chosen: list[str] = []
    side.chosen.connect(chosen.append)
    QTest.mouseClick(side.item("quotes"), Qt.MouseButton.LeftButton)
    side.item("home").setFocus()
    QTest.keyClick(side.item("home"), Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert chosen == ["quotes", "customers"]


def test_only_the_current_place_is_marked(side: Sidebar) -> None:
    side.set_current("quotes")
    side.set_current("customers")
    assert [side.item(kind).is_current for kind in ("home", "quotes", "customers")] == [False, False, True]
    side.set_current("settings")
    assert not side.item("customers").is_current


def test_counts_are_live(side: Sidebar) -> None:
    item = side.item("quotes")
    item.set_count(1234, is_alert=True)
    assert item.count == 1234
    assert "1234" in item.accessibleDescription().replace(",", "")
    side.grab()
    item.set_count(0)
    assert item.accessibleDescription() == ""


def test_company_and_practice(side: Sidebar) -> None:
    side.set_company("Practice company", "Nothing is real", is_practice=True)
    side.grab()
    assert side._company.whole_text() == "Practice company"


STEPS = (Step("Configure", "12 Nov", "done"), Step("Price", "", "now"), Step("Quote"))


def test_arrows_walk_the_steps_and_enter_opens(show: Callable[..., QWidget]) -> None:
    stepper, chosen = Stepper(STEPS), []
    show(stepper)
    stepper.chosen.connect(chosen.append)
    buttons = stepper.findChildren(StepButton)
    stops = [button.focusPolicy() == Qt.FocusPolicy.StrongFocus for button in buttons]
    assert stops == [False, True, False]
    buttons[1].setFocus()
    QTest.keyClick(buttons[1], Qt.Key.Key_Right)
    assert buttons[2].hasFocus()
    QTest.keyClick(buttons[2], Qt.Key.Key_Right)
    assert buttons[2].hasFocus()
    QTest.keyClick(buttons[2], Qt.Key.Key_Space)
    QTest.keyClick(buttons[2], Qt.Key.Key_Home)
    assert buttons[0].hasFocus()
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert chosen == [2, 1]


def test_steps_change_and_the_same_are_left_alone(qtbot: QtBot) -> None:
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    first = stepper.findChildren(StepButton)[0]
    stepper.set_steps(STEPS)
    assert stepper.findChildren(StepButton)[0] is first
    stepper.set_steps([*STEPS, Step("Contract", state="problem")])
    assert len(stepper.steps()) == 4
    stepper.grab()


def test_saved_line_says_when(qtbot: QtBot) -> None:
    line = SavedLine()
    qtbot.addWidget(line)
    line.show_state("saved", datetime(2026, 11, 23, 14, 32))  # noqa: DTZ001 - local time is shown
    assert line.state() == "saved"
    assert line._below.whole_text() == "This computer, 14:32"
    line.show_state("failed")
    assert line._title.whole_text() == "Not saved"


def test_topbar_changes_place_and_verbs(qtbot: QtBot) -> None:
    bar, went = TopBar(), []
    qtbot.addWidget(bar)
    bar.show()
    bar.show_place([("Quotes", lambda: went.append("quotes"))], "Q-1", ("Draft", "accent"))
    crumb = next(button for button in bar.findChildren(Button) if button.text() == "Quotes")
    crumb.click()
    first, second = Button("Send"), Button("Print")
    bar.set_verbs([first])
    bar.set_verbs([second])
    assert went == ["quotes"]
    assert first.parent() is None
    assert second.isVisible()


def test_banner_says_other_words(qtbot: QtBot) -> None:
    banner = Banner("Practice company", "practice", "warn", Button("Leave", "ghost"))
    qtbot.addWidget(banner)
    banner.say("View mode")
    assert banner.accessibleName() == "View mode"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_toasts_come_one_at_a_time(window: QWidget) -> None:
    toasts = Toasts(window)
    toasts.say("First", "Undo", lambda: None)
    toasts.say("Second")
    assert (toasts.shown(), toasts.waiting()) == ("First", 1)
    toasts.dismiss()
    assert (toasts.shown(), toasts.waiting()) == ("Second", 0)
    toasts.dismiss()
    assert toasts.shown() == ""
    toasts.dismiss()


def test_the_verb_of_a_toast_runs_once_and_closes_it(window: QWidget) -> None:
    toasts, done = Toasts(window), []
    toasts.say("Line removed", "Undo", lambda: done.append(1))
    undo = next(button for button in window.findChildren(Button) if button.text() == "Undo")
    undo.click()
    toasts.run_verb()
    assert done == [1]
    assert toasts.shown() == ""


def test_a_toast_goes_by_itself_but_waits_under_the_mouse_and_the_keyboard(window: QWidget) -> None:
    toasts = Toasts(window)
    toasts.say("Saved", "View", lambda: None)
    toast = toasts._shown
    assert toast is not None
    assert toast._timer.interval() == SHOWN_MS
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert not toast.is_paused()
    view = next(button for button in window.findChildren(Button) if button.text() == "View")
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn))
    assert toast.is_paused()
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut))
    assert not toast.is_paused()
    toast._timer.timeout.emit()
    assert toasts.shown() == ""


def test_a_toast_stays_in_the_middle_when_the_window_is_resized(window: QWidget) -> None:
    toasts = Toasts(window)
    toasts.say("Saved")
    window.resize(1200, 700)
    QApplication.processEvents()
    toast = toasts._shown
    assert toast is not None
    assert abs(toast.geometry().center().x() - 600) <= 1
    assert toast.geometry().bottom() < 700


def test_a_week_without_backup_is_said_quietly(qtbot: QtBot) -> None:
    line = SavedLine()
    qtbot.addWidget(line)
    at = datetime(2026, 11, 23, 14, 32)  # noqa: DTZ001 - local time is shown
    line.set_unsecured(6)
    line.show_state("saved", at)
    assert line._below.whole_text() == "This computer, 14:32"
    line.set_unsecured(8)
    assert (line._below.whole_text(), line._icon._name) == ("Not backed up for 8 days", "warning")
    line.show_state("saving")
    assert line._icon._name == "saved"
    line.set_unsecured(0)
    line.show_state("saved", at)
    assert (line._below.whole_text(), line._icon._name) == ("This computer, 14:32", "saved")


def test_notes_of_steps_break_into_two_lines_before_they_are_cut(show: Callable[..., QWidget]) -> None:
    steps = [Step("Angebot", "Angenommen 14. Nov."), Step("Vertrag", ""), Step("Lieferung", "3 von 3")]
    stepper = Stepper(steps)
    window = show(stepper, size=(900, 200))
    heights = [button.height() for button in stepper._buttons]
    window.resize(280, 200)
    QApplication.processEvents()
    first, _, last = stepper._buttons
    assert first._note_lines(first.width()) == ["Angenommen", "14. Nov."]
    assert last._note_lines(last.width()) == ["3 von 3"]
    assert [button.height() - before for button, before in zip(stepper._buttons, heights, strict=True)] == [14, 14, 14]
    stepper.grab()
    window.resize(900, 200)
    QApplication.processEvents()
    assert [button.height() for button in stepper._buttons] == heights
