"""Cut static weights from the variable fonts of the `fontpkg-*` packages and keep them in the user's cache folder.

Cutting takes some seconds a family, once; `prepare` does it for all of them ahead of time. A cut that is missing or
damaged is made anew, and where the cache cannot be written the cut is used from memory.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import OutputError
from app.outputs.files import save

REGULAR, BOLD = 400, 600
_RECIPE = 3
"""Part of the file names: raised when the cut changes, so that older cuts are not used."""

_Ranges = tuple[tuple[int, int], ...]
_LATIN: _Ranges = (
    (0x20, 0x17F), (0x192, 0x192), (0x218, 0x21B), (0x2C6, 0x2DD), (0x2010, 0x2044), (0x2070, 0x20CF), (0x2116, 0x2122),
    (0x2150, 0x215F), (0x2190, 0x2193), (0x2212, 0x2215), (0x2248, 0x2265),
)  # fmt: skip
_LETTERS: _Ranges = (
    (0x20, 0x58F), (0x1C80, 0x23FF), (0x2500, 0x27FF), (0x2C60, 0x2C7F), (0xA640, 0xA7FF), (0xFB00, 0xFB06),
)  # fmt: skip
_FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl")


@dataclass(frozen=True, slots=True)
class Source:
    """A variable font in a package; `ranges` of code points and `features` to keep, all of them where empty."""

    name: str
    package: str
    file: str
    ranges: _Ranges = ()
    features: tuple[str, ...] = ()

    def path(self) -> Path:
        """Where it is installed. Raises `OutputError` if the package is missing."""
        try:
            module = importlib.import_module(self.package)
        except ImportError as error:
            raise OutputError(f"The font package {self.package} is missing; install it again.") from error
        return Path(str(module.__file__)).parent / "files" / self.file


LATIN = Source("PaperLatin", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", _LATIN, _FEATURES)
"""What nearly every paper needs: a tenth of SANS, so the first paper of all waits a second instead of ten."""
SANS = Source("PaperSans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", _LETTERS, _FEATURES)
ARABIC = Source("PaperArabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf")
HEBREW = Source("PaperHebrew", "fontpkg_heebo", "Heebo[wght].ttf", ((0x20, 0x7E), (0x590, 0x5FF), (0xFB1D, 0xFB4F)))
DEVANAGARI = Source("PaperDevanagari", "fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf")
THAI = Source("PaperThai", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf")
SOURCES = (LATIN, SANS, ARABIC, HEBREW, DEVANAGARI, THAI)


def cache_folder() -> Path:
    """The folder of this user for things that can be made again, as each system wants it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "handsel"


def static(source: Source, weight: int) -> bytes:
    """The font file of one weight: from the cache, or cut now (both weights at once)."""
    target = _target(source, weight)
    try:
        return target.read_bytes()
    except OSError:
        return cut(source)[weight]


def cut(source: Source) -> dict[int, bytes]:
    """Cut both weights and keep them; each file appears complete or not at all."""
    subset = _subset(source)
    weights = {weight: _instance(subset, source.name, weight) for weight in (REGULAR, BOLD)}
    for weight, data in weights.items():
        try:
            save(_target(source, weight), data)
        except OutputError:  # no cache: this time the cut is used from memory
            break
    return weights


def prepare() -> None:
    """Cut every family that is not in the cache yet, so that the first document need not wait."""
    for source in SOURCES:
        if not all(_target(source, weight).exists() for weight in (REGULAR, BOLD)):
            cut(source)


def _target(source: Source, weight: int) -> Path:
    """The file of a cut; the size of the source tells versions of the package apart."""
    name = f"{source.name}-{source.path().stat().st_size:x}-{_RECIPE}-{weight}.ttf"
    return cache_folder() / "paper-fonts" / name


def _subset(source: Source) -> bytes:
    """The variable font with only the letters and features that are kept, without hints and long names."""
    from fontTools import subset  # slow to import, and needed once only
    from fontTools.ttLib import TTFont

    font = TTFont(source.path(), recalcTimestamp=False)
    options = subset.Options(
        layout_features=list(source.features) or ["*"], name_IDs=[1, 2, 4, 6], notdef_outline=True, hinting=False
    )
    cutter = subset.Subsetter(options)
    ranges = source.ranges or ((0, 0x10FFFF),)
    wanted = [code for code in font.getBestCmap() if any(first <= code <= last for first, last in ranges)]
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    return _bytes(font)


def _instance(variable: bytes, family: str, weight: int) -> bytes:
    """One weight as a font of its own name: in a PDF every embedded font needs one."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(variable), recalcTimestamp=False)
    for number, name in ((1, family), (2, "Regular"), (4, f"{family} {weight}"), (6, f"{family}-{weight}")):
        font["name"].setName(name, number, 3, 1, 0x409)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    return _bytes(instancer.instantiateVariableFont(font, axes))


def _bytes(font: object) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


if __name__ == "__main__":
    prepare()
