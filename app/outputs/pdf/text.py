"""Text of any script, ready to be drawn: cleaned, ordered, split into runs of one face, shaped, wrapped.

What people typed is only ever text: nothing in it is markup. Widths are in thousandths of the type size, so a line
that was set once can be drawn at any size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import uharfbuzz
from bidi import algorithm as bidi

from app.core.errors import OutputError
from app.outputs.pdf.font_cutter import LATIN, SANS, Source
from app.outputs.pdf.fonts import Face, face_for, packaged

_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A shaped glyph: its code in the face, what to move before and after it, how far it is raised."""

    code: int
    before: float
    after: float
    rise: float


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face in one direction.

    Plain text has its kerning as `moves`: so many characters, then so far to the left. Shaped text has `glyphs`, and
    `actual` is what a reader copies.
    """

    face: Face
    text: str
    width: float
    moves: tuple[tuple[int, float], ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    actual: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its runs from left to right."""

    runs: tuple[Run, ...]
    width: float


def clean(text: str) -> str:
    """The text without control characters, bidi overrides and halves of letters; line ends become newlines."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


def width(text: str, bold: bool = False) -> float:
    """Width of a text in thousandths of its size."""
    return set_line(text, bold).width


@lru_cache(maxsize=8192)
def set_line(text: str, bold: bool = False, right_to_left: bool | None = None) -> Line:
    """A text as one line; `right_to_left` is the direction of its paragraph, by its first letter where None.

    Raises `OutputError` if no font has one of its letters: nothing is ever printed as an empty box.
    """
    text = clean(text).replace("\n", " ")
    runs = (not right_to_left and _plain_runs(text, bold)) or _runs(text, bold, right_to_left)
    return Line(runs, sum(run.width for run in runs))


# ------------------------------------------------------------------ plain text
class _PlainWidths(dict[str, float]):
    """Widths of the letters that need nothing but a place: no marks, no joining, written from left to right."""

    def __init__(self, source: Source, bold: bool) -> None:
        super().__init__()
        self.face = packaged(source, bold)

    def __missing__(self, char: str) -> float:
        plain = unicodedata.category(char)[0] not in "MC" and unicodedata.bidirectional(char) not in {"R", "AL", "AN"}
        if not plain or not self.face.glyphs.get(ord(char)):
            raise KeyError(char)
        self[char] = width = self.face.widths[ord(char)]
        return width


@lru_cache(maxsize=4)
def _plain_widths(source: Source, bold: bool) -> _PlainWidths:
    return _PlainWidths(source, bold)


def _plain_runs(text: str, bold: bool) -> tuple[Run, ...]:
    """The one run of a plain text, kerned if it has letters; nothing if the text is not plain."""
    for source in (LATIN, SANS) if _FURTHER.search(text) else (LATIN,):
        widths = _plain_widths(source, bold)
        try:
            total = sum(map(widths.__getitem__, text))
        except KeyError:
            continue
        if text.isascii() and not _LETTER.search(text):
            return (Run(widths.face, text, total),)
        return (_kerned(widths.face, text, total),)
    return ()


_LETTER = re.compile("[A-Za-z]")
_FURTHER = re.compile("[\u0180-\u052f\u1e00-\u1fff]")
"""Latin with rarer marks, Greek, Cyrillic, Vietnamese: only for these the larger font is loaded."""


def _kerned(face: Face, text: str, total: float) -> Run:
    """The run with its kerning."""
    infos, positions = _shape(face, text, False, {"kern": True, "liga": False, "ccmp": False})
    advance = sum(position.x_advance for position in positions) * _scale(face)
    if len(infos) != len(text) or abs(advance - total) < 0.5:
        return Run(face, text, total)
    scale, widths = _scale(face), face.widths
    moves = (
        (place, round(widths[ord(char)] - position.x_advance * scale, 1))
        for place, (char, position) in enumerate(zip(text, positions, strict=True), start=1)
    )
    return Run(face, text, advance, tuple((place, move) for place, move in moves if move))


# ------------------------------------------------------------------ any script
def _runs(text: str, bold: bool, right_to_left: bool | None) -> tuple[Run, ...]:
    """Runs of any text in the order they stand on paper (UAX 9, rule L2, on whole runs)."""
    clusters = [part for level, cluster in _clusters(text, right_to_left) for part in _printable(level, cluster, bold)]
    pieces: list[tuple[int, Face, str]] = []
    for (level, cluster), face in zip(clusters, _faces(clusters, bold), strict=True):
        if pieces and pieces[-1][:2] == (level, face):
            pieces[-1] = (level, face, pieces[-1][2] + cluster)
        else:
            pieces.append((level, face, cluster))
    return tuple(_run(face, part, level % 2 == 1) for level, face, part in _reordered(pieces))


def _printable(level: int, cluster: str, bold: bool) -> list[tuple[int, str]]:
    """The cluster, or its letters one by one if no single font has all of them."""
    if len(cluster) == 1 or face_for(cluster, bold):
        return [(level, cluster)]
    return [(level, char) for char in cluster]


def _faces(clusters: list[tuple[int, str]], bold: bool) -> list[Face]:
    """The face of each cluster; blanks and punctuation take that of the letters before them, else of those after."""
    faces: list[Face] = []
    for place, (level, cluster) in enumerate(clusters):
        if cluster[0].isalnum():
            faces.append(_face(cluster, bold))
            continue
        before = faces[-1] if place and clusters[place - 1][0] == level else None
        after = clusters[place + 1 : place + 2] if before is None else []
        near = before or next((_face(c, bold) for at, c in after if at == level and c[0].isalnum()), None)
        faces.append(near if near and all(map(near.has, cluster)) else _face(cluster, bold))
    return faces


def _face(cluster: str, bold: bool) -> Face:
    face = face_for(cluster, bold)
    if face is None:
        code = f"{cluster[0]!r} (U+{ord(cluster[0]):04X})"
        raise OutputError(f"{code} cannot be printed: no font on this computer has it.")
    return face


def _clusters(text: str, right_to_left: bool | None) -> Iterator[tuple[int, str]]:
    """Each letter with its marks and joined neighbours, and its level of embedding (odd: right to left)."""
    levels = _levels(text, right_to_left)
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _joins(text[end - 1], text[end]):
            yield levels[start], text[start:end]
            start = end


def _joins(before: str, char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char in "\u200c\u200d" or before == "\u200d"


def _levels(text: str, right_to_left: bool | None) -> list[int]:
    """Levels of embedding by the Unicode Bidirectional Algorithm."""
    if not right_to_left and not _RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    base = bidi.get_base_level(text) if right_to_left is None else int(right_to_left)
    storage = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    known = "".join(char if unicodedata.bidirectional(char) else _stand_in(char) for char in text)
    bidi.get_embedding_levels(known, storage)
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    return [char["level"] for char in storage["chars"]]


def _stand_in(char: str) -> str:
    """A letter of the same direction for one that is newer than this Python's tables."""
    return "\u05d0" if _RIGHT_TO_LEFT.match(char) else "a"


