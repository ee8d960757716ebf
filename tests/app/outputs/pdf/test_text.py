"""Text of any script: cleaned, ordered, shaped, wrapped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import OutputError
from app.outputs.pdf.fonts import ARABIC, HEBREW, latin, packaged, unprintable
from app.outputs.pdf.text import Line, clean, set_line, width, wrap

SIZE = 10.0


def shown(line: Line) -> str:
    """The characters of a line in the order they stand on paper."""
    return "".join(run.text for run in line.runs)


def joined(lines: list[Line]) -> str:
    return "".join(shown(line) for line in lines).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("a\u202eb\u2066c\u200ed\ufeff", "abcd"),
        ("half \ud800 letter", "half  letter"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("tab\there", "tab here"),
        ("e\u0301", "é"),
        ("क्\u200dष", "क्\u200dष"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_width_is_that_of_the_letters() -> None:
    face = latin(False)
    assert width("0") == face.widths[ord("0")]
    assert width("1,234.50") == sum(face.widths[ord(char)] for char in "1,234.50")
    assert width("nnn", bold=True) > width("nnn")


def test_all_figures_are_equally_wide() -> None:
    assert len({width(digit) for digit in "0123456789\u2212"}) == 1
    assert len({width(digit, True) for digit in "0123456789"}) == 1


def test_letters_are_kerned() -> None:
    (run,) = set_line("AVATAR To").runs
    assert run.width < sum(run.face.widths[ord(char)] for char in run.text)
    assert run.width == pytest.approx(
        sum(run.face.widths[ord(char)] for char in run.text) - sum(m for _, m in run.moves)
    )


def test_hebrew_stands_from_right_to_left_with_figures_and_brackets_in_place() -> None:
    line = set_line("סניף (12)")
    assert [run.text for run in line.runs] == [")", "12", "סניף ("]
    assert [run.face for run in line.runs if "ס" in run.text] == [packaged(HEBREW, False)]
    assert all(run.glyphs for run in line.runs if not run.text.isdigit())


def test_brackets_are_mirrored_from_right_to_left() -> None:
    (run,) = set_line("(שלום)").runs
    hebrew = packaged(HEBREW, False)
    assert run.face is hebrew
    glyphs = [hebrew.glyphs[glyph.code] for glyph in run.glyphs]
    assert glyphs[0] == hebrew.glyphs[ord("(")]
    assert glyphs[-1] == hebrew.glyphs[ord(")")]


def test_arabic_letters_join() -> None:
    arabic = packaged(ARABIC, False)
    assert width("ببب") < 3 * width("ب")
    (run,) = set_line("شركة النور").runs
    assert run.face is arabic
    assert (
        "".join(arabic.font.letters.get(glyph.code, chr(glyph.code)) for glyph in reversed(run.glyphs)) == "شركة النور"
    )


def test_a_line_of_a_right_to_left_paragraph_keeps_its_direction() -> None:
    lines = wrap("חברת שלום (סניף 12)", SIZE, 60)
    assert len(lines) > 1
    assert [run.text for run in set_line("12)", False, True).runs] == [")", "12"]


def test_marks_stay_with_their_letter() -> None:
    line = set_line("Z\u0308u\u0301\u0323rich")
    assert [run.text for run in line.runs] == ["Z\u0308ụ\u0301", "rich"]
    assert width("Z\u0308") == pytest.approx(width("Z"), abs=1)


def test_a_mark_that_no_font_has_together_with_its_letter_is_set_beside_it() -> None:
    line = set_line("ж\u0e49b")
    assert [run.text for run in line.runs] == ["ж", "\u0e49", "b"]
    assert all(run.face.glyphs[glyph.code] for run in line.runs for glyph in run.glyphs)


def test_devanagari_and_thai_carry_what_they_say() -> None:
    for text in ("श्री कृष्ण ट्रेडर्स, क्षेत्र", "น้ำผึ้ง"):
        (run,) = set_line(text).runs
        assert run.actual == unicodedata.normalize("NFC", text)
        assert run.glyphs


def test_scripts_and_faces_may_change_within_a_line() -> None:
    line = set_line("Café नमस्ते 2026 ไทย")
    assert len({run.face.name for run in line.runs}) == 3
    assert joined([line]) == "Caféनमस्ते2026ไทย"


def test_a_letter_no_font_has_is_named_and_not_drawn_as_a_box() -> None:
    with pytest.raises(OutputError, match=r"U\+13000.*no font"):
        set_line("Tutankhamun \U00013000")


# ------------------------------------------------------------------ wrapping
def test_a_short_text_is_one_line_and_an_empty_one_none() -> None:
    assert [shown(line) for line in wrap("short", SIZE, 100)] == ["short"]
    assert wrap("", SIZE, 100) == []
    assert wrap("   ", SIZE, 100) == []
    assert [line.width for line in wrap(" \n ", SIZE, 100)] == [0, 0]


def test_newlines_end_lines() -> None:
    assert [shown(line) for line in wrap("\none\n\ntwo\n", SIZE, 100)] == ["one", "", "two"]


def test_lines_end_between_words_and_after_hyphens_between_letters() -> None:
    assert [shown(line) for line in wrap("weather-proof cover", SIZE, 50)] == ["weather-", "proof", "cover"]
    assert [shown(line) for line in wrap("Q-2026-0001 and more", SIZE, 62)] == ["Q-2026-0001", "and more"]


def test_a_blank_that_joins_does_not_end_a_line() -> None:
    assert [shown(line) for line in wrap("before 20\u00a0March\u00a02026", SIZE, 80)] == [
        "before",
        "20\u00a0March\u00a02026",
    ]


@pytest.mark.skipif(bool(unprintable("上，")), reason="no font of this system has these letters")
def test_chinese_may_be_divided_anywhere_but_before_punctuation() -> None:
    lines = [shown(line) for line in wrap("上海贸易有限公司，南京东路。" * 4, SIZE, 53)]
    assert len(lines) > 8
    assert all(line[0] not in "，。" for line in lines)
    assert "".join(lines) == "上海贸易有限公司，南京东路。" * 4


def test_a_word_longer_than_the_line_is_divided() -> None:
    lines = wrap("A" * 300, SIZE, 100)
    assert joined(lines) == "A" * 300
    assert all(line.width * SIZE <= 100_000 for line in lines)


def test_what_is_too_much_ends_with_an_ellipsis() -> None:
    lines = wrap("one two three four five six seven", SIZE, 60, most=2)
    assert len(lines) == 2
    assert shown(lines[1]).endswith("…")
    assert lines[1].width * SIZE <= 60_000


LETTERS = sorted(set("abc WÄéß-/.,12 (א)上，น้") - unprintable("上，"))
WORDS = st.text(st.sampled_from(LETTERS), max_size=120)


@given(WORDS, st.integers(30, 200))
def test_wrapping_loses_nothing_and_stays_within_the_column(text: str, column: int) -> None:
    lines = wrap(text, SIZE, column)
    assert sorted(joined(lines)) == sorted(clean(text).replace(" ", ""))
    assert all(line.width * SIZE <= column * 1000 + 200 for line in lines)


@given(st.text(max_size=60))
def test_any_text_is_either_set_or_its_missing_letter_named(text: str) -> None:
    try:
        line = set_line(text)
    except OutputError as error:
        assert "U+" in str(error)
    else:
        assert line.width >= 0
