"""What lists and line tables have in common: their looks, row hover, and the empty state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.tables.cell_painter import CellPainter
from ui.theme import font
from ui.theme.tokens import ROW_HEIGHT

HEAD_HEIGHT = 30
_READABLE = 170
_F = QItemSelectionModel.SelectionFlag


class BaseView(QTableView):
    """A table without grid: rows of one height, whole-row hover; Tab leaves it."""

    def __init__(self, name: str, painter: CellPainter) -> None:
        super().__init__()
        self._painter = painter
        self._empty: QWidget | None = None
        self._elastic: list[int] = []
        painter.setParent(self)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setFont(font("body"))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_head(self.horizontalHeader())

    def _set_up_head(self, head: QHeaderView) -> None:
        head.setFont(font("overline"))
        head.setFixedHeight(HEAD_HEIGHT)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(40)
        head.setAccessibleName(self.tr("Column heads"))

    def set_empty_state(self, widget: QWidget) -> None:
        """What is shown instead of rows while there are none."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = widget
        widget.setParent(self.viewport())
        self._place_empty()

    def choose(self, row: int, column: int = 0) -> None:
        """Make a cell current and its row the only marked one, whatever keys are held down."""
        index = self.model().index(row, column)
        self.selectionModel().setCurrentIndex(index, _F.ClearAndSelect | _F.Rows)
        self.scrollTo(index)

    def copy_selection(self) -> None:
        """Put the marked rows on the clipboard, cells parted by tabs: a spreadsheet takes them."""
        model = self.model()
        rows = sorted({index.row() for index in self.selectedIndexes()})
        columns = range(model.columnCount())
        lines = ["\t".join(str(model.index(row, column).data() or "") for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def size_columns(self, columns: Any) -> None:
        """Give each column its width; those with 0 share what is left."""
        self._elastic = [section for section, column in enumerate(columns) if not column.width]
        for section, column in enumerate(columns):
            self.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            if column.width:
                self.setColumnWidth(section, column.width)
        self._fit_columns()

    def height_for(self, rows: int) -> int:
        """Pixels that head and so many rows take."""
        return HEAD_HEIGHT + rows * ROW_HEIGHT + 1

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a few rows."""
        return QSize(600, self.height_for(5))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit_columns()
        self._place_empty()

    def _fit_columns(self) -> None:
        """Columns without a width share what is left, but stay readable: below that the table scrolls sideways."""
        if not self._elastic:
            return
        head = self.horizontalHeader()
        others = sum(head.sectionSize(section) for section in range(head.count()) if section not in self._elastic)
        share = (self.viewport().width() - others) // len(self._elastic)
        for section in self._elastic:
            head.resizeSection(section, max(share, _READABLE))

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    def _place_empty(self, *_: Any) -> None:
        if self._empty is None:
            return
        is_empty = self.model() is not None and self.model().rowCount() == 0
        self._empty.setGeometry(self.viewport().rect())
        self._empty.setVisible(is_empty)

    def _is_plain(self, event: QKeyEvent) -> bool:
        keypad = Qt.KeyboardModifier.KeypadModifier
        return (event.modifiers() & ~keypad) == Qt.KeyboardModifier.NoModifier
