"""Everything that can be wrong with a model as it is written, by field and value. Pure.

Whether its rules contradict each other, and what its formulas and templates say, is for `app.catalog.configure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from app.catalog.model import (
    ALWAYS,
    Attribute,
    AttributeKind,
    Comparison,
    Component,
    Condition,
    Model,
    Op,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
    Rule,
    RuleKind,
)
from app.catalog.rules import Product
from app.core.errors import Problem, RuleViolation
from app.core.quantity import micro, units

MAX_DEPTH = 20
"""Deepest nesting of conditions."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+]{0,19}")


def problems(model: Model, product: Product, parts: Mapping[str, Product]) -> list[Problem]:
    """Everything that is wrong with a model of `product`; `parts` are the products it names that exist, by SKU.

    Fields are paths such as `groups[0].options[2].quantity`.
    """
    return [
        *_keys(model),
        *_of_attributes(model),
        *_of_groups(model, product, parts),
        *_of_parts(model, product, parts),
        *_of_rules(model),
    ]


def _problem(field: str, code: str, words: str, **values: Any) -> Problem:
    return Problem(field, code, f"{field}: {words}", values)


# keys


def _named(model: Model) -> Iterator[tuple[str, str]]:
    """Every key with its field."""
    for a, attribute in enumerate(model.attributes):
        yield f"attributes[{a}].key", attribute.key
    for g, group in enumerate(model.groups):
        yield f"groups[{g}].key", group.key
        for o, option in enumerate(group.options):
            yield f"groups[{g}].options[{o}].key", option.key
    for r, rule in enumerate(model.rules):
        yield f"rules[{r}].key", rule.key


def _keys(model: Model) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for field, key in _named(model):
        if not _KEY.fullmatch(key):
            yield _problem(field, "bad_key", f"{key!r} has to be a short word such as frame_f2.", value=key)
        elif key in seen:
            yield _problem(field, "twice", f"{key!r} is the key of {seen[key]} already.", value=key, other=seen[key])
        else:
            seen[key] = field.removesuffix(".key")


# attributes


def _of_attributes(model: Model) -> Iterator[Problem]:
    for index, attribute in enumerate(model.attributes):
        place = f"attributes[{index}]"
        if not attribute.name.strip():
            yield _problem(f"{place}.name", "missing", "it is needed.")
        if attribute.kind is AttributeKind.CHOICE:
            yield from _of_choice(attribute, place, model)
        else:
            yield from _of_measure(attribute, place)


def _of_choice(attribute: Attribute, place: str, model: Model) -> Iterator[Problem]:
    if not attribute.values:
        yield _problem(f"{place}.values", "missing", f"{attribute.name!r} needs values to choose from.")
    seen = set()
    for index, value in enumerate(attribute.values):
        field = f"{place}.values[{index}]"
        if not _CODE.fullmatch(value.code):
            yield _problem(f"{field}.code", "bad_code", f"{value.code!r} is no code such as RED.", value=value.code)
        if value.code in seen:
            yield _problem(f"{field}.code", "twice", f"{value.code!r} is given twice.", value=value.code)
        if not value.name.strip():
            yield _problem(f"{field}.name", "missing", "it is needed.")
        if value.price_extra and model.parts.price_on is PriceOn.PARTS:
            yield _problem(f"{field}.price_extra", "price_on_parts", "the price sits on the parts.")
        seen.add(value.code)
    if attribute.default and attribute.value(attribute.default) is None:
        words = f"{attribute.default!r} is none of the values."
        yield _problem(f"{place}.default", "unknown_value", words, value=attribute.default)


def _of_measure(attribute: Attribute, place: str) -> Iterator[Problem]:
    if attribute.makes_variants:
        yield _problem(f"{place}.makes_variants", "not_a_choice", "only a choice makes variants.")
    if attribute.unit and attribute.unit not in units():
        yield _problem(f"{place}.unit", "unknown_unit", f"{attribute.unit!r} is no known unit.", value=attribute.unit)
    yield from _of_bounds(attribute.least, attribute.most, place)
    if attribute.step is not None and attribute.step <= 0:
        yield _problem(f"{place}.step", "not_positive", f"{attribute.step} has to be above zero.")
    if attribute.default and attribute.kind is AttributeKind.MEASURE:
        yield from _of_default(attribute, place)


def _of_default(attribute: Attribute, place: str) -> Iterator[Problem]:
    try:
        number = Decimal(attribute.default)
    except InvalidOperation:
        words = f"{attribute.default!r} is no number."
        yield _problem(f"{place}.default", "not_a_number", words, value=attribute.default)
        return
    least, most = attribute.least, attribute.most
    if not number.is_finite() or (least is not None and number < least) or (most is not None and number > most):
        words = f"{attribute.default} is not within the limits."
        yield _problem(f"{place}.default", "range", words, value=attribute.default)


