"""Single changes that may mend a broken law. Candidates only: the search (repair) judges what each really does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from app.catalog.configure.conditions import formula_names, number_in
from app.catalog.configure.facts import Facts, number_of, text_of
from app.catalog.configure.laws import Law, Laws, Sort
from app.catalog.configure.results import Cause, Change, Kind
from app.catalog.configure.straight import meeting
from app.catalog.model import Attribute, AttributeKind, Comparison, Condition, Op, Option, RuleKind

MOST_VALUES = 40
"""Candidates looked at for one attribute or group."""


class Moves:
    """Finds candidates in a model for given facts; options in `unsold` are never proposed."""

    def __init__(self, laws: Laws, unsold: frozenset[str]) -> None:
        self._laws = laws
        self._unsold = unsold

    def against(self, law: Law, cause: Cause, facts: Facts) -> Iterator[Change]:
        """Changes that may mend a law that is broken in this way."""
        if law.sort is Sort.GROUP:
            yield from self._count(law.key, cause is Cause.TOO_FEW, facts)
        elif law.sort is Sort.OPTION:
            yield from self._into_limits(law.key)
        elif law.sort is Sort.ATTRIBUTE:
            yield from self._fill(self._laws.attributes[law.key], facts)
        elif law.rule is not None:
            yield from self._make(law.rule.when, False, facts)
            if law.rule.kind in (RuleKind.REQUIRES, RuleKind.EXCLUDES):
                yield from self._make(law.rule.then, law.rule.kind is RuleKind.REQUIRES, facts)

    def _make(self, condition: Condition, wanted: bool, facts: Facts) -> Iterator[Change]:
        """Changes that bring a condition nearer to what is wanted of it."""
        if condition.op in (Op.ALL, Op.ANY, Op.NOT):
            inner = wanted is not (condition.op is Op.NOT)
            for part in condition.parts:
                yield from self._make(part, inner, facts)
            return
        comparison = condition.comparison if wanted else _OPPOSITE.get(condition.comparison)
        number = None if condition.number is None else number_in(condition)
        if condition.op is Op.CHOSEN:
            yield from self._chosen(condition.key, wanted, facts)
        elif condition.op is Op.FORMULA:
            yield from self._in_formula(condition, facts)
        elif condition.op is Op.ATTRIBUTE and condition.key in self._laws.attributes:
            yield from self._attribute(condition, comparison, wanted, facts)
        elif condition.op is Op.COUNT and comparison is not None:
            yield from self._chosen_of(condition.key, facts)
        elif condition.op is Op.QUANTITY and number is not None and condition.key in self._laws.options:
            yield from self._quantity(self._laws.options[condition.key], comparison, number, facts)

    def _chosen(self, key: str, wanted: bool, facts: Facts) -> Iterator[Change]:
        if key in self._laws.groups:
            yield from self._count(key, wanted, facts)
        elif key in self._laws.options:
            yield from self._option(key, wanted, facts)

    def _option(self, key: str, wanted: bool, facts: Facts) -> Iterator[Change]:
        if wanted and key not in facts.taken and key not in self._unsold:
            yield Change(Kind.ADD, key)
        if not wanted and key in facts.taken:
            yield Change(Kind.REMOVE, key)
            yield from self._instead(key, facts)

    def _instead(self, key: str, facts: Facts) -> Iterator[Change]:
        """In a group of which exactly one is chosen, something is taken off by choosing another."""
        group = self._laws.groups[self._laws.group_of[key]]
        if group.most == 1 and group.least == 1:
            yield from self._count(group.key, True, facts)

    def _count(self, key: str, more: bool, facts: Facts) -> Iterator[Change]:
        if key not in self._laws.groups:
            return
        found = [option.key for option in self._laws.groups[key].options if (option.key in facts.taken) is not more]
        if more:
            found = [option for option in found if option not in self._unsold]
        for option in found[:MOST_VALUES]:
            yield Change(Kind.ADD if more else Kind.REMOVE, option)

    def _chosen_of(self, key: str, facts: Facts) -> Iterator[Change]:
        yield from self._count(key, True, facts)
        yield from self._count(key, False, facts)

    def _into_limits(self, key: str) -> Iterator[Change]:
        option = self._laws.options[key]
        for bound in (option.least, option.most, option.quantity):
            if bound is not None and bound > 0:
                yield Change(Kind.QUANTITY, key, text_of(Fraction(bound)))
        yield Change(Kind.REMOVE, key)

    def _quantity(
        self, option: Option, comparison: Comparison | None, number: Fraction, facts: Facts
    ) -> Iterator[Change]:
        taken = option.key in facts.taken
        yield from self._option(option.key, not taken, facts)
        if not option.may_vary or comparison is None or option.key in self._unsold:
            return
        for bound in _around(number, Fraction(1)):
            low, high = Fraction(option.least or 0), option.most
            if bound > 0 and bound >= low and (high is None or bound <= Fraction(high)):
                yield Change(Kind.QUANTITY if taken else Kind.ADD, option.key, text_of(bound))

    def _attribute(
        self, condition: Condition, comparison: Comparison | None, wanted: bool, facts: Facts
    ) -> Iterator[Change]:
        attribute = self._laws.attributes[condition.key]
        if attribute.kind is AttributeKind.CHOICE:
            yield from self._fill(attribute, facts)
        elif condition.number is not None:
            for bound in _on_grid(attribute, number_in(condition)):
                yield Change(Kind.SET, attribute.key, text_of(bound))
        elif comparison in (Comparison.EQUAL, Comparison.IN) or not wanted:
            for text in condition.values[:MOST_VALUES]:
                if text:
                    yield Change(Kind.SET, attribute.key, text)
        if attribute.key in facts.texts and not attribute.required:
            yield Change(Kind.CLEAR, attribute.key)

    def _fill(self, attribute: Attribute, facts: Facts) -> Iterator[Change]:
        """Values that an attribute could have; a text nobody can guess."""
        now = facts.texts.get(attribute.key, "")
        texts: Iterable[str] = ()
        if attribute.kind is AttributeKind.CHOICE:
            texts = [value.code for value in attribute.values[:MOST_VALUES]]
        elif attribute.kind is AttributeKind.MEASURE:
            texts = _measures(attribute, number_of(now))
        for text in dict.fromkeys(t for t in (attribute.default, *texts) if t and t != now):
            yield Change(Kind.SET, attribute.key, text)
        if now and not attribute.required:
            yield Change(Kind.CLEAR, attribute.key)

    def _in_formula(self, condition: Condition, facts: Facts) -> Iterator[Change]:
        """Whatever the expression names, one step in either direction; where it is straight, the exact place."""
        for key in sorted(formula_names(condition.formula)):
            attribute = self._laws.attributes.get(key)
            if attribute is not None and attribute.kind is not AttributeKind.TEXT:
                yield from self._fill(attribute, facts)
                if attribute.kind is AttributeKind.MEASURE:
                    yield from self._straight(attribute, condition, facts)
            elif key in self._laws.groups:
                yield from self._chosen_of(key, facts)
            elif key in self._laws.options:
                yield from self._option(key, key not in facts.taken, facts)

    def _straight(self, attribute: Attribute, condition: Condition, facts: Facts) -> Iterator[Change]:
        """Where the expression grows evenly with a measure, two values of it tell where it meets the number."""
        place = meeting(self._laws, attribute, condition, facts)
        if place is not None:
            for bound in _on_grid(attribute, place):
                yield Change(Kind.SET, attribute.key, text_of(bound))


def _measures(attribute: Attribute, now: Fraction | None) -> Iterator[str]:
    if now is not None:
        for bound in _on_grid(attribute, now):
            yield text_of(bound)
    for limit in (attribute.least, attribute.most):
        if limit is not None:
            yield text_of(Fraction(limit))


def _on_grid(attribute: Attribute, number: Fraction) -> list[Fraction]:
    """The places on an attribute's grid at and around a number, within its limits; the limits where it lies outside."""
    low = None if attribute.least is None else Fraction(attribute.least)
    high = None if attribute.most is None else Fraction(attribute.most)
    step = Fraction(attribute.step) if attribute.step else None
    if low is not None and number < low:
        return [low]
    if high is not None and number > high:
        top = high if step is None else high - (high - Fraction(low or 0)) % step
        return [top]
    start = number if step is None else number - (number - Fraction(low or 0)) % step
    found = _around(start, step or Fraction(1))
    return [place for place in found if (low is None or place >= low) and (high is None or place <= high)]


def _around(number: Fraction, step: Fraction) -> list[Fraction]:
    return [number, number + step, number - step]


_OPPOSITE: dict[Comparison, Comparison] = {
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.UNEQUAL: Comparison.EQUAL,
    Comparison.LESS: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.LESS,
    Comparison.MORE: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.MORE,
    Comparison.IN: Comparison.UNEQUAL,
}
