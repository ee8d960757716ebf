"""Drawing on one document's pages: text and plain shapes, as operators of the page description (ISO 32000-1, 8 and 9).

Places are in points from the upper left corner of the sheet, y downwards; a text stands on y as its baseline.
Operators are collected a page, since "page 1 of 3" is only known at the end; writing them directly is several times
faster than one canvas call a string.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from app.outputs.pdf.fonts import Face
from app.outputs.pdf.look import Style, parts
from app.outputs.pdf.text import Line, Run, set_line

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


class Coder:
    """How the glyphs of each face are coded in this document."""

    def __init__(self, canvas: Canvas) -> None:
        self._document: Any = canvas._doc  # type: ignore[attr-defined]  # subsets belong to a document; no public name
        self._codes: dict[str, dict[int, tuple[str, str]]] = {}

    def codes(self, face: Face) -> dict[int, tuple[str, str]]:
        """What is coded so far of a face: code -> (name of the subset, two hexadecimal digits)."""
        return self._codes.setdefault(face.name, {})

    def code(self, face: Face, code: int) -> tuple[str, str]:
        """Give a code of the face its place in a subset."""
        ((subset, byte),) = face.font.splitString(chr(code), self._document)
        place = self.codes(face)[code] = (face.font.getSubsetInternalName(subset, self._document), byte.hex())
        return place


class Ink:
    """The operators of one page; repeated settings of font and colour are left out."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self._operators: list[str] = []
        self._font = ""
        self._colour = ""

    @property
    def operators(self) -> str:
        """Everything drawn so far."""
        return "\n".join(self._operators)

    def text(self, x: float, y: float, text: str | Line, style: Style, anchor: float = LEFT) -> float:
        """Draw a text with its left end, middle or right end at x; returns its width in points."""
        line = set_line(text, style.bold) if isinstance(text, str) else text
        drawn = line.width * style.size / 1000
        x -= drawn * anchor
        self._fill(style.colour)
        for run in line.runs:
            self._run(x, PAGE_HEIGHT - y, run, style.size)
            x += run.width * style.size / 1000
        return drawn

    def rule(self, x1: float, y: float, x2: float, colour: str, weight: float = 0.5) -> None:
        """A horizontal line, its middle at y."""
        self.box(x1, y - weight / 2, x2 - x1, weight, colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self._fill(colour)
        self._operators.append(f"{x:.2f} {PAGE_HEIGHT - y - height:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float, colour: str, weight: float = 0.6) -> None:
        """The outline of a rectangle."""
        for edge in (y, y + height):
            self.rule(x - weight / 2, edge, x + width + weight / 2, colour, weight)
        for edge in (x, x + width):
            self.box(edge - weight / 2, y, weight, height, colour)

    def across(self, text: str, colour: str) -> None:
        """Large words from the lower left to the upper right, under everything that follows."""
        line = set_line(text, True)
        size = min(110.0, 700_000 / max(line.width, 1))
        self._fill(colour)
        self._operators.append(f"q 0.7071 0.7071 -0.7071 0.7071 {PAGE_WIDTH / 2:.2f} {PAGE_HEIGHT / 2:.2f} cm")
        x = -line.width * size / 2000
        for run in line.runs:
            self._run(x, -size * 0.35, run, size)
            x += run.width * size / 1000
        self._operators.append("Q")
        self._font = ""

    def _fill(self, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            self._operators.append("{:.3g} {:.3g} {:.3g} rg".format(*parts(colour)))

    def _run(self, x: float, y: float, run: Run, size: float) -> None:
        """One run as a text object; a run that says what it is stands in a marked span."""
        shown = self._shaped(run, size) if run.glyphs else self._plain(run, size)
        operators = f"BT {x:.2f} {y:.2f} Td {shown} ET"
        if run.actual:
            operators = f"/Span <</ActualText <FEFF{run.actual.encode('utf-16-be').hex()}>>> BDC {operators} EMC"
        self._operators.append(operators)

    def _plain(self, run: Run, size: float) -> str:
        """The operators that show unshaped text, with its kerning between the parts of an array."""
        codes, face, text = self._coder.codes(run.face), run.face, run.text
        out: list[str] = []
        parts: list[str] = []
        shown, current, start = "", "", 0
        for end, move in (*run.moves, (len(text), 0.0)):
            for char in text[start:end]:
                font, code = codes.get(ord(char)) or self._coder.code(face, ord(char))
                if font != current:
                    out += _show(parts, shown)
                    out += self._switch(font, size)
                    parts, shown, current = [], "", font
                shown += code
            if move:
                parts.append(f"<{shown}>{move:g}")
                shown = ""
            start = end
        return " ".join([*out, *_show(parts, shown)])

    def _shaped(self, run: Run, size: float) -> str:
        """The operators that show shaped text: arrays of glyphs and moves, cut where subset or height changes."""
        codes, face = self._coder.codes(run.face), run.face
        out: list[str] = []
        shown, current, rise = _Array(), "", 0.0
        for glyph in run.glyphs:
            font, code = codes.get(glyph.code) or self._coder.code(face, glyph.code)
            if font != current or glyph.rise != rise:
                out += shown.taken()
                out += self._switch(font, size) if font != current else []
                out += [f"{glyph.rise * size / 1000:.2f} Ts"] if glyph.rise != rise else []
                current, rise = font, glyph.rise
            shown.add(code, glyph.before, glyph.after)
        return " ".join([*out, *shown.taken(), *(["0 Ts"] if rise else [])])

    def _switch(self, font: str, size: float) -> list[str]:
        """The operator that sets the font, if another one is set."""
        setting = f"{font} {size:g} Tf"
        if setting == self._font:
            return []
        self._font = setting
        return [setting]


def _show(parts: list[str], codes: str) -> list[str]:
    """The operator that shows parts with moves between them, or codes alone; nothing if there are none."""
    if parts:
        return [f"[{''.join(parts)}<{codes}>]TJ"]
    return [f"<{codes}>Tj"] if codes else []


class _Array:
    """Glyph codes with the moves between them, in thousandths of the size to the left."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._codes = ""
        self._move = 0.0

    def add(self, code: str, before: float, after: float) -> None:
        """Add a glyph with a move on each side; moves that meet become one."""
        move = self._move + before
        if abs(move) >= 0.05:
            self._parts += [f"<{self._codes}>"] if self._codes else []
            self._parts.append(f"{move:.4g}")
            self._codes = ""
        self._codes += code
        self._move = after

    def taken(self) -> list[str]:
        """The operator that shows everything added so far; nothing if there is nothing."""
        if not self._codes:
            return []
        trailing = [f"{self._move:.4g}"] if abs(self._move) >= 0.05 else []
        operator = f"[{' '.join([*self._parts, f'<{self._codes}>', *trailing])}] TJ"
        self._parts, self._codes, self._move = [], "", 0.0
        return [operator]
