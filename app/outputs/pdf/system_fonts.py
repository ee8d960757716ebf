"""Fonts of the system, for letters that the packaged ones lack: Chinese, Japanese, Korean, emoji, rarer scripts.

Only fonts with TrueType outlines can be embedded. Which letters a font has is read from its own tables with a small
reader, since there may be hundreds of files to look into.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_PREFERRED = (
    "droidsansfallbackfull.ttf", "wqy-microhei.ttc", "msyh.ttc", "simsun.ttc", "meiryo.ttc", "yugothm.ttc",
    "malgun.ttf", "arial unicode.ttf", "stheiti light.ttc", "applegothic.ttf", "segoeui.ttf", "seguisym.ttf",
    "dejavusans.ttf", "symbola.ttf",
)  # fmt: skip
"""Looked into first: fonts that are common, complete and plain."""

_SPECIAL_CUTS = ("bold", "italic", "oblique", "mono", "cond", "light", "black", "thin", "serif")
"""Looked into last."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A TrueType font, the `index`-th of its file, and the ranges of code points it speaks of."""

    path: Path
    index: int
    ranges: tuple[tuple[int, int], ...]

    def may_have(self, code: int) -> bool:
        """Whether the code point lies in one of its ranges; a few in there may still be without a glyph."""
        return any(first <= code <= last for first, last in self.ranges)


def candidates(code: int) -> Iterator[FontFile]:
    """System fonts that may have the letter: the preferred ones first, then by name, always in the same order."""
    return (font for path in _files() for font in _fonts(path) if font.may_have(code))


def _folders() -> list[Path]:
    """Where the system and the user keep fonts."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home))
        return [windows / "Fonts", local / "Microsoft" / "Windows" / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local" / "share" / "fonts", home / ".fonts"]


@lru_cache(maxsize=1)
def _files() -> tuple[Path, ...]:
    """Every font file, in a fixed order."""
    found = [
        path
        for folder in _folders()
        for path in folder.rglob("*")
        if path.suffix.lower() in {".ttf", ".ttc"} and path.is_file()
    ]
    return tuple(sorted(found, key=_rank))


def _rank(path: Path) -> tuple[int, bool, str, str]:
    name = path.name.lower()
    place = _PREFERRED.index(name) if name in _PREFERRED else len(_PREFERRED)
    return place, any(cut in name for cut in _SPECIAL_CUTS), name, str(path)


@lru_cache(maxsize=4096)
def _fonts(path: Path) -> tuple[FontFile, ...]:
    """The fonts of a file that can be embedded; none if it is damaged or has other outlines."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return tuple(
                FontFile(path, index, tuple(_ranges(data, tables[b"cmap"])))
                for index, tables in enumerate(_directories(data))
                if {b"glyf", b"loca", b"cmap", b"hmtx"} <= tables.keys()
            )
    except (OSError, struct.error, IndexError, ValueError):
        return ()


def _directories(data: mmap.mmap) -> list[dict[bytes, int]]:
    """Table tag -> offset, for each font of the file (a collection has several)."""
    starts = [0]
    if data[:4] == b"ttcf":
        count = min(struct.unpack_from(">L", data, 8)[0], 64)
        starts = list(struct.unpack_from(f">{count}L", data, 12))
    directories = []
    for start in starts:
        count = struct.unpack_from(">H", data, start + 4)[0]
        entries = (struct.unpack_from(">4sLLL", data, start + 12 + 16 * n) for n in range(count))
        directories.append({tag: offset for tag, _, offset, _ in entries})
    return directories


def _ranges(data: mmap.mmap, cmap: int) -> list[tuple[int, int]]:
    """Ranges of the best Unicode table: format 12 (all planes) where there is one, else format 4."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    tables = [struct.unpack_from(">HHL", data, cmap + 4 + 8 * n) for n in range(count)]
    formats = {
        struct.unpack_from(">H", data, cmap + offset)[0]: cmap + offset
        for platform, encoding, offset in tables
        if platform == 0 or (platform == 3 and encoding in {1, 10})
    }
    if 12 in formats:
        start = formats[12]
        groups = struct.unpack_from(">L", data, start + 12)[0]
        return [struct.unpack_from(">LL", data, start + 16 + 12 * n) for n in range(groups)]
    if 4 in formats:
        start = formats[4]
        half = struct.unpack_from(">H", data, start + 6)[0] // 2
        ends = struct.unpack_from(f">{half}H", data, start + 14)
        firsts = struct.unpack_from(f">{half}H", data, start + 16 + 2 * half)
        return [(first, last) for first, last in zip(firsts, ends, strict=True) if first != 0xFFFF]
    return []
