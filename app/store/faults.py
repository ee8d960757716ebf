"""What disk and database report, in words that say what to do. The one place that translates such errors.

Only what a person can act on is translated; anything else is our own mistake and stays as it was raised.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from app.core.errors import Conflict, HandselError, RuleViolation, StoreError
from app.store.triggers import UNBROKEN, UNCHANGEABLE

_SAFE = "What was saved before is safe; the last step is not saved."
_FULL = f"The disk is full. {_SAFE} Free some space and try again."
_IN_USE = f"{{name}} is in use by another program. {_SAFE} Try again in a moment."
_DENIED = f"{{name}} cannot be written: the file, its folder or the disk is read-only. {_SAFE}"
_BROKEN_DISK = (
    "The disk reported an error at {name}. Whether the last step was saved is not certain: open the file again and "
    "look. Check the disk, and make a copy of the file."
)

_WORDS = {
    "SQLITE_FULL": _FULL,
    "SQLITE_BUSY": _IN_USE,
    "SQLITE_LOCKED": _IN_USE,
    "SQLITE_READONLY": _DENIED,
    "SQLITE_PERM": _DENIED,
    "SQLITE_IOERR": _BROKEN_DISK,
    "SQLITE_CANTOPEN": "{name} cannot be opened: it, its folder or a file beside it is not accessible.",
    "SQLITE_CORRUPT": "{name} is damaged. Stop working in it, keep it, and restore the newest backup.",
    "SQLITE_NOTADB": "{name} is no Handsel file, or its beginning is damaged: then restore the newest backup.",
    "SQLITE_NOMEM": f"This computer has no memory left. {_SAFE} Close other programs and try again.",
    "SQLITE_TOOBIG": f"A text is too long to be stored. {_SAFE}",
}

_ERRNO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.EIO: _BROKEN_DISK,
}

_CODE = re.compile(r"\b(HSL\d{3}) (.+)")
_UNIQUE = re.compile(r"UNIQUE constraint failed: (\w+)\.(\w+)")


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Raise what disk or database report about the file at `path` as one of our own errors."""
    try:
        yield
    except (DBAPIError, driver.Error, OSError, UnicodeError) as error:
        known = explain(error, path)
        if known is None:
            raise
        raise known from error


def explain(error: Exception, path: Path) -> HandselError | None:
    """The error for people, or None if `error` says nothing they could act on."""
    if isinstance(error, OSError):
        words = _ERRNO.get(error.errno or 0)
        return None if words is None else StoreError(words.format(name=path.name))
    if isinstance(error, UnicodeError):  # SQLite hands over a damaged schema as it is
        return StoreError(_WORDS["SQLITE_CORRUPT"].format(name=path.name))
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith("SQLITE_CONSTRAINT"):
        return _refused(str(cause), error.statement if isinstance(error, DBAPIError) else "")
    words = next((text for key, text in _WORDS.items() if name.startswith(key)), None)
    return None if words is None else StoreError(words.format(name=path.name))


def _refused(text: str, statement: str | None) -> HandselError | None:
    """A constraint or trigger said no."""
    if found := _CODE.search(text):
        return _by_code(found[1], f"{found[2][0].upper()}{found[2][1:]}.")
    if found := _UNIQUE.search(text):
        return Conflict(f"There is already a {found[1].replace('_', ' ')} with this {found[2].replace('_', ' ')}.")
    if "FOREIGN KEY" in text and (statement or "").lstrip().upper().startswith("DELETE"):
        return Conflict("It is still used elsewhere and cannot be removed.")
    return None


def _by_code(code: str, sentence: str) -> HandselError | None:
    """The error of a trigger's refusal."""
    if code == UNCHANGEABLE:
        return RuleViolation.of("", "unchangeable", sentence)
    return Conflict(sentence) if code == UNBROKEN else None
