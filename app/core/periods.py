"""The periods people report on, from the day it is: months, quarters and years of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    """A stretch of days by its name."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


_MONTHS = {Period.THIS_MONTH: 1, Period.LAST_MONTH: 1, Period.THIS_QUARTER: 3, Period.LAST_QUARTER: 3}
_PAST = (Period.LAST_MONTH, Period.LAST_QUARTER, Period.LAST_YEAR)


def days(period: Period, on: date) -> tuple[date, date]:
    """First and last day of a period as seen on a day; one that is not over runs to its own end."""
    length = _MONTHS.get(period, 12)
    place = (on.year * 12 + on.month - 1) // length * length - (length if period in _PAST else 0)
    return _first(place), _first(place + length) - timedelta(days=1)


def _first(months: int) -> date:
    """First day of the month that is so many months after the year 0."""
    return date(months // 12, months % 12 + 1, 1)
