"""Cut static weights of Inter from its variable file: `python ui/theme/font_cutter.py FOLDER`.

Run once, as a script in a process of its own (it takes some ten seconds); the window looks right meanwhile. It needs
no Qt, so the installer may run it, too.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

WEIGHTS = (400, 500, 600)
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "liga", "tnum", "case"]
_RANGES = ((0x20, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x214F), (0x2190, 0x2193), (0x2212, 0x2212))


def variable_file() -> Path:
    """The variable font as packaged."""
    import fontpkg_inter

    return Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"


def static_files(folder: Path) -> list[Path]:
    """Where the cut weights stand (or will stand) in `folder`."""
    return [folder / f"Inter-{weight}.ttf" for weight in WEIGHTS]


def cut(folder: Path) -> None:
    """Write the static weights to `folder`; each appears complete or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    subset = _subset(variable_file())
    for weight, target in zip(WEIGHTS, static_files(folder), strict=True):
        draft = target.with_suffix(".part")
        _instance(subset, weight, draft)
        draft.replace(target)


def _subset(source: Path) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    options = subset.Options(layout_features=_FEATURES, name_IDs=["*"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in _RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _instance(subset: bytes, weight: int, target: Path) -> None:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(subset))
    static = instancer.instantiateVariableFont(font, {"wght": weight, "opsz": 14}, updateFontNames=True)
    static.save(target)


if __name__ == "__main__":
    cut(Path(sys.argv[1]))
