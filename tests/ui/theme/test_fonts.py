"""Type roles, and how the font files are found, cut and swapped in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo
from pytestqt.qtbot import QtBot

from ui.theme import font, font_cutter, font_files, fonts, metrics
from ui.theme.tokens import ROLES


@pytest.fixture
def _fonts_again(started: object) -> object:
    yield
    font_files.FontFiles(may_cut=False).load()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_roles_have_their_size_and_weight(role: str) -> None:
    made = font(role)
    assert (made.pixelSize(), made.weight()) == ROLES[role]
    assert made.hintingPreference() == QFont.HintingPreference.PreferNoHinting


def test_inter_is_really_used() -> None:
    assert QFontInfo(font("body")).family() == "Inter"


def test_figures_are_equally_wide() -> None:
    known = metrics("body", True)
    assert known.horizontalAdvance("1111") == known.horizontalAdvance("0000")
    assert metrics("body").horizontalAdvance("1111") < metrics("body").horizontalAdvance("0000")


def test_weights_differ() -> None:
    assert metrics("strong").horizontalAdvance("Hamburg") > metrics("body").horizontalAdvance("Hamburg")


@pytest.mark.usefixtures("_fonts_again")
def test_the_first_start_uses_the_variable_file_at_once(tmp_path: Path, qapp: object) -> None:
    files = font_files.FontFiles(tmp_path, may_cut=False)
    assert files.load() is False
    assert fonts._Source.variable
    assert font("strong").isVariableAxisSet(QFont.Tag("wght"))
    files.close()


@pytest.mark.usefixtures("_fonts_again")
def test_the_second_start_uses_the_cut_files(tmp_path: Path, qapp: object) -> None:
    for file in font_cutter.static_files(tmp_path):
        file.write_bytes(font_cutter.variable_file().read_bytes())
    assert font_files.FontFiles(tmp_path).load() is True
    assert not fonts._Source.variable


@pytest.mark.usefixtures("_fonts_again")
def test_cutting_runs_beside_and_is_swapped_in(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = tmp_path / "cutter.py"
    stand_in.write_text(
        "import shutil, sys, pathlib\n"
        f"for weight in (400, 500, 600): shutil.copy({str(font_cutter.variable_file())!r}, "
        "pathlib.Path(sys.argv[1]) / f'Inter-{weight}.ttf')\n"
    )
    monkeypatch.setattr(font_cutter, "__file__", str(stand_in))
    monkeypatch.setattr(font_files, "CUT_AFTER_MS", 0)
    files = font_files.FontFiles(tmp_path)
    with qtbot.waitSignal(files.ready, timeout=10_000):
        assert files.load() is False
    assert not fonts._Source.variable
    files.close()


def test_the_cutter_makes_a_static_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fontTools.ttLib import TTFont

    monkeypatch.setattr(font_cutter, "WEIGHTS", (600,))
    monkeypatch.setattr(font_cutter, "_RANGES", ((0x41, 0x5A),))
    font_cutter.cut(tmp_path)
    made = TTFont(tmp_path / "Inter-600.ttf")
    assert "fvar" not in made
    assert made["OS/2"].usWeightClass == 600
    assert made["name"].getDebugName(16) == "Inter"
    assert not list(tmp_path.glob("*.part"))
