"""Text that no spreadsheet can take for anything else, and number formats."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from app.core.money import decimals

MAX_TEXT = 32_767
"""Longest text of a cell; a longer one makes a file that Excel calls damaged."""

MAX_NUMBER = 10**13
"""Largest amount, in minor units, that a spreadsheet's binary number surely keeps to the cent; above, it is text."""

_SPACE = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RISKY = ("=", "+", "-", "@")


def clean(text: str) -> str:
    """One line of text without control characters, direction overrides and halves of characters, in NFC."""
    text = _HIDDEN.sub("", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", text)[:MAX_TEXT]


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula once somebody edits the cell."""
    return unicodedata.normalize("NFKC", text).lstrip().startswith(_RISKY)


def amount_format(currency: str) -> str:
    """Number format of an amount with the decimals of its currency."""
    return number_format(decimals(currency))


def side_format(currency: str) -> str:
    """Format of the debit and credit columns: an amount, and nothing where it is zero."""
    plain = amount_format(currency)
    return f"{plain};-{plain};"


def number_format(places: int) -> str:
    """Number format with thousands separated and so many decimals."""
    return "#,##0." + "0" * places if places else "#,##0"


def places_of(value: Decimal, least: int = 0) -> int:
    """Decimals that a number needs to be shown in full."""
    exponent = value.normalize().as_tuple().exponent
    return max(least, -exponent if isinstance(exponent, int) else 0)
