"""The mark of a practice company: its window is coloured, and it alone may be thrown away."""

from __future__ import annotations

from app.store import settings
from app.store.session import Session, WriteSession

_NAME = "practice"


def is_practice(session: Session) -> bool:
    """Whether this file is a practice company."""
    return bool(settings.get(session, _NAME, False))


def mark_as_practice(session: WriteSession) -> None:
    """From now on this file is one."""
    settings.put(session, _NAME, True)
