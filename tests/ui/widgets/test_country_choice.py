"""A country is found by a few letters, in the person's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.country_choice import CountryChoice


def _type(choice: CountryChoice, text: str) -> None:
    choice.lineEdit().setText(text)
    QTest.keyClick(choice.lineEdit(), Qt.Key.Key_Return)


@pytest.mark.parametrize(("typed", "code"), [("germany", "DE"), ("Côte d", "CI"), ("cote d", "CI"), ("nowhere", "AT")])
def test_typing_chooses(show: Callable[..., QWidget], typed: str, code: str) -> None:
    choice = CountryChoice()
    show(choice)
    choice.set_value("AT")
    _type(choice, typed)
    assert choice.value() == code
    assert choice.currentText() == choice.itemText(choice.currentIndex())


def test_nothing_is_chosen_at_first_and_an_optional_one_may_stay_so(qtbot: QtBot) -> None:
    needed, optional = CountryChoice(), CountryChoice(optional=True)
    for choice in (needed, optional):
        qtbot.addWidget(choice)
    assert needed.value() is None
    assert not needed.check()
    assert optional.value() == ""
    assert optional.check()


def test_names_are_german_in_german(german: None, qtbot: QtBot) -> None:
    choice = CountryChoice()
    qtbot.addWidget(choice)
    choice.set_value("AT")
    assert choice.currentText() == "Österreich"
