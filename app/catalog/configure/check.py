"""What is wrong with the formulas and texts of a model that is being written, by field. Pure.

Keys, numbers and products are checked by `app.catalog.model_check`; contradictions are found by `conflicts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.catalog.configure.conditions import PRICE, Names
from app.catalog.model import Condition, Model, Op
from app.core import formula as formulas
from app.core import template
from app.core.errors import Problem
from app.core.formula import Sort


def check(model: Model) -> list[Problem]:
    """Everything wrong with the price formula, the text template and the formulas of the rules.

    Formulas may name attributes, options (how many for one bundle), groups (how many are chosen) and `quantity`; the
    price formula also `price`, the list price. Templates name attributes, options and groups.
    """
    names = Names(model).sorts()
    found = []
    if model.price_formula.strip():
        found += formulas.check(model.price_formula, names | {PRICE: Sort.NUMBER}, field="price_formula")
    texts = {*(attribute.key for attribute in model.attributes), *(group.key for group in model.groups)}
    texts |= {option.key for option in model.options()}
    found += template.check(model.text_template, texts, field="text_template")
    for index, rule in enumerate(model.rules):
        for part, condition in (("when", rule.when), ("then", rule.then)):
            found += _of_condition(condition, f"rules[{index}].{part}", names)
    return found


def _of_condition(condition: Condition, place: str, names: dict[str, Sort]) -> Iterator[Problem]:
    if condition.op is Op.FORMULA and condition.formula.strip():
        wanted = Sort.TRUTH if condition.number is None else Sort.NUMBER
        yield from formulas.check(condition.formula, names, result=wanted, field=f"{place}.formula")
    for index, part in enumerate(condition.parts):
        yield from _of_condition(part, f"{place}.parts[{index}]", names)
