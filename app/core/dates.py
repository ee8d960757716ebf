"""Plain calendar dates. Whoever needs today is told it; nothing here reads a clock."""

from __future__ import annotations

from datetime import date, timedelta


def add_days(start: date, days: int) -> date:
    """The day `days` after `start`."""
    return start + timedelta(days=days)
