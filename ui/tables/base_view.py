"""What lists and line tables have in common: their looks, row hover, and the empty state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.tables.cell_painter import CellPainter
from ui.theme import font
from ui.theme.tokens import ROW_HEIGHT

HEAD_HEIGHT = 30
_READABLE = 164
_F = QItemSelectionModel.SelectionFlag


class BaseView(QTableView):
    """A table without grid: rows of one height, whole-row hover; Tab leaves it."""

    def __init__(self, name: str, painter: CellPainter) -> None:
        super().__init__()
        self._painter = painter
        self._empty: QWidget | None = None
        self._elastic: list[int] = []
        self._designed: dict[int, int] = {}
        self._wanted: dict[int, int] = {}
        self._is_fitting = False
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
        head = self.horizontalHeader()
        self._elastic = [section for section, column in enumerate(columns) if not column.width]
        self._designed = {section: column.width for section, column in enumerate(columns) if column.width}
        self._wanted = dict(self._designed)
        for section in range(len(columns)):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
        head.sectionResized.connect(self._resized_by_hand)
        self._fit_columns()

    def want_widths(self, widths: Mapping[int, int]) -> None:
        """The widths that a person gave to columns earlier; a window that is too narrow for them takes some back."""
        self._wanted |= {section: width for section, width in widths.items() if section in self._wanted and width > 0}
        self._fit_columns()

    def widths(self) -> dict[int, int]:
        """The widths that columns have where there is room."""
        return dict(self._wanted)

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
        """Columns without a width share what is left, but stay readable.

        Where there is no room for that, the others give back what they were widened by; below that the table scrolls
        sideways.
        """
        if not self._designed and not self._elastic:
            return
        head = self.horizontalHeader()
        wanted = {section: width for section, width in self._wanted.items() if not head.isSectionHidden(section)}
        elastic = [section for section in self._elastic if not head.isSectionHidden(section)]
        sizes = shrunk(wanted, self._designed, self.viewport().width() - _READABLE * len(elastic))
        share = (self.viewport().width() - sum(sizes.values())) // max(len(elastic), 1)
        self._is_fitting = True
        for section, width in (sizes | dict.fromkeys(elastic, max(share, _READABLE))).items():
            if head.sectionSize(section) != width:
                head.resizeSection(section, width)
        self._is_fitting = False

    def _resized_by_hand(self, section: int, _old: int, new: int) -> None:
        if not self._is_fitting and section in self._wanted and new > 0:
            self._wanted[section] = new

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    def _place_empty(self, *_: Any) -> None:
        if self._empty is None:
            return
        model = self.model()
        is_empty = model is not None and model.rowCount() == 0 and not getattr(model, "is_reading", False)
        self._empty.setGeometry(self.viewport().rect())
        self._empty.setVisible(is_empty)

    def _is_plain(self, event: QKeyEvent) -> bool:
        keypad = Qt.KeyboardModifier.KeypadModifier
        return (event.modifiers() & ~keypad) == Qt.KeyboardModifier.NoModifier


def shrunk(wanted: Mapping[int, int], designed: Mapping[int, int], room: int) -> dict[int, int]:
    """Widths that fit into `room` pixels if they can: what is wider than designed shrinks, all in the same measure."""
    least = {section: min(width, designed[section]) for section, width in wanted.items()}
    spare, extra = room - sum(least.values()), sum(wanted.values()) - sum(least.values())
    if extra <= max(spare, 0):
        return dict(wanted)
    spare = max(spare, 0)
    return {section: least[section] + (wanted[section] - least[section]) * spare // extra for section in wanted}
