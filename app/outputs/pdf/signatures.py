"""Blocks to sign on paper."""

from __future__ import annotations

from collections.abc import Sequence

from app.outputs.pdf import look as design
from app.outputs.pdf.layout import LEFT_EDGE, WIDTH, Paper
from app.outputs.pdf.look import Style
from app.outputs.pdf.text import Line, wrap

_GAP = 28.0
_FIELD = 46.0
"""Height of a line to write on with its label."""
HEIGHT = 74.0
"""Height of one block without a title."""


class Acceptance:
    """Where the customer signs a quote: a heading, what is accepted, and the fields under each other."""

    def __init__(self, title: str, text: str, labels: Sequence[str]) -> None:
        self._title, self._text, self._labels = title, text, labels

    def height(self, width: float) -> float:
        """Height in a column of `width` points."""
        lines = wrap(self._text, design.BODY.size, width)
        return design.HEADING.leading + 4 + len(lines) * design.BODY.leading + len(self._labels) * _FIELD

    def draw(self, paper: Paper, x: float, width: float) -> None:
        """Draw it, all on one sheet."""
        paper.need(self.height(width))
        paper.lines(wrap(self._title, design.HEADING.size, width, True), design.HEADING, x)
        paper.y += 4
        paper.lines(wrap(self._text, design.BODY.size, width), design.BODY, x)
        for label in self._labels:
            paper.y += _FIELD
            paper.ink.rule(x, paper.y - 14, x + width, design.FAINT, 0.6)
            paper.ink.text(x, paper.y - 3, label, design.HEAD)


def draw_fields(paper: Paper, labels: Sequence[str]) -> None:
    """Lines to write on, side by side, each with its label under it."""
    width = (WIDTH - _GAP * (len(labels) - 1)) / len(labels)
    paper.need(HEIGHT)
    paper.y += 44
    for place, label in enumerate(labels):
        x = LEFT_EDGE + place * (width + _GAP)
        paper.ink.rule(x, paper.y, x + width, design.FAINT, 0.6)
        paper.ink.text(x, paper.y + 11, label, design.HEAD)
    paper.y += 24


def parties_height(parties: Sequence[tuple[str, str]], labels: Sequence[str]) -> float:
    """Height of what `draw_parties` draws."""
    lines = max(len(_name(name, _party_width(parties))) for _, name in parties)
    return 16 + lines * design.STRONG.leading + len(labels) * _FIELD


def draw_parties(paper: Paper, parties: Sequence[tuple[str, str]], labels: Sequence[str]) -> None:
    """A block for each party, side by side: who signs for whom, then the fields under each other."""
    width, height = _party_width(parties), parties_height(parties, labels)
    paper.need(height)
    top = paper.y
    for place, (role, name) in enumerate(parties):
        x = LEFT_EDGE + place * (width + _GAP)
        paper.ink.text(x, top + 9, role, Style(8, 11, colour=design.FAINT))
        for row, line in enumerate(_name(name, width)):
            paper.ink.text(x, top + 23 + row * design.STRONG.leading, line, design.STRONG)
        for row, label in enumerate(labels):
            y = top + height - _FIELD * (len(labels) - row) + 32
            paper.ink.rule(x, y, x + width, design.FAINT, 0.6)
            paper.ink.text(x, y + 11, label, design.HEAD)
    paper.y = top + height


def _party_width(parties: Sequence[tuple[str, str]]) -> float:
    return (WIDTH - _GAP * (len(parties) - 1)) / len(parties)


def _name(name: str, width: float) -> list[Line]:
    return wrap(name, design.STRONG.size, width, True, most=3)
