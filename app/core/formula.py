"""A small language for prices and conditions that a person writes: `length * 4.20 + 10`, `if(glass = "matt", 15, 0)`.

Numbers are exact fractions, so a third times three is one; only `rounded` (or the formula's own `round`) rounds.
There are numbers, texts in quotes and truths; + - * / ( ), = <> < <= > >=, and or not, and the functions min max round
ceil floor abs if. A name is a letter followed by letters, digits and _; any other name stands in square brackets:
`[frame-2]`. No text is ever run as a program: it is read into a tree of limited length and depth, which is computed.

A name whose value is not known yet (None) makes the result None, unless it does not matter: `min` needs all, but
`known < 1 and unknown < 1` is already false when the first half is. Source: docs/spec/configure.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Any

from app.core.errors import Problem, RuleViolation
from app.core.formula_text import Node, Op, parse

Value = Fraction | str | bool
"""What a formula works with. Decimals are given and taken as `Decimal`; inside they are fractions."""

LARGEST = Fraction(10**15)
"""A number beyond it, on the way or as the result, is refused: no price or measure is that large."""


class Sort(StrEnum):
    """What a name or a formula stands for."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"


def check(text: str, names: Mapping[str, Sort], *, result: Sort = Sort.NUMBER, field: str = "formula") -> list[Problem]:
    """Everything that can be known to be wrong before any value is: the first mistake in words, with its position.

    `names` are the names that the formula may use, with what they stand for; `result` is what it has to come to.
    """
    try:
        node = parse(text)
        found = _sort(node, names)
        if found is not result:
            raise _mismatch(node, result, found)
    except RuleViolation as problem:
        return [Problem(field, p.code, f"{field}: {p.message}", p.values) for p in problem.problems]
    return []


def names_in(text: str) -> frozenset[str]:
    """The names that a formula uses. Raises `RuleViolation` if it cannot be read."""
    return frozenset(str(node.value) for node in _walk(parse(text)) if node.op is Op.NAME)


def evaluate(text: str, values: Mapping[str, Any]) -> Value | None:
    """The exact value of a formula; None while a value that decides is not known.

    `values` are Decimal, int, Fraction, str, bool or None by name. Raises `RuleViolation` (code, position) for a
    formula that cannot be read, an unknown name, a division by zero, a number beyond `LARGEST`, or a text where a
    number belongs.
    """
    return _value(parse(text), values)


def number(text: str, values: Mapping[str, Any]) -> Fraction | None:
    """The exact number of a formula, None while it is not known. Raises as `evaluate`, also if it is no number."""
    found = evaluate(text, values)
    return None if found is None else _number(parse(text), found)


