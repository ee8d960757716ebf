"""Which combinations of values there are: all, less those that a rule of the model makes impossible. Pure.

A rule speaks of a variant only as far as the variant's own values decide it: what depends on options that are chosen
later excludes nothing here (conditions are yes, no or open).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from itertools import product as all_combinations
from math import prod
from typing import Any

from app.catalog.model import Attribute, AttributeKind, Comparison, Condition, Model, Op, Rule, RuleKind
from app.catalog.rules import Product, SellingUnit
from app.core.errors import RuleViolation

MOST = 1000
"""Variants that one product may have."""

Chosen = Mapping[str, str]
"""Codes by the key of their attribute."""


def variant_attributes(model: Model) -> tuple[Attribute, ...]:
    """The attributes whose values make variants, in order."""
    return tuple(one for one in model.attributes if one.makes_variants and one.kind is AttributeKind.CHOICE)


def combinations(model: Model) -> list[dict[str, str]]:
    """Every possible combination of values, in the order of the values; none where no attribute makes variants.

    Raises `RuleViolation` (`attributes`, `too_many`) where there are more than `MOST`.
    """
    found = []
    for chosen in _complete(model, {}):
        found.append(chosen)
        if len(found) > MOST:
            message = f"attributes: they make more than {MOST} variants; let fewer of them make variants."
            raise RuleViolation.of("attributes", "too_many", message, most=MOST)
    return found


@dataclass(frozen=True, slots=True)
class Combination:
    """One combination of values, the product it would be, and the rules that make it impossible (none: possible)."""

    values: tuple[tuple[str, str], ...]
    product: Product
    against: tuple[Rule, ...] = ()


def preview(product: Product, model: Model, *, most: int = MOST) -> tuple[list[Combination], int]:
    """Every combination, impossible ones with the rules against them, and how many there are; `most` of them at most.

    None where no attribute makes variants.
    """
    attributes = variant_attributes(model)
    total = prod(len(one.values) for one in attributes) if attributes else 0
    if not total:
        return [], 0
    every = all_combinations(*([(one.key, value.code) for value in one.values] for one in attributes))
    found = []
    for values in islice(every, most):
        chosen = dict(values)
        against = tuple(rule for rule in model.rules if _forbids(rule, model, chosen))
        found.append(Combination(values, variant(product, model, chosen), against))
    return found, total


def still_possible(model: Model, chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """Of each attribute that makes variants the codes that fit what is chosen of the others; for pickers."""
    found = {}
    for attribute in variant_attributes(model):
        others = {key: code for key, code in chosen.items() if key != attribute.key}
        codes = (value.code for value in attribute.values)
        found[attribute.key] = tuple(code for code in codes if _fits(model, others | {attribute.key: code}))
    return found


def _fits(model: Model, chosen: Chosen) -> bool:
    return next(_complete(model, chosen), None) is not None


def _complete(model: Model, given: Chosen) -> Iterator[dict[str, str]]:
    """Every possible combination that has the given values; a branch ends where a rule already forbids it."""
    attributes = variant_attributes(model)
    if not attributes:
        return

    def below(place: int, chosen: dict[str, str]) -> Iterator[dict[str, str]]:
        if not is_possible(model, chosen):
            return
        if place == len(attributes):
            yield chosen
            return
        attribute = attributes[place]
        for value in attribute.values:
            if given.get(attribute.key, value.code) == value.code:
                yield from below(place + 1, chosen | {attribute.key: value.code})

    yield from below(0, {})


def is_possible(model: Model, chosen: Chosen) -> bool:
    """Whether no rule forbids what is chosen so far, whatever may be chosen later."""
    return not any(_forbids(rule, model, chosen) for rule in model.rules)


def _forbids(rule: Rule, model: Model, chosen: Chosen) -> bool:
    if rule.kind is RuleKind.ALERT or _holds(rule.when, model, chosen) is not True:
        return False
    if rule.kind is RuleKind.VALIDATION:
        return True
    wanted = rule.kind is RuleKind.REQUIRES
    return _holds(rule.then, model, chosen) is (not wanted)


def _holds(condition: Condition, model: Model, chosen: Chosen) -> bool | None:
    """Yes, no, or open."""
    if condition.op is Op.ATTRIBUTE:
        return _attribute_holds(condition, model, chosen)
    if condition.op not in (Op.ALL, Op.ANY, Op.NOT):
        return None
    parts = [_holds(part, model, chosen) for part in condition.parts]
    if condition.op is Op.NOT:
        return None if parts[0] is None else not parts[0]
    decisive = condition.op is Op.ANY
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _attribute_holds(condition: Condition, model: Model, chosen: Chosen) -> bool | None:
    attribute, code = model.attribute(condition.key), chosen.get(condition.key)
    if attribute is None or code is None:
        return None
    if condition.number is not None:
        value = attribute.value(code)
        number = None if value is None else value.number
        if number is None:
            return condition.comparison is Comparison.UNEQUAL
        return _COMPARE[condition.comparison](number, condition.number)
    if condition.comparison is Comparison.UNEQUAL:
        return code not in condition.values
    return code in condition.values


_COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.UNEQUAL: operator.ne,
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.MORE: operator.gt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.IN: operator.eq,
}


def variant(product: Product, model: Model, chosen: Chosen) -> Product:
    """The product of a combination: SKU with the codes, name with the values' names, list price with their extras."""
    values = [
        value
        for attribute in variant_attributes(model)
        if (value := attribute.value(chosen.get(attribute.key, ""))) is not None
    ]
    extra = sum((value.price_extra for value in values), Decimal(0))
    return replace(
        product,
        sku="-".join([product.sku, *(value.code for value in values)]),
        name=", ".join([product.name, *(value.name for value in values)]),
        unit_price=product.unit_price + extra * product.base_quantity,
        units=tuple(_with_extra(unit, extra) for unit in product.units),
    )


def _with_extra(unit: SellingUnit, extra: Decimal) -> SellingUnit:
    if unit.price is None:
        return unit
    return replace(unit, price=(unit.price + extra * unit.factor / unit.per).quantize(Decimal("0.000001")))


def fixed(model: Model, values: tuple[tuple[str, str], ...]) -> Model:
    """The model of a variant: what its values decide is decided, and already in its list price."""
    chosen = dict(values)
    return replace(
        model, attributes=tuple(_decided(attribute, chosen.get(attribute.key)) for attribute in model.attributes)
    )


def _decided(attribute: Attribute, code: str | None) -> Attribute:
    value = None if code is None else attribute.value(code)
    if value is None:
        return attribute
    only = replace(value, price_extra=Decimal(0))
    return replace(attribute, values=(only,), default=value.code, makes_variants=False)
