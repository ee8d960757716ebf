"""What the wizard that closes the books fills. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.core.periods import Period, days


@dataclass(frozen=True, slots=True)
class ClosingDraft:
    """Through which day the books are to be closed; None where nothing was understood."""

    through: date | None = None


def begin_closing(locked: date | None, on: date) -> ClosingDraft:
    """The end of the month before `on`; where the books are closed that far already, the end of this month."""
    proposed = days(Period.LAST_MONTH, on)[1]
    return ClosingDraft(proposed if locked is None or locked < proposed else latest(on))


def latest(on: date) -> date:
    """The last day that may be closed on a day: the end of its month.

    It cannot be undone, and every later event would be moved behind it: a slip of the year must not get through.
    """
    return days(Period.THIS_MONTH, on)[1]


def closing_problems(draft: ClosingDraft, locked: date | None, on: date) -> Sequence[Problem]:
    """What is wrong: no day, closed that far already (`day`), or later than the end of this month (`day`)."""
    if draft.through is None:
        return [Problem("through", "missing", "A day is missing.")]
    if locked is not None and draft.through <= locked:
        message = f"The books are closed through {locked} already."
        return [Problem("through", "closed", message, {"day": locked.isoformat()})]
    if draft.through > latest(on):
        message = f"The books can be closed through {latest(on)} at most."
        return [Problem("through", "too_late", message, {"day": latest(on).isoformat()})]
    return []
