"""Every icon draws, is on the grid, and is tinted; every name used in the source exists."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QPixmap

from ui.theme import icons

NAMES = sorted(file.stem for file in icons.ICON_DIR.glob("*.svg"))
UI = Path(__file__).parents[3] / "ui"


def _inked(pixmap: QPixmap) -> int:
    image = pixmap.toImage()
    return sum(image.pixelColor(x, y).alpha() > 40 for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("name", NAMES)
def test_icons_draw_on_the_grid(qapp: object, name: str) -> None:
    source = (icons.ICON_DIR / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke-width="1.75"' in source
    assert "currentColor" in source
    assert _inked(icons.picture(name, "#000000", 24, 1.0)) > 8


def test_there_are_about_forty_or_more() -> None:
    assert len(NAMES) >= 40


def test_an_icon_takes_its_colour_and_ratio(qapp: object) -> None:
    pixmap = icons.picture("plus", "#FF0000", 16, 2.0)
    assert pixmap.width() == 32
    middle = pixmap.toImage().pixelColor(16, 16)
    assert (middle.red(), middle.green()) == (255, 0)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icons.svg("no-such-icon", "#000000")


def test_a_padded_icon_is_wider(qapp: object) -> None:
    made = icons.icon("plus", "#000000", 16, pad=4, faded="#CCCCCC")
    assert made.availableSizes()[0].width() == 20
    assert not made.pixmap(20, 16, QIcon.Mode.Disabled).isNull()


def test_a_tinted_file_can_be_used_by_a_stylesheet(qapp: object) -> None:
    path = icons.tinted_file("check", "#123456")
    assert "#123456" in Path(path).read_text(encoding="utf-8")


def test_every_icon_named_in_the_source_exists() -> None:
    unknown = []
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    value = getattr(keyword.value, "value", None)
                    if keyword.arg == "icon" and isinstance(value, str) and value and value not in NAMES:
                        unknown.append(f"{file.name}:{node.lineno} {value}")
    assert not unknown