def _of_bounds(least: Decimal | None, most: Decimal | None, place: str) -> Iterator[Problem]:
    if least is not None and least < 0:
        yield _problem(f"{place}.least", "negative", f"{least} is below zero.")
    if least is not None and most is not None and most < least:
        yield _problem(f"{place}.most", "below_least", f"{most} is less than {least}, the least.")


# groups and options


def _of_groups(model: Model, product: Product, parts: Mapping[str, Product]) -> Iterator[Problem]:
    for index, group in enumerate(model.groups):
        place = f"groups[{index}]"
        yield from _of_numbers(group, place)
        for number, option in enumerate(group.options):
            yield from _of_option(option, f"{place}.options[{number}]", product, parts)


def _of_numbers(group: OptionGroup, place: str) -> Iterator[Problem]:
    if not group.name.strip():
        yield _problem(f"{place}.name", "missing", "it is needed.")
    if not group.options:
        yield _problem(f"{place}.options", "missing", f"{group.name!r} has nothing to choose from.")
    if group.least < 0:
        yield _problem(f"{place}.least", "negative", f"{group.least} is below zero.")
    if group.least > len(group.options):
        words = f"{group.least} of {len(group.options)} options cannot be chosen."
        yield _problem(f"{place}.least", "too_many", words)
    if group.most is not None and group.most < max(group.least, 1):
        yield _problem(f"{place}.most", "below_least", f"{group.most} is less than {max(group.least, 1)}.")
    preset = sum(option.default for option in group.options)
    if group.most is not None and preset > max(group.most, 1):
        yield _problem(f"{place}.options", "too_many_defaults", f"{preset} are chosen at first, at most {group.most}.")


def _of_option(option: Option, place: str, product: Product, parts: Mapping[str, Product]) -> Iterator[Problem]:
    if not option.sku and not option.name.strip():
        yield _problem(f"{place}.name", "missing", "an option without a product needs a name.")
    if option.sku and option.sku not in parts:
        yield _gone(f"{place}.sku", option.sku)
    yield from _of_quantity(option.quantity, f"{place}.quantity")
    yield from _of_bounds(option.least, option.most, place)
    least, most = option.least, option.most
    if (least is not None and option.quantity < least) or (most is not None and option.quantity > most):
        yield _problem(f"{place}.quantity", "range", f"{option.quantity} is not within the limits.")
    yield from _of_price(option, place, product, parts.get(option.sku))


def _of_price(option: Option, place: str, product: Product, part: Product | None) -> Iterator[Problem]:
    if option.price is OptionPrice.OWN and option.own_price is None:
        yield _problem(f"{place}.own_price", "missing", "it is needed.")
    for name in ("own_price", "cost"):
        if (amount := getattr(option, name)) is not None and amount < 0:
            yield _problem(f"{place}.{name}", "negative", f"{amount} is below zero.")
    if option.price is not OptionPrice.PRODUCT:
        return
    if not option.sku:
        yield _problem(f"{place}.price", "no_product", "an option without a product has no product's price.")
    if part is not None and part.currency != product.currency:
        words = f"{option.sku!r} has its price in {part.currency}, {product.sku!r} in {product.currency}."
        yield _problem(f"{place}.price", "other_currency", words, value=part.currency, other=product.currency)


def _of_quantity(quantity: Decimal, field: str) -> Iterator[Problem]:
    if not quantity.is_finite() or quantity <= 0:
        yield _problem(field, "not_positive", f"{quantity} has to be above zero.", value=str(quantity))
        return
    try:
        micro(quantity, field)
    except RuleViolation as violation:
        yield from violation.problems


def _gone(field: str, sku: str) -> Problem:
    return _problem(field, "unknown_product", f"{sku!r} is no product of the catalogue.", value=sku)


# fixed parts


def _of_parts(model: Model, product: Product, parts: Mapping[str, Product]) -> Iterator[Problem]:
    seen = set()
    for index, part in enumerate(model.parts.parts):
        place = f"parts.parts[{index}]"
        yield from _of_part(part, place, parts)
        if part.sku in seen:
            yield _problem(f"{place}.sku", "twice", f"{part.sku!r} is given twice.", value=part.sku)
        seen.add(part.sku)
    if model.parts.parts and not any(part.scales for part in model.parts.parts):
        yield _problem("parts.parts", "nothing_scales", "of a bundle at least one part has to grow with its number.")
    if model.parts.price_on is PriceOn.PARTS:
        yield from _of_price_on_parts(model, product, parts)


def _of_part(part: Component, place: str, parts: Mapping[str, Product]) -> Iterator[Problem]:
    if part.sku not in parts:
        yield _gone(f"{place}.sku", part.sku)
    yield from _of_quantity(part.quantity, f"{place}.quantity")


