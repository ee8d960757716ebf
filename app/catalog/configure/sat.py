"""A small solver for yes-or-no variables: can all clauses hold, and if not, which assumptions are to blame?

Literals are whole numbers other than 0: 3 is "variable 3 holds", -3 that it does not. A clause holds where one of its
literals does. The method is conflict-driven clause learning: try, propagate what follows, and learn from every
contradiction a clause that rules it out for good. The budget counts propagated literals, not seconds, so the same
question has the same answer on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

NO = -1
UNSET = 0
YES = 1


class OutOfBudget(Exception):
    """The question was not decided within the budget."""


class Solver:
    """Clauses are added once and kept; each question is asked under assumptions of its own."""

    def __init__(self) -> None:
        self._values: list[int] = [UNSET]
        self._levels: list[int] = [0]
        self._causes: list[list[int] | None] = [None]
        self._phases: list[int] = [NO]
        self._activity: list[int] = [0]
        self._watching: dict[int, list[list[int]]] = {}
        self._trail: list[int] = []
        self._starts: list[int] = []
        self._next = 0
        self._queue: list[tuple[int, int]] = []
        self._bump = 1
        self._is_sound = True
        self.core: tuple[int, ...] = ()
        """After a "no": assumptions that cannot hold together (none: the clauses alone contradict each other)."""
        self.spent = 0
        """Literals propagated so far."""

    def variable(self, *, phase: bool = False) -> int:
        """A new variable; `phase` is what is tried first."""
        self._values.append(UNSET)
        self._levels.append(0)
        self._causes.append(None)
        self._phases.append(YES if phase else NO)
        self._activity.append(0)
        return len(self._values) - 1

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self._values) - 1

    def prefer(self, literal: int) -> None:
        """Try this literal first where nothing else decides."""
        self._phases[abs(literal)] = YES if literal > 0 else NO

    def holds(self, literal: int) -> bool:
        """Whether a literal holds in the solution just found."""
        return self._value(literal) == YES

    def add(self, literals: Iterable[int]) -> None:
        """Add a clause; only between questions."""
        self._undo(0)
        clause = list(dict.fromkeys(literals))
        if any(-literal in clause for literal in clause) or any(self._value(literal) == YES for literal in clause):
            return
        clause = [literal for literal in clause if self._value(literal) == UNSET]
        if len(clause) > 1:
            self._watch(clause)
        elif not clause or not self._is_sound:
            self._is_sound = False
        else:
            self._set(clause[0], None)
            self._is_sound = self._propagate() is None

    def solve(self, assumptions: Sequence[int] = (), *, first: Sequence[int] = (), budget: int = 10**9) -> bool:
        """Whether everything can hold with the assumptions. After a yes ask `holds`, after a no read `core`.

        Literals in `first` are tried before all others, in this order. Raises `OutOfBudget` when more than `budget`
        literals would have to be propagated.
        """
        self._undo(0)
        self.core = ()
        limit = self.spent + budget
        self._refill()
        while self._is_sound:
            conflict = self._propagate()
            if self.spent > limit:
                raise OutOfBudget
            if conflict is not None:
                if not self._starts:
                    self._is_sound = False
                    break
                self._learn(conflict)
                continue
            literal = self._decision(assumptions, first)
            if literal is None:
                return True
            if self._value(literal) == NO:
                self.core = self._blame(literal, assumptions)
                return False
            self._starts.append(len(self._trail))
            self._set(literal, None)
        return False

    # ------------------------------------------------------------ deciding

    def _decision(self, assumptions: Sequence[int], first: Sequence[int]) -> int | None:
        """The next literal to try: an assumption (even one that fails, which ends the question), or a free one."""
        for literal in assumptions[len(self._starts) :]:
            if self._value(literal) == YES:
                self._starts.append(len(self._trail))  # one level per assumption, so that they are passed only once
            else:
                return literal
        for literal in first:
            if self._value(literal) == UNSET:
                return literal
        while self._queue:
            _, variable = heappop(self._queue)
            if self._values[variable] == UNSET:
                return variable * self._phases[variable]
        return None

    def _refill(self) -> None:
        self._queue = [(-self._activity[v], v) for v in range(1, len(self._values)) if self._values[v] == UNSET]
        heapify(self._queue)

    # ------------------------------------------------------------ following

    def _value(self, literal: int) -> int:
        value = self._values[abs(literal)]
        return value if literal > 0 else -value

    def _set(self, literal: int, cause: list[int] | None) -> None:
        variable = abs(literal)
        self._values[variable] = YES if literal > 0 else NO
        self._levels[variable] = len(self._starts)
        self._causes[variable] = cause
        self._trail.append(literal)

    def _watch(self, clause: list[int]) -> None:
        for literal in clause[:2]:
            self._watching.setdefault(-literal, []).append(clause)

    def _propagate(self) -> list[int] | None:
        """Everything that follows; the clause that cannot hold any more, or None."""
        values = self._values
        while self._next < len(self._trail):
            literal = self._trail[self._next]
            self._next += 1
            self.spent += 1
            watching = self._watching.get(literal)
            if not watching:
                continue
            kept: list[list[int]] = []
            self._watching[literal] = kept
            for at, clause in enumerate(watching):
                if clause[0] == -literal:
                    clause[0], clause[1] = clause[1], clause[0]
                head = clause[0]
                value = values[head] if head > 0 else -values[-head]
                if value == YES:
                    kept.append(clause)
                    continue
                for place in range(2, len(clause)):
                    other = clause[place]
                    if (values[other] if other > 0 else -values[-other]) != NO:
                        clause[1], clause[place] = other, clause[1]
                        self._watching.setdefault(-other, []).append(clause)
                        break
                else:
                    kept.append(clause)
                    if value == NO:
                        kept.extend(watching[at + 1 :])
                        self._next = len(self._trail)
                        return clause
                    self._set(head, clause)
        return None

    # ------------------------------------------------------------ learning

    def _learn(self, conflict: list[int]) -> None:
        """From a contradiction to the clause that would have prevented it, and back to where it decides something."""
        learnt, back = self._analysed(conflict)
        self._undo(back)
        if len(learnt) > 1:
            self._watch(learnt)
            self._set(learnt[0], learnt)
        else:
            self._set(learnt[0], None)
        self._bump += 1

    def _analysed(self, conflict: list[int]) -> tuple[list[int], int]:
        level, seen = len(self._starts), set[int]()
        learnt, open_count, at = [0], 0, len(self._trail)
        clause: Iterable[int] = conflict
        while True:
            for literal in clause:
                variable = abs(literal)
                if variable in seen or not self._levels[variable]:
                    continue
                seen.add(variable)
                self._activity[variable] += self._bump
                if self._levels[variable] == level:
                    open_count += 1
                else:
                    learnt.append(literal)
            at -= 1
            while abs(self._trail[at]) not in seen:
                at -= 1
            literal = self._trail[at]
            open_count -= 1
            if not open_count:
                learnt[0] = -literal
                break
            cause = self._causes[abs(literal)]
            clause = () if cause is None else [other for other in cause if other != literal]
        return learnt, self._second(learnt)

    def _second(self, learnt: list[int]) -> int:
        """The level to go back to; its literal goes to the second place, where it is watched."""
        if len(learnt) == 1:
            return 0
        place = max(range(1, len(learnt)), key=lambda index: self._levels[abs(learnt[index])])
        learnt[1], learnt[place] = learnt[place], learnt[1]
        return self._levels[abs(learnt[1])]

    def _undo(self, level: int) -> None:
        if len(self._starts) <= level:
            return
        start = self._starts[level]
        for literal in self._trail[start:]:
            variable = abs(literal)
            self._values[variable] = UNSET
            self._causes[variable] = None
            heappush(self._queue, (-self._activity[variable], variable))
        del self._trail[start:]
        del self._starts[level:]
        self._next = start

    def _blame(self, failed: int, assumptions: Sequence[int]) -> tuple[int, ...]:
        """The assumptions from which it follows that one of them fails, that one included."""
        asked = set(assumptions)
        found, todo, seen = {failed}, [-failed], {abs(failed)}
        while todo:
            literal = todo.pop()
            cause = self._causes[abs(literal)]
            if cause is None:
                if literal in asked and self._levels[abs(literal)]:
                    found.add(literal)
                continue
            for other in cause:
                if abs(other) not in seen and self._levels[abs(other)]:
                    seen.add(abs(other))
                    todo.append(-other)
        return tuple(sorted(found, key=lambda literal: (abs(literal), literal)))
