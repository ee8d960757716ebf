"""Text and numbers as spreadsheets take them: nothing hidden, nothing that calculates, nothing that loses a digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.outputs.xlsx.text import MAX_TEXT, amount_format, clean, is_risky, number_format, places_of, side_format


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("a\x00b\x0bc\x1fd\x7fe\x9ff", "ab cdef"),
        ("lone \ud83d half", "lone  half"),
        ("gnp\u202efdp.exe\u2069", "gnpfdp.exe"),
        ("e\u0301t\ufffe\uffffe\u0301", "été"),
        ("東京 👍🏽 नमस्ते", "東京 👍🏽 नमस्ते"),
        ("", ""),
    ],
)
def test_text_becomes_one_clean_line(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_text_is_cut_where_a_cell_ends() -> None:
    assert len(clean("x" * 40_000)) == MAX_TEXT


@pytest.mark.parametrize("text", ["=1+1", "+49 431", "-5", "@SUM(1)", "  =A1", "＝1+1", "﹢1"])
def test_what_looks_like_a_formula_is_seen(text: str) -> None:
    assert is_risky(text)


@pytest.mark.parametrize("text", ["A=1", "5-4", "x@y.z", "", "'=1"])
def test_what_only_contains_such_letters_is_not(text: str) -> None:
    assert not is_risky(text)


def test_amounts_show_the_decimals_of_their_currency() -> None:
    assert [amount_format(code) for code in ("EUR", "JPY", "KWD")] == ["#,##0.00", "#,##0", "#,##0.000"]
    assert side_format("EUR") == "#,##0.00;-#,##0.00;"
    assert number_format(0) == "#,##0"


@pytest.mark.parametrize(
    ("value", "least", "places"),
    [("6", 0, 0), ("6.000", 0, 0), ("0.333333", 0, 6), ("1E+3", 0, 0), ("12.5", 2, 2), ("12.345", 2, 3), ("0", 2, 2)],
)
def test_numbers_show_all_their_decimals(value: str, least: int, places: int) -> None:
    assert places_of(Decimal(value), least) == places
