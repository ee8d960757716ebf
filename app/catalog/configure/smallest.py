"""The smallest part of a set that contradicts itself, by asking only "do these contradict each other?"

First some minimal part: leave out one after the other and keep what is needed. Then smaller ones: every contradiction
has something in common with every set of things that could not all be kept, so a smallest contradiction is found among
the smallest sets that have something in common with all of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count

from app.catalog.configure.sat import OutOfBudget

MOST_ROUNDS = 200
"""Questions that are asked to find a smaller part than the first one."""

MOST_STEPS = 30_000
"""Sets that are looked at in all those rounds together."""

Contradict = Callable[[Iterable[int]], tuple[int, ...] | None]
"""Those of some members (possibly fewer) that contradict each other; None if they do not."""

NotKept = Callable[[Iterable[int]], list[int]]
"""Of all other members, those that could not be kept beside the given ones, which do not contradict each other."""


def smallest(members: Sequence[int], contradict: Contradict, not_kept: NotKept) -> tuple[list[int], bool]:
    """A part that contradicts itself and of which nothing can be left out, and whether no part is smaller.

    `members` contradict each other as a whole. When the budget runs out, what was found until then is returned.
    """
    core = set(members)
    try:
        blamed = contradict(members)
        core &= core if blamed is None else set(blamed)
        for member in sorted(core):
            if member in core:
                fewer = contradict(sorted(core - {member}))
                if fewer is not None:
                    core &= set(fewer)
        return _smaller(core, contradict, not_kept)
    except OutOfBudget:
        return sorted(core), False


def _smaller(core: set[int], contradict: Contradict, not_kept: NotKept) -> tuple[list[int], bool]:
    """The first minimal part, or a smaller one."""
    to_hit: list[frozenset[int]] = []
    steps = count()
    try:
        for _ in range(MOST_ROUNDS):
            candidate = _hitting(to_hit, len(core) - 1, steps)
            if candidate is None:
                return sorted(core), True
            if contradict(sorted(candidate)) is not None:
                return sorted(candidate), True
            to_hit.append(frozenset(not_kept(sorted(candidate))))
    except OutOfBudget:
        pass
    return sorted(core), False


def _hitting(sets: Sequence[frozenset[int]], most: int, steps: Iterator[int]) -> set[int] | None:
    """A smallest set of at most `most` members that has one in each of the sets; None where there is none."""
    for size in range(most + 1):
        found = _of_size(sorted(sets, key=lambda one: (len(one), sorted(one))), size, set(), steps)
        if found is not None:
            return found
    return None


def _of_size(sets: Sequence[frozenset[int]], size: int, chosen: set[int], steps: Iterator[int]) -> set[int] | None:
    if next(steps) > MOST_STEPS:
        raise OutOfBudget
    missed = next((one for one in sets if not one & chosen), None)
    if missed is None:
        return chosen
    if not size:
        return None
    for member in sorted(missed):
        found = _of_size(sets, size - 1, chosen | {member}, steps)
        if found is not None:
            return found
    return None
