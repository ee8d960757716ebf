"""A model as clauses for the solver: one variable per option and per value, one switch per law.

A law counts only while its switch is assumed, so the solver can be asked about any set of laws, and names in its answer
the switches that are to blame.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any

from app.catalog.configure.conditions import BUNDLES, SIGNS, formula_names, number_in, ready
from app.catalog.configure.domains import Domains
from app.catalog.configure.facts import Facts
from app.catalog.configure.laws import Law, Laws, Sort
from app.catalog.configure.sat import Solver
from app.catalog.model import Comparison, Condition, Op, RuleKind
from app.core.errors import RuleViolation

MOST_CASES = 2000
"""Combinations of values that a formula is tried with; one that has more is left open."""

MOST_CELLS = 30_000
"""Variables for counting, in the whole model: a threshold of 5 in a group of 100 takes 500."""

ONE = Fraction(1)


class Clauses:
    """The clauses of a model's laws, and how to read a solution back."""

    def __init__(self, laws: Laws) -> None:
        self.laws = laws
        self.solver = Solver()
        self.yes = self.solver.variable()
        self.solver.add([self.yes])
        self._domains = Domains(laws)
        self._known: dict[Condition, tuple[int, bool]] = {}
        self._counters: dict[str, list[list[int]]] = {}
        self._cells = 0
        self._is_unsure = False
        self.options: dict[str, int] = {}
        """The variable of each option: whether it is chosen."""
        self._amounts: dict[str, dict[Fraction, int]] = {}
        self.values: dict[str, dict[str, int]] = {}
        """The variables of each attribute's values, by text."""
        self._variables()
        self.switches: dict[int, int] = {}
        """The switch of each law that stops the sale, by the law's number."""
        self.unsure: set[int] = set()
        """Laws whose clauses say only part of the truth, because a formula looks at what cannot be listed."""
        for number, law in enumerate(laws.all):
            if law.stops:
                self._add_law(number, law)

    def facts(self) -> Facts:
        """The solution that was just found, as facts for the engine to judge."""
        bundles = next((n for n, v in self._amounts[""].items() if self.solver.holds(v)), ONE)
        facts = self.laws.facts(bundles)
        for key, variable in self.options.items():
            if self.solver.holds(variable):
                facts.take(key, next(n for n, v in self._amounts[key].items() if self.solver.holds(v)))
        for key, texts in self.values.items():
            text = next((text for text, variable in texts.items() if self.solver.holds(variable)), "")
            facts.fill(self.laws.attributes[key], text)
        return facts

    # ------------------------------------------------------------ variables

    def _variables(self) -> None:
        solver = self.solver
        for key, domain in self._domains.options.items():
            chosen = self.options[key] = solver.variable()
            if len(domain.numbers) == 1:
                self._amounts[key] = {domain.numbers[0]: chosen}
            else:
                self._amounts[key] = {number: solver.variable() for number in domain.numbers}
                self._one_of(self._amounts[key].values(), chosen)
        for key, domain in self._domains.attributes.items():
            self.values[key] = {text: solver.variable() for text in domain.texts}
            if domain.texts:
                self._one_of(self.values[key].values(), self.yes)
        self._amounts[""] = {number: solver.variable() for number in self._domains.bundles.numbers}
        self._one_of(self._amounts[""].values(), self.yes)

    def _one_of(self, variables: Iterable[int], where: int) -> None:
        """Exactly one of them where `where` holds, none where it does not; `passed` says that one came already."""
        listed, passed = list(variables), -self.yes
        self.solver.add([-where, *listed])
        for one in listed:
            self.solver.add([-one, where])
            self.solver.add([-passed, -one])
            passed = self._or([passed, one])

    # ------------------------------------------------------------ laws

    def _add_law(self, number: int, law: Law) -> None:
        switch = self.switches[number] = self.solver.variable(phase=True)
        self._is_unsure = False
        if law.sort is Sort.RULE and law.rule is not None:
            when = self._literal(law.rule.when)
            then = [] if law.rule.kind is RuleKind.VALIDATION else [self._literal(law.rule.then)]
            if law.rule.kind is RuleKind.EXCLUDES:
                then = [-literal for literal in then]
            self.solver.add([-switch, -when, *then])
        elif law.sort is Sort.GROUP:
            group = self.laws.groups[law.key]
            self.solver.add([-switch, self._at_least(law.key, group.least)])
            if group.most is not None:
                self.solver.add([-switch, -self._at_least(law.key, group.most + 1)])
        elif law.sort is Sort.ATTRIBUTE and not self.values[law.key]:
            self.solver.add([-switch])  # it is needed, and there is no value that it could have
        elif law.sort is Sort.OPTION:
            self._within(law, switch)
        if self._is_unsure:
            self.unsure.add(number)

    def _within(self, law: Law, switch: int) -> None:
        """Quantities beyond an option's limits, where even its own is one."""
        for number, variable in self._amounts[law.key].items():
            facts = self.laws.facts()
            facts.take(law.key, number)
            if law.judge(facts) is not None:
                self.solver.add([-switch, -variable])

    def _literal(self, condition: Condition) -> int:
        """A literal that holds exactly where the condition does."""
        if condition not in self._known:
            outside, self._is_unsure = self._is_unsure, False
            literal = self._made(condition)
            self._known[condition] = (literal, self._is_unsure)
            self._is_unsure = outside
        literal, is_unsure = self._known[condition]
        self._is_unsure |= is_unsure
        return literal

    def _made(self, condition: Condition) -> int:
        if condition.op is Op.NOT:
            return -self._and([self._literal(part) for part in condition.parts])
        if condition.op is Op.ALL:
            return self._and([self._literal(part) for part in condition.parts])
        if condition.op is Op.ANY:
            return self._or([self._literal(part) for part in condition.parts])
        if condition.op is Op.CHOSEN:
            return self._chosen(condition.key)
        if condition.op is Op.COUNT:
            return self._count(condition)
        if condition.op is Op.QUANTITY:
            return self._quantity(condition)
        if condition.op is Op.ATTRIBUTE:
            return self._by_cases(condition, [condition.key] if condition.key in self.values else [])
        keys = self._named(condition)
        self._is_unsure |= any(self._is_sampled(key) for key in keys)
        return self._by_cases(condition, keys)

    def _is_sampled(self, key: str) -> bool:
        """Whether the values that stand for all of something do not do so in a formula."""
        if key == BUNDLES:
            return self._domains.bundles.is_sampled
        domain = self._domains.attributes.get(key) or self._domains.options[key]
        return domain.is_sampled

    def _and(self, literals: list[int]) -> int:
        if len(literals) == 1:
            return literals[0]
        whole = self.solver.variable()
        for literal in literals:
            self.solver.add([-whole, literal])
        self.solver.add([whole, *(-literal for literal in literals)])
        return whole

    def _or(self, literals: list[int]) -> int:
        return -self._and([-literal for literal in literals])

    def _chosen(self, key: str) -> int:
        if key in self.laws.groups:
            return self._at_least(key, 1)
        return self.options.get(key, -self.yes)

    def _quantity(self, condition: Condition) -> int:
        amounts = self._amounts.get(condition.key, {})
        sign = SIGNS.get(condition.comparison, SIGNS[Comparison.EQUAL])
        number = number_in(condition)
        fitting = [variable for amount, variable in amounts.items() if sign(amount, number)]
        if condition.key and sign(Fraction(0), number):
            fitting.append(-self.options.get(condition.key, -self.yes))
        return self._or(fitting)

    # ------------------------------------------------------------ counting

    def _count(self, condition: Condition) -> int:
        """How many of a group: each run of counts that fit is from one threshold up to below another."""
        group = self.laws.groups.get(condition.key)
        size = 0 if group is None else len(group.options)
        sign = SIGNS.get(condition.comparison, SIGNS[Comparison.EQUAL])
        number = number_in(condition)
        fits = [sign(count, number) for count in range(size + 1)] + [False]
        runs, start = [], None
        for count, fitting in enumerate(fits):
            if fitting and start is None:
                start = count
            elif not fitting and start is not None:
                low, high = self._at_least(condition.key, start), self._at_least(condition.key, count)
                runs.append(self._and([low, -high]))
                start = None
        return self._or(runs)

    def _at_least(self, group: str, count: int) -> int:
        """A literal that holds where at least so many of a group are chosen."""
        known = self.laws.groups.get(group)
        options = [] if known is None else list(dict.fromkeys(option.key for option in known.options))
        if count <= 0:
            return self.yes
        if count > len(options):
            return -self.yes
        if not self._count_up(group, [self.options[key] for key in options], count):
            self._is_unsure = True
            return self.solver.variable()
        return self._counters[group][count][-1]

    def _count_up(self, group: str, options: list[int], count: int) -> bool:
        """Make the rows for the thresholds up to one; false where that would be too many variables."""
        rows = self._counters.setdefault(group, [[self.yes] * (len(options) + 1)])
        missing = count + 1 - len(rows)
        if self._cells + missing * len(options) > MOST_CELLS:
            return False
        for _ in range(missing):
            rows.append(self._next_row(options, rows[-1]))
        self._cells += max(missing, 0) * len(options)
        return True

    def _next_row(self, chosen: list[int], below: list[int]) -> list[int]:
        """Of the first n options at least k are chosen: k of the n - 1 before, or k - 1 of them and the n-th."""
        row = [-self.yes]
        for at, option in enumerate(chosen):
            here, before, fewer = self.solver.variable(), row[at], below[at]
            self.solver.add([-before, here])
            self.solver.add([-fewer, -option, here])
            self.solver.add([-here, before, fewer])
            self.solver.add([-here, before, option])
            row.append(here)
        return row

    # ------------------------------------------------------------ cases

    def _named(self, condition: Condition) -> list[str]:
        """What a formula looks at; a group stands for its options. Names that nothing has are left to the formula."""
        found: list[str] = []
        for name in sorted(formula_names(condition.formula)):
            group = self.laws.groups.get(name)
            found += [name] if group is None else [option.key for option in group.options]
        return [key for key in dict.fromkeys(found) if key in self.values or key in self.options or key == BUNDLES]

    def _by_cases(self, condition: Condition, keys: list[str]) -> int:
        """A condition tried with every combination of what it looks at, by the engine's own test."""
        cases = [self._cases(key) for key in keys]
        size = 1
        for each in cases:
            size *= max(1, len(each))
        if size > MOST_CASES:
            self._is_unsure = True
            return self.solver.variable()
        test, holding = ready(condition, self.laws.names), []
        for case in product(*cases):
            facts = self.laws.facts()
            for key, (value, _) in zip(keys, case, strict=True):
                self._put(facts, key, value)
            try:
                if test(facts) is True:
                    holding.append(self._and([literal for _, literal in case]) if case else self.yes)
            except RuleViolation:
                self._is_unsure = True
        return self._or(holding)

    def _cases(self, key: str) -> list[tuple[Any, int]]:
        """Each value that something can have, with the literal that says so."""
        if key in self.values:
            return list(self.values[key].items())
        if key in self.options:
            return [(None, -self.options[key]), *self._amounts[key].items()]
        return list(self._amounts[""].items())

    def _put(self, facts: Facts, key: str, value: Any) -> None:
        if key in self.laws.attributes:
            facts.fill(self.laws.attributes[key], value)
        elif key == BUNDLES:
            facts.bundles = value
        elif value is not None:
            facts.take(key, value)