def _of_price_on_parts(model: Model, product: Product, parts: Mapping[str, Product]) -> Iterator[Problem]:
    if not model.is_bundle:
        yield _problem("parts.price_on", "no_parts", "the price cannot sit on parts where there are none.")
    if model.price_formula:
        yield _problem("price_formula", "price_on_parts", "the price sits on the parts.")
    for index, part in enumerate(model.parts.parts):
        known = parts.get(part.sku)
        if known is not None and known.currency != product.currency:
            words = f"{part.sku!r} has its price in {known.currency}, {product.sku!r} in {product.currency}."
            yield _problem(f"parts.parts[{index}].sku", "other_currency", words, value=known.currency)


# rules


def _of_rules(model: Model) -> Iterator[Problem]:
    for index, rule in enumerate(model.rules):
        place = f"rules[{index}]"
        if rule.kind in (RuleKind.REQUIRES, RuleKind.EXCLUDES):
            if rule.then == ALWAYS:
                yield _problem(f"{place}.then", "missing", f"say what {rule.name!r} {rule.kind.value}.")
            yield from _of_condition(rule.then, f"{place}.then", model, MAX_DEPTH)
        yield from _of_condition(rule.when, f"{place}.when", model, MAX_DEPTH)
        yield from _of_words(rule, place)


def _of_words(rule: Rule, place: str) -> Iterator[Problem]:
    if not rule.name.strip():
        yield _problem(f"{place}.name", "missing", "it is needed.")
    if rule.kind in (RuleKind.VALIDATION, RuleKind.ALERT) and not rule.message.strip():
        yield _problem(f"{place}.message", "missing", "say what the seller is told.")


def _of_condition(condition: Condition, place: str, model: Model, depth: int) -> Iterator[Problem]:
    if not depth:
        yield _problem(place, "too_deep", f"conditions are nested more than {MAX_DEPTH} levels deep.")
        return
    if condition.op in (Op.ALL, Op.ANY, Op.NOT):
        if condition.op is Op.NOT and len(condition.parts) != 1:
            yield _problem(place, "one_part", "what does not hold has to be one condition.")
        for index, part in enumerate(condition.parts):
            yield from _of_condition(part, f"{place}.parts[{index}]", model, depth - 1)
        return
    yield from _of_key(condition, place, model)
    if condition.op is Op.ATTRIBUTE:
        yield from _of_compared(condition, place, model)
    elif condition.op is not Op.CHOSEN and condition.number is None:
        yield _problem(f"{place}.number", "missing", "say with which number it is compared.")
    if condition.op is Op.FORMULA and not condition.formula.strip():
        yield _problem(f"{place}.formula", "missing", "it is needed.")
    if condition.op is not Op.ATTRIBUTE and condition.comparison is Comparison.IN:
        yield _problem(f"{place}.comparison", "not_a_list", "a number is compared with one number.")


def _of_key(condition: Condition, place: str, model: Model) -> Iterator[Problem]:
    """A condition on something that is gone is named with its key."""
    groups = {group.key for group in model.groups}
    options = {option.key for option in model.options()}
    known = {
        Op.CHOSEN: groups | options,
        Op.COUNT: groups,
        Op.QUANTITY: options | {""},
        Op.ATTRIBUTE: {attribute.key for attribute in model.attributes},
    }.get(condition.op)
    if known is not None and condition.key not in known:
        noun = {Op.ATTRIBUTE: "attribute", Op.COUNT: "group"}.get(condition.op, "option")
        yield _problem(f"{place}.key", "unknown_key", f"there is no {noun} {condition.key!r}.", value=condition.key)


def _of_compared(condition: Condition, place: str, model: Model) -> Iterator[Problem]:
    attribute = model.attribute(condition.key)
    if condition.number is None and not condition.values:
        yield _problem(f"{place}.values", "missing", "say with what it is compared.")
    if condition.number is None and condition.comparison not in _WITH_VALUES:
        words = f"codes and texts cannot be compared by {condition.comparison.value!r}."
        yield _problem(f"{place}.comparison", "not_a_number", words)
    if attribute is None or attribute.kind is not AttributeKind.CHOICE:
        return
    for code in condition.values:
        if attribute.value(code) is None:
            words = f"{code!r} is none of the values of {attribute.name!r}."
            yield _problem(f"{place}.values", "unknown_value", words, value=code)


_WITH_VALUES = (Comparison.EQUAL, Comparison.UNEQUAL, Comparison.IN)


def cycle(sku: str, parts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The way from a product through its parts back to itself, such as ("A", "B", "A"); None where there is none.

    `parts` has the SKUs of the parts and options of every product that can be reached.
    """
    path: list[str] = []
    done: set[str] = set()

    def walk(at: str) -> bool:
        if at == sku and path:
            path.append(at)
            return True
        if at in done:
            return False
        done.add(at)
        path.append(at)
        if any(walk(part) for part in parts.get(at, ())):
            return True
        path.pop()
        return False

    return tuple(path) if walk(sku) else None
