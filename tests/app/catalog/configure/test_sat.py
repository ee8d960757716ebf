"""The solver against trying everything."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.configure.sat import OutOfBudget, Solver

SIZE = 7
literals = st.integers(1, SIZE).flatmap(lambda v: st.sampled_from([v, -v]))
clauses = st.lists(st.lists(literals, min_size=1, max_size=3), max_size=40)


def possible(all_clauses: list[list[int]], assumptions: list[int]) -> bool:
    for values in product((False, True), repeat=SIZE):
        hold = [values[abs(one) - 1] is (one > 0) for one in assumptions]
        if all(hold) and all(any(values[abs(one) - 1] is (one > 0) for one in clause) for clause in all_clauses):
            return True
    return False


def solver(all_clauses: list[list[int]]) -> Solver:
    made = Solver()
    for _ in range(SIZE):
        made.variable()
    for clause in all_clauses:
        made.add(clause)
    return made


@given(clauses, st.lists(st.lists(literals, max_size=5), min_size=1, max_size=4))
def test_it_agrees_with_trying_everything(all_clauses: list[list[int]], questions: list[list[int]]) -> None:
    made = solver(all_clauses)
    for assumptions in questions:
        answer = made.solve(assumptions)
        assert answer is possible(all_clauses, assumptions)
        if answer:
            assert all(any(made.holds(one) for one in clause) for clause in all_clauses)
            assert all(made.holds(one) for one in assumptions)
        else:
            core = list(made.core)
            assert set(core) <= set(assumptions)
            assert not possible(all_clauses, core)


def holes(count: int) -> Solver:
    """One pigeon more than holes: short to say, long to refute."""
    made = Solver()
    sits = [[made.variable() for _ in range(count)] for _ in range(count + 1)]
    for row in sits:
        made.add(row)
    for hole in range(count):
        for one in range(count + 1):
            for other in range(one):
                made.add([-sits[one][hole], -sits[other][hole]])
    return made


def test_what_is_hard_is_decided_all_the_same() -> None:
    assert holes(4).solve() is False


def test_the_budget_ends_the_search() -> None:
    made = holes(9)
    with pytest.raises(OutOfBudget):
        made.solve(budget=2000)
    assert made.spent < 20_000


def test_a_long_chain() -> None:
    made = Solver()
    chain = [made.variable() for _ in range(3000)]
    for one, other in pairwise(chain):
        made.add([-one, other])
    assert made.solve([chain[0]])
    assert made.holds(chain[-1])
    assert not made.solve([chain[0], -chain[-1]])
    assert set(made.core) == {chain[0], -chain[-1]}
    assert made.solve()


def test_what_is_tried_first_is_kept_where_it_can_be() -> None:
    made = solver([[-1, -2]])
    assert made.solve(first=[1, 2, 3])
    assert made.holds(1)
    assert made.holds(-2)
    assert made.holds(3)
