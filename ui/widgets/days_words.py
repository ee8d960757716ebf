"""The days on which something holds, in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from ui import formats


def days_words(begin: date | None, end: date | None) -> str:
    """On which days a rule holds."""
    if begin is None and end is None:
        return _say("always")
    if end is None:
        text = _say("from %1 on")
    elif begin is None:
        text = _say("until %2")
    else:
        text = _say("%1 to %2")
    first, last = (formats.date_text(day) if day is not None else "" for day in (begin, end))
    return text.replace("%1", first).replace("%2", last)


def _say(source: str) -> str:
    return QCoreApplication.translate("pricing", source)
