"""From foreign text to plain values, strictly: one line, several lines, a decimal, a day.

Every border (deal file, CSV) reads its texts through these functions, so the same text means the same everywhere.
Nothing here guesses: what is not plain is `None`, and the border says where it stood.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

MAX_TEXT = 20_000
"""Characters of the longest text that is kept; beyond it a paragraph takes minutes to print."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Days outside are typing errors, and terms counted from the last day of the calendar would leave it."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_DECIMAL = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def shown(text: str, longest: int = 60) -> str:
    """The text as a message shows it: in quotes, shortened, and with nothing in it that a terminal would obey."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in short)
    return f'"{visible}"' + (f" ({len(text)} characters)" if len(text) > longest else "")


def control_character(text: str) -> str | None:
    """The first character that belongs in no text, as "U+0007", or None. Line ends and tabs are fair."""
    if text.isprintable():
        return None
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def several_lines(text: str) -> str:
    """The text with line feeds only, composed (NFC), without blanks around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """The same on one line: each line end and tab becomes a blank."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return several_lines(text).replace("\n", " ").replace("\t", " ").strip()


def plain_decimal(text: str) -> Decimal | None:
    """The number of plain digits such as "12.50" or "-3"; None for anything else.

    No exponent, no thousands separators, no plus sign, no blanks, no digits of other scripts: each of those means
    something else to somebody.
    """
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def typed_decimals(text: str) -> int:
    """How many decimals a plain number was typed with."""
    return len(text.partition(".")[2])


def written_as_day(text: str) -> bool:
    """Whether the text has the form of an ISO 8601 calendar date, 2026-03-02."""
    return _DAY.fullmatch(text) is not None


def plain_day(text: str) -> date | None:
    """The day of an ISO 8601 calendar date; None if it is written otherwise, does not exist or is centuries away."""
    if not written_as_day(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def day_fault(text: str) -> str:
    """What is wrong with a text that `plain_day` does not read, as the end of a sentence."""
    if not written_as_day(text):
        return f"expected a date such as 2026-03-02, found {shown(text)}"
    if text[:4].isdigit() and not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return f"expected a date between {FIRST_YEAR} and {LAST_YEAR}, found {shown(text)}"
    return f"there is no day {text} in the calendar"
