"""Options to choose from: every one stays visible, a blocked one says why. A thousand of them are one painted list.

Keys: arrows between options · Space or Enter chooses and takes off · digits type a quantity, + and - count ·
Ctrl+F filters · Esc empties the filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QWidget

from ui import formats
from ui.theme import color, font, metrics
from ui.widgets.layout import column
from ui.widgets.option_rows import ROW, GroupRow, OptionModel, OptionRow, Row
from ui.widgets.painted_button import is_enter
from ui.widgets.painting import draw_icon, draw_pill, fill_round, focus_ring, pill_width, smooth
from ui.widgets.search_box import SearchBox

GROUP_HEIGHT, OPTION_HEIGHT = 34, 46
_FILTER_FROM = 12
_TYPING_MS = 900
_MARK = 16
_SELECTED = QStyle.StateFlag.State_Selected
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Painter(QStyledItemDelegate):
    """Paints heads and options."""

    def sizeHint(self, _option: object, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        """Heads are lower."""
        return QSize(200, GROUP_HEIGHT if isinstance(index.data(ROW), GroupRow) else OPTION_HEIGHT)

    def paint(self, painter: QPainter, option: object, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row."""
        view, row = option, index.data(ROW)
        painter.save()
        smooth(painter)
        rect: QRect = view.rect  # type: ignore[attr-defined]
        if isinstance(row, GroupRow):
            _paint_group(painter, rect, row)
        else:
            is_current = bool(view.state & _SELECTED)  # type: ignore[attr-defined]
            has_keys = bool(view.state & QStyle.StateFlag.State_HasFocus)  # type: ignore[attr-defined]
            _paint_option(painter, rect, row, is_current, has_keys)
        painter.restore()


def _paint_group(painter: QPainter, rect: QRect, row: GroupRow) -> None:
    painter.fillRect(rect, color("sunken"))
    inside = rect.adjusted(16, 0, -16, 0)
    painter.setFont(font("strong"))
    painter.setPen(color("text"))
    painter.drawText(inside, LEFT, row.name)
    left = metrics("strong").horizontalAdvance(row.name) + 10
    painter.setFont(font("caption"))
    painter.setPen(color("warn" if row.is_short else "text3"))
    painter.drawText(inside.adjusted(left, 1, 0, 1), LEFT, row.note)


def _paint_option(painter: QPainter, rect: QRect, row: OptionRow, is_current: bool, has_keys: bool) -> None:
    if is_current:
        painter.fillRect(rect, color("selected"))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), color("accent"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("line"))
    _paint_mark(painter, QRectF(rect.left() + 18, rect.center().y() - _MARK / 2, _MARK, _MARK), row)
    inside = rect.adjusted(46, 0, -16, 0)
    painter.setFont(font("label", True))
    painter.setPen(color("text3" if row.is_blocked or row.price[:1] not in "+−-" else "text2"))
    painter.drawText(inside, RIGHT, row.price)
    right = metrics("label", True).horizontalAdvance(row.price) + 14
    if row.may_vary:
        right += _paint_quantity(painter, inside.adjusted(0, 0, -right, 0), row) + 10
    _paint_words(painter, inside.adjusted(0, 0, -right, 0), row)
    if has_keys:
        focus_ring(painter, rect.toRectF().adjusted(2, 2, -2, -3), 6)


def _paint_quantity(painter: QPainter, rect: QRect, row: OptionRow) -> int:
    words = f"× {formats.decimal_text(row.quantity)}"
    width = pill_width(words)
    box = QRectF(rect.right() - width, rect.center().y() - 10, width, 20)
    draw_pill(painter, box, words, "accent" if row.is_chosen else "neutral")
    return width


def _paint_words(painter: QPainter, rect: QRect, row: OptionRow) -> None:
    first = QRect(rect.left(), rect.top() + 6, rect.width(), 18) if row.about else rect
    painter.setFont(font("strong" if row.is_chosen else "body"))
    painter.setPen(color("text3" if row.is_blocked else "text"))
    role = "strong" if row.is_chosen else "body"
    painter.drawText(first, LEFT, metrics(role).elidedText(row.name, Qt.TextElideMode.ElideRight, rect.width()))
    if row.about:
        painter.setFont(font("small"))
        painter.setPen(color("warn" if row.is_blocked else "text3"))
        words = metrics("small").elidedText(row.about, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(QRect(rect.left(), rect.top() + 24, rect.width(), 15), LEFT, words)


def _paint_mark(painter: QPainter, box: QRectF, row: OptionRow) -> None:
    """A round mark where choosing is exchanging, else a square one; a lock where it is blocked."""
    if row.is_blocked:
        draw_icon(painter, "lock", "warn", QPointF(box.left() + 0.5, box.top() + 0.5), 15)
        return
    radius = box.width() / 2 if row.is_exchanged else 4
    if row.is_chosen:
        fill_round(painter, box, radius, color("accent"))
        if row.is_exchanged:
            fill_round(painter, box.adjusted(5, 5, -5, -5), 3, color("on_accent"))
        else:
            draw_icon(painter, "check", "on_accent", QPointF(box.left() + 2, box.top() + 2), 12, 2.6)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("control"), 1.4))
    painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), radius, radius)


