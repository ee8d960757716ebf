"""The wizard shell over a made-up draft: flow, problems, keys, autosave, commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Conflict, Problem, RuleViolation
from tests.ui import pieces
from tests.ui.pieces import Draft
from ui.widgets.button import Button
from ui.wizards.wizard import SAVE_PAUSE_MS, Wizard

FULL = Draft("Harbour Couriers", "Bikes", 100, date(2027, 3, 5), Decimal(40))


@pytest.fixture
def saved() -> list[Draft]:
    return []


@pytest.fixture
def wizard(show: Callable[..., QWidget], saved: list[Draft]) -> Wizard:
    made = pieces.wizard(save=saved.append)
    show(made)
    QApplication.processEvents()
    return made


def _open(qtbot: QtBot, draft: Draft, saved: list[Draft] | None = None) -> Wizard:
    made = pieces.wizard(draft, None if saved is None else saved.append)
    qtbot.addWidget(made)
    made.show()
    return made


def _put(wizard: Wizard, name: str, value: Any) -> None:
    wizard.page().fields[name].set_value(value)


def _links(wizard: Wizard) -> list[str]:
    return [button.text() for button in wizard._summary.findChildren(Button) if not button.isHidden()]


def test_next_shows_every_problem_beside_its_field_with_links(wizard: Wizard) -> None:
    wizard.next()
    assert wizard.step == "who"
    field = wizard.page().fields["customer"]
    assert field.problem() == "Who is it for?"
    assert _links(wizard) == ["Customer: Who is it for?"]
    assert field.editor.hasFocus()


def test_a_mended_problem_goes_away_at_once(wizard: Wizard) -> None:
    wizard.next()
    QTest.keyClicks(QApplication.focusWidget(), "H")
    assert wizard.page().fields["customer"].problem() == ""
    assert wizard._summary.isHidden()


def test_the_whole_way_by_keyboard(wizard: Wizard, qtbot: QtBot) -> None:
    QTest.keyClicks(QApplication.focusWidget(), "Harbour Couriers")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Bikes")
    QTest.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.step == "price"
    QTest.keyClicks(QApplication.focusWidget(), "1890.5")
    QTest.keyClick(wizard, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wizard.step == "terms"
    QTest.keyClick(wizard, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wizard.step == "price"
    QTest.keyClick(wizard, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(QApplication.focusWidget(), "5.3.")
    with qtbot.waitSignal(wizard.committed) as caught:
        QTest.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [Draft("Harbour Couriers", "Bikes", 189050, date(2027, 3, 5), None)]


def test_back_never_loses_anything_not_even_what_is_wrong(wizard: Wizard) -> None:
    _put(wizard, "customer", "Harbour")
    wizard.next()
    wizard.back()
    assert wizard.page().fields["customer"].value() == "Harbour"
    _put(wizard, "customer", "")
    _put(wizard, "title", "Kept")
    wizard.go_to("price")
    assert wizard.step == "who"
    assert wizard.draft.title == "Kept"


def test_text_that_was_not_understood_stops_next(qtbot: QtBot) -> None:
    wizard = _open(qtbot, FULL)
    wizard.next()
    wizard.page().fields["amount"].editor.setText("12x")
    wizard.next()
    assert wizard.step == "price"
    assert "12x" in wizard.page().fields["amount"].problem()


def test_a_later_step_opens_only_past_steps_without_problems(qtbot: QtBot) -> None:
    wizard = _open(qtbot, Draft("Harbour"))
    wizard.go_to("terms")
    assert wizard.step == "price"
    full = _open(qtbot, FULL)
    full.go_to("terms")
    assert full.step == "terms"
    full.go_to("who")
    assert full.step == "who"


def test_steps_depend_on_the_draft(wizard: Wizard) -> None:
    _put(wizard, "customer", "Harbour")
    wizard.next()
    _put(wizard, "amount", 0)
    assert [step.title for step in wizard._stepper.steps()] == ["Customer", "Price"]
    assert wizard._next.text() == "Send quote to Harbour"
    _put(wizard, "amount", 1)
    assert [step.title for step in wizard._stepper.steps()] == ["Customer", "Price", "Terms"]
    assert wizard._next.text() == "Next"


def test_the_stepper_shows_done_now_and_problems(qtbot: QtBot) -> None:
    wizard = _open(qtbot, FULL)
    wizard.next()
    assert [step.state for step in wizard._stepper.steps()] == ["done", "now", "todo"]
    wizard.back()
    _put(wizard, "customer", "")
    wizard.go_to("price")
    assert wizard.step == "who"
    wizard._stepper.chosen.emit(0)
    assert wizard.step == "who"


def test_the_draft_is_saved_after_a_pause_and_on_every_step(wizard: Wizard, saved: list[Draft], qtbot: QtBot) -> None:
    assert wizard._pause.interval() == SAVE_PAUSE_MS == 400
    for letter in "Harb":
        QTest.keyClicks(QApplication.focusWidget(), letter)
    assert saved == []
    qtbot.waitUntil(lambda: len(saved) == 1, timeout=2000)
    assert saved == [Draft("Harb")]
    wizard.next()
    assert len(saved) == 2


def test_closing_saves(wizard: Wizard, saved: list[Draft], qtbot: QtBot) -> None:
    _put(wizard, "title", "Half done")
    with qtbot.waitSignal(wizard.left):
        wizard.close_saved()
    assert saved[-1].title == "Half done"


def test_every_edit_is_told_for_live_totals(wizard: Wizard) -> None:
    told: list[Draft] = []
    wizard.changed.connect(told.append)
    QTest.keyClicks(QApplication.focusWidget(), "Ha")
    assert [draft.customer for draft in told] == ["H", "Ha"]


def test_the_last_button_commits_once(qtbot: QtBot, saved: list[Draft]) -> None:
    wizard, committed = _open(qtbot, FULL, saved), []
    wizard.committed.connect(committed.append)
    wizard.go_to("terms")
    wizard.next()
    wizard.next()
    assert committed == [FULL]
    assert not wizard._next.isEnabled()
    assert saved[-1] == FULL


def test_problems_of_other_steps_bring_one_there(qtbot: QtBot) -> None:
    wizard, committed = _open(qtbot, FULL), []
    wizard.committed.connect(committed.append)
    wizard.go_to("terms")
    wizard._draft = Draft("", "Bikes", 100, date(2027, 3, 5))
    wizard._commit()
    assert wizard.step == "who"
    assert committed == []
    assert wizard.page().fields["customer"].problem()


def test_a_refused_commit_is_shown_beside_the_fields(qtbot: QtBot) -> None:
    wizard = _open(qtbot, FULL)
    wizard.go_to("terms")
    wizard.next()
    problems = [Problem("until", "past", "That day is over."), Problem("elsewhere", "x", "The customer is blocked.")]
    assert wizard.refuse(RuleViolation(problems))
    assert wizard.page().fields["until"].problem() == "That day is over."
    assert wizard._summary.count() == 2
    assert wizard._next.isEnabled()
    assert not wizard.refuse(Conflict("changed"))


def test_a_replaced_draft_is_shown(wizard: Wizard) -> None:
    wizard.set_draft(FULL)
    assert wizard.page().fields["customer"].value() == "Harbour Couriers"
    assert wizard.draft == FULL


def test_a_draft_without_a_step_falls_back_to_the_first(qtbot: QtBot) -> None:
    wizard = _open(qtbot, FULL)
    wizard.go_to("terms")
    wizard.set_draft(Draft("Harbour", "", 0))
    assert wizard.step == "who"
