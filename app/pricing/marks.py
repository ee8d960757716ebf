"""The margin below which nothing should be sold, the one to aim for, and how strictly: choices of the company."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.core.codec import from_plain, to_plain
from app.core.errors import RuleViolation
from app.store import settings
from app.store.history import Done, command
from app.store.session import Session, WriteSession

_NAME = "margin marks"


@dataclass(frozen=True, slots=True)
class MarginMarks:
    """Floor and target in percent of the net price.

    `stop` says that nothing below the floor is sent without a reason or the owner's PIN (`app.pricing.approval`).
    """

    floor: Decimal = Decimal(20)
    target: Decimal = Decimal(30)
    stop: bool = False


def margin_marks(session: Session) -> MarginMarks:
    """What is set in this file, or 20 and 30 percent."""
    kept = settings.get(session, _NAME)
    return MarginMarks() if kept is None else from_plain(MarginMarks, kept)


@command
def set_margin_marks(session: WriteSession, marks: MarginMarks) -> Done:
    """Keep them. Raises `RuleViolation` unless 0 <= floor <= target < 100."""
    if not 0 <= marks.floor <= marks.target < 100:
        message = "target: the floor is at most the target, and both lie between 0 and 100 percent."
        raise RuleViolation.of("target", "range", message)
    before = margin_marks(session)
    session.changed("margin marks", _told(before), _told(marks))
    settings.put(session, _NAME, to_plain(marks))
    return Done("set_margin_marks")


def _told(marks: MarginMarks) -> str:
    return f"{marks.floor} / {marks.target}{' / stop' if marks.stop else ''}"
