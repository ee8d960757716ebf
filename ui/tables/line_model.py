"""Editable lines in memory: the rows of a draft. Every change replaces a row value and emits `changed`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.tables.column import LineColumn, Role

Index = QModelIndex | QPersistentModelIndex
_DISPLAY, _EDIT, _TIP = 0, 2, int(Qt.ItemDataRole.ToolTipRole)
_ALIGN, _SPOKEN = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.AccessibleTextRole)
_MORE = int(Qt.ItemDataRole.AccessibleDescriptionRole)
_ROW, _COLUMN, _PROBLEM = int(Role.ROW), int(Role.COLUMN), int(Role.PROBLEM)


class LineModel(QAbstractTableModel):
    """Lines of a draft. `blank()` makes a new one; None means that lines are added elsewhere (a picker)."""

    changed = Signal()
    """Something was typed, pasted, added, removed or moved."""

    def __init__(
        self,
        columns: Sequence[LineColumn],
        rows: Sequence[Any] = (),
        blank: Callable[[], Any] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.blank = blank
        self._rows = list(rows)
        self._problems: dict[tuple[int, int], str] = {}

    # what screens use
    def rows(self) -> list[Any]:
        """The lines now."""
        return list(self._rows)

    def row(self, position: int) -> Any:
        """One line."""
        return self._rows[position]

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other lines (the draft changed elsewhere). Where the number is the same, the place is kept."""
        if len(rows) == len(self._rows):
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows, self._problems = list(rows), {}
        self.endResetModel()

    def adopt(self, rows: Sequence[Any]) -> None:
        """Take equal rows in place of those shown: nothing is drawn anew, and marked cells stay marked."""
        self._rows = list(rows)

    def set_problems(self, problems: Mapping[tuple[int, int], str]) -> None:
        """Mark cells (row, column) with what is wrong in words; replaces the earlier marks."""
        self._problems = dict(problems)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def problems(self) -> dict[tuple[int, int], str]:
        """What is marked."""
        return dict(self._problems)

    def insert(self, position: int, rows: Sequence[Any]) -> None:
        """Put lines before `position`."""
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), position, position + len(rows) - 1)
        self._rows[position:position] = rows
        self._problems = {}
        self.endInsertRows()
        self.changed.emit()

    def add_blank(self) -> bool:
        """A new line at the end; False if lines are added elsewhere."""
        if self.blank is None:
            return False
        self.insert(len(self._rows), [self.blank()])
        return True

    def remove(self, positions: Sequence[int]) -> list[tuple[int, Any]]:
        """Take lines out; returns them with their places, for `restore`."""
        taken = [(position, self._rows[position]) for position in sorted(set(positions))]
        for position, _ in reversed(taken):
            self.beginRemoveRows(QModelIndex(), position, position)
            del self._rows[position]
            self.endRemoveRows()
        self._problems = {}
        if taken:
            self.changed.emit()
        return taken

    def restore(self, taken: Sequence[tuple[int, Any]]) -> None:
        """Put lines back where `remove` took them."""
        for position, row in taken:
            self.insert(min(position, len(self._rows)), [row])

    def move(self, position: int, by: int) -> bool:
        """Move a line up (-1) or down (1); False at the edge."""
        target = position + by
        if not (0 <= position < len(self._rows) and 0 <= target < len(self._rows)):
            return False
        self.beginMoveRows(QModelIndex(), position, position, QModelIndex(), target + (1 if by > 0 else 0))
        self._rows.insert(target, self._rows.pop(position))
        self._problems = {}
        self.endMoveRows()
        self.changed.emit()
        return True

    def is_editable(self, column: int) -> bool:
        """Whether one can type into a column."""
        return self.columns[column].write is not None

    def put(self, position: int, column: int, value: Any) -> None:
        """Change one cell to a value that its input understood."""
        write = self.columns[column].write
        if write is None:
            return
        self._rows[position] = write(self._rows[position], value)
        self._problems.pop((position, column), None)
        self.dataChanged.emit(self.index(position, 0), self.index(position, len(self.columns) - 1))
        self.changed.emit()

    def refuse(self, position: int, column: int, problem: str) -> None:
        """Mark one cell whose text could not be understood."""
        self._problems[position, column] = problem
        self.dataChanged.emit(self.index(position, column), self.index(position, column))

    # what Qt uses
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Early return on plain int roles."""
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == _DISPLAY:
            return column.text(row)
        if role == _ROW:
            return row
        if role == _COLUMN:
            return column
        if role == _PROBLEM:
            return self._problems.get((index.row(), index.column()))
        if role == _EDIT:
            return column.read(row) if column.read is not None else column.text(row)
        if role == _ALIGN:
            return column.alignment
        if role == _SPOKEN:
            return f"{column.title}: {column.text(row)}"
        if role in (_TIP, _MORE):
            return self._more(index, row, column)
        return None

    def _more(self, index: Index, row: Any, column: LineColumn) -> str | None:
        problem = self._problems.get((index.row(), index.column()))
        return problem or (column.tip(row) or None if column.tip is not None else None)

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:  # noqa: N802
        """From the input in the cell."""
        if role != _EDIT or not self.is_editable(index.column()):
            return False
        self.put(index.row(), index.column(), value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable where the column can write."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_editable(index.column()):
            return base | Qt.ItemFlag.ItemIsEditable
        return base

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:  # noqa: N802
        """Titles."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (_DISPLAY, _SPOKEN):
            return self.columns[section].title
        return self.columns[section].alignment if role == _ALIGN else None
