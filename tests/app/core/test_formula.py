"""The language of formulas: exact, safe, and with errors that say where."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleViolation
from app.core.formula import Sort, check, evaluate, holds, names_in, number, rounded

VALUES = {"length": Decimal("2.5"), "width": Decimal(3), "glass": "matt", "frame-2": 1, "later": None, "längs": 7}
NAMES = {"length": Sort.NUMBER, "width": Sort.NUMBER, "glass": Sort.TEXT}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("length * 4.20 + 10", "20.5"),
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("(1 + 2) * 3", "9"),
        ("10 - 3 - 2", "5"),
        ("100 / 5 / 2", "10"),
        ("12 / 3 * 2", "8"),
        ("2 * 12 / 3 * 2", "16"),
        ("-width + 4", "1"),
        ("- -3", "3"),
        ("2 * -3", "-6"),
        ("1 / 3 * 3", "1"),
        ("0.1 + 0.2 - 0.3", "0"),
        ("min(3, length, 7)", "2.5"),
        ("max(3)", "3"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(1 / 3, 2)", "0.33"),
        ("ceil(length)", "3"),
        ("ceil(-2.5)", "-2"),
        ("floor(length)", "2"),
        ("abs(1 - 3)", "2"),
        ('if(glass = "matt", 15, 0)', "15"),
        ("if(glass = 'klar', 15, 0)", "0"),
        ("if(width > 2 and length > 2, 1, 0)", "1"),
        ("if(width = 2 or not length > 2, 1, 0)", "0"),
        ("if(width > 0, 6 / width, 1 / 0)", "2"),
        ("[frame-2] + längs", "8"),
        ("  1  ", "1"),
    ],
)
def test_what_formulas_come_to(text: str, result: str) -> None:
    assert number(text, VALUES) == Fraction(result)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("width <= 3", True),
        ("width <> 3", False),
        ("width != 3 or width == 3", True),
        ("later > 1", None),
        ("later > 1 and width > 5", False),
        ("later > 1 or width < 5", True),
        ("not later > 1", None),
        ('glass <> "klar"', True),
        ("1 < 2 = (3 < 4)", None),
    ],
)
def test_what_holds(text: str, result: bool | None) -> None:
    if text.startswith("1 < 2 ="):
        with pytest.raises(RuleViolation):
            holds(text, VALUES)
    else:
        assert holds(text, VALUES) is result


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "incomplete", 1),
        ("1 +", "incomplete", 4),
        ("1 + * 2", "unexpected", 5),
        ("1 2", "unexpected", 3),
        ("1 + #", "unexpected", 5),
        ("(1 + 2", "bracket", 7),
        ("hight * 2", "unknown_name", 1),
        ("2 * sqrt(4)", "unknown_function", 5),
        ("min()", "unexpected", 5),
        ("round(1, 2, 3)", "count", 1),
        ("if(1 > 0, 1)", "count", 1),
        ("6 / 0", "division_by_zero", 3),
        ("6 / (width - 3)", "division_by_zero", 3),
        ("1 + glass", "sort", 5),
        ('width > "a"', "sort", 9),
        ("round(1, 0.5)", "places", 1),
        ("999999999999999 * 999999999999999", "too_large", 1),
        ("1234567890123456", "too_large", 1),
        ("(" * 31 + "1" + ")" * 31, "too_deep", 31),
        ("-" * 40 + "1", "too_deep", 31),
        ("1+" * 500 + "1", "too_long", 1001),
        ("and", "unexpected", 1),
        ("if(1, 2, 3)", "sort", 4),
        ("__import__('os')", "unknown_function", 1),
        ("length.real", "unexpected", 7),
        ("2 ** 9", "unexpected", 4),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, code: str, position: int) -> None:
    with pytest.raises(RuleViolation) as refused:
        number(text, VALUES)
    (problem,) = refused.value.problems
    assert (problem.code, problem.values["position"]) == (code, position)
    assert problem.message.startswith(f"at character {position}: ")


@pytest.mark.parametrize("bad", [Decimal("NaN"), Decimal("Infinity"), Decimal("1E+20"), 10**16])
def test_values_that_are_no_sensible_numbers(bad: object) -> None:
    with pytest.raises(RuleViolation):
        number("length", {"length": bad})


@pytest.mark.parametrize(
    ("text", "result", "codes"),
    [
        ("length * 2", Sort.NUMBER, []),
        ("length > 2", Sort.TRUTH, []),
        ("length > 2", Sort.NUMBER, ["sort"]),
        ("glass", Sort.NUMBER, ["sort"]),
        ('if(glass = "matt", length, 0)', Sort.NUMBER, []),
        ("if(glass = 2, length, 0)", Sort.NUMBER, ["sort"]),
        ('if(length > 1, length, "x")', Sort.NUMBER, ["sort"]),
        ('glass < "b"', Sort.TRUTH, ["sort"]),
        ("length / 0", Sort.NUMBER, ["division_by_zero"]),
        ("height", Sort.NUMBER, ["unknown_name"]),
        ("length +", Sort.NUMBER, ["incomplete"]),
    ],
)
def test_checking_before_any_value_is_known(text: str, result: Sort, codes: list[str]) -> None:
    problems = check(text, NAMES, result=result, field="price_formula")
    assert [problem.code for problem in problems] == codes
    assert all(problem.message.startswith("price_formula: at character") for problem in problems)


def test_names() -> None:
    assert names_in('if(glass = "x", length, min([a b], length))') == {"glass", "length", "a b"}


def test_a_long_sum_is_not_deep() -> None:
    assert number("+".join(["1"] * 500), {}) == 500


@pytest.mark.parametrize(
    ("value", "places", "text"), [("2.345", 2, "2.35"), ("-2.345", 2, "-2.35"), ("1/3", 4, "0.3333")]
)
def test_rounding_once(value: str, places: int, text: str) -> None:
    assert rounded(Fraction(value), places) == Decimal(text)


numbers = st.decimals(min_value=-1000, max_value=1000, places=3)


@given(numbers, numbers, numbers)
def test_it_computes_like_fractions_do(a: Decimal, b: Decimal, c: Decimal) -> None:
    x, y, z = map(Fraction, (a, b, c))
    values = {"a": a, "b": b, "c": c}
    assert number("a - b * c - (b - a) * 2", values) == x - y * z - (y - x) * 2
    if z:
        assert number("a / c * b + -a", values) == x / z * y - x
    assert holds("a <= b or a > b", values) is True


@given(st.text(alphabet='abc123+-*/(), <>="[].if', max_size=40))
def test_no_text_gets_past_the_refusals(text: str) -> None:
    try:
        evaluate(text, {"a": 1, "b": Decimal("2.5"), "c": "x"})
    except RuleViolation as refused:
        assert refused.problems[0].values["position"] >= 1
