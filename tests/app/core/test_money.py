"""Money: minor units, rounding, splitting, cumulative shares. Vectors: correctness.md E1 to E4, E7, E13, E14."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleViolation
from app.core.money import (
    MAX_MINOR,
    Money,
    amount_text,
    currencies,
    decimals,
    divide,
    percent_of,
    share,
    split,
    to_decimal,
    to_minor,
)

amounts = st.integers(-(10**15), 10**15)
small = st.integers(-100_000, 100_000)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@pytest.mark.parametrize(("currency", "places"), [("EUR", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_decimals_follow_iso_4217(currency: str, places: int) -> None:
    assert decimals(currency) == places


@pytest.mark.parametrize("code", ["", "EURO", "eur", "XXQ", "12"])
def test_an_unknown_currency_is_refused_by_name(code: str) -> None:
    with pytest.raises(RuleViolation, match="ISO 4217") as caught:
        decimals(code)
    assert caught.value.problems[0].code == "unknown_currency"


def test_every_currency_has_a_sensible_number_of_decimals() -> None:
    assert all(len(code) == 3 and code.isupper() and 0 <= places <= 4 for code, places in currencies().items())


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("12.5", "EUR", 1250),
        ("12.500000", "EUR", 1250),
        ("-0.01", "EUR", -1),
        ("1250", "JPY", 1250),
        ("1.5E+3", "JPY", 1500),
        ("12.345", "KWD", 12345),
        ("0E+50", "EUR", 0),
        ("0.00000000000000000000000000000000", "EUR", 0),
        ("10000000000000.00", "EUR", MAX_MINOR),
        ("7.0000000000000000000000000000000000000000", "EUR", 700),
    ],
)
def test_amounts_become_minor_units_exactly(value: str, currency: str, minor: int) -> None:
    assert to_minor(Decimal(value), currency) == minor


@pytest.mark.parametrize(
    ("value", "currency", "code"),
    [
        ("0.005", "EUR", "too_many_decimals"),
        ("1.5", "JPY", "too_many_decimals"),
        ("0.0001", "KWD", "too_many_decimals"),
        ("1.00000000000000000000000000000000001", "EUR", "too_many_decimals"),  # 36 digits: more than a context keeps
        ("1E-999999", "EUR", "too_many_decimals"),
        ("10000000000000.01", "EUR", "too_large"),
        ("-10000000000000.01", "EUR", "too_large"),
        ("1E+999999", "EUR", "too_large"),
        ("1234567890123456789012345678901234567890", "EUR", "too_large"),
        ("NaN", "EUR", "not_a_number"),
        ("sNaN", "EUR", "not_a_number"),
        ("-Infinity", "EUR", "not_a_number"),
    ],
)
def test_what_is_no_amount_is_refused(value: str, currency: str, code: str) -> None:
    with pytest.raises(RuleViolation) as caught:
        to_minor(Decimal(value), currency, "lines[2].amount")
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("lines[2].amount", code)
    assert "lines[2].amount" in problem.message


def test_conversion_does_not_depend_on_the_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 3
        assert to_minor(Decimal("123456.78"), "EUR") == 12345678
        assert amount_text(12345678, "EUR") == "123456.78"


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1250, "EUR", "12.50"),
        (-1250, "EUR", "-12.50"),
        (5, "EUR", "0.05"),
        (-5, "EUR", "-0.05"),
        (0, "EUR", "0.00"),
        (1250, "JPY", "1250"),
        (0, "JPY", "0"),
        (12500, "KWD", "12.500"),
        (-1, "KWD", "-0.001"),
        (MAX_MINOR, "EUR", "10000000000000.00"),
    ],
)
def test_amounts_are_written_with_the_decimals_of_their_currency(minor: int, currency: str, text: str) -> None:
    assert amount_text(minor, currency) == text
    assert str(to_decimal(minor, currency)) == text
    assert str(Money(minor, currency)) == f"{text} {currency}"


@given(amounts, st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_minor_units_come_back_from_decimal_and_text(minor: int, currency: str) -> None:
    assert to_minor(to_decimal(minor, currency), currency) == minor
    assert to_minor(Decimal(amount_text(minor, currency)), currency) == minor


@pytest.mark.parametrize(
    ("numerator", "denominator", "quotient"),
    [
        (5, 2, 3),
        (-5, 2, -3),
        (5, -2, -3),
        (-5, -2, 3),
        (4, 2, 2),
        (1, 3, 0),
        (2, 3, 1),
        (-1, 3, 0),
        (0, 7, 0),
        (1, 2, 1),
    ],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, quotient: int) -> None:
    assert divide(numerator, denominator) == quotient


@given(amounts, st.integers(1, 10**12))
def test_rounding_is_the_nearest_whole_number_and_symmetric(numerator: int, denominator: int) -> None:
    with localcontext() as context:
        context.prec = 100
        exact = (Decimal(numerator) / Decimal(denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    assert divide(numerator, denominator) == int(exact) == -divide(-numerator, denominator)
    assert abs(Fraction(numerator, denominator) - divide(numerator, denominator)) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("base", "percent", "result"),
    [
        (818_000, "9.975", 81_596),  # E1: 815.955 -> 815.96
        (13_866, "19", 2_635),
        (88_418, "24", 21_220),
        (7_500, "21", 1_575),
        (90_000, "24", 21_600),
        (10_000, "0", 0),
        (-10_050, "50", -5_025),
        (-1, "50", -1),
        (1, "50", 1),
        (8_400_000, "16.67", 1_400_280),  # E3: what a money discount kept as a percentage would take off
    ],
)
def test_percentages_are_rounded_once(base: int, percent: str, result: int) -> None:
    assert percent_of(base, int(Decimal(percent).scaleb(6))) == result


SPLITS = [
    (7_500, [50_000, 32_500, 15_000], [3_846, 2_500, 1_154]),  # E3: 38.46 / 25.00 / 11.54
    (1_000, [1, 1, 1], [334, 333, 333]),  # E3: 3.34 / 3.33 / 3.33
    (1_000, [0, 0, 0], [334, 333, 333]),  # nothing to weigh by: equal parts
    (200_000, [200_000, 17_000], [184_332, 15_668]),  # E13: goods 1,843.32, points 156.68
    (1, [5, 5], [1, 0]),  # a tie goes to the earlier part
    (-1, [5, 5], [-1, 0]),
    (100, [0, 1, 0], [0, 100, 0]),
    (5, [], []),
    (8_000, [1_000, -200], [10_000, -2_000]),  # a negative weight takes the other sign
    (-8_000, [1_000, -200], [-10_000, 2_000]),
    (10, [-1, -1, -1], [4, 3, 3]),
]


@pytest.mark.parametrize(("total", "by", "parts"), SPLITS)
def test_splits_by_largest_remainder(total: int, by: list[int], parts: list[int]) -> None:
    assert split(total, by) == parts


@given(amounts, weights)
def test_a_split_adds_up_and_each_part_is_within_one_unit_of_its_quota(total: int, by: list[int]) -> None:
    parts = split(total, by)
    whole = sum(by)
    assert sum(parts) == total
    for part, weight in zip(parts, by, strict=True):
        quota = Fraction(total * weight, whole) if whole else Fraction(total, len(by))
        assert abs(part - quota) < 1


@given(amounts, st.lists(small, min_size=1, max_size=12))
def test_a_split_by_mixed_weights_adds_up_too(total: int, by: list[int]) -> None:
    parts = split(total, by)
    whole = sum(by)
    assert sum(parts) == total
    if whole:
        assert all(abs(part - Fraction(total * weight, whole)) < 1 for part, weight in zip(parts, by, strict=True))


@given(amounts, st.lists(small, max_size=12))
def test_a_split_is_symmetric_in_sign(total: int, by: list[int]) -> None:
    parts = split(total, by)
    assert split(-total, by) == [-part for part in parts]
    if sum(by):
        assert split(total, [-weight for weight in by]) == parts


@given(amounts, weights, st.integers(1, 1000))
def test_a_split_depends_on_proportions_only(total: int, by: list[int], factor: int) -> None:
    assert split(total, [weight * factor for weight in by]) == split(total, by)


@given(amounts, st.lists(st.integers(1, 10**9), min_size=2, max_size=12))
def test_a_heavier_part_never_gets_less(total: int, by: list[int]) -> None:
    parts = split(abs(total), by)
    ordered = [part for _, part in sorted(zip(by, parts, strict=True))]
    assert ordered == sorted(ordered)


@given(st.lists(amounts, min_size=1, max_size=12))
def test_splitting_by_the_parts_themselves_changes_nothing(parts: list[int]) -> None:
    if sum(parts) or not any(parts):
        assert split(sum(parts), parts) == parts


def given_out(total: int, steps: list[int], whole: int) -> list[int]:
    """What each of the steps gets by cumulative rounding."""
    done, parts = 0, []
    for step in steps:
        parts.append(share(total, done, step, whole))
        done += step
    return parts


def test_instalments_of_30_and_70_percent_lose_no_cent() -> None:
    assert given_out(14_505, [30, 70], 100) == [4_352, 10_153]  # E4: rounded alone they would be 145.06


def test_a_year_by_days_ends_at_the_exact_amount() -> None:
    months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    expected = [10192, 9205, 10192, 9863, 10192, 9863, 10192, 10191, 9863, 10192, 9863, 10192]  # E14
    assert given_out(120_000, months, 365) == expected
    assert sum(expected) == 120_000


def test_three_credits_of_one_piece_make_the_whole_line() -> None:
    assert sum(given_out(1_000, [1, 1, 1], 3)) == 1_000  # E7


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_shares_add_up_for_any_partition(total: int, steps: list[int]) -> None:
    whole = sum(steps) or 1
    expected = total if sum(steps) else 0
    assert sum(given_out(total, steps, whole)) == expected
    assert [-part for part in given_out(total, steps, whole)] == given_out(-total, steps, whole)


@given(amounts, st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_within_one_unit_of_its_quota(total: int, before: int, now: int, rest: int) -> None:
    whole = before + now + rest
    assert abs(share(total, before, now, whole) - Fraction(total * now, whole)) <= 1


def test_nothing_is_shared_over_nothing() -> None:
    assert share(0, 0, 0, 0) == 0
    with pytest.raises(ZeroDivisionError):
        share(1, 0, 0, 0)