def _reordered(pieces: list[tuple[int, Face, str]]) -> list[tuple[int, Face, str]]:
    for level in range(max((piece[0] for piece in pieces), default=0), 0, -1):
        start = 0
        while start < len(pieces):
            end = start
            while end < len(pieces) and pieces[end][0] >= level:
                end += 1
            pieces[start:end] = pieces[start:end][::-1]
            start = max(end, start + 1)
    return pieces


def _run(face: Face, text: str, right_to_left: bool) -> Run:
    """A shaped run. Left-to-right runs carry what they say, since their glyphs may be joined or swapped."""
    infos, positions = _shape(face, text, right_to_left, {})
    scale = _scale(face)
    glyphs = []
    for info, position, letters in zip(infos, positions, _letters(text, infos, positions), strict=True):
        code = face.code(info.codepoint, letters)
        offset = position.x_offset * scale
        after = face.widths[code] - position.x_advance * scale + offset
        glyphs.append(Glyph(code, round(-offset, 1), round(after, 1), round(position.y_offset * scale, 1)))
    total = sum(position.x_advance for position in positions) * scale
    return Run(face, text, total, (), tuple(glyphs), "" if right_to_left else text)


def _letters(text: str, infos: Any, positions: Any) -> list[str]:
    """What each glyph stands for: the widest of a cluster for all its letters, the others for nothing."""
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    widest: dict[int, int] = {}
    for index, (info, position) in enumerate(zip(infos, positions, strict=True)):
        best = widest.setdefault(info.cluster, index)
        if position.x_advance > positions[best].x_advance:
            widest[info.cluster] = index
    return [
        text[info.cluster : ends[info.cluster]] if widest[info.cluster] == index else ""
        for index, info in enumerate(infos)
    ]


