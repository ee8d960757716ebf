"""Where an expression that grows evenly with a measure meets a number: solved exactly from two of its values."""

from __future__ import annotations

from fractions import Fraction

from app.catalog.configure.conditions import number_in
from app.catalog.configure.facts import Facts, text_of
from app.catalog.configure.laws import Laws
from app.catalog.model import Attribute, Condition
from app.core import formula as formulas
from app.core.errors import RuleViolation


def meeting(laws: Laws, attribute: Attribute, condition: Condition, facts: Facts) -> Fraction | None:
    """The value of the measure at which the condition's formula comes to its number; None where it never does.

    Only a guess where the expression is not straight: whoever uses it judges what it really does.
    """
    if condition.number is None:
        return None
    first = Fraction(attribute.least or 0)
    second = Fraction(attribute.most) if attribute.most is not None else first + 1
    if first == second:
        return None
    low, high = (_at(laws, attribute, condition, facts, place) for place in (first, second))
    if low is None or high is None or low == high:
        return None
    return first + (number_in(condition) - low) * (second - first) / (high - low)


def _at(laws: Laws, attribute: Attribute, condition: Condition, facts: Facts, place: Fraction) -> Fraction | None:
    there = facts.copy()
    there.fill(attribute, text_of(place))
    try:
        return formulas.number(condition.formula, laws.names.of(there))
    except RuleViolation:
        return None
