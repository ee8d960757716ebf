"""A table one types into: Enter commits and moves on, adds a line at the end; a spreadsheet can be pasted.

Keys: type or F2 to edit · Enter or Tab next cell · Esc leaves the cell · Ctrl+V paste · Insert new line ·
Ctrl+D duplicate · Delete remove · Alt+Up/Down move.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from ui.tables.base_view import BaseView
from ui.tables.cell_painter import CellPainter
from ui.tables.line_model import LineModel
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import restyle
from ui.widgets.parsed_edit import Unreadable

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_V = QAbstractItemView.EditTrigger


class _LinePainter(CellPainter):
    """Makes the input of a cell, and hears Enter, Tab and Esc in it."""

    moved_on = Signal(int)
    """1 to the next cell, -1 back."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        column = index.model().columns[index.column()]  # type: ignore[attr-defined]
        editor: Any = column.editor() if column.editor is not None else TextEdit(optional=True)
        editor.setParent(parent)
        editor.setProperty("kind", "cell")
        editor.setAccessibleName(column.title)
        restyle(editor)
        return editor  # type: ignore[no-any-return]

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        if isinstance(editor, QLineEdit) and editor.isModified():
            return  # the model told of a change elsewhere: what is being typed stays
        column = index.model().columns[index.column()]  # type: ignore[attr-defined]
        row = index.model().row(index.row())  # type: ignore[attr-defined]
        editor.set_value(column.read(row) if column.read is not None else column.text(row))  # type: ignore[attr-defined]
        if hasattr(editor, "selectAll"):
            editor.selectAll()

    def setModelData(self, editor: Any, model: Any, index: Index) -> None:  # noqa: N802
        if editor.check():
            model.setData(index, editor.value())
        else:
            model.refuse(index.row(), index.column(), editor.problem())

    def updateEditorGeometry(self, editor: QWidget, option: Any, _index: Index) -> None:  # noqa: N802
        editor.setGeometry(option.rect.adjusted(3, 7, -3, -8))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            key = event.key()
            forward = key in _ENTER or key == Qt.Key.Key_Tab
            if (forward or key == Qt.Key.Key_Backtab) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self.moved_on.emit(-1 if key == Qt.Key.Key_Backtab else 1)
                return True
        return super().eventFilter(editor, event)


class LineEditor(BaseView):
    """Shows a `LineModel` and lets one type into it."""

    removed = Signal(object)
    """Lines were taken out: what `LineModel.restore` needs for Undo."""
    wanted = Signal()
    """A new line is wanted at the end, and the model has no blank one: open the picker."""
    refused = Signal(int)
    """How many pasted cells could not be understood; they are marked."""

    def __init__(self, model: LineModel, name: str, empty: QWidget | None = None) -> None:
        painter = _LinePainter()
        super().__init__(name, painter)
        self._lines = model
        self.setModel(model)
        self.size_columns(model.columns)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(_V.DoubleClicked | _V.SelectedClicked | _V.EditKeyPressed | _V.AnyKeyPressed)
        painter.moved_on.connect(self._move_on)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._place_empty)
        if empty is not None:
            self.set_empty_state(empty)

    def edit_cell(self, row: int, column: int) -> None:
        """Open a cell's input."""
        self.choose(row, column)
        self.edit(self._lines.index(row, column))

    def add_line(self) -> None:
        """A new line at the end, its first cell open; or ask for the picker."""
        if self._lines.add_blank():
            row = self._lines.rowCount() - 1
            self.edit_cell(row, self._editable()[0])
        else:
            self.wanted.emit()

    def duplicate_line(self) -> None:
        """The same line once more, below."""
        row = self.currentIndex().row()
        if row >= 0:
            self._lines.insert(row + 1, [self._lines.row(row)])
            self.choose(row + 1, max(self.currentIndex().column(), 0))

    def remove_lines(self) -> None:
        """Take the marked lines out; `removed` carries them for Undo."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        if not rows:
            return
        column = max(self.currentIndex().column(), 0)
        taken = self._lines.remove(rows)
        left = self._lines.rowCount()
        if left:
            self.choose(min(rows[0], left - 1), column)
        self.removed.emit(taken)

    def move_line(self, by: int) -> None:
        """Move the current line up (-1) or down (1)."""
        self._lines.move(self.currentIndex().row(), by)

    def paste(self) -> None:
        """Fill cells from the clipboard, from the current cell on; adds lines where they run out."""
        text = QGuiApplication.clipboard().text().rstrip("\r\n")
        if not text:
            return
        start = self.currentIndex()
        first_row = max(start.row(), 0)
        columns = [column for column in self._editable() if column >= max(start.column(), 0)]
        refused = 0
        for offset, line in enumerate(text.splitlines()):
            if first_row + offset >= self._lines.rowCount() and not self._lines.add_blank():
                break
            for column, cell in zip(columns, line.split("\t"), strict=False):
                refused += not self._paste_cell(first_row + offset, column, cell.strip())
        if refused:
            self.refused.emit(refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys of the module's docstring."""
        if not self._handle(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+D for the lines while the keyboard is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_duplicate(event):
            event.accept()
            return True
        return super().event(event)

    def _handle(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif _is_duplicate(event):
            self.duplicate_line()
        elif key == Qt.Key.Key_Delete:
            self.remove_lines()
        elif key == Qt.Key.Key_Insert:
            self.add_line()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_line(-1 if key == Qt.Key.Key_Up else 1)
        elif key in _ENTER and self._is_plain(event):
            self._enter()
        else:
            return False
        return True

    def _enter(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            self.add_line()
        elif self._lines.is_editable(index.column()):
            self.edit(index)
        else:
            self._move_on(1)

    def _editable(self) -> list[int]:
        return [column for column in range(len(self._lines.columns)) if self._lines.is_editable(column)]

    def _move_on(self, by: int) -> None:
        """To the next (or earlier) cell that can be typed into; past the last one a new line begins."""
        index, columns = self.currentIndex(), self._editable()
        if not columns:
            return
        row = index.row()
        ahead = [column for column in columns if (column - index.column()) * by > 0]
        if ahead:
            target = ahead[0] if by > 0 else ahead[-1]
        else:
            row, target = row + by, columns[0] if by > 0 else columns[-1]
        if row >= self._lines.rowCount():
            QTimer.singleShot(0, self, self.add_line)
        elif row >= 0:
            QTimer.singleShot(0, self, lambda: self.edit_cell(row, target))

    def _paste_cell(self, row: int, column: int, text: str) -> bool:
        made = self._lines.columns[column].editor
        editor: Any = made() if made is not None else TextEdit(optional=True)
        try:
            value = editor.parse(text) if text and hasattr(editor, "parse") else (text or None)
        except Unreadable as unreadable:
            self._lines.refuse(row, column, str(unreadable))
            return False
        finally:
            editor.deleteLater()
        if text:
            self._lines.put(row, column, value)
        return True


def _is_duplicate(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier
