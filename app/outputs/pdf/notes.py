"""What is said beside or under the totals: how to pay, the clauses. It flows into whatever column it is given."""

from __future__ import annotations

from dataclasses import dataclass

from app.outputs.pdf import look as design
from app.outputs.pdf.layout import Paper
from app.outputs.pdf.look import Style
from app.outputs.pdf.text import Line, wrap

_LABEL = 84.0
_INDENT = 12.0


@dataclass(frozen=True, slots=True)
class _Item:
    """Something said: its mark or label, what it says, and the space above it."""

    text: str
    style: Style
    mark: str = ""
    indent: float = 0.0
    above: float = 0.0
    keep: float = 0.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of it: the height it takes, what stands in it, and how much must follow on the same sheet."""

    height: float
    line: Line
    style: Style
    indent: float
    mark: str
    keep: float


class Notes:
    """Headings, sentences, bullets and pairs, collected in order."""

    def __init__(self) -> None:
        self._items: list[_Item] = []

    def heading(self, text: str) -> None:
        """A heading, kept with what follows."""
        self._items.append(_Item(text, design.HEADING, above=16 if self._items else 0, keep=24))

    def text(self, text: str, style: Style = design.BODY) -> None:
        """A sentence or several; nothing if it is empty."""
        self._items.append(_Item(text, style))

    def bullet(self, text: str, more: str = "") -> None:
        """A point of a list, with a smaller text under it."""
        self._items.append(_Item(text, design.BODY, "•", _INDENT, above=1))
        self._items.append(_Item(more, design.NOTE, "", _INDENT))

    def pair(self, label: str, value: str, above: float = 1) -> None:
        """A label with its value; nothing if the value is empty."""
        self._items.append(_Item(value, design.BODY, label, _LABEL, above))

    def height(self, width: float) -> float:
        """Height in a column of `width` points."""
        return sum(row.height for row in self._rows(width))

    def draw(self, paper: Paper, x: float, width: float) -> None:
        """Draw it from where the paper stands, over the next sheet if need be."""
        for row in self._rows(width):
            paper.need(row.height + row.keep)
            baseline = paper.y + row.height - row.style.leading * 0.27
            if row.mark:
                style = design.LABEL if row.indent == _LABEL else design.SECOND
                paper.ink.text(x, baseline, row.mark, style)
            paper.ink.text(x + row.indent, baseline, row.line, row.style)
            paper.y += row.height

    def _rows(self, width: float) -> list[_Row]:
        rows: list[_Row] = []
        for item in self._items:
            above, mark = item.above + (3 if rows and rows[-1].style is design.HEADING else 0), item.mark
            for line in wrap(item.text, item.style.size, width - item.indent, item.style.bold):
                rows.append(_Row(above + item.style.leading, line, item.style, item.indent, mark, item.keep))
                above, mark = 0.0, ""
        return rows
