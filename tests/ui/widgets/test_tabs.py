"""Tabs: keys, counts, hidden ones; the height is that of the page that is shown."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.accessibility import unnamed_controls
from ui.widgets.tabs import Tabs


@pytest.fixture
def tabs(show: Any) -> Tabs:
    pages = [(key, words, QLabel(words)) for key, words in (("a", "One & two"), ("b", "Three"), ("c", "Four"))]
    pages[1][2].setMinimumHeight(300)
    made = Tabs(pages, "Parts")
    show(made)
    return made


def test_an_ampersand_is_a_letter_and_a_count_stands_behind(tabs: Tabs) -> None:
    assert tabs._bar.tabText(0) == "One && two"
    tabs.set_count("a", 1200)
    assert tabs._bar.tabText(0) == "One && two  1,200"
    tabs.set_count("a", 0)
    assert tabs._bar.tabText(0) == "One && two"


def test_keys_turn_and_pass_over_what_is_hidden(tabs: Tabs) -> None:
    told: list[str] = []
    tabs.chosen.connect(told.append)
    tabs.set_shown("b", False)
    QTest.keyClick(tabs, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert tabs.key() == "c"
    QTest.keyClick(tabs, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(tabs, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert told == ["c", "a"]


def test_it_is_as_high_as_the_page_that_is_shown(tabs: Tabs) -> None:
    low = tabs._stack.minimumSizeHint().height()
    tabs.show_tab("b")
    assert tabs._stack.minimumSizeHint().height() >= 300 > low
    tabs.show_tab("nothing")
    assert tabs.key() == "a"
    assert not unnamed_controls(tabs)
