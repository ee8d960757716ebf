"""Errors: a violation carries every problem, and says them all."""

from __future__ import annotations

from app.core.errors import HandselError, Problem, RuleViolation


def test_a_violation_keeps_and_says_all_its_problems() -> None:
    first, second = Problem("name", "missing", "name: is missing."), Problem("tax", "missing", "tax: is missing.")
    violation = RuleViolation([first, second])
    assert violation.problems == (first, second)
    assert str(violation) == "name: is missing.; tax: is missing."
    assert isinstance(violation, HandselError)


def test_a_violation_of_one_problem_carries_its_values() -> None:
    (problem,) = RuleViolation.of("rate", "rate_range", "rate: 120 is too much.", value="120").problems
    assert problem == Problem("rate", "rate_range", "rate: 120 is too much.", {"value": "120"})


def test_problems_do_not_share_their_values() -> None:
    first, second = Problem("a", "b", "c"), Problem("a", "b", "c")
    first.values["x"] = 1
    assert second.values == {}
