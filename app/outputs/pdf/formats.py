"""Dates, numbers and money as each language writes them. Exact: nothing here passes through a float."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from app.core.money import decimals
from app.core.quantity import plain

MINUS = "\u2212"
BLANK = "\u00a0"
"""A blank at which no line ends."""

_RESOURCES = Path(__file__).parents[3] / "resources"
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
}


def day(value: date, language: str) -> str:
    """A date in full, so that day and month cannot be mistaken: "5 March 2026", "5. März 2026"."""
    month = _MONTHS[language][value.month - 1]
    dot = "." if language == "de" else ""
    return f"{value.day}{dot}{BLANK}{month}{BLANK}{value.year}"


def period(first: date, last: date, language: str) -> str:
    """From day to day, what both have in common said once: "12–20 March 2026", "12. März – 3. April 2026"."""
    end = day(last, language)
    if first == last:
        return end
    start = day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{start.split(BLANK)[0]}–{end}"
    return f"{start.rpartition(BLANK)[0] if first.year == last.year else start} – {end}"


def number(value: Decimal, language: str, places: int = 0) -> str:
    """A number with the digits it has, at least so many decimals: "1,234.5", "1.234,5"."""
    value = plain(value)
    own = -int(value.as_tuple().exponent)
    text = f"{abs(value):,.{max(own, places)}f}"
    return (MINUS if value < 0 else "") + _localised(text, language)


def amount(minor: int, currency: str, language: str) -> str:
    """An amount without its currency, with exactly its decimals: "1,234.50", "1.234,50"."""
    places = decimals(currency)
    whole, part = divmod(abs(minor), 10**places)
    text = f"{whole:,}" + (f".{part:0{places}d}" if places else "")
    return (MINUS if minor < 0 else "") + _localised(text, language)


def money(minor: int, currency: str, language: str) -> str:
    """An amount with its currency: "EUR 1,234.50", "1.234,50 EUR"."""
    text = amount(minor, currency, language)
    return f"{text}{BLANK}{currency}" if language == "de" else f"{currency}{BLANK}{text}"


def percent(value: Decimal, language: str) -> str:
    """A percentage: "19%", "19 %"."""
    return number(value, language) + (f"{BLANK}%" if language == "de" else "%")


def unit(code: str, quantity: Decimal, language: str) -> str:
    """The short word for a unit and so many of it: "pcs", "day", "days", "h"; an unknown code is its own word."""
    one, _, many = _units().get(code, {}).get(language, code).partition("|")
    return many if many and abs(quantity) != 1 else one


def country(code: str, language: str) -> str:
    """The name of a country; an unknown code is its own name."""
    return _countries(language).get(code, code)


def iban(text: str) -> str:
    """An IBAN in groups of four."""
    bare = "".join(text.split())
    return BLANK.join(bare[start : start + 4] for start in range(0, len(bare), 4))


def _localised(text: str, language: str) -> str:
    return text.translate(_SWAPPED) if language == "de" else text


_SWAPPED = str.maketrans(",.", ".,")


@lru_cache(maxsize=1)
def _units() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads((_RESOURCES / "unit_signs.json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=4)
def _countries(language: str) -> dict[str, str]:
    table: dict[str, str] = json.loads((_RESOURCES / "countries" / f"{language}.json").read_text(encoding="utf-8"))
    return table
