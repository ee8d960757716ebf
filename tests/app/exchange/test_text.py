"""Foreign text to plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.text import (
    control_character,
    day_fault,
    one_line,
    plain_day,
    plain_decimal,
    several_lines,
    shown,
    typed_decimals,
)


def test_shown_text_is_short_and_harmless() -> None:
    assert shown("abc") == '"abc"'
    assert shown("a\x1b[2J\u202e\ud800") == '"a\\x1b[2J\\u202e\\ud800"'
    assert shown("x" * 70) == '"' + "x" * 59 + '…" (70 characters)'


@given(st.text(st.characters(categories=None)))
def test_shown_text_can_always_be_printed(text: str) -> None:
    assert shown(text).encode().decode().isprintable()


@pytest.mark.parametrize(
    ("text", "found"),
    [("a\nb\tc\r\n", None), ("é\u0301漢🙂", None), ("\0", "U+0000"), ("a\x7f", "U+007F"), ("\ud800", "U+D800")],
)
def test_control_characters(text: str, found: str | None) -> None:
    assert control_character(text) == found


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert several_lines(several_lines(text)) == several_lines(text)
    assert not set(one_line(text)) & set("\n\r\t\x85\u2028\u2029")


def test_line_ends() -> None:
    assert several_lines(" a\r\nb\rc\u2028d\x85e\n") == "a\nb\nc\nd\ne"
    assert one_line("a\r\nb\tc") == "a b c"


@pytest.mark.parametrize("text", ["12.50", "-3", "0", "007", "0.000001", "9" * 40])
def test_plain_decimals(text: str) -> None:
    assert plain_decimal(text) == Decimal(text)


NOT_PLAIN = "|1.|.5|+1|1e3|1E3|NaN|Infinity|-inf|1_000|1,5|1 000| 1|1\n|١٢|１|²|0x10|--1|1.2.3|½|1%|−1"


@pytest.mark.parametrize("text", [*NOT_PLAIN.split("|"), "9" * 41])
def test_everything_else_is_no_plain_decimal(text: str) -> None:
    assert plain_decimal(text) is None


def test_typed_decimals() -> None:
    assert [typed_decimals(text) for text in ("12", "12.5", "12.500")] == [0, 1, 3]


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_reads(day: date) -> None:
    assert plain_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-30", "there is no day 2026-02-30 in the calendar"),
        ("2026-3-2", "expected a date such as"),
        ("2026-W10-1", "expected a date such as"),
        ("1899-12-31", "between 1900 and 2999"),
        ("9999-12-31", "between 1900 and 2999"),
        ("2026-03-02\n", "expected a date such as"),
    ],
)
def test_what_is_no_day_is_explained(text: str, words: str) -> None:
    assert plain_day(text) is None
    assert words in day_fault(text)
