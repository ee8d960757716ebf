"""Line tables: typing, moving on, pasting, removing with Undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.tables.column import LineColumn, Role
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.widgets.inputs import TextEdit
from ui.widgets.number_edits import MoneyEdit, QuantityEdit


@dataclass(frozen=True)
class Line:
    name: str = ""
    quantity: Decimal | None = None
    price: int | None = None


COLUMNS = [
    LineColumn(
        title="Item",
        text=lambda line: line.name,
        read=lambda line: line.name,
        write=lambda line, value: replace(line, name=value or ""),
        editor=lambda: TextEdit(optional=True),
    ),
    LineColumn(
        title="Qty",
        align="right",
        width=80,
        text=lambda line: str(line.quantity or ""),
        read=lambda line: line.quantity,
        write=lambda line, value: replace(line, quantity=value),
        editor=QuantityEdit,
    ),
    LineColumn(
        title="Price",
        align="right",
        width=100,
        text=lambda line: str(line.price or ""),
        read=lambda line: line.price,
        write=lambda line, value: replace(line, price=value),
        editor=lambda: MoneyEdit("EUR"),
    ),
    LineColumn(
        title="Total", align="right", width=100, text=lambda line: str((line.quantity or 0) * (line.price or 0))
    ),
]
TWO = (Line("Bike", Decimal(2), 100), Line("Box", Decimal(3), 200))


@pytest.fixture
def model(qapp: object) -> LineModel:
    return LineModel(COLUMNS, TWO, Line)


@pytest.fixture
def editor(model: LineModel, show: Callable[..., QWidget]) -> LineEditor:
    made = LineEditor(model, "Lines")
    show(made)
    made.setFocus()
    return made


def _type(text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Into the input that has the keyboard, then the key."""
    edit: Any = QApplication.focusWidget()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, key)
    QApplication.processEvents()
    QApplication.processEvents()


def test_qt_finds_nothing_wrong(model: LineModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_ten_lines_by_keys_only(show: Callable[..., QWidget]) -> None:
    model = LineModel(COLUMNS, (), Line)
    editor = LineEditor(model, "Lines")
    show(editor)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Insert)
    for number in range(10):
        _type(f"Item {number}")
        _type(str(number + 1))
        _type("9.90")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert model.rows()[:10] == [Line(f"Item {number}", Decimal(number + 1), 990) for number in range(10)]
    assert model.rowCount() == 11


def test_typing_starts_editing_and_each_edit_is_told(editor: LineEditor, model: LineModel) -> None:
    told: list[int] = []
    model.changed.connect(lambda: told.append(1))
    editor.choose(0, 1)
    QTest.keyClicks(editor, "7")
    edit: Any = QApplication.focusWidget()
    assert isinstance(edit, QuantityEdit)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert model.row(0).quantity == Decimal(7)
    assert told == [1]


def test_tab_and_backtab_move_between_cells(editor: LineEditor, model: LineModel) -> None:
    editor.edit_cell(0, 1)
    _type("5", Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), MoneyEdit)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    QApplication.processEvents()
    QApplication.processEvents()
    assert editor.currentIndex().column() == 1
    assert model.row(0).quantity == Decimal(5)


def test_escape_keeps_the_old_value(editor: LineEditor, model: LineModel) -> None:
    editor.edit_cell(0, 1)
    edit: Any = QApplication.focusWidget()
    QTest.keyClicks(edit, "99")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert model.row(0).quantity == Decimal(2)


def test_what_is_not_understood_is_marked_and_mended(editor: LineEditor, model: LineModel) -> None:
    editor.edit_cell(0, 2)
    _type("abc")
    assert model.row(0).price == 100
    assert "abc" in model.problems()[0, 2]
    index = model.index(0, 2)
    assert "abc" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Role.PROBLEM)
    editor.grab()
    editor.edit_cell(0, 2)
    _type("5")
    assert model.problems() == {}
    assert model.row(0).price == 500


def test_enter_on_a_fixed_cell_goes_to_the_next_line(editor: LineEditor, model: LineModel) -> None:
    editor.choose(0, 3)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert (editor.currentIndex().row(), editor.currentIndex().column()) == (1, 0)


def test_pasting_from_a_spreadsheet_fills_and_adds_lines(editor: LineEditor, model: LineModel) -> None:
    editor.choose(1, 0)
    QGuiApplication.clipboard().setText("Tracker\t24\t119.00\r\nCare plan\t1,000\t€ 204\r\n")
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert model.rows() == [
        TWO[0],
        Line("Tracker", Decimal(24), 11900),
        Line("Care plan", Decimal(1000), 20400),
    ]


def test_pasted_nonsense_is_marked_and_counted(editor: LineEditor, model: LineModel, qtbot: QtBot) -> None:
    editor.choose(0, 0)
    QGuiApplication.clipboard().setText("Tracker\tmany\t1.00")
    with qtbot.waitSignal(editor.refused) as caught:
        editor.paste()
    assert caught.args == [1]
    assert model.row(0) == Line("Tracker", Decimal(2), 100)
    assert "many" in model.problems()[0, 1]


def test_an_empty_clipboard_changes_nothing(editor: LineEditor, model: LineModel) -> None:
    QGuiApplication.clipboard().setText("")
    editor.paste()
    assert model.rows() == list(TWO)


def test_removed_lines_come_back_with_undo(editor: LineEditor, model: LineModel) -> None:
    taken: list[Any] = []
    editor.removed.connect(taken.append)
    editor.choose(0)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert model.rows() == [TWO[1]]
    model.restore(taken[0])
    assert model.rows() == list(TWO)


def test_duplicate_and_move(editor: LineEditor, model: LineModel) -> None:
    editor.choose(0, 0)
    QTest.keyClick(editor, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert model.rows() == [TWO[0], TWO[0], TWO[1]]
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert model.rows() == [TWO[0], TWO[1], TWO[0]]
    assert editor.currentIndex().row() == 2
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert model.rows() == [TWO[0], TWO[1], TWO[0]]


def test_without_blank_lines_the_picker_is_asked(qtbot: QtBot) -> None:
    editor = LineEditor(LineModel(COLUMNS, TWO), "Lines")
    qtbot.addWidget(editor)
    with qtbot.waitSignal(editor.wanted):
        QTest.keyClick(editor, Qt.Key.Key_Insert)


def test_lines_changed_elsewhere_keep_the_place(editor: LineEditor, model: LineModel) -> None:
    editor.choose(1, 1)
    model.set_rows([replace(line, price=1) for line in TWO])
    assert (editor.currentIndex().row(), editor.currentIndex().column()) == (1, 1)
    model.set_rows([])
    assert model.rowCount() == 0
