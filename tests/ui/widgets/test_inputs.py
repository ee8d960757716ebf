"""Inputs: what was typed stays, what was understood is told, problems come on leaving and go when mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Problem
from ui.widgets.date_edit import CalendarPopup, DateEdit
from ui.widgets.field import Field, Fields
from ui.widgets.inputs import Choice, LongTextEdit, TextEdit, Tick
from ui.widgets.number_edits import DecimalEdit, MoneyEdit, PercentEdit, QuantityEdit

TODAY = date(2026, 11, 23)
Show = Callable[..., QWidget]


def _leave(edit: QLineEdit) -> None:
    edit.editingFinished.emit()


def test_money_keeps_the_text_and_shows_what_it_means(show: Show) -> None:
    edit = MoneyEdit("EUR")
    show(edit)
    QTest.keyClicks(edit, "1890.5")
    assert edit.value() == 189050
    _leave(edit)
    assert edit.text() == "1890.5"
    assert edit.understood() == "1,890.50"
    edit.set_value(189050)
    assert edit.text() == "1890.5"
    edit.set_value(100)
    assert edit.text() == "1.00"
    assert edit.understood() == ""
    edit.grab()


def test_money_in_german(german: None, show: Show) -> None:
    edit = MoneyEdit("EUR")
    show(edit)
    edit.setText("1.890,5 €")
    assert edit.value() == 189050
    edit.set_value(63820_14)
    assert edit.text() == "63.820,14"


@pytest.mark.parametrize(
    ("currency", "text", "value"), [("JPY", "1200", 1200), ("KWD", "1.234", 1234), ("EUR", "€ 5", 500)]
)
def test_currencies_have_their_decimals(qtbot: QtBot, currency: str, text: str, value: int) -> None:
    edit = MoneyEdit(currency)
    qtbot.addWidget(edit)
    edit.setText(text)
    assert edit.value() == value


@pytest.mark.parametrize("text", ["1.005", "-1", "abc", "99999999999999"])
def test_money_refuses_in_words(qtbot: QtBot, text: str) -> None:
    edit = MoneyEdit("EUR")
    qtbot.addWidget(edit)
    edit.setText(text)
    assert edit.value() is None
    assert not edit.check()
    assert edit.problem()


def test_no_complaint_while_typing_one_on_leaving_none_once_mended(show: Show) -> None:
    edit = MoneyEdit("EUR")
    show(edit)
    QTest.keyClicks(edit, "12x")
    assert edit.problem() == ""
    _leave(edit)
    assert "12x" in edit.problem()
    assert edit.property("state") == "problem"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.problem() == ""
    assert edit.property("state") == ""
    assert edit.value() == 1200


def test_leaving_an_untouched_empty_input_does_not_nag(show: Show) -> None:
    edit = TextEdit()
    show(edit)
    _leave(edit)
    assert edit.problem() == ""
    assert not edit.check()
    edit.setText("now")
    assert edit.problem() == ""


def test_value_changed_comes_while_typing_and_only_when_it_changed(show: Show) -> None:
    edit, told = DecimalEdit(), []
    show(edit)
    edit.value_changed.connect(told.append)
    QTest.keyClicks(edit, "1.50")
    assert told == [Decimal(1), Decimal("1.5")]


def test_numbers_have_bounds_and_places(qtbot: QtBot) -> None:
    edit = DecimalEdit(places=2, least=Decimal(1), most=Decimal(10))
    qtbot.addWidget(edit)
    for text, is_fine in (("1.25", True), ("1.255", False), ("0.5", False), ("11", False), ("10", True)):
        edit.setText(text)
        assert edit.check() is is_fine, text
    edit.setText("11")
    edit.check()
    edit.limit(None, Decimal(20))
    assert edit.problem() == ""


def test_up_and_down_count(show: Show) -> None:
    edit = QuantityEdit("C62")
    show(edit)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value() == Decimal(2)
    for _ in range(3):
        QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.value() == Decimal(0)


def test_percent_takes_the_sign_and_stays_in_its_bounds(qtbot: QtBot) -> None:
    edit = PercentEdit()
    qtbot.addWidget(edit)
    edit.setText("15 %")
    assert edit.value() == Decimal(15)
    edit.setText("150")
    assert not edit.check()


def test_dates_by_words_and_keys(show: Show) -> None:
    edit = DateEdit(today=lambda: TODAY)
    show(edit)
    QTest.keyClicks(edit, "5.3.")
    assert edit.value() == date(2027, 3, 5)
    assert edit.understood() == "5 Mar 2027"
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.value() == date(2027, 3, 6)
    assert edit.text() == "6 Mar 2027"
    edit.setText("soon")
    assert not edit.check()
    assert "soon" in edit.problem()


def test_dates_have_bounds(qtbot: QtBot) -> None:
    edit = DateEdit(least=TODAY, today=lambda: TODAY)
    qtbot.addWidget(edit)
    edit.setText("-1")
    assert not edit.check()
    assert edit.problem() == "Not before 23 Nov 2026, please."


def test_the_calendar_takes_a_day_and_closes(show: Show) -> None:
    edit = DateEdit(today=lambda: TODAY)
    show(edit)
    QTest.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = edit.findChild(CalendarPopup)
    assert popup is not None
    assert popup.calendar.selectedDate() == QDate(2026, 11, 23)
    popup.calendar.activated.emit(QDate(2026, 12, 24))
    assert edit.value() == date(2026, 12, 24)
    assert not popup.isVisible()


def test_choice_keeps_its_value_over_new_choices(qtbot: QtBot) -> None:
    choice, told = Choice([(14, "14 days"), (30, "30 days")]), []
    qtbot.addWidget(choice)
    choice.value_changed.connect(told.append)
    choice.set_value(30)
    choice.set_choices([(30, "30 days net"), (60, "60 days")])
    assert choice.value() == 30
    choice.set_value(99)
    assert choice.value() is None
    assert not choice.check()
    assert told == [30, None]


def test_the_wheel_does_not_change_a_choice(show: Show) -> None:
    choice = Choice([(1, "a"), (2, "b")])
    show(choice)
    choice.set_value(1)
    from PySide6.QtCore import QPoint, QPointF

    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    choice.wheelEvent(QWheelEvent(QPointF(), QPointF(), QPoint(), QPoint(0, -120), left, none, phase, False))
    assert choice.value() == 1


def test_long_text_and_tick(show: Show) -> None:
    text, tick, told = LongTextEdit(optional=False), Tick("Deposit"), []
    show(text, tick)
    tick.value_changed.connect(told.append)
    text.set_value("two\nlines ")
    assert text.value() == "two\nlines"
    text.set_value(None)
    assert not text.check()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert told == [True]
    assert tick.value() is True


def test_a_field_names_its_input_and_shows_its_problem(show: Show) -> None:
    edit = TextEdit(optional=True)
    field = Field("&Customer", edit, hint="Company or person")
    show(field)
    assert edit.accessibleName() == "Customer"
    assert edit.accessibleDescription() == "Company or person"
    field.set_problem("Unknown customer.")
    assert edit.accessibleDescription() == "Unknown customer."
    assert field.problem() == "Unknown customer."
    edit.setText("x")
    assert field.problem() == ""


def test_fields_take_problems_by_name_and_return_the_others(qtbot: QtBot) -> None:
    fields = Fields(lambda problem: f"{problem.code}!")
    one = fields.add("one", Field("One", TextEdit(optional=True)))
    fields.add("two", Field("Two", TextEdit(optional=True)))
    for field in fields:
        qtbot.addWidget(field)
    left = fields.mark([Problem("one", "late", "x"), Problem("three", "odd", "y")])
    assert one.problem() == "late!"
    assert [problem.field for problem in left] == ["three"]
    assert fields.with_problems() == [one]
    fields.clear()
    assert fields.with_problems() == []
