"""What a column shows of a row. Tables know no stage: a row is any value, columns are functions of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Literal

from PySide6.QtCore import Qt

Align = Literal["left", "right"]
Look = Literal["text", "strong", "quiet", "badge", "margin"]

_V = Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | _V
RIGHT = Qt.AlignmentFlag.AlignRight | _V


class Role(IntEnum):
    """Our own item roles."""

    ROW = Qt.ItemDataRole.UserRole
    COLUMN = Qt.ItemDataRole.UserRole + 1
    PROBLEM = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    `text(row)` is what is shown, copied and read aloud; `below` a quiet second line; `look` how it is painted:
    badge needs `tone(row)` ("" paints plain text), margin needs `share(row)` in percent and `tone(row)`.
    `key` is the sort key handed to `fetch` ("" cannot be sorted by). `width` in pixels; 0 takes what is left.
    """

    title: str
    text: Callable[[Any], str]
    align: Align = "left"
    width: int = 0
    key: str = ""
    look: Look = "text"
    below: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    share: Callable[[Any], float] | None = None
    tip: Callable[[Any], str] | None = None
    picture: Callable[[Any], Any] | None = None
    """A QPixmap that stands before the text; a null one leaves its place empty."""

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """For Qt."""
        return RIGHT if self.align == "right" else LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumn(Column):
    """A column that can be typed into when it has `write`.

    `read(row)` gives the value for the input that `editor()` makes (any input of `ui.widgets`); `write(row, value)`
    returns the changed row. Pasted text goes through the input's own `parse`.
    """

    read: Callable[[Any], Any] | None = None
    write: Callable[[Any, Any], Any] | None = None
    editor: Callable[[], Any] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: a column's `key`, "" for the list's own order."""

    key: str = ""
    descending: bool = False
