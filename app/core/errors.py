"""The few kinds of errors, so that each can be shown in its own way and none is swallowed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was typed or asked.

    `field` names the input ("lines[2].quantity"), `code` the kind of problem, `message` says it in plain words with
    the value and what was expected; `values` lets a screen say it again in another language.
    """

    field: str
    code: str
    message: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)


class HandselError(Exception):
    """Base of all expected errors: the person can do something about them."""


class RuleViolation(HandselError):
    """The input breaks one or more rules; nothing was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)

    @classmethod
    def of(cls, field: str, code: str, message: str, **values: Any) -> RuleViolation:
        """A violation with a single problem."""
        return cls([Problem(field, code, message, values)])


class NotAllowed(HandselError):
    """The step is a fair one, but not where the document stands now (deal file: exit code 3)."""


class NotFound(HandselError):
    """What was asked for is not in the store."""


class Conflict(HandselError):
    """Somebody changed it meanwhile, or the same key was used for something else."""


class StoreError(HandselError):
    """The file, the disk or the lock stands in the way; the message says what to do."""


class HeldError(StoreError):
    """Another Handsel holds the file: it can be looked at, or closed there first."""

    def __init__(self, message: str, holder: tuple[int, str] | None = None) -> None:
        super().__init__(message)
        self.holder = holder
        """Number of the process and name of the computer, where the lock says them."""


class OutputError(HandselError):
    """A paper or workbook could not be written."""


class Cancelled(HandselError):
    """The person pressed Cancel."""
