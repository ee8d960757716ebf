"""Rows, columns, and the panel that goes below when there is no room beside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import pieces
from ui.widgets.button import Button
from ui.widgets.layout import SideBySide, clear, column, holder, page, row


def test_items_of_every_kind_are_laid_out(qtbot: QtBot) -> None:
    widget = holder(column(QLabel("a"), 8, row(QLabel("b"), None), None, margins=(1, 2, 3, 4), gap=5))
    qtbot.addWidget(widget)
    layout = widget.layout()
    assert layout is not None
    assert (layout.count(), layout.spacing(), layout.contentsMargins().right()) == (4, 5, 3)


def test_clearing_removes_nested_widgets(qtbot: QtBot) -> None:
    inner = QLabel("inner")
    box = column(QLabel("outer"), row(inner, 4, None))
    widget = holder(box)
    qtbot.addWidget(widget)
    clear(box)
    assert box.count() == 0
    assert inner.isHidden()


def test_a_panel_goes_below_when_it_is_narrow(show: Callable[..., QWidget], qtbot: QtBot) -> None:
    panel = QLabel("panel")
    both = SideBySide(QLabel("main"), panel, 344, narrow=900)
    window = show(both, size=(1200, 500))
    assert not both.is_narrow()
    assert panel.width() == 344
    window.resize(700, 500)
    qtbot.waitUntil(both.is_narrow)
    QApplication.processEvents()
    assert panel.width() > 344
    window.resize(1200, 500)
    qtbot.waitUntil(lambda: not both.is_narrow())


def test_a_page_never_scrolls_sideways(qtbot: QtBot) -> None:
    area = page(QLabel("content"))
    qtbot.addWidget(area)
    assert area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff  # type: ignore[attr-defined]


def test_elastic_columns_share_the_room_but_stay_readable(show: Callable[..., QWidget]) -> None:
    listed = pieces.quote_list()
    window = show(listed, size=(900, 500))
    wide = listed.columnWidth(0)
    assert wide + 130 + 120 == pytest.approx(listed.viewport().width(), abs=2)
    window.resize(300, 500)
    QApplication.processEvents()
    assert listed.columnWidth(0) == 164


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_a_button(qtbot: QtBot, key: Qt.Key) -> None:
    done: list[int] = []
    button = Button("Go", do=lambda: done.append(1))
    qtbot.addWidget(button)
    QTest.keyClick(button, key)
    assert done == [1]
