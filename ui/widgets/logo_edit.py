"""Choosing the logo of the papers: a PNG or JPEG, shown as it will look; kept as base64 text."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from ui.theme.theme import device_ratio
from ui.widgets.button import Button
from ui.widgets.inputs import HasProblem
from ui.widgets.layout import row

_SHOWN = QSize(150, 46)
_LARGEST_BYTES = 4_000_000


class LogoEdit(HasProblem, QWidget):
    """Value: base64 text of the file as it is, "" for none."""

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_optional = True
        self._value = ""
        self._picture = QLabel()
        self._picture.setAccessibleName(self.tr("Logo"))
        self._choose = Button(self.tr("Choose a picture…"), icon="import", do=self.choose)
        self._remove = Button(self.tr("Remove"), "ghost", do=lambda: self._change(""))
        self.setLayout(row(self._picture, self._choose, self._remove, None, gap=10))
        self.setFocusProxy(self._choose)
        self._show()

    def value(self) -> str:
        """The file as base64 text."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a logo."""
        self._value = value or ""
        self.set_problem("")
        self._show()

    def check(self) -> bool:
        """A problem is found as soon as a file is chosen."""
        return not self.problem()

    def choose(self) -> None:
        """Let the person choose a file."""
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a logo"), "", kinds)
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Use a file; one that is no picture or far too large is refused with the reason."""
        try:
            content = file.read_bytes()[: _LARGEST_BYTES + 1]
        except OSError as error:
            self.set_problem(self.tr("It cannot be read: %1").replace("%1", error.strerror or ""))
            return
        if len(content) > _LARGEST_BYTES:
            self.set_problem(self.tr("It is larger than 4 MB; please choose a smaller one."))
        elif not content.startswith((b"\x89PNG", b"\xff\xd8\xff")) or _pixmap(content).isNull():
            self.set_problem(self.tr("It is no PNG or JPEG picture."))
        else:
            self._change(base64.b64encode(content).decode("ascii"))

    def _change(self, value: str) -> None:
        self.set_value(value)
        self.value_changed.emit(value)

    def _show(self) -> None:
        pixmap = _pixmap(base64.b64decode(self._value)) if self._value else QPixmap()
        if not pixmap.isNull():
            ratio = device_ratio()
            pixmap = pixmap.scaled(
                _SHOWN * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            pixmap.setDevicePixelRatio(ratio)
        self._picture.setPixmap(pixmap)
        self._picture.setVisible(not pixmap.isNull())
        self._remove.setVisible(bool(self._value))


def _pixmap(content: bytes) -> QPixmap:
    made = QPixmap()
    made.loadFromData(QByteArray(content))
    return made
