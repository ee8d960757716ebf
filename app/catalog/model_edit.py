"""Editing a model step by step: keys from names, who uses a key, renaming and leaving out. Pure.

What a person sees is names; keys are for conditions, formulas and texts. They are made from the first name that a
thing is given, and renaming one rewrites everything that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from app.catalog.configure.changes import start
from app.catalog.model import Attribute, AttributeKind, Condition, Model, Op, Option, OptionGroup, Rule, Selection
from app.parties.rules import fold

_T = TypeVar("_T")

_RESERVED = frozenset({"and", "or", "not", "min", "max", "round", "ceil", "floor", "abs", "if", "quantity", "price"})
"""Words of the formula language, and names that formulas know already."""

_LETTERS = {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "ð": "d", "þ": "th"}


@dataclass(frozen=True, slots=True)
class Use:
    """Where a key is named: a rule (by its key), the price formula (`formula`) or the text (`text`)."""

    kind: str
    rule: str = ""
    name: str = ""


def key_of(name: str, taken: frozenset[str] | set[str], otherwise: str = "item") -> str:
    """A key made from a name that no other thing has: "Frame, 230 V" becomes `frame_230_v`."""
    plain = "".join(_LETTERS.get(letter, letter) for letter in fold(name))
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_") or otherwise
    if not word[0].isalpha() or word in _RESERVED:
        word = f"{otherwise}_{word}"
    number, key = 2, word
    while key in taken:
        key, number = f"{word}_{number}", number + 1
    return key


def keys(model: Model) -> set[str]:
    """Every key of attributes, groups, options and rules."""
    return {key for key in _all_keys(model) if key}


def _all_keys(model: Model) -> Iterator[str]:
    yield from (attribute.key for attribute in model.attributes)
    yield from (group.key for group in model.groups)
    yield from (option.key for option in model.options())
    yield from (rule.key for rule in model.rules)


def settled(model: Model) -> Model:
    """The model with a key for everything that has a name or a product and no key yet."""
    taken = keys(model)

    def given(item: Attribute | OptionGroup | Option | Rule, name: str, otherwise: str) -> str:
        if item.key or not name.strip():
            return item.key
        made = key_of(name, taken, otherwise)
        taken.add(made)
        return made

    def group_of(group: OptionGroup) -> OptionGroup:
        key = given(group, group.name, "group")
        options = (replace(o, key=given(o, o.name or o.sku, "option")) for o in group.options)
        return replace(group, key=key, options=tuple(options))

    return replace(
        model,
        attributes=tuple(replace(one, key=given(one, one.name, "attribute")) for one in model.attributes),
        groups=tuple(group_of(group) for group in model.groups),
        rules=tuple(replace(rule, key=given(rule, rule.name, "rule")) for rule in model.rules),
    )


def uses(model: Model, key: str) -> list[Use]:
    """Everything that names a key."""
    found = [Use("rule", rule.key, rule.name) for rule in model.rules if key in _named(rule)]
    if key in _words(model.price_formula):
        found.append(Use("formula"))
    if re.search(_gap(key), model.text_template):
        found.append(Use("text"))
    return found


def _named(rule: Rule) -> set[str]:
    return {name for condition in (rule.when, rule.then) for name in _keys_of(condition)}


def _keys_of(condition: Condition) -> Iterator[str]:
    if condition.op is Op.FORMULA:
        yield from _words(condition.formula)
    elif condition.key:
        yield condition.key
    for part in condition.parts:
        yield from _keys_of(part)


def _words(formula: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_]\w*", _QUOTED.sub("", formula)))


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def renamed(model: Model, old: str, new: str) -> Model:
    """The model with another key for one thing, and everything that names it rewritten."""

    def swap(key: str) -> str:
        return new if key == old else key

    return replace(
        model,
        attributes=tuple(replace(one, key=swap(one.key)) for one in model.attributes),
        groups=tuple(
            replace(
                group,
                key=swap(group.key),
                options=tuple(replace(option, key=swap(option.key)) for option in group.options),
            )
            for group in model.groups
        ),
        rules=tuple(_rule_renamed(rule, old, new) for rule in model.rules),
        price_formula=_formula_renamed(model.price_formula, old, new),
        text_template=re.sub(_gap(old), "{" + new + "}", model.text_template),
    )


def _gap(key: str) -> str:
    return r"\{\s*" + re.escape(key) + r"\s*\}"


def _rule_renamed(rule: Rule, old: str, new: str) -> Rule:
    def swap(condition: Condition) -> Condition:
        return replace(
            condition,
            parts=tuple(swap(part) for part in condition.parts),
            key=new if condition.key == old else condition.key,
            formula=_formula_renamed(condition.formula, old, new),
        )

    key = new if rule.key == old else rule.key
    return replace(rule, key=key, when=swap(rule.when), then=swap(rule.then))


def _formula_renamed(formula: str, old: str, new: str) -> str:
    """Names outside of quotes only; `[old]` in brackets is a name as well."""
    word = re.compile(rf"(?<![\w]){re.escape(old)}(?!\w)")
    pieces = re.split(r"(\"[^\"]*\"|'[^']*')", formula)
    return "".join(piece if place % 2 else word.sub(new, piece) for place, piece in enumerate(pieces))


def moved(items: tuple[_T, ...], place: int, by: int) -> tuple[_T, ...]:
    """The items with one of them moved up (-1) or down (1); as they are at the edge."""
    target = place + by
    if not (0 <= place < len(items) and 0 <= target < len(items)):
        return items
    rest = list(items)
    rest.insert(target, rest.pop(place))
    return tuple(rest)


def with_values(attribute: Attribute, make: Callable[[str, set[str]], str]) -> Attribute:
    """The attribute with a code for every value that has a name and no code yet."""
    taken = {value.code for value in attribute.values if value.code}
    values = []
    for value in attribute.values:
        code = value.code
        if not code and value.name.strip():
            code = make(value.name, taken)
            taken.add(code)
        values.append(replace(value, code=code))
    return replace(attribute, values=tuple(values))


def code_of(name: str, taken: set[str]) -> str:
    """A short code for a value's name, for SKUs: "Ocean blue" becomes `OCEANB`."""
    plain = "".join(_LETTERS.get(letter, letter) for letter in fold(name)).upper()
    word = re.sub(r"[^A-Z0-9]+", "", plain)[:6] or "V"
    number, code = 2, word
    while code in taken:
        code, number = f"{word}{number}", number + 1
    return code


def example(model: Model, sku: str) -> Selection:
    """What is chosen at first, and something within the limits for whatever has no value then."""
    known = dict(start(model, sku).values)
    for one in model.attributes:
        if not known.get(one.key):
            known[one.key] = _any_value(one)
    values = tuple((one.key, known[one.key]) for one in model.attributes if known[one.key])
    return replace(start(model, sku), values=values)


def _any_value(attribute: Attribute) -> str:
    if attribute.kind is AttributeKind.CHOICE:
        return attribute.values[0].code if attribute.values else ""
    least = attribute.least or attribute.step or Decimal(1)
    return str(least) if attribute.kind is AttributeKind.MEASURE else "Abc".ljust(int(least), "c")[:200]
