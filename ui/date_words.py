"""Dates as people type them: 5.3. · 5/3/27 · 2027-03-05 · 5 mar · +14 · +2w · today."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from ui import formats


def parse_date(text: str, today: date) -> date | None:
    """The date meant by `text`, or None. Without a year the nearest such day to `today` is meant."""
    cleaned = text.strip().casefold()
    for reader in (_word, _step, _iso, _figures, _named_month):
        found = reader(cleaned, today)
        if found is not None:
            return found
    return None


def _word(text: str, today: date) -> date | None:
    translate = QCoreApplication.translate
    words = {
        translate("date_words", "today"): 0,
        translate("date_words", "tomorrow"): 1,
        translate("date_words", "yesterday"): -1,
    }
    for word, days in words.items():
        if text == word.casefold():
            return today + timedelta(days=days)
    return None


def _step(text: str, today: date) -> date | None:
    """+14 (days), +2w (weeks), +1m (months), +1y; minus goes back."""
    match = re.fullmatch(r"([+\-\u2212])\s*(\d{1,4})\s*([dwmy]?)", text)
    if match is None:
        return None
    amount = int(match[2]) * (1 if match[1] == "+" else -1)
    if match[3] in {"m", "y"}:
        return _months_on(today, amount * (12 if match[3] == "y" else 1))
    return today + timedelta(days=amount * (7 if match[3] == "w" else 1))


def _months_on(start: date, months: int) -> date | None:
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _iso(text: str, _today: date) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    return _made(*(int(part) for part in match.groups())) if match else None


def _figures(text: str, today: date) -> date | None:
    """Day and month (and year) by figures, in the order of the locale; a point always means day first."""
    match = re.fullmatch(r"(\d{1,2})([./\- ])(?:(\d{1,2})(?:\2(\d{4}|\d{2})?)?)?", text)
    if match is None:
        return _made(today.year, today.month, int(text)) if re.fullmatch(r"\d{1,2}", text) else None
    if match[3] is None:
        return _made(today.year, today.month, int(match[1]))
    day, month = int(match[1]), int(match[3])
    if match[2] != "." and formats._is_month_first():
        day, month = month, day
    return _placed(day, month, match[4], today)


def _named_month(text: str, today: date) -> date | None:
    match = re.fullmatch(r"(\d{1,2})\.?\s*([^\W\d]+)\.?,?\s*(\d{4}|\d{2})?", text)
    if match:
        day, name, year = int(match[1]), match[2], match[3]
    else:
        match = re.fullmatch(r"([^\W\d]+)\.?\s*(\d{1,2}),?\s*(\d{4}|\d{2})?", text)
        if match is None:
            return None
        name, day, year = match[1], int(match[2]), match[3]
    month = _month_named(name)
    return _placed(day, month, year, today) if month else None


def _month_named(name: str) -> int | None:
    """Month whose name begins so in the person's language or in English; at least three letters."""
    if len(name) < 3:
        return None
    locales = (QLocale(), QLocale(QLocale.Language.English))
    for month in range(1, 13):
        for locale in locales:
            if locale.monthName(month).casefold().startswith(name):
                return month
    return None


def _placed(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    return _nearest((_made(today.year + shift, month, day) for shift in (-1, 0, 1)), today)


def _nearest(candidates: Iterable[date | None], today: date) -> date | None:
    real = [candidate for candidate in candidates if candidate is not None]
    return min(real, key=lambda candidate: abs((candidate - today).days), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
