"""The lines of a deal file and the lines of the deal: a bundle is one line there, and may be several here. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from app.catalog.rules import Kind
from app.core.errors import NotAllowed, Problem, RuleViolation
from app.core.quantity import MICRO, from_micro, micro
from app.pricing.bundles import count, groups, per_bundle, times
from app.pricing.rules import Line

Told: TypeAlias = tuple[int, int | None, Decimal]
"""A line of the file, counted from 1, a part of it or None for all that fit, and how much."""


class Places:
    """Where the lines of a file stand among a deal's lines, both counted from 1."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines, self._groups = lines, groups(lines)
        self._numbers = [number for number, group in enumerate(self._groups, 1) for _ in group]

    def number(self, position: int) -> int:
        """The number in the file of the deal's line at `position`."""
        return self._numbers[position - 1]

    def positions(self, number: int, kind: Kind | None = None) -> tuple[int, ...]:
        """The deal's lines that one of the file is; of a bundle only those of the kind. Empty for one beyond the end.

        A line by itself is there whatever its kind: that it is of another one is said where something is done with it.
        """
        if number > len(self._groups):
            return ()
        group = self._groups[number - 1]
        alone = self._lines[group[0]].detail.bundle is None
        return tuple(index + 1 for index in group if alone or kind is None or self._lines[index].kind is kind)

    def quantities(
        self, number: int, part: int | None, quantity: Decimal, chosen: Sequence[int], what: str
    ) -> dict[int, Decimal]:
        """Quantities by position of what a step says of a line: of one part, or of all that are `chosen` of a bundle.

        Raises `RuleViolation` for a part that the line has not, `NotAllowed` where nothing of the bundle fits `what`.
        """
        if part is not None:
            return {self.part(number, part): quantity}
        if not self.positions(number):
            return {number: quantity}  # refused by whoever is asked to do something with it
        if not chosen:
            raise NotAllowed(f"Line {number} has nothing to {what}.")
        bundles = self._count(number)
        return {p: times(quantity, self._share(p, bundles)) for p in chosen}

    def part(self, number: int, part: int) -> int:
        """The position of one part of a bundle. Raises `RuleViolation` if the line has not so many."""
        positions = self.positions(number)
        if self._lines[positions[0] - 1].detail.bundle is None:
            message = f"part: line {number} is no bundle whose parts are lines of their own; expected no part."
            raise RuleViolation.of("part", "unknown_part", message)
        if part > len(positions):
            message = f"part: line {number} has no part {part}; expected 1 to {len(positions)}."
            raise RuleViolation.of("part", "unknown_part", message)
        return positions[part - 1]

    def told(self, quantities: Mapping[int, Decimal], kind: Kind | None) -> Iterator[Told]:
        """The way back: what a file says for quantities by position, in whole bundles wherever they are that.

        With `kind` a file's line means the lines of that kind; without one nothing but a part, or a line by itself.
        """
        for number in dict.fromkeys(self.number(position) for position in quantities):
            here = {p: quantities[p] for p in self.positions(number) if p in quantities}
            yield from self._told(number, here, kind)

    def _told(self, number: int, here: Mapping[int, Decimal], kind: Kind | None) -> Iterator[Told]:
        positions = self.positions(number)
        if self._lines[positions[0] - 1].detail.bundle is None:
            yield number, None, here[positions[0]]
            return
        whole = None if kind is None else self.whole(number, here, self.positions(number, kind))
        if whole is not None:
            yield number, None, whole
            return
        for position, quantity in here.items():
            yield number, positions.index(position) + 1, quantity

    def whole(self, number: int, here: Mapping[int, Decimal], fitting: Iterable[int]) -> Decimal | None:
        """How many bundles the quantities are, if they are those of all `fitting` lines of so many bundles."""
        if set(here) != set(fitting):
            return None
        bundles, found = self._count(number), set()
        for position, quantity in here.items():
            numerator, denominator = micro(quantity) * MICRO, micro(self._share(position, bundles))
            if numerator % denominator:
                return None
            found.add(numerator // denominator)
        return from_micro(found.pop()) if len(found) == 1 else None

    def _count(self, number: int) -> Decimal:
        return count([self._lines[position - 1] for position in self.positions(number)])

    def _share(self, position: int, bundles: Decimal) -> Decimal:
        """How much of a line belongs to one bundle."""
        line = self._lines[position - 1]
        return Decimal(1) if line.detail.bundle is None else per_bundle(line, bundles)


_PLACE = re.compile(r"^lines\[(\d+)\]")


@contextmanager
def faults_by_file(lines: Sequence[Line]) -> Iterator[None]:
    """What is wrong with a line of the deal is said of the line of the file that it comes from."""
    try:
        yield
    except RuleViolation as violation:
        places = Places(lines)
        raise RuleViolation([_by_file(problem, places, len(lines)) for problem in violation.problems]) from None


def _by_file(problem: Problem, places: Places, count: int) -> Problem:
    found = _PLACE.match(problem.field)
    if found is None or int(found[1]) >= count:
        return problem
    field = f"lines[{places.number(int(found[1]) + 1) - 1}]{problem.field[found.end() :]}"
    return replace(problem, field=field, message=f"{field}: {problem.message.removeprefix(f'{problem.field}: ')}")
