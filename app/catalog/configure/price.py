"""What a configuration says about price and paper: the price before options, its text, and the pairs that are printed.

What options cost, and the lines that all of it becomes, is for `app.pricing.from_catalog`; it takes `base_price` from
here. Exact fractions until the very end: a unit price is kept with six places, and that is the only rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.catalog.configure.conditions import PRICE
from app.catalog.configure.engine import ONE, facts_of, ordered
from app.catalog.configure.facts import Facts
from app.catalog.configure.laws import Laws, laws_of
from app.catalog.configure.reasons import Wording
from app.catalog.model import Attribute, AttributeKind, Model, Option, OptionPrice, Selection
from app.catalog.rules import Product
from app.core import formula as formulas
from app.core import template
from app.core.errors import RuleViolation
from app.core.quantity import plain

PLACES = 6
"""Decimals of a unit price."""


@dataclass(frozen=True, slots=True)
class Described:
    """A configuration for price and paper.

    `base_price` is that of one unit before options, in the product's currency with six places, `exact_price` the same
    before it was rounded; None while an attribute that it needs has no value. `printed` are attributes and option
    groups by name, as they stand below the line; `description` is the filled template (the product's own description
    where the model has none). `problem` is why there is no price.
    """

    base_price: Decimal | None
    printed: tuple[tuple[str, str], ...]
    description: str
    problem: str = ""
    exact_price: Fraction | None = None


def describe(
    model: Model,
    product: Product,
    selection: Selection,
    products: Mapping[str, Product] | None = None,
    *,
    quantity: Decimal = ONE,
) -> Described:
    """Price before options and printed words of a selection. Raises nothing: what cannot be computed is `problem`.

    `products` give the names of options that have none of their own. `quantity` is how many are sold, which formulas
    know as `quantity`.
    """
    laws = laws_of(model)
    selection = ordered(laws, selection)
    facts = facts_of(laws, selection, quantity)
    exact, problem = None, ""
    try:
        exact = exact_price(laws, product, facts)
    except RuleViolation as stopped:
        problem = stopped.problems[0].message
    words = printed(laws, facts, Wording(laws, products))
    return Described(_kept(exact), words, _description(laws, product, facts), problem, exact)


def _kept(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else plain(formulas.rounded(exact, PLACES))


def base_price(model: Model, product: Product, selection: Selection, *, quantity: Decimal = ONE) -> Fraction | None:
    """The exact price of one unit before options: formula, or list price, and the extras of the chosen values.

    In the product's currency; None while an attribute that it needs has no value. Raises `RuleViolation` (field
    `price_formula`) where the formula cannot be computed or comes to less than zero.
    """
    laws = laws_of(model)
    return exact_price(laws, product, facts_of(laws, ordered(laws, selection), quantity))


def exact_price(laws: Laws, product: Product, facts: Facts) -> Fraction | None:
    """The same of facts. A formula stands in for the list price, which it knows as `price`; extras are added."""
    listed = Fraction(product.unit_price) / Fraction(product.base_quantity)
    found: Fraction | None = listed
    if laws.model.price_formula.strip():
        found = _by_formula(laws, facts, listed)
    if found is None:
        return None
    return found + sum((_extra(attribute, facts) for attribute in laws.attributes.values()), Fraction(0))


def _by_formula(laws: Laws, facts: Facts, listed: Fraction) -> Fraction | None:
    try:
        found = formulas.number(laws.model.price_formula, laws.names.of(facts, {PRICE: listed}))
    except RuleViolation as stopped:
        raise RuleViolation(
            [
                type(problem)("price_formula", problem.code, f"price_formula: {problem.message}", problem.values)
                for problem in stopped.problems
            ]
        ) from stopped
    if found is not None and found < 0:
        text = str(plain(formulas.rounded(found, PLACES)))
        message = f"price_formula: it comes to {text} here; expected a price that is not below zero."
        raise RuleViolation.of("price_formula", "negative", message, value=text)
    return found


def _extra(attribute: Attribute, facts: Facts) -> Fraction:
    value = attribute.value(facts.texts.get(attribute.key, ""))
    return Fraction(0) if value is None else Fraction(value.price_extra)


def price_of_one(laws: Laws, product: Product, products: Mapping[str, Product], facts: Facts) -> Fraction | None:
    """The price of one unit with its options; None while it cannot be told. For comparing what a fix costs."""
    try:
        total = exact_price(laws, product, facts)
    except RuleViolation:
        return None
    if total is None:
        return None
    for key, quantity in facts.taken.items():
        total += option_price(laws.options[key], products) * quantity
    return total


def option_price(option: Option, products: Mapping[str, Product]) -> Fraction:
    """What one of an option adds: nothing, its product's list price (0 where that is gone), or its own price."""
    if option.price is OptionPrice.OWN:
        return Fraction(option.own_price or 0)
    product = products.get(option.sku)
    if option.price is OptionPrice.INCLUDED or product is None:
        return Fraction(0)
    return Fraction(product.unit_price) / Fraction(product.base_quantity)


def printed(laws: Laws, facts: Facts, wording: Wording) -> tuple[tuple[str, str], ...]:
    """Attributes, then options by group, as (name, value): what a line keeps in `LineDetail.options`."""
    found = [
        (attribute.name, shown(attribute, facts.texts[attribute.key]))
        for attribute in laws.attributes.values()
        if attribute.key in facts.texts
    ]
    for group in laws.groups.values():
        names = [
            _with_quantity(wording.option(option), option, facts)
            for option in group.options
            if option.key in facts.taken and option.is_printed
        ]
        if names:
            found.append((group.name, ", ".join(names)))
    return tuple(found)


def _with_quantity(name: str, option: Option, facts: Facts) -> str:
    quantity = facts.taken[option.key]
    if not option.may_vary or quantity == 1:
        return name
    return f"{plain(formulas.rounded(quantity, PLACES))} x {name}"


def shown(attribute: Attribute, text: str) -> str:
    """A value as it is printed: the value's name, the number with its unit, or the text."""
    if attribute.kind is AttributeKind.CHOICE:
        value = attribute.value(text)
        return text if value is None else value.name
    return f"{text} {UNIT_SIGNS.get(attribute.unit, attribute.unit)}".strip()


UNIT_SIGNS = {
    "MTR": "m",
    "MMT": "mm",
    "CMT": "cm",
    "KGM": "kg",
    "GRM": "g",
    "LTR": "l",
    "MTK": "m²",
    "HUR": "h",
    "C62": "",
}
"""How the common units are written behind a number; any other is written as its code."""


def _description(laws: Laws, product: Product, facts: Facts) -> str:
    text = laws.model.text_template
    if not text.strip():
        return product.description
    try:
        return template.fill(text, _texts(laws, facts))
    except RuleViolation:
        return product.description


def _texts(laws: Laws, facts: Facts) -> dict[str, str]:
    """What a template may name: attributes (without their unit, which the template writes) and groups by their key."""
    found = {}
    for key, attribute in laws.attributes.items():
        text = facts.texts.get(key, "")
        value = attribute.value(text)
        found[key] = text if value is None else value.name
    wording = Wording(laws)
    for key, group in laws.groups.items():
        found[key] = ", ".join(wording.option(option) for option in group.options if option.key in facts.taken)
    for key, option in laws.options.items():
        found[key] = wording.option(option) if key in facts.taken else ""
    return found
