"""Possible combinations: all products of values, less those that a rule forbids, told by a second way."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog import model as models
from app.catalog.model import Attribute, AttributeValue, Comparison, Condition, Model, Op, Rule, RuleKind
from app.catalog.variants import combinations, is_possible, still_possible

KEYS = ("colour", "size", "motor")
CODES = ("A", "B", "C")


def an_attribute(key: str, codes: tuple[str, ...] = CODES, makes_variants: bool = True) -> Attribute:
    values = tuple(AttributeValue(code, code, number=Decimal(place)) for place, code in enumerate(codes))
    return Attribute(key, key.title(), values=values, makes_variants=makes_variants)


def a_rule(kind: RuleKind, when: Condition, then: Condition = models.ALWAYS) -> Rule:
    return Rule("r", "R", kind, when, then, "!")


RED, SMALL = models.attribute_is("colour", "A"), models.attribute_is("size", "A")
TWO = (an_attribute("colour", ("A", "B")), an_attribute("size", ("A", "B")))


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        (a_rule(RuleKind.EXCLUDES, RED, SMALL), {"AB", "BA", "BB"}),
        (a_rule(RuleKind.REQUIRES, RED, SMALL), {"AA", "BA", "BB"}),
        (a_rule(RuleKind.VALIDATION, RED), {"BA", "BB"}),
        (a_rule(RuleKind.ALERT, RED), {"AA", "AB", "BA", "BB"}),
        (a_rule(RuleKind.VALIDATION, models.none_of(models.any_of(RED, SMALL))), {"AA", "AB", "BA"}),
        (a_rule(RuleKind.VALIDATION, models.measured("size", Comparison.AT_LEAST, Decimal(1))), {"AA", "BA"}),
        (a_rule(RuleKind.VALIDATION, models.chosen("lamp")), {"AA", "AB", "BA", "BB"}),
        (a_rule(RuleKind.VALIDATION, models.all_of(RED, models.chosen("lamp"))), {"AA", "AB", "BA", "BB"}),
        (a_rule(RuleKind.VALIDATION, models.any_of(RED, models.chosen("lamp"))), {"BA", "BB"}),
        (a_rule(RuleKind.REQUIRES, RED, models.formula("x", Comparison.LESS, Decimal(1))), {"AA", "AB", "BA", "BB"}),
    ],
)
def test_what_a_rule_leaves(rule: Rule, left: set[str]) -> None:
    found = combinations(Model(TWO, rules=(rule,)))
    assert {chosen["colour"] + chosen["size"] for chosen in found} == left


def test_only_what_makes_variants_is_combined() -> None:
    model = Model((TWO[0], an_attribute("size", makes_variants=False)))
    assert combinations(model) == [{"colour": "A"}, {"colour": "B"}]
    assert combinations(Model((an_attribute("size", makes_variants=False),))) == []
    assert still_possible(Model(), {}) == {}


def test_which_values_are_still_possible() -> None:
    model = Model(TWO, rules=(a_rule(RuleKind.EXCLUDES, RED, SMALL),))
    assert still_possible(model, {}) == {"colour": ("A", "B"), "size": ("A", "B")}
    assert still_possible(model, {"colour": "A"}) == {"colour": ("A", "B"), "size": ("B",)}
    assert still_possible(model, {"colour": "A", "size": "A"}) == {"colour": ("B",), "size": ("B",)}


CONDITIONS = st.recursive(
    st.builds(
        lambda key, comparison, codes: Condition(Op.ATTRIBUTE, key=key, comparison=comparison, values=tuple(codes)),
        st.sampled_from(KEYS),
        st.sampled_from([Comparison.EQUAL, Comparison.UNEQUAL, Comparison.IN]),
        st.lists(st.sampled_from(CODES), min_size=1, max_size=2),
    )
    | st.builds(
        lambda key, comparison, number: models.measured(key, comparison, Decimal(number)),
        st.sampled_from(KEYS),
        st.sampled_from([one for one in Comparison if one is not Comparison.IN]),
        st.integers(-1, 3),
    ),
    lambda inner: st.builds(
        lambda op, parts: Condition(op, tuple(parts[: 1 if op is Op.NOT else 3])),
        st.sampled_from([Op.ALL, Op.ANY, Op.NOT]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
RULES = st.lists(st.builds(a_rule, st.sampled_from(RuleKind), CONDITIONS, CONDITIONS), max_size=3)


def holds(condition: Condition, chosen: dict[str, str]) -> bool:
    """What a condition says of a complete combination, in two-valued logic."""
    parts = [holds(part, chosen) for part in condition.parts]
    if condition.op is Op.NOT:
        return not parts[0]
    if condition.op in (Op.ALL, Op.ANY):
        return all(parts) if condition.op is Op.ALL else any(parts)
    code = chosen[condition.key]
    if condition.number is None:
        return (code in condition.values) is not (condition.comparison is Comparison.UNEQUAL)
    less, more = CODES.index(code) < condition.number, CODES.index(code) > condition.number
    signs = {
        Comparison.LESS: less,
        Comparison.MORE: more,
        Comparison.EQUAL: not (less or more),
        Comparison.UNEQUAL: less or more,
        Comparison.AT_MOST: not more,
        Comparison.AT_LEAST: not less,
    }
    return signs[condition.comparison]


def allowed(rule: Rule, chosen: dict[str, str]) -> bool:
    if rule.kind is RuleKind.ALERT or not holds(rule.when, chosen):
        return True
    return rule.kind is not RuleKind.VALIDATION and holds(rule.then, chosen) is (rule.kind is RuleKind.REQUIRES)


@given(RULES)
def test_variants_are_the_product_of_the_values_less_what_is_forbidden(rules: list[Rule]) -> None:
    model = Model(tuple(map(an_attribute, KEYS)), rules=tuple(rules))
    every = [dict(zip(KEYS, codes, strict=True)) for codes in product(CODES, repeat=3)]
    due = [chosen for chosen in every if all(allowed(rule, chosen) for rule in rules)]
    assert combinations(model) == due
    assert [chosen for chosen in every if is_possible(model, chosen)] == due


@given(RULES, st.dictionaries(st.sampled_from(KEYS), st.sampled_from(CODES)))
def test_a_value_is_possible_if_some_variant_has_it_with_the_others(rules: list[Rule], chosen: dict[str, str]) -> None:
    model = Model(tuple(map(an_attribute, KEYS)), rules=tuple(rules))
    known = combinations(model)
    for key, codes in still_possible(model, chosen).items():
        others = {name: code for name, code in chosen.items() if name != key}
        fitting = {one[key] for one in known if others.items() <= one.items()}
        assert set(codes) == fitting
