"""A table of lines that goes on over as many sheets as it needs.

The head is repeated, never stands alone at the foot of a sheet, and where amounts are added up their sum so far is
carried over. A row is kept whole unless it is higher than a sheet, or long and without sub-rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.outputs.pdf import look as design
from app.outputs.pdf.ink import LEFT, RIGHT
from app.outputs.pdf.layout import LEFT_EDGE, RIGHT_EDGE, WIDTH, Paper
from app.outputs.pdf.look import Style
from app.outputs.pdf.text import Line, wrap

PAD_ABOVE, PAD_BELOW = 4.5, 5.0
GUTTER = 10.0
_HEAD_HEIGHT = 20.0
_CARRIED = Style(8, 11, bold=True, colour=design.MUTED)
_CARRIED_HEIGHT = 20.0
_LONG = 0.4
"""A row without sub-rows may be split over sheets if it takes more than this share of one."""
_EMPTY = 0.45
"""Share of a sheet that would rather be filled than left empty to keep the last row with everything under it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, where it stands from the left edge, its width, and the side its text keeps to."""

    title: str
    x: float
    width: float
    anchor: float = LEFT

    @property
    def edge(self) -> float:
        """Where a text of the column is anchored."""
        return LEFT_EDGE + self.x + self.width * self.anchor


def columns(*wanted: tuple[str, float, float], flexible: int) -> tuple[Column, ...]:
    """Columns side by side from (title, width, anchor); the `flexible`-th gets what the others leave."""
    rest = WIDTH - sum(width for _, width, _ in wanted)
    made, x = [], 0.0
    for index, (title, width, anchor) in enumerate(wanted):
        own = width + (rest if index == flexible else 0)
        made.append(Column(title, x, own, anchor))
        x += own
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a column."""

    column: Column
    text: str | Line
    style: Style = design.BODY


@dataclass(slots=True)
class Strip:
    """A part of a row that is never cut; `amount` is what it adds to the sum that is carried over."""

    height: float
    cells: list[Cell] = field(default_factory=list)
    amount: int = 0
    box: Column | None = None
    """A column with an empty box to tick by hand."""


@dataclass(slots=True)
class Row:
    """A line of the table: its strips, of which the last `tail` are its sub-rows."""

    strips: list[Strip]
    tail: int = 0

    @property
    def height(self) -> float:
        """Height with the space above and below."""
        return sum(strip.height for strip in self.strips) + PAD_ABOVE + PAD_BELOW


