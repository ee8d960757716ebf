"""Rules that contradict each other, found when a model is written: what can never be chosen, and which rules see to it.

Every option and every value of a choice is asked for: is there any valid configuration with it? One that is found is
judged by the engine itself before it counts. Where there is none, the smallest set of rules and limits that rules it
out is named. The search is bounded by a budget of steps, the same on every machine; what it could not decide it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.catalog.configure.clauses import Clauses
from app.catalog.configure.engine import judge_all
from app.catalog.configure.facts import Facts
from app.catalog.configure.laws import Laws, Sort, laws_of
from app.catalog.configure.reasons import Wording
from app.catalog.configure.sat import OutOfBudget
from app.catalog.configure.smallest import smallest
from app.catalog.model import AttributeKind, Model
from app.core.errors import Problem

BUDGET = 300_000
"""Steps for one model: about two seconds; a thousand options with five hundred rules take a third of it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked for: an option, or a value of a choice; with an empty key, any valid configuration at all."""

    key: str = ""
    value: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Blame:
    """A rule, or the limits of a group, attribute or option, that takes part in a conflict."""

    sort: Sort
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that can never be, and the laws that rule it out together; without any of them it could be.

    `is_smallest` says that no other set of fewer laws rules it out either.
    """

    goal: Goal
    laws: tuple[Blame, ...]
    is_smallest: bool


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The answer: what can never be, and what was not decided within the limit."""

    found: tuple[Conflict, ...] = ()
    undecided: tuple[Goal, ...] = ()

    @property
    def is_contradiction(self) -> bool:
        """Whether there is no valid configuration at all."""
        return any(not conflict.goal.key for conflict in self.found)


def conflicts(model: Model, *, budget: int = BUDGET) -> Conflicts:
    """What of a model can never be chosen, with the smallest set of rules that sees to it. Products play no part.

    If there is no valid configuration at all, that is the only conflict named. Alerts forbid nothing. Order of rules
    changes nothing.
    """
    return _Search(laws_of(model), budget).run()


def problems(model: Model, *, budget: int = BUDGET) -> list[Problem]:
    """Contradictions of a whole model as problems of the field `rules`: a model without any valid configuration."""
    return [as_problem(found) for found in conflicts(model, budget=budget).found if not found.goal.key]


def as_problem(conflict: Conflict) -> Problem:
    """A conflict in words: `contradiction` for a whole model, `never` for an option or value."""
    names = ", ".join(repr(law.name) for law in conflict.laws)
    if not conflict.goal.key:
        message = f"rules: no configuration fulfils them all; these contradict each other: {names}."
        return Problem("rules", "contradiction", message, {"rules": [law.name for law in conflict.laws]})
    message = f"rules: {conflict.goal.name!r} can never be chosen because of {names}."
    values = {"name": conflict.goal.name, "rules": [law.name for law in conflict.laws]}
    return Problem("rules", "never", message, values)


class _Search:
    def __init__(self, laws: Laws, budget: int) -> None:
        self._laws = laws
        self._clauses = Clauses(laws)
        self._solver = self._clauses.solver
        self._left = budget
        self._sure = [switch for number, switch in self._clauses.switches.items() if number not in self._clauses.unsure]
        self._all = list(self._clauses.switches.values())
        self._law_of = {switch: number for number, switch in self._clauses.switches.items()}
        self._wording = Wording(laws)

    def run(self) -> Conflicts:
        goals = self._goals()
        open_goals = dict(goals)
        for literal in goals.values():
            self._solver.prefer(literal)
        found: list[Conflict] = []
        undecided: list[Goal] = []
        for goal, literal in ((Goal(), self._clauses.yes), *goals.items()):
            if goal.key and goal not in open_goals:
                continue
            answer = self._ask(literal, open_goals)
            if answer is None:
                undecided.append(goal)
            elif not answer:
                found.append(self._conflict(goal, literal))
                if not goal.key:
                    return Conflicts(tuple(found))
        return Conflicts(tuple(found), tuple(goal for goal in undecided if not goal.key or goal in open_goals))

    def _goals(self) -> dict[Goal, int]:
        goals = {Goal(key, "", self._wording.name(key)): literal for key, literal in self._clauses.options.items()}
        for key, attribute in self._laws.attributes.items():
            if attribute.kind is AttributeKind.CHOICE:
                for text, literal in self._clauses.values[key].items():
                    if text:
                        name = f"{attribute.name}: {self._wording.value(key, text)}"
                        goals[Goal(key, text, name)] = literal
        return goals

    def _ask(self, literal: int, open_goals: dict[Goal, int]) -> bool | None:
        """Whether a goal can be, None if not decided; other goals that the solution reaches are answered with it."""
        try:
            if self._solve([literal, *self._all]):
                facts = self._clauses.facts()
                if self._is_valid(facts):
                    for goal in [goal for goal in open_goals if self._reached(goal, facts)]:
                        self._solver.prefer(-open_goals.pop(goal))  # so that the next solution reaches others
                    return True
                return None
            return None if self._clauses.unsure and self._solve([literal, *self._sure]) else False
        except OutOfBudget:
            return None

    def _solve(self, assumptions: Sequence[int], first: Sequence[int] = ()) -> bool:
        if self._left <= 0:
            raise OutOfBudget
        before = self._solver.spent
        try:
            return self._solver.solve(assumptions, first=first, budget=self._left)
        finally:
            self._left -= self._solver.spent - before + self._solver.size // 10 + 1  # asking costs something too

    def _is_valid(self, facts: Facts) -> bool:
        return not any(self._laws.all[number].stops for number in judge_all(self._laws, facts))

    def _reached(self, goal: Goal, facts: Facts) -> bool:
        return facts.texts.get(goal.key) == goal.value if goal.value else goal.key in facts.taken

    def _conflict(self, goal: Goal, literal: int) -> Conflict:
        def contradict(switches: Iterable[int]) -> tuple[int, ...] | None:
            """Those of the switches that are to blame, or None where they can all hold."""
            return None if self._solve([literal, *switches]) else self._solver.core

        def in_force(switches: Iterable[int]) -> list[int]:
            """With these switches, those of the others that cannot be kept beside them."""
            rest = [switch for switch in self._sure if switch not in set(switches)]
            self._solve([literal, *switches], first=rest)
            return [switch for switch in rest if not self._solver.holds(switch)]

        core, is_smallest = smallest(self._sure, contradict, in_force)
        return Conflict(goal, tuple(self._blame(self._law_of[switch]) for switch in sorted(core)), is_smallest)

    def _blame(self, number: int) -> Blame:
        law = self._laws.all[number]
        name = law.rule.name if law.rule is not None else self._wording.name(law.key)
        return Blame(law.sort, law.key, name)
