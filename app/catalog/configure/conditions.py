"""Conditions made ready: each becomes one function of the facts, and tells which keys it looks at.

A condition holds (True), does not hold (False), or cannot be told yet (None): a *required* attribute without a value
will get one, so a rule about it waits. An attribute that may stay empty is a fact when it is empty: every comparison
with it fails, except that it equals the empty text and is unequal to everything else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from app.catalog.configure.facts import Facts, is_numeric
from app.catalog.model import Attribute, Comparison, Condition, Model, Op
from app.core import formula as formulas
from app.core.errors import RuleViolation
from app.core.formula import Sort

Test = Callable[[Facts], bool | None]
"""Raises `RuleViolation` where a formula cannot be computed with these facts."""

BUNDLES = "quantity"
"""The name under which formulas know how many of the product are sold."""

PRICE = "price"
"""The name under which a price formula knows the list price of one unit."""

SIGNS: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.UNEQUAL: operator.ne,
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
}


class Names(Mapping[str, Any]):
    """What formulas may name: attributes, options (how many for one bundle), groups (how many are chosen), quantity."""

    def __init__(self, model: Model) -> None:
        self.attributes = {attribute.key: attribute for attribute in model.attributes}
        self.groups = {group.key for group in model.groups}
        self.options = {option.key for option in model.options()}
        self.facts: Facts | None = None
        self.more: Mapping[str, Any] = {}

    def of(self, facts: Facts, more: Mapping[str, Any] | None = None) -> Names:
        """These names with the values that the facts give them; `more` are names of this formula only."""
        view = object.__new__(Names)
        view.attributes, view.groups, view.options = self.attributes, self.groups, self.options
        view.facts, view.more = facts, more or {}
        return view

    def sorts(self) -> dict[str, Sort]:
        """What each name stands for."""
        found = dict.fromkeys([*self.options, *self.groups, BUNDLES], Sort.NUMBER)
        for key, attribute in self.attributes.items():
            found[key] = Sort.NUMBER if is_numeric(attribute) else Sort.TEXT
        return found

    def __getitem__(self, name: str) -> Any:
        facts = self.facts
        if name in self.more:
            return self.more[name]
        if facts is None:
            raise KeyError(name)
        if name in self.attributes:
            return facts.values.get(name)
        if name in self.options:
            return facts.taken.get(name, Fraction(0))
        if name in self.groups:
            return facts.counts.get(name, 0)
        if name == BUNDLES:
            return facts.bundles
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        known = name in self.attributes or name in self.options or name in self.groups
        return known or name == BUNDLES or name in self.more

    def __iter__(self) -> Iterator[str]:
        yield from self.sorts()
        yield from self.more

    def __len__(self) -> int:
        return len(set(self))


def keys_of(condition: Condition) -> frozenset[str]:
    """The keys of options, groups and attributes that a condition looks at."""
    found = {condition.key} if condition.key else set()
    for part in condition.parts:
        found |= keys_of(part)
    if condition.op is Op.FORMULA:
        found |= formula_names(condition.formula)
    return frozenset(found)


def formula_names(text: str) -> frozenset[str]:
    """The names in a formula; none in one that cannot be read."""
    try:
        return formulas.names_in(text)
    except RuleViolation:
        return frozenset()


def ready(condition: Condition, names: Names) -> Test:
    """The condition as a function of the facts. Keys that the model does not know are options that nobody chose."""
    return _MAKERS[condition.op](condition, names)


def _all(condition: Condition, names: Names) -> Test:
    tests = [ready(part, names) for part in condition.parts]

    def test(facts: Facts) -> bool | None:
        found: bool | None = True
        for each in tests:
            holds = each(facts)
            if holds is False:
                return False
            if holds is None:
                found = None
        return found

    return tests[0] if len(tests) == 1 else test


def _any(condition: Condition, names: Names) -> Test:
    tests = [ready(part, names) for part in condition.parts]

    def test(facts: Facts) -> bool | None:
        found: bool | None = False
        for each in tests:
            holds = each(facts)
            if holds is True:
                return True
            if holds is None:
                found = None
        return found

    return tests[0] if len(tests) == 1 else test


def _not(condition: Condition, names: Names) -> Test:
    inner = _all(condition, names)

    def test(facts: Facts) -> bool | None:
        holds = inner(facts)
        return None if holds is None else not holds

    return test


def _chosen(condition: Condition, names: Names) -> Test:
    key = condition.key
    if key in names.groups:
        return lambda facts: facts.counts.get(key, 0) > 0
    return lambda facts: key in facts.taken


def number_in(condition: Condition) -> Fraction:
    """The number that a condition compares with; 0 where it has none, or none that is a number."""
    number = condition.number
    return Fraction(number) if number is not None and number.is_finite() else Fraction(0)


def _count(condition: Condition, _names: Names) -> Test:
    key, number, sign = condition.key, number_in(condition), _sign(condition)
    return lambda facts: sign(facts.counts.get(key, 0), number)


def _quantity(condition: Condition, _names: Names) -> Test:
    key, number, sign = condition.key, number_in(condition), _sign(condition)
    if not key:
        return lambda facts: sign(facts.bundles, number)
    none = Fraction(0)
    return lambda facts: sign(facts.taken.get(key, none), number)


def _sign(condition: Condition) -> Callable[[Any, Any], bool]:
    """IN means nothing for a number; `check` refuses it, and here it can only be equality."""
    return SIGNS.get(condition.comparison, operator.eq)


def _attribute(condition: Condition, names: Names) -> Test:
    attribute = names.attributes.get(condition.key)
    if attribute is None:
        unequal = condition.comparison is Comparison.UNEQUAL
        return lambda _facts: unequal
    return _of_number(condition, attribute) if condition.number is not None else _of_text(condition, attribute)


def _of_number(condition: Condition, attribute: Attribute) -> Test:
    key, number, sign = condition.key, number_in(condition), _sign(condition)
    empty = None if attribute.required else condition.comparison is Comparison.UNEQUAL

    def test(facts: Facts) -> bool | None:
        value = facts.values.get(key)
        if value is None:
            return empty
        return sign(value, number) if isinstance(value, Fraction) else condition.comparison is Comparison.UNEQUAL

    return test


def _of_text(condition: Condition, attribute: Attribute) -> Test:
    key, wanted = condition.key, frozenset(condition.values)
    unequal = condition.comparison is Comparison.UNEQUAL
    required = attribute.required

    def test(facts: Facts) -> bool | None:
        text = facts.texts.get(key, "")
        if not text and required:
            return None
        return (text in wanted) is not unequal

    return test


def _formula(condition: Condition, names: Names) -> Test:
    text, number, sign = condition.formula, number_in(condition), _sign(condition)
    waits = any(
        attribute.required for key in formula_names(text) if (attribute := names.attributes.get(key)) is not None
    )
    unknown = None if waits else False

    def compared(facts: Facts) -> bool | None:
        found = formulas.number(text, names.of(facts))
        return unknown if found is None else sign(found, number)

    def told(facts: Facts) -> bool | None:
        found = formulas.holds(text, names.of(facts))
        return unknown if found is None else found

    return told if condition.number is None else compared


_MAKERS: dict[Op, Callable[[Condition, Names], Test]] = {
    Op.ALL: _all,
    Op.ANY: _any,
    Op.NOT: _not,
    Op.CHOSEN: _chosen,
    Op.COUNT: _count,
    Op.QUANTITY: _quantity,
    Op.ATTRIBUTE: _attribute,
    Op.FORMULA: _formula,
}
