"""Which font has a letter; cut fonts are kept, and made anew when they are missing or damaged."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from app.core.errors import OutputError
from app.outputs.pdf import font_cutter, fonts, system_fonts
from app.outputs.pdf.font_cutter import BOLD, HEBREW, REGULAR, SOURCES, Source
from app.outputs.pdf.fonts import PRIVATE, face_for, latin, packaged, unprintable

THE_PACKAGED_ONES_HAVE = "Łódź Ünïcödé Ελληνικά Ёлка 1½ € ₹ – „“ שָׁלוֹם مرحبا ٢٠٢٦ नमस्ते ไทย"


def test_names_the_letters_that_cannot_be_printed() -> None:
    assert unprintable(THE_PACKAGED_ONES_HAVE) == set()
    assert unprintable("a\U00013000b\U00013001\U00013000") == {"\U00013000", "\U00013001"}


def test_invisible_characters_need_no_font() -> None:
    assert unprintable("a\n\t\u00a0\u202e\u200d\x00\ufe0f") == set()


def test_each_script_has_its_face() -> None:
    scripts = {"aß€": "Latin", "Жαễ": "Sans", "א": "Hebrew", "ب": "Arabic", "न": "Devanagari", "ท": "Thai"}
    for letters, name in scripts.items():
        for char in letters:
            assert face_for(char, False).name == f"Paper{name}-400"  # type: ignore[union-attr]
            assert face_for(char, True).name == f"Paper{name}-600"  # type: ignore[union-attr]


def test_a_letter_with_its_marks_is_set_in_one_face() -> None:
    assert face_for("z\u0308", False).name == "PaperSans-400"  # type: ignore[union-attr]
    assert face_for("क्ष", False).name == "PaperDevanagari-400"  # type: ignore[union-attr]
    assert face_for("ж\u0e49", False) is None


def test_only_the_fonts_that_are_needed_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr(fonts, "packaged", lambda source, bold: loaded.append(source.name) or packaged(source, bold))
    for cluster in ("ü", "上", "ث", "\u2190"):
        face_for.__wrapped__(cluster, False)
    assert set(loaded) == {"PaperLatin", "PaperArabic"}


def test_a_glyph_has_a_code_for_everything_it_stands_for() -> None:
    face = latin(False)
    glyph = face.glyphs[ord("a")]
    assert face.code(glyph, "a") == ord("a")
    other = face.code(glyph, "ab")
    assert other >= PRIVATE
    assert face.code(glyph, "ab") == other
    assert face.code(glyph, "") not in {other, ord("a")}
    assert face.widths[other] == face.widths[ord("a")]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_cut_fonts_are_static_and_named_apart(source: Source) -> None:
    names = set()
    for bold in (False, True):
        face = packaged(source, bold)
        names.add(face.font.face.name)
        assert b"fvar" not in face.font.face._ttf_data[:400]  # type: ignore[attr-defined]
    assert len(names) == 2


# ------------------------------------------------------------------ the cache
@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(font_cutter, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture(scope="module")
def cuts(tmp_path_factory: pytest.TempPathFactory) -> dict[int, bytes]:
    """Real cuts, made once for all tests here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(font_cutter, "cache_folder", lambda: tmp_path_factory.mktemp("cuts"))
        return font_cutter.cut(HEBREW)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, cuts: dict[int, bytes]) -> None:
    """Cutting costs nothing; keeping is real."""
    monkeypatch.setattr(font_cutter, "_subset", lambda source: b"")
    monkeypatch.setattr(font_cutter, "_instance", lambda variable, family, weight: cuts[weight])


@pytest.mark.usefixtures("quick")
def test_a_cut_is_made_once_and_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = font_cutter.static(HEBREW, BOLD)
    assert len(list((cache / "paper-fonts").iterdir())) == 2
    monkeypatch.setattr(font_cutter, "cut", None)
    assert font_cutter.static(HEBREW, BOLD) == made
    assert font_cutter.static(HEBREW, REGULAR) != made


def test_two_cuts_are_equal(cache: Path, cuts: dict[int, bytes]) -> None:
    assert font_cutter.cut(HEBREW) == cuts


@pytest.mark.usefixtures("quick")
def test_a_damaged_cut_is_made_anew(cache: Path) -> None:
    whole = font_cutter.static(HEBREW, REGULAR)
    file = next((cache / "paper-fonts").glob("*-400.ttf"))
    for damaged in (b"", b"junk", whole[:3000], bytes(300)):
        file.write_bytes(damaged)
        assert packaged.__wrapped__(HEBREW, False).has("א")
        assert file.read_bytes() == whole


@pytest.mark.usefixtures("quick")
def test_without_a_cache_the_cut_serves_from_memory(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert TTFont(io.BytesIO(font_cutter.static(HEBREW, REGULAR)))["maxp"].numGlyphs > 90


def test_a_missing_package_is_told_in_words() -> None:
    with pytest.raises(OutputError, match="fontpkg_no_such_font is missing"):
        font_cutter.static(Source("None", "fontpkg_no_such_font", "x.ttf"), REGULAR)


@pytest.mark.parametrize(
    ("system", "variable", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x/cache"}, "/x/cache/handsel"),
        ("linux", {}, "/people/ida/.cache/handsel"),
        ("darwin", {}, "/people/ida/Library/Caches/handsel"),
        ("win32", {"LOCALAPPDATA": "/x/local"}, "/x/local/handsel"),
        ("win32", {}, "/people/ida/AppData/Local/handsel"),
    ],
)
def test_the_cache_stands_where_each_system_wants_it(
    monkeypatch: pytest.MonkeyPatch, system: str, variable: dict[str, str], expected: str
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variable.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: Path("/people/ida"))
    assert font_cutter.cache_folder() == Path(expected)


# ------------------------------------------------------------------ fonts of the system
@pytest.fixture
def fonts_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(system_fonts, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(system_fonts, "_files", system_fonts._files.__wrapped__)
    return tmp_path


def test_the_ranges_of_a_font_are_those_in_its_tables(fonts_in: Path, cuts: dict[int, bytes]) -> None:
    data = cuts[REGULAR]
    (fonts_in / "a.ttf").write_bytes(data)
    (font,) = system_fonts._fonts(fonts_in / "a.ttf")
    letters = set(TTFont(io.BytesIO(data)).getBestCmap())
    assert all(font.may_have(code) for code in letters)
    assert not font.may_have(0x4E0A)


def test_preferred_and_upright_fonts_come_first(fonts_in: Path, cuts: dict[int, bytes]) -> None:
    for name in ("Able Bold.ttf", "Able.ttf", "DejaVuSans.ttf", "Zeta.ttf"):
        (fonts_in / name).write_bytes(cuts[REGULAR])
    found = [font.path.name for font in system_fonts.candidates(ord("א"))]
    assert found == ["DejaVuSans.ttf", "Able.ttf", "Zeta.ttf", "Able Bold.ttf"]


def test_damaged_and_foreign_files_are_passed_over(fonts_in: Path, cuts: dict[int, bytes]) -> None:
    whole = cuts[REGULAR]
    for number, data in enumerate((b"", b"OTTO", b"ttcf\xff\xff\xff\xff", bytes(500), whole[:200], b"\xff" * 9999)):
        (fonts_in / f"{number}.ttf").write_bytes(data)
    (fonts_in / "notes.txt").write_text("no font")
    assert list(system_fonts.candidates(ord("א"))) == []
