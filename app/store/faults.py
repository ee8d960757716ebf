"""What the database reports, in words that say what to do. The one place that translates such errors.

Only what a person can act on is translated; anything else is our own mistake and stays as it was raised.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from app.core.errors import Conflict, HandselError, RuleViolation, StoreError
from app.store.triggers import UNBROKEN, UNCHANGEABLE

_NOTHING_LOST = "What was saved before is safe; the last step is not saved."

_WORDS = {
    "SQLITE_FULL": "The disk is full. {lost} Free some space and try again.",
    "SQLITE_BUSY": "{name} is in use by another program. {lost} Try again in a moment.",
    "SQLITE_LOCKED": "{name} is in use by another program. {lost} Try again in a moment.",
    "SQLITE_READONLY": "{name} cannot be written: the file, its folder or the disk is read-only. {lost}",
    "SQLITE_PERM": "{name} cannot be written: permission is missing. {lost}",
    "SQLITE_IOERR": "The disk reported an error while {name} was read or written. Whether the last step was saved is "
    "not certain: open the file again and look. Check the disk and make a copy of the file.",
    "SQLITE_CANTOPEN": "{name} cannot be opened: it, its folder or a file beside it is not accessible.",
    "SQLITE_CORRUPT": "{name} is damaged. Stop working in it, keep it, and restore the newest backup.",
    "SQLITE_NOTADB": "{name} is no Handsel file, or its beginning is damaged: then restore the newest backup.",
    "SQLITE_NOMEM": "This computer has no memory left. {lost} Close other programs and try again.",
    "SQLITE_TOOBIG": "A text is too long to be stored. {lost}",
}

_CODE = re.compile(r"\b(HSL\d{3}) (.+)")
_UNIQUE = re.compile(r"UNIQUE constraint failed: (\w+)\.(\w+)")


def explain(error: Exception, path: Path) -> HandselError | None:
    """The error for people, or None if `error` says nothing they could act on."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, driver.Error):
        return None
    statement = (error.statement or "") if isinstance(error, DBAPIError) else ""
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith("SQLITE_CONSTRAINT"):
        return _refused(str(cause), statement)
    words = next((text for key, text in _WORDS.items() if name.startswith(key)), None)
    return None if words is None else StoreError(words.format(name=path.name, lost=_NOTHING_LOST))


def _refused(text: str, statement: str) -> HandselError | None:
    """A constraint or trigger said no."""
    if found := _CODE.search(text):
        return by_code(found[1], found[2])
    if found := _UNIQUE.search(text):
        return Conflict(f"There is already a {found[1].replace('_', ' ')} with this {found[2].replace('_', ' ')}.")
    if "FOREIGN KEY" in text and statement.lstrip().upper().startswith("DELETE"):
        return Conflict("It is still used elsewhere and cannot be removed.")
    return None


def by_code(code: str, words: str) -> HandselError | None:
    """The error of a trigger's refusal."""
    if code == UNCHANGEABLE:
        return RuleViolation.of("", "unchangeable", f"{words[0].upper()}{words[1:]}.")
    return Conflict(f"{words[0].upper()}{words[1:]}.") if code == UNBROKEN else None
