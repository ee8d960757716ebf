"""The table of lines on the products page: bundles stand together under their head, and are one thing to every key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.quotes.draft import LineDraft
from ui.quotes.line_rows import BundleRow, Row
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.widgets.painted_button import is_enter

Index = QModelIndex | QPersistentModelIndex
_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class ProductLines(LineEditor):
    """As `LineEditor`; what touches whole bundles is asked of the page. F2 or Enter on a configured one opens it."""

    configure_wanted = Signal(int)
    """Row of a line that is to be configured."""
    moving = Signal(int)
    """Up (-1) or down (1) with the current line."""
    duplicating = Signal()

    def __init__(self, model: LineModel, name: str, empty: QWidget) -> None:
        super().__init__(model, name, empty)
        self.doubleClicked.connect(self._double_clicked)

    def remove_lines(self) -> None:
        """A bundle goes as a whole."""
        model: Any = self.model()
        rows: list[Row] = model.rows()
        marked = {index.row() for index in self.selectedIndexes()}
        numbers = {number for row in marked if (number := _number(rows[row])) is not None}
        for at, row in enumerate(rows):
            if _number(row) in numbers:
                self.selectionModel().select(model.index(at, 0), _SELECT)
        super().remove_lines()

    def move_line(self, by: int) -> None:
        """The whole bundle, past its neighbour."""
        self.moving.emit(by)

    def duplicate_line(self) -> None:
        """The whole bundle once more."""
        self.duplicating.emit()

    def edit(self, index: Index, *how: Any) -> Any:
        """The name of a configured line is not typed over: it is configured."""
        if index.isValid() and index.column() == 0 and self.is_configured(index.row()):
            return False if how else None
        return super().edit(index, *how)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """F2 and Enter on a configured line."""
        index = self.currentIndex()
        wants = event.key() == Qt.Key.Key_F2 or is_enter(event)
        if wants and index.isValid() and index.column() == 0 and self.is_configured(index.row()):
            self.configure_wanted.emit(index.row())
            return
        super().keyPressEvent(event)

    def is_configured(self, row: int) -> bool:
        """Whether a row is a configured product, or belongs to one."""
        model: Any = self.model()
        found: Row = model.row(row)
        return isinstance(found, BundleRow) or bool(found.detail.selection) or found.detail.bundle is not None

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0 and self.is_configured(index.row()):
            self.configure_wanted.emit(index.row())


def _number(row: Row) -> int | None:
    bundle = row.detail.bundle if isinstance(row, LineDraft) else row.bundle
    return None if bundle is None else bundle.number
