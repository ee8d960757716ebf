"""Habits are told from enough cases, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.insights.rules import Bought, UsualDiscount, median, reorder, tells, usual_discount

DAY = date(2026, 3, 2)
D = Decimal


def bought(*days: int) -> list[Bought]:
    return [Bought("OIL", "Oil", DAY + timedelta(day), D(day % 7 + 1), "LTR") for day in days]


@pytest.mark.parametrize(
    ("together", "of", "everywhere", "deals", "is_told"),
    [
        (12, 15, 100, 1000, True),
        (2, 2, 2, 1000, False),  # too few
        (3, 16, 3, 1000, False),  # 3 of 16 is less than a fifth
        (3, 15, 3, 1000, True),
        (12, 15, 800, 1000, False),  # everybody takes it
        (12, 15, 667, 1000, False),
        (12, 15, 666, 1000, True),
        (3, 0, 0, 0, False),
    ],
)
def test_when_a_pair_means_something(together: int, of: int, everywhere: int, deals: int, is_told: bool) -> None:
    assert tells(together, of, everywhere, deals) is is_told


def test_the_median() -> None:
    assert median([D(9), D(1), D(2)]) == 2
    assert median([D(9), D(1), D(2), D(4)]) == 3
    with pytest.raises(ValueError, match="nothing"):
        median([])


def test_an_interval_is_the_median_of_the_gaps() -> None:
    """30, 28 and 90 days apart: every 30 days."""
    found = reorder(bought(0, 30, 58, 148), DAY + timedelta(150))
    assert found is not None
    assert (found.days, found.due_on, found.unit) == (30, DAY + timedelta(178), "LTR")
    assert found.bought_on == tuple(DAY + timedelta(day) for day in (0, 30, 58, 148))
    assert found.quantity == median([D(1), D(3), D(3), D(2)])
    assert found.late_days(DAY + timedelta(150)) == -28


def test_two_on_one_day_are_bought_once() -> None:
    assert reorder([*bought(0, 30), *bought(30)], DAY + timedelta(31)) is None
    found = reorder([*bought(0, 30, 60), *bought(60)], DAY + timedelta(61))
    assert found is not None
    assert found.quantity == D(3), "1, 3, and twice 5 on one day"


def test_what_lies_in_the_future_or_ended_long_ago_is_not_told() -> None:
    times = bought(0, 30, 60)
    assert reorder(times, DAY + timedelta(59)) is None
    assert reorder(times, DAY + timedelta(120)) is not None
    assert reorder(times, DAY + timedelta(121)) is None


def test_the_usual_discount() -> None:
    assert usual_discount([]) is None
    assert usual_discount([(10000, 500), (10000, 0), (10000, 333)]) == UsualDiscount(D("3.3"), 3, 2)
    assert usual_discount([(0, 0), (10000, -700)]) == UsualDiscount(D("0.0"), 2, 0), "a charge takes nothing off"
