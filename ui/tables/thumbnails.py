"""Small pictures of the store's files, read once and kept."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QPixmap

from app.core.errors import StoreError
from ui.tables.cell_painter import PICTURE
from ui.widgets.picture_edit import fitted

_MOST = 2_000


class Thumbnails:
    """`files` are those of the open store."""

    def __init__(self, files: Any, side: int = PICTURE) -> None:
        self._files, self._size = files, QSize(side, side)
        self._known: dict[str, QPixmap] = {"": QPixmap()}

    def of(self, name: str) -> QPixmap:
        """The picture with this name; a null one where there is none, or the file is gone."""
        if name not in self._known:
            if len(self._known) > _MOST:
                self._known = {"": QPixmap()}
            self._known[name] = self._read(name)
        return self._known[name]

    def _read(self, name: str) -> QPixmap:
        made = QPixmap()
        try:
            made.loadFromData(QByteArray(self._files.get(name)))
        except StoreError:
            return made
        return fitted(made, self._size)