class Table:
    """Rows are added one after the other; `carry` writes a sum, or is None where nothing is added up."""

    def __init__(self, paper: Paper, shown: Sequence[Column], carry: Callable[[int], str] | None = None) -> None:
        self._paper, self._columns, self._carry = paper, shown, carry
        self._sum = 0
        self._begun = False
        self._fresh = True

    def add(self, row: Row, after: float = 0, least: float = 0) -> None:
        """Place a row; `after` is the height of what should stand on the same sheet, under the last row.

        An only row does not go overleaf for it, and no row leaves more than `_EMPTY` of a sheet empty for it if `least`
        of it fits.
        """
        for chunk in self._chunks(row):
            last = chunk[-1] is row.strips[-1]
            height = sum(strip.height for strip in chunk)
            self._make_room(height, (after, least) if last else (0, 0), chunk[0] is row.strips[0])
            self._place(chunk, row)

    def close(self) -> None:
        """End the table with a line."""
        if self._begun:
            self._paper.ink.rule(LEFT_EDGE, self._paper.y, RIGHT_EDGE, design.LINE_STRONG, 0.6)

    def _chunks(self, row: Row) -> Iterator[list[Strip]]:
        """What must stay together of a row: all of it, or a beginning, single strips and an end with the sub-rows."""
        usable = self._paper.full_room - _HEAD_HEIGHT - 2 * self._carried_height
        limit = usable if row.tail and self._begun else usable * _LONG  # the first must not leave its sheet empty
        if row.height <= limit:
            yield row.strips
            return
        strips = row.strips
        end = len(strips) - min(row.tail + 2, len(strips) - 2) if row.tail < 12 else len(strips) - 2
        yield strips[:2]
        for strip in strips[2:end]:
            yield [strip]
        yield strips[max(end, 2) :]

    @property
    def _carried_height(self) -> float:
        return _CARRIED_HEIGHT if self._carry else 0

    def _make_room(self, height: float, after: tuple[float, float], first: bool) -> None:
        """Turn the page if the strips, what must follow them and the carried sum do not fit any more."""
        wanted = height + (PAD_ABOVE if first else 0) + PAD_BELOW
        usable = self._paper.full_room - _HEAD_HEIGHT - self._carried_height
        if not self._begun:
            self._paper.need(min(wanted + self._carried_height, usable) + _HEAD_HEIGHT)
            self._head()
            self._begun = True
        room = self._paper.room
        if room > _EMPTY * self._paper.full_room and wanted + after[1] <= room < wanted + after[0]:
            return
        wanted += after[0] if after[0] and wanted + after[0] <= usable else self._carried_height
        if wanted > room and not self._fresh:
            self._turn(not first)

    def _turn(self, within_row: bool) -> None:
        """Go on overleaf, with the sum so far at the foot and at the head."""
        paper = self._paper
        paper.y += PAD_BELOW if within_row else 0
        if self._carry:
            self._sum_row(paper.words("carried_forward"), self._carry(self._sum))
        else:
            self.close()
        came_from = str(paper.page)
        paper.turn()
        self._head()
        if self._carry:
            self._sum_row(paper.words("brought_forward", page=came_from), self._carry(self._sum))
        paper.y += PAD_ABOVE if within_row else 0

    def _sum_row(self, label: str, amount: str) -> None:
        paper, last = self._paper, self._columns[-1]
        paper.ink.rule(LEFT_EDGE, paper.y, RIGHT_EDGE, design.LINE_STRONG, 0.5)
        paper.ink.text(last.edge, paper.y + 13, amount, _CARRIED, RIGHT)
        paper.ink.text(self._columns[1].edge, paper.y + 13, label, _CARRIED)
        paper.y += _CARRIED_HEIGHT
        self._fresh = False

    def _head(self) -> None:
        paper = self._paper
        for column in self._columns:
            paper.ink.text(column.edge, paper.y + 9, column.title, design.HEAD, column.anchor)
        paper.y += _HEAD_HEIGHT - 5
        paper.ink.rule(LEFT_EDGE, paper.y, RIGHT_EDGE, design.INK, 0.7)
        self._fresh = True

    def _place(self, chunk: list[Strip], row: Row) -> None:
        """Draw strips under each other, with a hairline above a new row that does not follow the head."""
        paper = self._paper
        if chunk[0] is row.strips[0]:
            if not self._fresh:
                paper.ink.rule(LEFT_EDGE, paper.y, RIGHT_EDGE, design.LINE, 0.6)
            paper.y += PAD_ABOVE
        for strip in chunk:
            self._draw(strip)
        self._fresh = False
        if chunk[-1] is row.strips[-1]:
            paper.y += PAD_BELOW

    def _draw(self, strip: Strip) -> None:
        paper = self._paper
        baseline = paper.y + 0.73 * max((cell.style.leading for cell in strip.cells), default=0)
        for cell in strip.cells:
            paper.ink.text(cell.column.edge, baseline, cell.text, cell.style, cell.column.anchor)
        if strip.box:
            paper.ink.frame(strip.box.edge - 9, paper.y + 1.5, 9, 9, design.LINE_STRONG)
        paper.y += strip.height
        self._sum += strip.amount


def texts(column: Column, text: str, style: Style) -> list[Strip]:
    """The wrapped lines of a text as strips in a column."""
    return [
        Strip(style.leading, [Cell(column, line, style)])
        for line in wrap(text, style.size, column.width - GUTTER, style.bold)
    ]
