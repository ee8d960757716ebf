"""What each attribute and quantity can be, as few values that stand for all: the places where a comparison turns.

Between two numbers that rules compare with, every measure is treated alike, so one value stands for all of them. Where
a formula looks at a measure that is no short grid, that is not so, and its values are only samples (`is_sampled`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from app.catalog.configure.conditions import BUNDLES, formula_names
from app.catalog.configure.facts import MOST, text_of
from app.catalog.configure.laws import Laws
from app.catalog.model import Attribute, AttributeKind, Condition, Op, Option

SHORT_GRID = 64
"""A measure with at most so many places is looked at in all of them."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that something can be: texts of an attribute ("" is none), or numbers of a quantity."""

    texts: tuple[str, ...] = ()
    numbers: tuple[Fraction, ...] = ()
    is_sampled: bool = False


class Domains:
    """The domains of one model."""

    def __init__(self, laws: Laws) -> None:
        self._compared: dict[str, set[Fraction]] = {}
        self._texts: dict[str, set[str]] = {}
        self._in_formulas: set[str] = set()
        for rule in laws.model.rules:
            for condition in (*_leaves(rule.when), *_leaves(rule.then)):
                self._note(condition)
        self.attributes = {key: self._attribute(attribute) for key, attribute in laws.attributes.items()}
        self.options = {key: self._option(option) for key, option in laws.options.items()}
        low, high = Fraction(0), MOST
        bundles = [place for place in _places(low, high, self._compared.get("", set()) | {Fraction(1)}) if place > 0]
        self.bundles = Domain(numbers=tuple(bundles), is_sampled=BUNDLES in self._in_formulas)

    def _note(self, condition: Condition) -> None:
        if condition.op is Op.FORMULA:
            self._in_formulas |= formula_names(condition.formula)
        elif condition.op in (Op.ATTRIBUTE, Op.QUANTITY):
            if condition.number is not None and condition.number.is_finite():
                self._compared.setdefault(condition.key, set()).add(Fraction(condition.number))
            self._texts.setdefault(condition.key, set()).update(condition.values)

    def _attribute(self, attribute: Attribute) -> Domain:
        if attribute.kind is AttributeKind.CHOICE:
            texts, sampled = [value.code for value in attribute.values], False
        elif attribute.kind is AttributeKind.TEXT:
            texts, sampled = self._free_texts(attribute), attribute.key in self._in_formulas
        else:
            texts, sampled = self._measure(attribute)
        none = [] if attribute.required else [""]
        return Domain(texts=tuple(dict.fromkeys([*texts, *none])), is_sampled=sampled)

    def _free_texts(self, attribute: Attribute) -> list[str]:
        """The texts that rules name, and one that no rule names."""
        low = max(1, ceil(attribute.least)) if attribute.least is not None else 1
        high = floor(attribute.most) if attribute.most is not None else max(low, 1000)
        named = sorted(text for text in self._texts.get(attribute.key, set()) if low <= len(text) <= high)
        signs = (chr(code) * low for code in range(ord("a"), ord("z") + 1))
        other = next((text for text in signs if text not in named), "")
        return [*named, other] if low <= high and other else named

    def _measure(self, attribute: Attribute) -> tuple[list[str], bool]:
        low = _bound(attribute.least, -MOST)
        high = _bound(attribute.most, MOST)
        step = Fraction(attribute.step) if attribute.step else None
        in_formula = attribute.key in self._in_formulas
        if step is not None and (high - low) / step < SHORT_GRID and attribute.least is not None:
            count = floor((high - low) / step)
            return [text_of(low + at * step) for at in range(count + 1)], False
        turns = self._compared.get(attribute.key, set())
        start = Fraction(attribute.least or 0)
        places = _places(low, high, turns, (start, step) if step else None)
        return [text_of(place) for place in places], in_formula

    def _option(self, option: Option) -> Domain:
        own = Fraction(option.quantity)
        if not option.may_vary:
            return Domain(numbers=(own,))
        low, high = _bound(option.least, Fraction(0)), _bound(option.most, MOST)
        places = [place for place in _places(low, high, self._compared.get(option.key, set()) | {own}) if place > 0]
        return Domain(numbers=tuple(places or [own]), is_sampled=option.key in self._in_formulas)


def _bound(number: Decimal | None, otherwise: Fraction) -> Fraction:
    return otherwise if number is None or not number.is_finite() else Fraction(number)


def _places(
    low: Fraction, high: Fraction, turns: Iterable[Fraction], grid: tuple[Fraction, Fraction] | None = None
) -> list[Fraction]:
    """Places within the limits so that each turn, and each stretch before, between and after turns, has one."""
    if low > high:
        return []
    inner = sorted({low, high, *(turn for turn in turns if low < turn < high)})
    if grid is None:
        return sorted({*inner, *((one + other) / 2 for one, other in pairwise(inner))})
    start, step = grid
    found = set()
    for turn in inner:
        at = floor((turn - start) / step)
        found |= {start + (at + shift) * step for shift in (-1, 0, 1, 2)}
    return sorted(place for place in found if low <= place <= high)


def _leaves(condition: Condition) -> Iterator[Condition]:
    if condition.op not in (Op.ALL, Op.ANY, Op.NOT):
        yield condition
    for part in condition.parts:
        yield from _leaves(part)
