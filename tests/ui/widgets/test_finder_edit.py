"""One of many by typing: exact words, other texts that mean it, the only match, and what is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.accessibility import unnamed_controls
from ui.widgets.finder_edit import Choices, FinderEdit

CHOICES = Choices([("LA-1", "Lamp · LA-1"), ("LA-2", "Large lamp · LA-2"), ("SC", "Screw · SC")], [("la-1", "LA-1")])


@pytest.fixture
def finder(show: Any) -> FinderEdit:
    made = FinderEdit(CHOICES)
    made.setAccessibleName("Product")
    show(made)
    made.setFocus()
    return made


def test_words_and_other_texts_mean_a_value(finder: FinderEdit) -> None:
    told: list[Any] = []
    finder.value_changed.connect(told.append)
    QTest.keyClicks(finder, "LA-1")
    assert finder.value() == "LA-1"
    assert told == ["LA-1"]
    finder.set_value("SC")
    assert finder.text() == "Screw · SC"
    assert finder.parse("la-1") == "LA-1"
    assert finder.parse("nothing") == "nothing"


def test_the_only_match_is_taken_on_leaving(finder: FinderEdit) -> None:
    QTest.keyClicks(finder, "screw")
    finder.editingFinished.emit()
    assert (finder.value(), finder.text()) == ("SC", "Screw · SC")


def test_what_is_nothing_is_told(finder: FinderEdit) -> None:
    QTest.keyClicks(finder, "lamp")
    finder.editingFinished.emit()
    assert finder.value() is None
    assert finder.problem() == "Nothing is called so."
    finder.clear()
    finder.set_problem("")
    assert not finder.check()
    assert finder.problem() == "Please fill this in."


def test_a_value_that_is_gone_is_shown_and_kept(finder: FinderEdit) -> None:
    finder.set_value("OLD")
    assert (finder.value(), finder.text()) == ("OLD", "OLD")
    assert finder.check()


def test_down_shows_all(finder: FinderEdit) -> None:
    QTest.keyClick(finder, Qt.Key.Key_Down)
    assert finder.completer().popup().isVisible()
    assert finder.completer().completionCount() == 3
    assert not unnamed_controls(finder.window())
    finder.completer().popup().hide()
