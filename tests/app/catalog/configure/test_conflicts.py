"""Contradictions of a model: named when it is written, with the smallest set of rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalog.bundling import save_model
from app.catalog.configure import check, conflicts
from app.catalog.configure.conflicts import as_problem, problems
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Comparison,
    Condition,
    Model,
    Op,
    Option,
    OptionGroup,
    Rule,
    RuleKind,
    any_of,
    attribute_is,
    chosen,
    count,
    formula,
    measured,
    quantity,
)
from app.catalog.queries import by_sku
from app.catalog.rules import Product
from app.catalog.service import add_product
from app.core.errors import RuleViolation
from app.store.store import Store
from tests.builders import a_tax

D = Decimal
GROUP = OptionGroup("frame", "Frame", 1, 1, (Option("f1", name="F1"), Option("f2", name="F2")))
MORE = OptionGroup("more", "More", 0, None, tuple(Option(key, name=key.upper()) for key in ("a", "b", "c", "d")))
LENGTH = Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR", least=D(1), most=D(9))
PLAIN = Model((LENGTH,), (GROUP, MORE))


def rule(key: str, kind: RuleKind, when: Condition, then: Condition | None = None) -> Rule:
    return Rule(key, f"Rule {key}", kind, when, then or Condition(Op.ALL), "Message.")


def needs(key: str, when: Condition, then: Condition) -> Rule:
    return rule(key, RuleKind.REQUIRES, when, then)


def with_rules(*rules: Rule, **changes: object) -> Model:
    return replace(PLAIN, rules=rules, **changes)  # type: ignore[arg-type]


def said(model: Model) -> list[tuple[str, list[str]]]:
    return [(found.goal.name, [law.name for law in found.laws]) for found in conflicts(model).found]


def test_nothing_contradicts_itself() -> None:
    assert conflicts(PLAIN).found == ()
    assert conflicts(Model()).found == ()


def test_a_chain_that_bites_its_tail_is_named_whole_and_nothing_beside_it() -> None:
    model = with_rules(
        needs("1", chosen("a"), chosen("b")),
        needs("2", chosen("b"), chosen("c")),
        rule("3", RuleKind.EXCLUDES, chosen("c"), chosen("a")),
        needs("4", chosen("d"), chosen("c")),
    )
    assert said(model) == [("A", ["Rule 1", "Rule 2", "Rule 3"])]
    assert as_problem(conflicts(model).found[0]).message == (
        "rules: 'A' can never be chosen because of 'Rule 1', 'Rule 2', 'Rule 3'."
    )


def test_the_smaller_of_two_contradictions_is_named() -> None:
    model = with_rules(
        needs("1", chosen("a"), chosen("b")),
        needs("2", chosen("b"), chosen("c")),
        rule("3", RuleKind.EXCLUDES, chosen("c"), chosen("a")),
        needs("4", chosen("a"), chosen("f1")),
        needs("5", chosen("a"), chosen("f2")),
        rule("6", RuleKind.EXCLUDES, chosen("a"), any_of(chosen("d"), chosen("c"))),
        rule("7", RuleKind.EXCLUDES, chosen("b"), chosen("a")),
    )
    (found,) = conflicts(model).found
    assert ([law.key for law in found.laws], found.is_smallest) == (["1", "7"], True)


def test_limits_of_groups_take_part() -> None:
    model = with_rules(needs("1", chosen("a"), chosen("f1")), needs("2", chosen("a"), chosen("f2")))
    assert said(model) == [("A", ["Frame", "Rule 1", "Rule 2"])]
    assert said(with_rules(needs("1", chosen("a"), count("more", Comparison.AT_LEAST, D(5))))) == [("A", ["Rule 1"])]


def test_a_model_without_any_valid_configuration() -> None:
    model = with_rules(
        rule("1", RuleKind.EXCLUDES, chosen("frame"), measured("length", Comparison.LESS, D(5))),
        rule("2", RuleKind.VALIDATION, measured("length", Comparison.AT_LEAST, D(5))),
        rule("3", RuleKind.ALERT, chosen("a")),
    )
    assert conflicts(model).is_contradiction
    (problem,) = problems(model)
    assert problem.code == "contradiction"
    assert problem.values["rules"] == ["Frame", "Rule 1", "Rule 2"]


def test_measures_are_told_apart_where_rules_turn() -> None:
    between = rule("1", RuleKind.VALIDATION, measured("length", Comparison.MORE, D(2)))
    above = rule("2", RuleKind.VALIDATION, measured("length", Comparison.LESS, D("2.5")))
    assert conflicts(with_rules(between, above)).is_contradiction
    touching = rule("2", RuleKind.VALIDATION, measured("length", Comparison.LESS, D(2)))
    assert not conflicts(with_rules(between, touching)).is_contradiction
    grid = replace(LENGTH, step=D("0.75"))
    assert conflicts(with_rules(between, touching, attributes=(grid,))).is_contradiction


def test_what_a_formula_says_of_a_measure_is_not_decided_by_samples() -> None:
    never = rule("1", RuleKind.VALIDATION, formula("length * length", Comparison.LESS, D(100)))
    found = conflicts(with_rules(never))
    assert found.found == ()
    assert [goal.key for goal in found.undecided][:1] == [""]
    grid = replace(LENGTH, step=D("0.5"))
    assert conflicts(with_rules(never, attributes=(grid,))).is_contradiction
    possible = rule("1", RuleKind.VALIDATION, formula("length * 2", Comparison.MORE, D(10)))
    assert conflicts(with_rules(possible)).undecided == ()


def test_quantities_and_the_number_sold_take_part() -> None:
    some = Option("hose", name="Hose", least=D(2), most=D(4))
    group = OptionGroup("hoses", "Hoses", 0, None, (some,))
    groups = (GROUP, group)
    tight = needs("1", chosen("hose"), quantity(Comparison.MORE, D(4), "hose"))
    assert said(with_rules(tight, groups=groups)) == [("Hose", ["Rule 1"])]
    fits = needs("1", chosen("hose"), quantity(Comparison.MORE, D(3), "hose"))
    assert conflicts(with_rules(fits, groups=groups)).found == ()
    none = rule("1", RuleKind.VALIDATION, quantity(Comparison.MORE, D(0)))
    assert conflicts(with_rules(none)).is_contradiction


def test_values_that_can_never_be_chosen() -> None:
    colour = Attribute("colour", "Colour", values=(AttributeValue("r", "Red"), AttributeValue("b", "Blue")))
    model = with_rules(rule("1", RuleKind.VALIDATION, attribute_is("colour", "b")), attributes=(colour,))
    assert said(model) == [("Colour: Blue", ["Rule 1"])]
    assert conflicts(with_rules(attributes=(replace(colour, values=()),))).is_contradiction


def test_an_option_that_excludes_itself() -> None:
    assert said(with_rules(rule("1", RuleKind.EXCLUDES, chosen("a"), chosen("a")))) == [("A", ["Rule 1"])]


def test_the_budget_is_kept_and_said() -> None:
    many = tuple(Option(f"o{n}", name=str(n)) for n in range(60))
    rules = [needs(f"{n:02}", chosen(f"o{n}"), chosen(f"o{n + 1}")) for n in range(59)]
    model = replace(PLAIN, groups=(OptionGroup("g", "G", 0, None, many),), rules=tuple(rules))
    assert conflicts(model).undecided == ()
    assert len(conflicts(model, budget=0).undecided) >= 1


def test_huge_numbers_and_odd_names_are_no_trouble() -> None:
    odd = with_rules(
        rule("1", RuleKind.VALIDATION, measured("length", Comparison.MORE, D("1E+200"))),
        rule("2", RuleKind.VALIDATION, formula("ghost / 0", Comparison.MORE, D(1))),
        rule("3", RuleKind.EXCLUDES, chosen("ghost"), chosen("frame")),
        rule("4", RuleKind.VALIDATION, count("frame", Comparison.MORE, D("1E+30"))),
    )
    assert not conflicts(odd).is_contradiction


def test_formulas_and_texts_are_checked_by_field() -> None:
    model = with_rules(
        rule("1", RuleKind.VALIDATION, any_of(chosen("a"), formula("hight + 1", Comparison.MORE, D(1)))),
        needs("2", chosen("a"), Condition(Op.FORMULA, formula="length")),
        price_formula="price + length * (",
        text_template="{length} {colour}",
    )
    assert [(problem.field, problem.code) for problem in check(model)] == [
        ("price_formula", "incomplete"),
        ("text_template", "unknown_name"),
        ("rules[0].when.parts[1].formula", "unknown_name"),
        ("rules[1].then.formula", "sort"),
    ]
    good = with_rules(price_formula="price + length * a + frame * quantity", text_template="{length} m {frame} {a}")
    assert check(good) == []


@pytest.mark.parametrize(
    ("model", "field", "code"),
    [
        (with_rules(rule("r1", RuleKind.VALIDATION, chosen("frame"))), "rules", "contradiction"),
        (with_rules(price_formula="length / 0"), "price_formula", "division_by_zero"),
        (with_rules(text_template="{oops}"), "text_template", "unknown_name"),
    ],
)
def test_a_model_that_contradicts_itself_is_not_saved(store: Store, model: Model, field: str, code: str) -> None:
    with store.write("Ann") as session:
        product_id = add_product(session, Product("P", "P", "EUR", D(5), a_tax())).ids["product"]
        with pytest.raises(RuleViolation) as refused:
            save_model(session, product_id, model)
        assert [(problem.field, problem.code) for problem in refused.value.problems] == [(field, code)]
        assert set(by_sku(session, ["P"])) == {"P"}
        save_model(session, product_id, PLAIN)
