"""Quantities, prices and percentages: millionths, exactly, whatever the decimal context."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleViolation
from app.core.quantity import MAX_MICRO, MICRO, from_micro, micro, plain, units


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("1", MICRO),
        ("0.000001", 1),
        ("-2.5", -2_500_000),
        ("1E+3", 1_000_000_000),
        ("0", 0),
        ("-0.0", 0),
        ("19.0000000000000000000000000000000000", 19_000_000),
        ("1000000000", MAX_MICRO),
    ],
)
def test_decimals_become_millionths(value: str, whole: int) -> None:
    assert micro(Decimal(value)) == whole


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0.0000001", "too_many_decimals"),
        ("0.1234567", "too_many_decimals"),
        ("2.00000000000000000000000000000000000001", "too_many_decimals"),
        ("1E-999999", "too_many_decimals"),
        ("1000000000.000001", "too_large"),
        ("1E+999999", "too_large"),
        ("-1E+30", "too_large"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_field(value: str, code: str) -> None:
    with pytest.raises(RuleViolation) as caught:
        micro(Decimal(value), "lines[1].quantity")
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("lines[1].quantity", code)
    assert problem.values == {"value": str(Decimal(value))}


@given(st.integers(-MAX_MICRO, MAX_MICRO))
def test_millionths_come_back(whole: int) -> None:
    assert micro(from_micro(whole)) == whole


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.50", "1.5"),
        ("1.5", "1.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0.00", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E+7", "0"),
        ("-0.10", "-0.1"),
        ("0.000001", "0.000001"),
        ("1E+30", "1000000000000000000000000000000"),
        ("12345678901234567890123456789.0123456780", "12345678901234567890123456789.012345678"),
    ],
)
def test_plain_numbers_have_one_way_of_being_written(value: str, text: str) -> None:
    assert str(plain(Decimal(value))) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9), st.integers(0, 9))
def test_equal_numbers_are_plainly_equal_in_any_context(value: Decimal, zeros: int) -> None:
    longer = Decimal(format(value, "f") + "0" * zeros)
    with localcontext() as context:
        context.prec = 2
        assert str(plain(value)) == str(plain(longer))
    assert plain(value) == value


def test_units_are_codes_with_names() -> None:
    assert units()["C62"] == "piece"
    assert {"HUR", "DAY", "KGM", "MTR", "LTR"} <= units().keys()
