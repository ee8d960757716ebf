"""Actions and their buttons, search line, palette, shortcut sheet, progress, preview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pieces import pdf_bytes
from ui.context import Settings
from ui.jobs import Job
from ui.theme import Theme
from ui.widgets.action import Action
from ui.widgets.button import Button, IconButton
from ui.widgets.command_palette import Answer, CommandPalette, Found
from ui.widgets.layout import column
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.progress_panel import DELAY_MS, ProgressDialog
from ui.widgets.search_box import SearchBox
from ui.widgets.shortcut_sheet import ShortcutSheet, keys_of


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(900, 700)
    made.setLayout(column())
    qtbot.addWidget(made)
    made.show()
    return made


def test_one_verb_for_button_icon_and_key(window: QWidget) -> None:
    done: list[int] = []
    action = Action("&Send", window, lambda: done.append(1), "send", "Ctrl+Return")
    button, icon = Button.of(action, "primary"), IconButton.of(action)
    for widget in (button, icon):
        window.layout().addWidget(widget)
    button.click()
    icon.click()
    action.trigger()
    assert done == [1, 1, 1]
    assert icon.accessibleName() == "Send"
    assert "Ctrl+Return" in button.toolTip()


def test_a_verb_that_is_not_allowed_says_why(window: QWidget) -> None:
    action = Action("Send", window, icon="send")
    button = Button.of(action)
    window.layout().addWidget(button)
    action.allow(False, "The quote has no lines yet.")
    assert not button.isEnabled()
    assert button.toolTip() == "The quote has no lines yet."
    assert button.accessibleDescription() == "The quote has no lines yet."
    action.allow(True)
    assert button.isEnabled()
    assert button.toolTip() == "Send"
    action.rename("Send again")
    assert button.text() == "Send again"


def test_icons_are_tinted_anew_with_the_theme(window: QWidget, theme: Theme) -> None:
    button, action = Button("Send", "primary", "send"), Action("Send", window, icon="send")
    window.layout().addWidget(button)
    before = button.icon().cacheKey(), action.icon().cacheKey()
    theme.set_mode("dark")
    assert button.icon().cacheKey() != before[0]
    assert action.icon().cacheKey() != before[1]


def test_searching_waits_for_a_pause_and_escape_empties(qtbot: QtBot) -> None:
    box, searched = SearchBox("Find"), []
    qtbot.addWidget(box)
    box.show()
    box.searched.connect(searched.append)
    QTest.keyClicks(box, "bike")
    assert searched == []
    qtbot.waitUntil(lambda: searched == ["bike"])
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert searched == ["bike"]
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert searched == ["bike", ""]
    with qtbot.waitSignal(box.left_down):
        QTest.keyClick(box, Qt.Key.Key_Down)


def _palette(window: QWidget, settings: Settings, done: list[str], answers: list[tuple[str, Answer]]) -> CommandPalette:
    new = Action("New quote", window, lambda: done.append("new"), "quote", "Ctrl+N")
    other = Action("New customer", window, lambda: done.append("customer"))
    hidden = Action("Send", window)
    hidden.allow(False, "Nothing to send")
    return CommandPalette(window, lambda: [new, other, hidden], lambda *asked: answers.append(asked), settings)


def test_the_palette_runs_verbs_and_puts_recent_ones_first(window: QWidget, tmp_path: Path) -> None:
    done: list[str] = []
    palette = _palette(window, Settings(tmp_path / "s.ini"), done, [])
    palette.open()
    assert [one.title for one in palette.results()] == ["New customer", "New quote"]
    assert palette.results()[1].key == "Ctrl+N"
    palette.type("quo")
    QTest.keyClick(palette._line, Qt.Key.Key_Return)
    assert done == ["new"]
    assert not palette.isVisible()
    palette.open()
    assert [one.title for one in palette.results()] == ["New quote", "New customer"]


def test_the_palette_finds_things_and_drops_late_answers(window: QWidget, tmp_path: Path, qtbot: QtBot) -> None:
    done: list[str] = []
    answers: list[tuple[str, Answer]] = []
    palette = _palette(window, Settings(tmp_path / "s.ini"), done, answers)
    palette.open()
    palette.type("har")
    qtbot.waitUntil(lambda: len(answers) == 1)
    palette.type("harb")
    qtbot.waitUntil(lambda: len(answers) == 2)
    answers[0][1]([Found("customer:1", "Harry", lambda: done.append("late"))])
    assert palette.results() == []
    answers[1][1]([Found("customer:2", "Harbour Couriers", lambda: done.append("found"), "Rotterdam", "customers")])
    assert [one.title for one in palette.results()] == ["Harbour Couriers"]
    palette.grab()
    palette.run_current()
    assert done == ["found"]


def test_the_palette_is_walked_by_arrows_and_closed_by_escape(window: QWidget, tmp_path: Path) -> None:
    done: list[str] = []
    palette = _palette(window, Settings(tmp_path / "s.ini"), done, [])
    palette.open()
    QTest.keyClick(palette._line, Qt.Key.Key_Down)
    QTest.keyClick(palette._line, Qt.Key.Key_Return)
    assert done == ["new"]
    palette.open()
    palette.type("nothing like this")
    palette.run_current()
    QTest.keyClick(palette._line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert done == ["new"]


def test_the_palette_gives_the_keyboard_back_and_closes_when_left(show: Callable[..., QWidget], tmp_path: Path) -> None:
    first, second = QLineEdit(), QLineEdit()
    window = show(first, second)
    palette = _palette(window, Settings(tmp_path / "s.ini"), [], [])
    first.setFocus()
    palette.open()
    assert palette._line.hasFocus()
    QTest.keyClick(palette._line, Qt.Key.Key_Escape)
    assert first.hasFocus()
    palette.open()
    second.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not palette.isVisible()
    assert second.hasFocus()


def test_the_shortcut_sheet_lists_the_actions_keys(window: QWidget) -> None:
    actions = [Action("New quote", window, shortcut="Ctrl+N"), Action("Without a key", window)]
    assert keys_of(actions) == [("New quote", "Ctrl+N")]
    sheet = ShortcutSheet(window, {"Everywhere": keys_of(actions), "Lines": [("New line", "Ins")], "None": []})
    sheet.place_over(window)
    sheet.show()
    assert sheet.count() == 2
    QTest.keyClick(sheet, Qt.Key.Key_F1)
    assert not sheet.isVisible()


def test_progress_appears_late_shows_steps_and_cancels(window: QWidget, qtbot: QtBot) -> None:
    job = Job(lambda _: None, None, None, None)
    dialog = ProgressDialog("Importing", job, window)
    assert not dialog.isVisible()
    assert dialog._timer.interval() == DELAY_MS
    dialog._timer.timeout.emit()
    assert dialog.isVisible()
    job.step(40, 100, "Row 40")
    assert (dialog.panel.bar.value(), dialog.panel.bar.maximum()) == (40, 100)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.panel.cancel.isEnabled()
    with pytest.raises(Exception, match="Stopped"):
        job.check()
    job.finished.emit()
    assert not dialog.isVisible()


def test_quick_work_shows_no_progress(window: QWidget) -> None:
    job = Job(lambda _: None, None, None, None)
    dialog = ProgressDialog("Quick", job, window)
    job.finished.emit()
    assert not dialog._timer.isActive()


def test_a_preview_shows_the_pages_of_the_file(qtbot: QtBot) -> None:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(600, 500)
    preview.show()
    preview.show_bytes(pdf_bytes(3))
    assert preview.page_count() == 3
    assert preview._count.text() == "Page 1 of 3"
    fitted = preview.zoom()
    QTest.keyClicks(preview, "+")
    assert preview.zoom() > fitted
    preview.set_zoom(1.0)
    QTest.keyClicks(preview, "-")
    assert preview.zoom() == 0.75
    QTest.keyClicks(preview, "0")
    assert preview.zoom() == pytest.approx(fitted, rel=0.05)
    preview._area.verticalScrollBar().setValue(10**6)
    assert preview._count.text() == "Page 3 of 3"
    preview.grab()
    preview.clear()
    assert preview.page_count() == 0
    assert preview._open == []


def test_what_is_no_pdf_is_refused(qtbot: QtBot) -> None:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    with pytest.raises(Exception, match=r"(?i)pdf|load"):
        preview.show_bytes(b"not a pdf")
    assert preview.page_count() == 0
