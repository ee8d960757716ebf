"""What the store says about file, disk and lock, in the person's language; the store itself says it in English.

A message that is not known here is shown as it came: better in English than not at all.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_SENTENCES = (
    QT_TRANSLATE_NOOP("store", "The disk is full."),
    QT_TRANSLATE_NOOP("store", "Free some space and try again."),
    QT_TRANSLATE_NOOP("store", "What was saved before is safe; the last step is not saved."),
    QT_TRANSLATE_NOOP("store", "%1 is in use by another program."),
    QT_TRANSLATE_NOOP("store", "Try again in a moment."),
    QT_TRANSLATE_NOOP("store", "%1 cannot be written: the file, its folder or the disk is read-only."),
    QT_TRANSLATE_NOOP(
        "store",
        "The disk reported an error at %1. Whether the last step was saved is not certain: open the file again and "
        "look.",
    ),
    QT_TRANSLATE_NOOP("store", "Check the disk, and make a copy of the file."),
    QT_TRANSLATE_NOOP("store", "%1 cannot be opened: it, its folder or a file beside it is not accessible."),
    QT_TRANSLATE_NOOP("store", "%1 is damaged."),
    QT_TRANSLATE_NOOP("store", "Stop working in it, keep it, and restore the newest backup."),
    QT_TRANSLATE_NOOP("store", "%1 is no Handsel file, or its beginning is damaged: then restore the newest backup."),
    QT_TRANSLATE_NOOP("store", "This computer has no memory left."),
    QT_TRANSLATE_NOOP("store", "Close other programs and try again."),
    QT_TRANSLATE_NOOP("store", "A text is too long to be stored."),
    QT_TRANSLATE_NOOP("store", "%1 is already open in another Handsel (process %2 on %3)."),
    QT_TRANSLATE_NOOP("store", "%1 is already open in another Handsel."),
    QT_TRANSLATE_NOOP("store", "Close that one first."),
    QT_TRANSLATE_NOOP("store", "%1 cannot be locked (%2)."),
    QT_TRANSLATE_NOOP("store", "Is it on a network drive?"),
    QT_TRANSLATE_NOOP("store", "Keep it on this computer's own disk."),
    QT_TRANSLATE_NOOP("store", "%1 is empty (0 bytes): it is damaged."),
    QT_TRANSLATE_NOOP("store", "Restore the newest backup."),
    QT_TRANSLATE_NOOP("store", "%1 is cut short: it is damaged."),
    QT_TRANSLATE_NOOP("store", "%1 is a database of another program, not a Handsel file."),
    QT_TRANSLATE_NOOP("store", "%1 is a file of another kind, not a Handsel file."),
    QT_TRANSLATE_NOOP("store", "%1 was made by a newer Handsel."),
    QT_TRANSLATE_NOOP("store", "Update this one to open it; nothing was changed."),
    QT_TRANSLATE_NOOP("store", "There is no file %1."),
    QT_TRANSLATE_NOOP("store", "%1 cannot be read: permission is missing."),
    QT_TRANSLATE_NOOP("store", "%1 cannot be written: it is read-only."),
    QT_TRANSLATE_NOOP("store", "Change that, or work on a copy."),
    QT_TRANSLATE_NOOP("store", "%1 is a folder; expected the name of a file in it."),
    QT_TRANSLATE_NOOP("store", "The folder %1 does not exist."),
    QT_TRANSLATE_NOOP("store", "The folder %1 cannot be written; choose a folder of your own."),
    QT_TRANSLATE_NOOP("store", "%1 is only looked at here: another Handsel holds it."),
    QT_TRANSLATE_NOOP("store", "Nothing was changed."),
    QT_TRANSLATE_NOOP("store", "%1 is of an older form; close the other Handsel, and open it here to bring it up."),
    QT_TRANSLATE_NOOP("store", "%1 was moved, deleted or replaced by another program while it was open."),
    QT_TRANSLATE_NOOP("store", "Save a rescue copy now, close Handsel, and look for the file."),
    QT_TRANSLATE_NOOP("store", "%1 exists already; choose a new name."),
    QT_TRANSLATE_NOOP("store", "The file %1 is missing."),
    QT_TRANSLATE_NOOP("store", "The file %1 was changed after it was stored."),
    QT_TRANSLATE_NOOP("store", "Restore it from a backup."),
    QT_TRANSLATE_NOOP("store", "The backup %1 was changed or is damaged."),
    QT_TRANSLATE_NOOP("store", "Take another one."),
    QT_TRANSLATE_NOOP("store", "Close it there and try again."),
    QT_TRANSLATE_NOOP("store", "The protection of issued documents in %1 was changed (%2)."),
    QT_TRANSLATE_NOOP("store", "Restore the newest backup, or ask for help before you go on."),
)
"""Whole sentences; %1 stands for a name."""


def store_text(message: str) -> str:
    """The message in the person's language, sentence by sentence; unchanged unless all of it is known."""
    said: list[str] = []
    rest = message.strip()
    while rest:
        found = next((match for match in _matches(rest) if match is not None), None)
        if found is None:
            return message
        said.append(found[0])
        rest = rest[found[1] :].lstrip()
    return " ".join(said)


def _matches(text: str) -> list[tuple[str, int] | None]:
    return [_translated(source, text) for source in _SENTENCES]


def _translated(source: str, text: str) -> tuple[str, int] | None:
    """The translation of the sentence that `text` begins with, and how long that is; None if it is another one."""
    match = _pattern(source).match(text)
    if match is None:
        return None
    words = QCoreApplication.translate("store", source)
    for place, value in enumerate(match.groups(), 1):
        words = words.replace(f"%{place}", value)
    return words, match.end()


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\d", "(.+?)", re.escape(source).replace(r"\%", "%")) + r"(?=\s|$)", re.DOTALL)
