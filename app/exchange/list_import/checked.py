"""What came of checking the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.errors import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """A row as it would be kept; `given` names the columns that say something, the others leave what is known."""

    row: int
    value: T
    given: frozenset[str]


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """All rows, or what is wrong with them; `faults` counts also those that are not told one by one."""

    items: tuple[Item[T], ...]
    problems: tuple[Problem, ...]
    faults: int

    @property
    def is_good(self) -> bool:
        """Whether everything can be saved."""
        return not self.faults
