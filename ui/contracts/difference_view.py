"""Two wordings of a clause in one text: what was taken out is struck through, what was put in is underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.contracts.draft import Part, Piece
from ui.theme import color, font


class DifferenceView(QTextEdit):
    """Read only; colour is never the only sign."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pieces: Sequence[Piece] = ()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(font("body"))
        self.setAccessibleName(name)
        self.setMinimumHeight(150)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show a difference."""
        self._pieces = pieces
        self.clear()
        cursor = QTextCursor(self.document())
        for place, piece in enumerate(pieces):
            if place:
                cursor.insertText(" ", QTextCharFormat())
            cursor.insertText(piece.text, _look(piece.kind))
        self.setAccessibleDescription("; ".join(_spoken(self, p) for p in pieces if p.kind is not Part.SAME))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The theme was switched: colour anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_pieces"):
            self.show_pieces(self._pieces)


def _look(kind: Part) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(color({Part.SAME: "text", Part.GONE: "bad", Part.NEW: "ok"}[kind]))
    if kind is Part.GONE:
        look.setFontStrikeOut(True)
        look.setBackground(color("bad_soft"))
    if kind is Part.NEW:
        look.setFontUnderline(True)
        look.setBackground(color("ok_soft"))
    return look


def _spoken(view: DifferenceView, piece: Piece) -> str:
    words = view.tr("Taken out: %1") if piece.kind is Part.GONE else view.tr("Put in: %1")
    return words.replace("%1", piece.text)
