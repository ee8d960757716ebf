"""The faces that papers are set in, loaded when first needed, and which of them has a letter.

Latin, Greek and Cyrillic are Noto Sans, its common Latin letters as a small font of their own; Arabic, Hebrew,
Devanagari and Thai have a packaged font each; everything else comes from the first TrueType font of the system that has
it. Every face is embedded as a subset, nothing else is.
"""

from __future__ import annotations

import io
import struct
import unicodedata
from functools import lru_cache
from typing import Any

import uharfbuzz
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from app.outputs.pdf import font_cutter, system_fonts
from app.outputs.pdf.font_cutter import ARABIC, BOLD, DEVANAGARI, HEBREW, LATIN, REGULAR, SANS, SOURCES, THAI, Source

rl_config.useA85 = 0  # plain binary streams: smaller and faster than text-encoded ones

PRIVATE = 0xF0000
"""From here on codes are given to glyphs that stand for other letters than their own; readers never see the codes."""

_IGNORABLE = {0x200B, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10)}
"""Joiners and variation selectors: they shape their neighbours and are invisible themselves."""


_DAMAGED = (ttfonts.TTFError, struct.error, LookupError)
"""What reading a damaged font raises."""


class Face:
    """One font at one weight: widths, shaping and the codes of its glyphs. Widths are in thousandths of the size."""

    def __init__(self, name: str, file: Any, index: int = 0) -> None:
        self.name = name
        self.font = _PaperFont(name, file, subfontIndex=index, asciiReadable=False)
        self.glyphs: dict[int, int] = self.font.face.charToGlyph
        self.widths: dict[int, float] = self.font.face.charWidths
        self._private: dict[tuple[int, str], int] = {}
        self.hb: Any = uharfbuzz.Font(self.font.hbFace)
        self.units: int = self.hb.face.upem
        pdfmetrics.registerFont(self.font)

    def has(self, char: str) -> bool:
        """Whether the face can draw the letter."""
        code = ord(char)
        return bool(self.glyphs.get(code)) or code in _IGNORABLE

    def code(self, glyph: int, letters: str) -> int:
        """The code of a glyph that stands for these letters, so that they can be searched and copied.

        One glyph may stand for several (Arabic letters share their bodies), then it has a code for each.
        """
        if len(letters) == 1 and self.glyphs.get(ord(letters)) == glyph:
            return ord(letters)
        code = self._private.setdefault((glyph, letters), PRIVATE + len(self._private))
        if code not in self.glyphs:
            self.glyphs[code] = glyph
            self.widths[code] = self.hb.get_glyph_h_advance(glyph) * 1000 / self.units
            self.font.letters[code] = letters
        return code


class _PaperFont(ttfonts.TTFont):
    """A font whose subsets say truly which letters their glyphs stand for.

    reportlab's own tables give private codes for shaped glyphs, U+0000 for the empty one and malformed entries beyond
    the first plane.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.letters: dict[int, str] = {}

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Add the subsets to the document, then correct their tables of letters."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _letter_table(subset, self.letters)


def _letter_table(subset: list[int], letters: dict[int, str]) -> str:
    """The ToUnicode table (ISO 32000-1, 9.10.3) of a subset; at most a hundred entries may stand in one group."""
    entries = [
        f"<{place:02X}> <{text.encode('utf-16-be').hex().upper()}>"
        for place, code in enumerate(subset)
        if (text := letters.get(code, "") if code >= PRIVATE else chr(code).strip("\0"))
    ]
    groups = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    return "\n".join(
        ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
        + ["/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"]
        + ["/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def"]
        + ["1 begincodespacerange", "<00> <FF>", "endcodespacerange"]
        + [line for group in groups for line in (f"{len(group)} beginbfchar", *group, "endbfchar")]
        + ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    )


@lru_cache(maxsize=2 * len(SOURCES))
def packaged(source: Source, bold: bool) -> Face:
    """A packaged family at one of its two weights."""
    weight = BOLD if bold else REGULAR
    name = f"{source.name}-{weight}"
    try:
        return Face(name, io.BytesIO(font_cutter.static(source, weight)))
    except _DAMAGED:
        return Face(name, io.BytesIO(font_cutter.cut(source)[weight]))


def latin(bold: bool) -> Face:
    """The face that everything is set in unless it lacks a letter."""
    return packaged(LATIN, bold)


@lru_cache(maxsize=16384)
def face_for(cluster: str, bold: bool) -> Face | None:
    """The face that has a letter with all its marks: a packaged one, else one of the system, else None."""
    sources = dict.fromkeys(source for char in cluster for source in _sources(ord(char)))
    if len(cluster) == 1 and LATIN in sources:
        sources.pop(SANS)  # it has no more of these letters, only of their marks
    faces = (packaged(source, bold) for source in sources)
    return next((face for face in faces if all(map(face.has, cluster))), None) or _from_system(cluster)


def _sources(code: int) -> list[Source]:
    """The packaged fonts for the block a code point stands in, so that no others are loaded."""
    return [source for source, first, last in _BLOCKS if first <= code <= last]


_BLOCKS = (
    *((LATIN, *block) for block in LATIN.ranges), *((SANS, *block) for block in SANS.ranges),
    (HEBREW, 0x590, 0x5FF), (HEBREW, 0xFB1D, 0xFB4F),
    (ARABIC, 0x600, 0x8FF), (ARABIC, 0xFB50, 0xFDFF), (ARABIC, 0xFE70, 0xFEFF),
    (DEVANAGARI, 0x900, 0x97F), (DEVANAGARI, 0xA8E0, 0xA8FF), (DEVANAGARI, 0x1CD0, 0x1CFF), (THAI, 0xE00, 0xE7F),
)  # fmt: skip


@lru_cache(maxsize=64)
def _system_face(path: str, index: int) -> Face | None:
    """A font of the system, or None if it cannot be embedded after all."""
    try:
        return Face(f"System-{path}-{index}", path, index)
    except (*_DAMAGED, OSError, ValueError, TypeError, AssertionError):  # fonts of any age and origin
        return None


def _from_system(cluster: str) -> Face | None:
    for file in system_fonts.candidates(ord(cluster[0])):
        face = _system_face(str(file.path), file.index)
        if face is not None and all(map(face.has, cluster)):
            return face
    return None


def unprintable(text: str) -> set[str]:
    """The letters of a text that no font here can print; asked before a document is issued."""
    return {
        char
        for char in set(unicodedata.normalize("NFC", text))
        if not _is_invisible(char) and face_for(char, False) is None
    }


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Cs"}
