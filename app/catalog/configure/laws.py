"""A model made ready: its rules, group limits and attribute limits as *laws*, found by the keys they look at.

Made once a model and kept while the same model is worked on, so that a click costs only what it touches.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from app.catalog.configure.conditions import Names, keys_of, ready
from app.catalog.configure.facts import MOST, Facts
from app.catalog.configure.results import Cause
from app.catalog.model import Attribute, AttributeKind, Model, Option, OptionGroup, Rule, RuleKind
from app.core.errors import RuleViolation

Judge = Callable[[Facts], Cause | None]
"""What is wrong with the facts by a law; None if nothing is, or if it cannot be told yet."""


class Sort(IntEnum):
    """What a law is made of; also the order in which laws are reported."""

    ATTRIBUTE = 0
    GROUP = 1
    OPTION = 2
    """The limits of an option's quantity."""
    RULE = 3


@dataclass(frozen=True, slots=True)
class Law:
    """Something that has to hold. `keys` are what it looks at: options, groups, attributes."""

    sort: Sort
    key: str
    keys: frozenset[str]
    judge: Judge
    rule: Rule | None = None

    @property
    def stops(self) -> bool:
        """Whether it stops the sale when it is broken; an alert only warns."""
        return self.rule is None or self.rule.kind is not RuleKind.ALERT


class Laws:
    """A model with its laws and indexes. Order of the rules in the model plays no part in anything."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.options: dict[str, Option] = {}
        self.groups: dict[str, OptionGroup] = {group.key: group for group in model.groups}
        self.attributes: dict[str, Attribute] = {attribute.key: attribute for attribute in model.attributes}
        self.group_of: dict[str, str] = {}
        for group in model.groups:
            for option in group.options:
                self.options.setdefault(option.key, option)
                self.group_of.setdefault(option.key, group.key)
        self.names = Names(model)
        self.all: tuple[Law, ...] = tuple(_laws(self))
        self.touching: dict[str, tuple[int, ...]] = _index(self.all)

    def touched(self, option: str) -> Iterable[int]:
        """The numbers of the laws that look at an option or its group, each once."""
        own, of_group = self.naming(option), self.naming(self.group_of.get(option, ""))
        return own if not of_group else dict.fromkeys((*own, *of_group))

    def naming(self, key: str) -> tuple[int, ...]:
        """The numbers of the laws that look at an option, group or attribute itself."""
        return self.touching.get(key, ())

    def facts(self, bundles: Fraction = Fraction(1)) -> Facts:
        """Nothing chosen."""
        return Facts(self.group_of, bundles)


_KEPT: OrderedDict[int, Laws] = OrderedDict()
_MOST_KEPT = 32


def laws_of(model: Model) -> Laws:
    """The laws of a model, made once: the same object gives the same laws, without comparing a thousand options."""
    found = _KEPT.get(id(model))
    if found is None or found.model is not model:  # an id is only the same object while that object is kept
        found = _KEPT[id(model)] = Laws(model)
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


def _index(laws: tuple[Law, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, law in enumerate(laws):
        for key in law.keys:
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _laws(ready_model: Laws) -> Iterable[Law]:
    model = ready_model.model
    for attribute in model.attributes:
        yield Law(Sort.ATTRIBUTE, attribute.key, frozenset({attribute.key}), _attribute(attribute))
    for group in model.groups:
        if group.least > 0 or group.most is not None:
            yield Law(Sort.GROUP, group.key, frozenset({group.key}), _group(group))
    for option in ready_model.options.values():
        if option.may_vary:
            yield Law(Sort.OPTION, option.key, frozenset({option.key}), _quantity(option))
    for rule in sorted(model.rules, key=lambda rule: rule.key):
        yield Law(Sort.RULE, rule.key, keys_of(rule.when) | keys_of(rule.then), _rule(rule, ready_model.names), rule)


def _group(group: OptionGroup) -> Judge:
    key, least, most = group.key, group.least, group.most

    def judge(facts: Facts) -> Cause | None:
        count = facts.counts.get(key, 0)
        if count < least:
            return Cause.TOO_FEW
        return Cause.TOO_MANY if most is not None and count > most else None

    return judge


def _quantity(option: Option) -> Judge:
    key, most = option.key, MOST if option.most is None else Fraction(option.most)
    least = Fraction(0) if option.least is None else Fraction(option.least)

    def judge(facts: Facts) -> Cause | None:
        taken = facts.taken.get(key)
        if taken is None:
            return None
        if taken < least or taken <= 0:
            return Cause.BELOW
        return Cause.ABOVE if taken > most else None

    return judge


def _attribute(attribute: Attribute) -> Judge:
    key, required = attribute.key, attribute.required
    judge_value = _OF_KIND[attribute.kind]

    def judge(facts: Facts) -> Cause | None:
        if key not in facts.texts:
            return Cause.NOT_FILLED if required else None
        return judge_value(attribute, facts)

    return judge


def _choice(attribute: Attribute, facts: Facts) -> Cause | None:
    return None if attribute.key in facts.values else Cause.NO_SUCH_VALUE


def _measure(attribute: Attribute, facts: Facts) -> Cause | None:
    value = facts.values.get(attribute.key)
    if not isinstance(value, Fraction):
        return Cause.NOT_A_NUMBER
    outside = _outside(attribute, value)
    if outside is None and attribute.step:
        from_start = value - Fraction(attribute.least or 0)
        return Cause.OFF_STEP if from_start % Fraction(attribute.step) else None
    return outside


def _text(attribute: Attribute, facts: Facts) -> Cause | None:
    return _outside(attribute, Fraction(len(facts.texts[attribute.key])))


def _outside(attribute: Attribute, value: Fraction) -> Cause | None:
    if attribute.least is not None and value < Fraction(attribute.least):
        return Cause.BELOW
    most = MOST if attribute.most is None else Fraction(attribute.most)
    if value < -MOST:
        return Cause.BELOW
    return Cause.ABOVE if value > most else None


_OF_KIND: dict[AttributeKind, Callable[[Attribute, Facts], Cause | None]] = {
    AttributeKind.CHOICE: _choice,
    AttributeKind.MEASURE: _measure,
    AttributeKind.TEXT: _text,
}


def _rule(rule: Rule, names: Names) -> Judge:
    when, then = ready(rule.when, names), ready(rule.then, names)
    cause, forbidden = _CAUSES[rule.kind], _FORBIDDEN[rule.kind]

    def judge(facts: Facts) -> Cause | None:
        try:
            if when(facts) is not True:
                return None
            return cause if forbidden is None or then(facts) is forbidden else None
        except RuleViolation:
            return Cause.NOT_COMPUTED

    return judge


_CAUSES = {
    RuleKind.REQUIRES: Cause.REQUIRES,
    RuleKind.EXCLUDES: Cause.EXCLUDES,
    RuleKind.VALIDATION: Cause.VALIDATION,
    RuleKind.ALERT: Cause.ALERT,
}
_FORBIDDEN = {RuleKind.REQUIRES: False, RuleKind.EXCLUDES: True, RuleKind.VALIDATION: None, RuleKind.ALERT: None}
"""What `then` must not be where `when` holds; for the last two, `when` says it all."""