def _shape(face: Face, text: str, right_to_left: bool, features: dict[str, bool]) -> tuple[Any, Any]:
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    uharfbuzz.shape(face.hb, buffer, features)
    return buffer.glyph_infos, buffer.glyph_positions or []


def _scale(face: Face) -> float:
    """From font units to thousandths of the size."""
    return 1000 / face.units


# ------------------------------------------------------------------ lines of a paragraph
_WORD = re.compile(r"[^ ]*?[^ \d][-/\u2010\u2013](?=[^\W\d])|[^ ]+ *| +")
"""Pieces of a text between which a line may end: up to a hyphen or slash between letters, else a word with the blanks
behind it."""


@lru_cache(maxsize=1)
def _word_or_ideograph() -> re.Pattern[str]:
    """The same where a line may also end at any ideograph, though not before closing or after opening punctuation.

    Made when first needed: compiling its long classes takes as long as a page.
    """
    ideographs = (
        "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
    )
    opening, closing = "(\\[{«‹„“‘「『（［｛《〈【", ")\\]}»›”’」』）］｝》〉】。、，．：；！？々ー"
    return re.compile(f"[{opening}]*[{ideographs}][{closing}]* *|[^ {ideographs}]+ *| +")


_SHORT = 300
"""A longer text is not tried as a single line."""


def wrap(text: str, size: float, available: float, bold: bool = False, most: int = 0) -> list[Line]:
    """The lines of a text in a column of `available` points; at most so many lines, if `most` is given.

    Newlines end a line, empty lines stay, a word that is too long for the column is divided between letters.
    """
    text = clean(text).strip("\n")
    limit = available * 1000 / size
    if "\n" not in text and len(text) < _SHORT and (line := set_line(text, bold)).width <= limit:
        return [line] if text.strip() else []
    lines = [line for paragraph in text.split("\n") for line in _paragraph(paragraph.strip(), bold, limit)]
    if most and len(lines) > most:
        lines[most - 1 :] = [_ellipsis(lines[most - 1], bold, limit)]
    return lines


def _paragraph(text: str, bold: bool, limit: float) -> Iterator[Line]:
    """Fill lines with pieces, first come first served."""
    right_to_left = bool(bidi.get_base_level(text)) if _RIGHT_TO_LEFT.search(text) else None
    current, used = "", 0.0
    for piece in _pieces(text, bold, limit):
        full = width(piece, bold)
        if current and used + width(piece.rstrip(" "), bold) > limit:
            yield set_line(current.rstrip(" "), bold, right_to_left)
            current, used = "", 0.0
        current, used = current + piece, used + full
    yield set_line(current.rstrip(" "), bold, right_to_left)


def _pieces(text: str, bold: bool, limit: float) -> Iterator[str]:
    """The pieces of a text, those wider than a line divided."""
    pattern = _WORD if max(text, default="") < "\u2e80" else _word_or_ideograph()
    for piece in _with_marks(pattern.findall(text)):
        if width(piece.rstrip(" "), bold) <= limit:
            yield piece
        else:
            yield from _divided(piece, bold, limit)


def _with_marks(pieces: list[str]) -> list[str]:
    """The pieces, a mark at the beginning of one moved to the letter before it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _joins("", piece[0]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _divided(word: str, bold: bool, limit: float) -> Iterator[str]:
    part, used = "", 0.0
    for _, cluster in _clusters(word, False):
        own = width(cluster, bold)
        if part and used + own > limit:
            yield part
            part, used = "", 0.0
        part, used = part + cluster, used + own
    yield part


def _ellipsis(line: Line, bold: bool, limit: float) -> Line:
    """The line with an ellipsis at its end, shortened until it fits."""
    text = "".join(run.text for run in line.runs)
    while text and width(text + "…", bold) > limit:
        text = text[:-1]
    return set_line(text.rstrip() + "…", bold)