class _OptionView(QListView):
    """The list itself."""

    toggled = Signal(str)
    counted = Signal(str, object)
    current_changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._clicked)
        self._typed = ""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._forget)

    def option(self) -> OptionRow | None:
        """The option that the keyboard is on."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row if isinstance(row, OptionRow) else None

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self._forget()
        row = current.data(ROW) if current.isValid() else None
        self.current_changed.emit(row.key if isinstance(row, OptionRow) else "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        row = self.option()
        if row is None or not self._handle(event, row):
            super().keyPressEvent(event)

    def _handle(self, event: QKeyEvent, row: OptionRow) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_enter(event) or (event.key() == Qt.Key.Key_Space and not plain):
            self.toggled.emit(row.key)
            return True
        text = event.text()
        if not row.may_vary or not text or plain & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if text in "+-":
            held = row.quantity if row.is_chosen else Decimal(0)
            self.counted.emit(row.key, held + (1 if text == "+" else -1))
            return True
        return self._type(text, row)

    def _type(self, text: str, row: OptionRow) -> bool:
        if not (text.isdigit() or (text in ".," and self._typed)):
            return False
        self._typed += text.replace(",", ".")
        self._typing.start()
        try:
            self.counted.emit(row.key, Decimal(self._typed))
        except InvalidOperation:
            self._forget()
        return True

    def _forget(self) -> None:
        self._typed = ""

    def _clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, OptionRow):
            self.toggled.emit(row.key)


class OptionPicker(QWidget):
    """The list with a filter above it where there is much to choose from.

    The screen answers every signal with `show_rows`; a click on a blocked option is told like any other.
    """

    toggled = Signal(str)
    """Space, Enter or a click on an option, by its key."""
    counted = Signal(str, object)
    """A quantity for an option: key, Decimal."""
    current_changed = Signal(str)
    """The keyboard is on another option; "" for none."""
    filtered = Signal(str)
    """Another text in the filter."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model = OptionModel()
        self.view = _OptionView(name)
        self.view.setModel(self.model)
        self.filter = SearchBox(self.tr("Filter options"))
        self.filter.searched.connect(self.filtered)
        self.filter.left_down.connect(self.focus_list)
        self.view.toggled.connect(self.toggled)
        self.view.counted.connect(self.counted)
        self.view.current_changed.connect(self.current_changed)
        self._head = column(self.filter, margins=(16, 4, 16, 8))
        layout = column(self._head, self.view)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.filter.setVisible(False)

    def show_rows(self, rows: Sequence[Row], total: int) -> None:
        """Show the options as they stand; `total` of them there are without the filter."""
        key = self.current()
        self.model.show_rows(rows)
        self.filter.setVisible(total >= _FILTER_FROM)
        margin = 4 if total >= _FILTER_FROM else 0
        self._head.setContentsMargins(16, margin, 16, 2 * margin)
        if self.current() != key:
            self.choose(key)

    def current(self) -> str:
        """The key of the option that the keyboard is on."""
        row = self.view.option()
        return "" if row is None else row.key

    def choose(self, key: str) -> None:
        """Put the keyboard on an option; on the first one where that is not shown."""
        place = self.model.place(key)
        if place < 0:
            rows = self.model.rows()
            place = next((at for at, row in enumerate(rows) if isinstance(row, OptionRow)), -1)
        if place >= 0:
            self.view.setCurrentIndex(self.model.index(place))

    def focus_list(self) -> None:
        """The keyboard goes to the options."""
        if not self.current():
            self.choose("")
        self.view.setFocus()

    def focus_filter(self) -> None:
        """The keyboard goes to the filter."""
        if self.filter.isVisible():
            self.filter.setFocus()
            self.filter.selectAll()

    def height_of_all(self) -> int:
        """Pixels that all rows take."""
        rows = self.model.rows()
        return sum(GROUP_HEIGHT if isinstance(row, GroupRow) else OPTION_HEIGHT for row in rows) + 2
