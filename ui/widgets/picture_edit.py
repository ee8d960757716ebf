"""A picture: chosen, dropped or pasted; shown as it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from ui.theme import color, font
from ui.theme.theme import device_ratio
from ui.theme.tokens import RADIUS_CONTROL
from ui.widgets.button import Button
from ui.widgets.inputs import HasProblem
from ui.widgets.layout import column, row
from ui.widgets.painted_button import PaintedButton
from ui.widgets.painting import fill_round, focus_ring, smooth
from ui.widgets.problem_label import ProblemLabel

_KINDS = (".png", ".jpg", ".jpeg")


class PictureEdit(HasProblem, QWidget):
    """Value: whatever names the picture to its owner, None without one.

    `keep(bytes)` is called with the content of a file or of the clipboard; its owner answers with `show_picture`, or
    with `set_problem`.
    """

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, keep: Callable[[bytes], object], size: QSize | None = None) -> None:
        super().__init__()
        self.is_optional = True
        self._keep = keep
        self._value: object = None
        self._frame = _Frame(self, size or QSize(150, 116))
        self._frame.clicked.connect(self.choose)
        self._choose = Button(self.tr("Choose…"), "ghost", "import", self.choose, name=self.tr("Choose a picture"))
        self._paste = Button(self.tr("Paste"), "ghost", "copy", self.paste, name=self.tr("Paste a picture"))
        self._remove = Button(self.tr("Remove"), "ghost", "delete", self._take_away, name=self.tr("Remove the picture"))
        self._problem_label = ProblemLabel()
        self.problem_changed.connect(self._problem_label.set_text)
        verbs = column(gap=2)
        for verb in (self._choose, self._paste, self._remove):
            verbs.addWidget(verb, 0, Qt.AlignmentFlag.AlignLeft)
        verbs.addStretch(1)
        self.setLayout(column(row(self._frame, verbs, None, gap=8), self._problem_label, gap=5))
        self.setFocusProxy(self._frame)
        self.setAcceptDrops(True)
        self._show(QPixmap())

    def value(self) -> object:
        """What names the picture."""
        return self._value

    def set_value(self, value: object) -> None:
        """Names only; the picture itself comes with `show_picture`."""
        self._value = value or None
        if self._value is None:
            self._show(QPixmap())

    def check(self) -> bool:
        """A problem is found when a picture is chosen."""
        return not self.problem()

    def show_picture(self, value: object, content: bytes, is_new: bool = False) -> None:
        """Show a picture that is kept; `is_new`: the person has just given it."""
        made = QPixmap()
        made.loadFromData(QByteArray(content))
        self._value = value
        self.set_problem("")
        self._show(made)
        if is_new:
            self.value_changed.emit(value)

    # what a person does
    def choose(self) -> None:
        """Ask for a file."""
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a picture"), "", kinds)
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Use a file."""
        try:
            self._keep(file.read_bytes())
        except OSError as error:
            self.set_problem(self.tr("It cannot be read: %1").replace("%1", error.strerror or ""))

    def paste(self) -> None:
        """Use the picture, or the file, that is on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        files = [] if data is None else [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        image = None if data is None else data.imageData()
        if files:
            self.take(Path(files[0]))
        elif isinstance(image, QImage) and not image.isNull():
            self._keep(_as_png(image))
        else:
            self.set_problem(self.tr("There is no picture on the clipboard."))

    # inside
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+V pastes, Delete removes."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self._value is not None:
            self._take_away()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """A picture or one of its files may be dropped."""
        if event.mimeData().hasImage() or any(_is_picture(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._frame.is_target = True
            self._frame.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        super().dragLeaveEvent(event)
        self._frame.is_target = False
        self._frame.update()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take what was dropped."""
        self._frame.is_target = False
        self._frame.update()
        files = [url.toLocalFile() for url in event.mimeData().urls() if _is_picture(url.toLocalFile())]
        image = event.mimeData().imageData()
        if files:
            self.take(Path(files[0]))
        elif isinstance(image, QImage) and not image.isNull():
            self._keep(_as_png(image))
        event.acceptProposedAction()

    def _take_away(self) -> None:
        self._value = None
        self.set_problem("")
        self._show(QPixmap())
        self.value_changed.emit(None)

    def _show(self, pixmap: QPixmap) -> None:
        self._frame.show_pixmap(pixmap)
        self._remove.setVisible(not pixmap.isNull())


class _Frame(PaintedButton):
    """The picture, or the place where one can be dropped."""

    def __init__(self, owner: PictureEdit, size: QSize) -> None:
        super().__init__(owner.tr("Picture"))
        self._pixmap = QPixmap()
        self.is_target = False
        self._hint = owner.tr("Drop a picture here")
        self.setFixedSize(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(owner.tr("Picture"))
        self.setAccessibleDescription(self._hint)

    def show_pixmap(self, pixmap: QPixmap) -> None:
        """Show it as large as there is room."""
        self._pixmap = fitted(pixmap, self.size())
        self.setAccessibleDescription(self._hint if pixmap.isNull() else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = smooth(QPainter(self))
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        fill_round(painter, box, RADIUS_CONTROL, color("hover" if self.underMouse() or self.is_target else "sunken"))
        if self._pixmap.isNull():
            self._paint_hint(painter)
        else:
            shown = self._pixmap.deviceIndependentSize().toSize()
            painter.drawPixmap((self.width() - shown.width()) // 2, (self.height() - shown.height()) // 2, self._pixmap)
        if self.is_target or self.hasFocus():
            focus_ring(painter, self.rect().toRectF(), RADIUS_CONTROL)
        painter.end()

    def _paint_hint(self, painter: QPainter) -> None:
        pen = QPen(color("control"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        inside = self.rect().adjusted(8, 8, -8, -8)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)


def fitted(pixmap: QPixmap, size: QSize) -> QPixmap:
    """A picture scaled into a size in logical pixels, sharp on every screen."""
    if pixmap.isNull():
        return pixmap
    ratio = device_ratio()
    made = pixmap.scaled(size * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    made.setDevicePixelRatio(ratio)
    return made


def _is_picture(name: str) -> bool:
    return name.lower().endswith(_KINDS)


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