def holds(text: str, values: Mapping[str, Any]) -> bool | None:
    """Whether a formula such as `width <= 2 * height` holds, None while it is not known. Raises as `evaluate`."""
    found = evaluate(text, values)
    if found is None or isinstance(found, bool):
        return found
    raise _mismatch(parse(text), Sort.TRUTH, _sort_of(found))


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction as a decimal with at most so many places, half away from zero: the one place where digits are lost."""
    return Decimal(_half_up(value * 10**places)).scaleb(-places)


# ---------------------------------------------------------------- sorts: what is wrong before any value is known


def _sort(node: Node, names: Mapping[str, Sort]) -> Sort:
    if node.op is Op.NAME:
        return Sort(_lookup(node, names))
    if node.op in (Op.NUMBER, Op.TEXT):
        return Sort.TEXT if node.op is Op.TEXT else Sort.NUMBER
    return _SORTS[node.op](node, [_sort(child, names) for child in node.children])


def _all_of(wanted: Sort, result: Sort) -> Callable[[Node, list[Sort]], Sort]:
    def check_all(node: Node, given: list[Sort]) -> Sort:
        for child, found in zip(node.children, given, strict=True):
            if found is not wanted:
                raise _mismatch(child, wanted, found)
        if node.op is Op.DIVIDE and any(child.value == 0 for child in node.children[1:]):
            raise _by_zero(node)
        return result

    return check_all


def _compare_sort(node: Node, given: list[Sort]) -> Sort:
    if given[0] is not given[1]:
        raise _mismatch(node.children[1], given[0], given[1])
    if given[0] is not Sort.NUMBER and node.op not in (Op.EQUAL, Op.UNEQUAL):
        raise _mismatch(node.children[0], Sort.NUMBER, given[0])
    return Sort.TRUTH


def _if_sort(node: Node, given: list[Sort]) -> Sort:
    if given[0] is not Sort.TRUTH:
        raise _mismatch(node.children[0], Sort.TRUTH, given[0])
    if given[1] is not given[2]:
        raise _mismatch(node.children[2], given[1], given[2])
    return given[1]


_COMPARISONS = (Op.EQUAL, Op.UNEQUAL, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST)
_NUMERIC = _all_of(Sort.NUMBER, Sort.NUMBER)
_LOGICAL = _all_of(Sort.TRUTH, Sort.TRUTH)
_SORTS: dict[Op, Callable[[Node, list[Sort]], Sort]] = {
    **dict.fromkeys((Op.ADD, Op.MULTIPLY, Op.DIVIDE, Op.NEGATE, Op.MIN, Op.MAX), _NUMERIC),
    **dict.fromkeys((Op.ROUND, Op.CEIL, Op.FLOOR, Op.ABS), _NUMERIC),
    **dict.fromkeys((Op.AND, Op.OR, Op.NOT), _LOGICAL),
    **dict.fromkeys(_COMPARISONS, _compare_sort),
    Op.IF: _if_sort,
}


# ---------------------------------------------------------------- values


def _value(node: Node, values: Mapping[str, Any]) -> Value | None:
    if node.op is Op.NAME:
        return _given(node, values)
    if node.op in (Op.NUMBER, Op.TEXT):
        return node.value
    if node.op in _LAZY:
        return _LAZY[node.op](node, values)
    inner = [_value(child, values) for child in node.children]
    known = [item for item in inner if item is not None]
    if len(known) < len(inner):
        return None
    if node.op in (Op.EQUAL, Op.UNEQUAL):
        return _same(node, known) is (node.op is Op.EQUAL)
    numbers = [_number(child, item) for child, item in zip(node.children, known, strict=True)]
    return _limited(node, _STRICT[node.op](node, numbers))


def _given(node: Node, values: Mapping[str, Any]) -> Value | None:
    found = _lookup(node, values)
    if found is None or isinstance(found, str | bool):
        return found
    if isinstance(found, Decimal) and not found.is_finite():
        raise _wrong(node, "not_a_number", f"{node.value} is {found}, which is not a number", value=str(found))
    return _limited(node, Fraction(found))


def _same(node: Node, inner: list[Value]) -> bool:
    left, right = inner
    if type(left) is not type(right):
        raise _mismatch(node.children[1], _sort_of(left), _sort_of(right))
    return left == right


def _either(node: Node, values: Mapping[str, Any]) -> bool | None:
    """`and`, `or`: one half alone may decide, whatever the others are; otherwise what is unknown stays unknown."""
    decides = node.op is Op.OR
    found = [_truth(child, _value(child, values)) for child in node.children]
    if decides in found:
        return decides
    return None if None in found else not decides


def _not(node: Node, values: Mapping[str, Any]) -> bool | None:
    found = _truth(node.children[0], _value(node.children[0], values))
    return None if found is None else not found


def _if(node: Node, values: Mapping[str, Any]) -> Value | None:
    """Only the half that is chosen is computed, so `if(width > 0, area / width, 0)` never divides by zero."""
    question, yes, no = node.children
    found = _truth(question, _value(question, values))
    return None if found is None else _value(yes if found else no, values)


def _divide(node: Node, given: list[Fraction]) -> Fraction:
    result = given[0]
    for divisor in given[1:]:
        if not divisor:
            raise _by_zero(node)
        result /= divisor
    return result


def _multiply(_node: Node, given: list[Fraction]) -> Fraction:
    result = Fraction(1)
    for factor in given:
        result *= factor
    return result


def _round(node: Node, given: list[Fraction]) -> Fraction:
    places = given[1] if len(given) > 1 else Fraction(0)
    if places.denominator != 1 or not 0 <= places <= 6:
        raise _wrong(node, "places", f"round() keeps 0 to 6 places, not {places}", value=str(places))
    scale = 10 ** int(places)
    return Fraction(_half_up(given[0] * scale), scale)


def _half_up(value: Fraction) -> int:
    whole = floor(abs(value) + Fraction(1, 2))
    return -whole if value < 0 else whole


_LAZY: dict[Op, Callable[[Node, Mapping[str, Any]], Value | None]] = {
    Op.AND: _either,
    Op.OR: _either,
    Op.NOT: _not,
    Op.IF: _if,
}
_STRICT: dict[Op, Callable[[Node, list[Fraction]], Fraction | bool]] = {
    Op.ADD: lambda _node, given: sum(given, Fraction(0)),
    Op.MULTIPLY: _multiply,
    Op.DIVIDE: _divide,
    Op.NEGATE: lambda _node, given: -given[0],
    Op.MIN: lambda _node, given: min(given),
    Op.MAX: lambda _node, given: max(given),
    Op.ROUND: _round,
    Op.CEIL: lambda _node, given: Fraction(ceil(given[0])),
    Op.FLOOR: lambda _node, given: Fraction(floor(given[0])),
    Op.ABS: lambda _node, given: abs(given[0]),
    Op.LESS: lambda _node, given: given[0] < given[1],
    Op.AT_MOST: lambda _node, given: given[0] <= given[1],
    Op.MORE: lambda _node, given: given[0] > given[1],
    Op.AT_LEAST: lambda _node, given: given[0] >= given[1],
}


# ---------------------------------------------------------------- refusals


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _lookup(node: Node, known: Mapping[str, Any]) -> Any:
    name = str(node.value)
    if name not in known:
        raise _wrong(node, "unknown_name", f"there is no {name!r} here", value=name)
    return known[name]


def _number(node: Node, value: Value) -> Fraction:
    if isinstance(value, Fraction):
        return value
    raise _mismatch(node, Sort.NUMBER, _sort_of(value))


def _truth(node: Node, value: Value | None) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise _mismatch(node, Sort.TRUTH, _sort_of(value))


def _sort_of(value: Value) -> Sort:
    if isinstance(value, bool):
        return Sort.TRUTH
    return Sort.TEXT if isinstance(value, str) else Sort.NUMBER


def _limited(node: Node, value: Fraction | bool) -> Fraction | bool:
    if not isinstance(value, bool) and abs(value) > LARGEST:
        raise _wrong(node, "too_large", "the number grows beyond a thousand million million")
    return value


def _by_zero(node: Node) -> RuleViolation:
    return _wrong(node, "division_by_zero", "a division by zero")


_WORDS = {Sort.NUMBER: "a number", Sort.TEXT: "a text", Sort.TRUTH: "a comparison such as length > 5"}


def _mismatch(node: Node, wanted: Sort, found: Sort) -> RuleViolation:
    message = f"{_WORDS[wanted]} belongs here, this is {_WORDS[found]}"
    return _wrong(node, "sort", message, wanted=wanted.value, found=found.value)


def _wrong(node: Node, code: str, message: str, **values: Any) -> RuleViolation:
    at = node.position + 1
    return RuleViolation.of("formula", code, f"at character {at}: {message}.", position=at, **values)
