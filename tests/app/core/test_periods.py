"""First and last days of periods."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.periods import Period, days

SPRING, LEAP, NEW_YEAR = date(2026, 5, 17), date(2028, 2, 29), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("period", "on", "first", "last"),
    [
        (Period.THIS_MONTH, SPRING, "2026-05-01", "2026-05-31"),
        (Period.LAST_MONTH, SPRING, "2026-04-01", "2026-04-30"),
        (Period.THIS_QUARTER, SPRING, "2026-04-01", "2026-06-30"),
        (Period.LAST_QUARTER, SPRING, "2026-01-01", "2026-03-31"),
        (Period.THIS_YEAR, SPRING, "2026-01-01", "2026-12-31"),
        (Period.LAST_YEAR, SPRING, "2025-01-01", "2025-12-31"),
        (Period.THIS_MONTH, LEAP, "2028-02-01", "2028-02-29"),
        (Period.LAST_MONTH, NEW_YEAR, "2026-12-01", "2026-12-31"),
        (Period.LAST_QUARTER, NEW_YEAR, "2026-10-01", "2026-12-31"),
    ],
)
def test_days_of_periods(period: Period, on: date, first: str, last: str) -> None:
    assert days(period, on) == (date.fromisoformat(first), date.fromisoformat(last))
