"""What has to hold of every model, tried on small ones against a checker that tries everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.configure import Kind, Standing, State, apply, conflicts, evaluate, fixes
from app.catalog.model import Model, Selection
from tests.app.catalog.configure.brute import broken, everything, models, selection_of, selections


@given(models())
@settings(max_examples=40)
def test_valid_means_what_trying_everything_says(model: Model) -> None:
    for at, (taken, values) in enumerate(everything(model)):
        if at % 7 == 0:
            answer = evaluate(model, selection_of(taken, values))
            wrong = broken(model, taken, values)
            assert {problem.key for problem in answer.problems} == wrong
            assert (answer.state is State.VALID) is not bool(wrong)


@given(models(), selections(), st.randoms())
def test_order_changes_nothing(model: Model, selection: Selection, random: object) -> None:
    rules, chosen, values = list(model.rules), list(selection.chosen), list(selection.values)
    for listed in (rules, chosen, values):
        random.shuffle(listed)  # type: ignore[attr-defined]
    mixed = replace(model, rules=tuple(rules))
    other = replace(selection, chosen=tuple(chosen), values=tuple(values))
    answer = evaluate(model, selection)
    assert answer == evaluate(mixed, other)
    for problem in answer.problems:
        assert fixes(model, selection, problem) == fixes(mixed, other, problem)
    for result in answer.results:
        assert fixes(model, selection, result.key) == fixes(mixed, other, result.key)


@given(models(), selections())
def test_a_fix_removes_its_problem_and_brings_no_other(model: Model, selection: Selection) -> None:
    before = evaluate(model, selection)
    for problem in before.problems:
        for way in fixes(model, selection, problem):
            after = evaluate(model, apply(model, selection, way))
            left = {(p.cause, p.key) for p in after.problems}
            assert left < {(p.cause, p.key) for p in before.problems}
            assert (problem.cause, problem.key) not in left


@given(models(), selections())
def test_a_fix_makes_a_blocked_option_chosen(model: Model, selection: Selection) -> None:
    before = evaluate(model, selection)
    known = {(p.cause, p.key) for p in before.problems}
    for result in before.results:
        ways = fixes(model, selection, result.key)
        if result.is_chosen:
            assert ways == ()
        for way in ways:
            after = apply(model, selection, way)
            assert after.takes(result.key) is not None
            assert {(p.cause, p.key) for p in evaluate(model, after).problems} <= known
        if result.standing is Standing.FREE:
            added = [named.change.key for named in ways[0].changes if named.change.kind is not Kind.REMOVE]
            assert added == [result.key]  # the option, and what gives way to it


@given(models(), selections())
def test_small_models_always_have_a_way_out_where_there_is_one(model: Model, selection: Selection) -> None:
    """From nothing broken, an option that some valid configuration has can be reached in few changes, or is too far."""
    before = evaluate(model, selection)
    if before.state is not State.VALID:
        return
    valid = [taken for taken, values in everything(model) if not broken(model, taken, values)]
    for result in before.results:
        if result.standing is Standing.BLOCKED:
            possible = any(result.key in taken for taken in valid)
            assert bool(fixes(model, selection, result.key)) is possible


@given(models(most_rules=7))
@settings(max_examples=60)
def test_conflicts_are_those_that_trying_everything_finds(model: Model) -> None:
    answer = conflicts(model)
    assert answer.undecided == ()
    possible = [(taken, values) for taken, values in everything(model) if not broken(model, taken, values)]
    assert answer.is_contradiction is not bool(possible)
    if answer.is_contradiction:
        assert len(answer.found) == 1
    else:
        never = {option.key for option in model.options()} - {key for taken, _ in possible for key in taken}
        assert {found.goal.key for found in answer.found if not found.goal.value} == never
        reached = {values["colour"] for _, values in possible}
        assert {found.goal.value for found in answer.found if found.goal.value} == {"red", "blue"} - reached
    for found in answer.found:
        check_smallest(model, found.goal.key, found.goal.value, {law.key for law in found.laws}, found.is_smallest)


def check_smallest(model: Model, key: str, value: str, named: set[str], is_smallest: bool) -> None:
    """The named laws rule the goal out; no set of fewer laws does."""
    facts = [
        broken(model, taken, values)
        for taken, values in everything(model)
        if not key or (values.get(key) == value if value else key in taken)
    ]

    def rules_out(laws: set[str]) -> bool:
        return all(wrong & laws for wrong in facts)

    assert is_smallest
    assert rules_out(named)
    laws = sorted({law for wrong in facts for law in wrong} | named)
    assert not any(rules_out(set(fewer)) for size in range(len(named)) for fewer in combinations(laws, size))


@given(models(most_rules=6), st.randoms())
@settings(max_examples=50)
def test_conflicts_do_not_depend_on_the_order_of_rules(model: Model, random: object) -> None:
    rules = list(model.rules)
    random.shuffle(rules)  # type: ignore[attr-defined]
    assert conflicts(model) == conflicts(replace(model, rules=tuple(rules)))
