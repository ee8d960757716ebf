"""Points: their part of the price, what is granted, spent and released."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rewards.points import (
    Points,
    PointsLot,
    Programme,
    Tier,
    deferred_of,
    factor_of,
    months_later,
    pick,
    points_now,
    points_of,
    programme_problems,
    released,
    worth,
)

ONE = Programme("EUR", Decimal(1), Decimal("0.05"), 12)


def test_the_price_is_split_by_stand_alone_values() -> None:
    """Correctness E13 (IFRS 15 B39-B43): a sale of 2,000 with points worth 170."""
    assert deferred_of(200_000, 17_000) == 15_668
    assert 200_000 - deferred_of(200_000, 17_000) == 184_332
    assert (deferred_of(0, 17_000), deferred_of(-5, 3), deferred_of(100, 0)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("net", "programme", "factor", "points"),
    [
        (9_999, ONE, "1", 99),
        (9_999, ONE, "1.5", 149),
        (-500, ONE, "1", 0),
        (1_250, Programme("JPY", Decimal("0.01"), Decimal(1)), "1", 12),
        (12_345, Programme("KWD", Decimal(2), Decimal("0.01")), "1", 24),
    ],
)
def test_whole_points_for_what_is_paid(net: int, programme: Programme, factor: str, points: int) -> None:
    assert points_of(net, programme, Decimal(factor)) == points


@pytest.mark.parametrize(("bought", "factor"), [(0, "1"), (99_999, "1"), (100_000, "1.5"), (999_999, "2")])
def test_tiers(bought: int, factor: str) -> None:
    tiers = (Tier("Gold", Decimal(5000), Decimal(2)), Tier("Silver", Decimal(1000), Decimal("1.5")))
    assert factor_of(Programme("EUR", Decimal(1), Decimal(1), tiers=tiers), bought) == Decimal(factor)


def test_granted_as_it_is_paid_and_taken_back_in_part() -> None:
    # 200 points for 238.00, their part of the price 9.52
    first = Points(200, 0, 0, 952)
    half = points_now(200, 23_800, 0, 11_900, first)
    assert half == Points(200, 100, 0, 952)
    paid = points_now(200, 23_800, 0, 23_800, half)
    assert paid == Points(200, 200, 0, 952)
    back = points_now(200, 23_800, 11_900, 11_900, paid)
    assert back == Points(100, 100, 0, 476)
    assert points_now(200, 23_800, 23_800, 0, back) == Points()


def test_what_was_spent_stays_spent() -> None:
    spent = Points(200, 200, 150, 238)
    assert points_now(200, 23_800, 11_900, 11_900, spent) == Points(150, 150, 150, 0)
    assert released(Points(200, 200, 0, 952), 150) == 714
    assert released(Points(200, 200, 150, 238), 50) == 238
    assert released(Points(5, 5, 5, 0), 0) == 0


@given(st.integers(1, 10**6), st.integers(1, 10**4), st.data())
def test_points_never_fall_below_what_was_spent(gross: int, agreed: int, data: st.DataObject) -> None:
    lowered = data.draw(st.integers(0, gross))
    settled = data.draw(st.integers(0, gross - lowered))
    granted = data.draw(st.integers(0, agreed))
    before = Points(agreed, granted, data.draw(st.integers(0, granted)), data.draw(st.integers(0, 10**6)))
    now = points_now(agreed, gross, lowered, settled, before)
    assert 0 <= now.spent == before.spent <= now.granted <= now.promised <= agreed
    assert 0 <= now.liability <= before.liability
    assert now.outstanding or not now.liability


def test_which_points_are_spent() -> None:
    def lot(number: int, points: int, expires_on: date | None) -> PointsLot:
        return PointsLot(number, f"INV-{number}", Points(points, points, 0, points), Decimal("0.05"), expires_on)

    lots = [lot(1, 10, None), lot(2, 20, date(2027, 1, 1)), lot(3, 30, date(2026, 12, 1))]
    assert [(item.invoice_id, count) for item, count in pick(lots, 45)] == [(3, 30), (2, 15)]
    assert worth(45, Decimal("0.05"), "EUR") == 225
    assert worth(45, Decimal("0.05"), "JPY") == 2


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 12, "2027-12-15"),
        ("2026-11-05", 1, "2026-12-05"),
    ],
)
def test_months_later(start: str, months: int, end: str) -> None:
    assert months_later(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_what_is_wrong_with_a_programme_is_told_all_at_once() -> None:
    wrong = Programme("XYZ", Decimal(0), Decimal(-1), 0, (Tier("Gold", Decimal(-1), Decimal(0)),))
    fields = [problem.field for problem in programme_problems(wrong)]
    assert fields == ["currency", "per_unit", "value", "expiry_months", "tiers[0]"]
    assert programme_problems(ONE) == []
