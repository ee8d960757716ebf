"""Pages of a PDF as they are: the very bytes that are sent, rendered by pypdfium2 (imported when first needed)."""

from __future__ import annotations

import atexit
from functools import partial
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import color
from ui.widgets.button import Button, IconButton
from ui.widgets.label import Label
from ui.widgets.layout import column, row

_POINTS = 72.0
_GAP = 14
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_SCREEN = 96.0
_KEPT = 12


class PdfFile:
    """An open PDF: page sizes, and pages as images. Close it when done."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._file: Any = pypdfium2.PdfDocument(data)
        self.sizes: list[tuple[float, float]] = [self._file[index].get_size() for index in range(len(self._file))]
        """Width and height of each page in points."""
        _OPEN.add(self)

    def image(self, index: int, scale: float) -> QImage:
        """One page; `scale` is pixels for a point."""
        bitmap = self._file[index].render(scale=scale, rev_byteorder=True)
        form = QImage.Format.Format_RGBA8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
        return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()

    def text(self, index: int) -> str:
        """The words of a page, for screen readers and tests."""
        page = self._file[index].get_textpage()
        return str(page.get_text_range())

    def close(self) -> None:
        """Let go of the memory."""
        self._file.close()


_OPEN: WeakSet[PdfFile] = WeakSet()


@atexit.register
def _close_open_files() -> None:
    """What a window still shows at the end is closed by us: pypdfium2 would write a line about each file."""
    for file in list(_OPEN):
        file.close()


def _close_all(files: list[PdfFile], *_: Any) -> None:
    while files:
        files.pop().close()


class _Pages(QWidget):
    """Draws the pages that can be seen; keeps the last few images."""

    def __init__(self) -> None:
        super().__init__()
        self.file: PdfFile | None = None
        self.zoom = 1.0
        self._images: dict[tuple[int, float], QImage] = {}
        self.setAccessibleName(self.tr("Pages"))

    def show_file(self, file: PdfFile | None) -> None:
        self.file = file
        self._images.clear()
        self.lay_out()

    def lay_out(self) -> None:
        rects = self.rects()
        self.setMinimumSize(max((rect.width() for rect in rects), default=0) + 2 * _GAP, self._bottom(rects))
        self.update()

    def rects(self) -> list[QRect]:
        """Where each page stands."""
        top, found = _GAP, []
        for width, height in self.file.sizes if self.file is not None else []:
            shown = QSize(round(width * self._scale()), round(height * self._scale()))
            found.append(QRect(max((self.width() - shown.width()) // 2, _GAP), top, shown.width(), shown.height()))
            top += shown.height() + _GAP
        return found

    def _scale(self) -> float:
        return self.zoom * _SCREEN / _POINTS

    def _bottom(self, rects: list[QRect]) -> int:
        return rects[-1].bottom() + _GAP if rects else 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        for index, rect in enumerate(self.rects()):
            if rect.intersects(event.rect()):
                painter.drawImage(rect, self._image(index))
                painter.setPen(color("line_strong"))
                painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    def _image(self, index: int) -> QImage:
        scale = self._scale() * self.devicePixelRatio()
        key = (index, scale)
        if key not in self._images:
            if len(self._images) >= _KEPT:
                self._images.pop(next(iter(self._images)))
            self._images[key] = self.file.image(index, scale) if self.file is not None else QImage()
        return self._images[key]


class PdfPreview(QWidget):
    """The document with its page count and zoom. `show_bytes` takes the file; Ctrl and the wheel zoom."""

    page_changed = Signal(int)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._is_fitted = True
        self._open: list[PdfFile] = []
        self.destroyed.connect(partial(_close_all, self._open))
        self._pages = _Pages()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(name or self.tr("Document preview"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setWidget(self._pages)
        self._area.viewport().installEventFilter(self)
        self._count = Label("", "caption", "3", figures=True)
        self._percent = Label("", "caption", "3", figures=True)
        self._smaller = IconButton("zoom-out", self.tr("Smaller"), lambda: self._step(-1))
        self._larger = IconButton("zoom-in", self.tr("Larger"), lambda: self._step(1))
        self._fit = Button(self.tr("Fit width"), "ghost", do=self.fit_width)
        tools = row(self._count, None, self._smaller, self._percent, self._larger, self._fit, gap=4)
        layout = column(tools, self._area, gap=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._area.verticalScrollBar().valueChanged.connect(self._tell_page)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._refit)
        self._show_numbers()

    def show_bytes(self, data: bytes) -> None:
        """Show a file; the place in the document is kept when it is shown anew. Raises on data that is no PDF."""
        at = self._area.verticalScrollBar().value()
        opened = PdfFile(data)
        self.clear()
        self._open.append(opened)
        self._pages.show_file(opened)
        self._refit()
        self._area.verticalScrollBar().setValue(at)

    def clear(self) -> None:
        """Show nothing and close the file."""
        self._pages.show_file(None)
        _close_all(self._open)
        self._show_numbers()

    def page_count(self) -> int:
        """Pages of the file shown."""
        return len(self._pages.file.sizes) if self._pages.file is not None else 0

    def zoom(self) -> float:
        """1.0 is the size of the paper."""
        return self._pages.zoom

    def set_zoom(self, zoom: float) -> None:
        """Show at this size, no longer fitted."""
        self._is_fitted = False
        self._set_zoom(zoom)

    def fit_width(self) -> None:
        """As wide as the preview, also when it is resized."""
        self._is_fitted = True
        self._refit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """+ and - zoom, 0 fits."""
        keys = {"+": lambda: self._step(1), "-": lambda: self._step(-1), "0": self.fit_width}
        do = keys.get(event.text())
        if do is not None:
            do()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._later.start()

    def _refit(self) -> None:
        if self._is_fitted and self._pages.file is not None and self._pages.file.sizes:
            widest = max(width for width, _ in self._pages.file.sizes) * _SCREEN / _POINTS
            bar = self._area.verticalScrollBar().sizeHint().width()  # kept free, or it would come and go
            room = self._area.contentsRect().width() - bar - 2 * _GAP - 2
            self._set_zoom(max(room / widest, 0.1))
        else:
            self._pages.lay_out()
            self._show_numbers()

    def _step(self, by: int) -> None:
        now = self._pages.zoom
        larger = [zoom for zoom in _ZOOMS if (zoom - now) * by > 0.01]
        if larger:
            self.set_zoom(larger[0] if by > 0 else larger[-1])

    def _set_zoom(self, zoom: float) -> None:
        self._pages.zoom = zoom
        self._pages.lay_out()
        self._show_numbers()

    def _tell_page(self) -> None:
        self._show_numbers()
        self.page_changed.emit(self._current())

    def _current(self) -> int:
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 2
        rects = self._pages.rects()
        return next((index for index, rect in enumerate(rects) if rect.bottom() >= middle), max(len(rects) - 1, 0))

    def _show_numbers(self) -> None:
        count = self.page_count()
        words = self.tr("Page %1 of %2").replace("%1", str(self._current() + 1)).replace("%2", str(count))
        self._count.setText(words if count else "")
        self._percent.setText(f"{round(self._pages.zoom * 100)} %")
        for button in (self._smaller, self._larger, self._fit):
            button.setEnabled(bool(count))
