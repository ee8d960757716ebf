"""What is on hand, free and to come, from notes that are only ever added."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleViolation
from app.stock.rules import Flow, Movement, MovementKind, Purchase, availability, check_quantity, on_hand, purchases

DAY = date(2026, 3, 2)
D = Decimal
COUNTED, EXPECTED, RECEIVED, CANCELLED = MovementKind


def after(days: int) -> date:
    return DAY + timedelta(days)


def noted(*rows: tuple[MovementKind, int, str, dict[str, object]] | tuple[MovementKind, int, str]) -> list[Movement]:
    """Movements of one product by kind, day after `DAY`, and quantity."""
    found = []
    for number, (kind, days, quantity, *over) in enumerate(rows, 1):
        found.append(Movement(number, 1, kind, after(days), D(quantity), **(over[0] if over else {})))  # type: ignore
    return found


def test_without_a_count_everything_ever_noted_counts() -> None:
    flows = [Flow(after(1), D(-3)), Flow(after(4), D(1))]
    movements = noted((RECEIVED, 0, "10"), (RECEIVED, 3, "5"))
    assert [on_hand(movements, flows, after(days)) for days in (-1, 0, 1, 3, 4)] == [0, 10, 7, 12, 13]


def test_a_count_ends_all_that_was_before() -> None:
    flows = [Flow(after(-9), D(-500)), Flow(after(2), D(-2))]
    movements = noted((RECEIVED, -5, "100"), (COUNTED, 0, "20"), (COUNTED, -3, "99"))
    assert on_hand(movements, flows, DAY) == 20
    assert on_hand(movements, flows, after(2)) == 18
    assert on_hand(movements, flows, after(-1)) == 99, "the past stays what it was"


def test_of_two_counts_on_a_day_the_later_holds() -> None:
    assert on_hand(noted((COUNTED, 0, "20"), (COUNTED, 0, "21")), [], DAY) == 21


def test_what_moved_on_the_day_is_in_the_count_as_far_as_it_was_known() -> None:
    """In the morning 3 left, then 20 were counted, then 5 more left."""
    movements = noted((COUNTED, 0, "20", {"seen": D(-3)}))
    assert on_hand(movements, [Flow(DAY, D(-3)), Flow(DAY, D(-5))], DAY) == 15


def test_what_was_bought_is_open_until_it_came_or_never_will() -> None:
    movements = noted(
        (EXPECTED, 5, "10", {"reference": "PO-7"}),
        (EXPECTED, 2, "4"),
        (EXPECTED, 1, "6"),
        (RECEIVED, 3, "7", {"expected_id": 1}),
        (RECEIVED, 3, "4", {"expected_id": 2}),
        (CANCELLED, 3, "6", {"expected_id": 3}),
        (RECEIVED, 3, "100"),
    )
    assert purchases(movements) == [Purchase(1, 1, after(5), D(10), D(3), "PO-7")]


def test_what_can_be_promised() -> None:
    movements = noted(
        (COUNTED, -10, "10"), (EXPECTED, -1, "50"), (EXPECTED, 3, "4"), (EXPECTED, 3, "2"), (EXPECTED, 9, "20")
    )
    found = availability(movements, [Flow(after(-2), D(-1))], D(12), DAY, "KGM")
    assert (found.on_hand, found.reserved, found.free, found.late) == (9, 12, -3, 50)
    assert (found.counted_on, found.unit) == (after(-10), "KGM")
    assert found.incoming == ((after(3), D(6)), (after(9), D(20)))
    assert [found.free_on(after(days)) for days in (0, 2, 3, 9)] == [-3, -3, 3, 23]
    assert found.soonest(D(3)) == after(3)
    assert found.soonest(D(4)) == after(9)
    assert found.soonest(D(24)) is None
    assert availability([], [], D(0), DAY).counted_on is None


@pytest.mark.parametrize(
    ("quantity", "least", "code"),
    [
        ("-1", None, "negative"),
        ("0", D(0), "not_positive"),
        ("0.0000001", None, "too_many_decimals"),
        ("NaN", None, "not_a_number"),
    ],
)
def test_bad_quantities(quantity: str, least: Decimal | None, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_quantity(D(quantity), least=least)
    assert [(p.field, p.code) for p in refused.value.problems] == [("quantity", code)]
    check_quantity(D("0.5"), least=D(0))


DAYS = st.integers(0, 5)


@given(st.lists(st.tuples(DAYS, st.integers(-9, 9))), DAYS, st.integers(0, 50))
def test_a_count_of_what_is_there_changes_nothing(moves: list[tuple[int, int]], counted: int, later: int) -> None:
    """Whatever moves before or after, on any day: counting what the book says leaves every later day as it was."""
    flows = [Flow(after(days), D(quantity)) for days, quantity in moves]
    known = flows[: len(flows) // 2]
    seen = sum((flow.quantity for flow in known if flow.on == after(counted)), D(0))
    there = on_hand([], known, after(counted))
    count = [Movement(1, 1, COUNTED, after(counted), there, seen=seen)]
    fresh = [flow for flow in flows[len(flows) // 2 :] if flow.on >= after(counted)]
    for days in range(counted, 6):
        assert on_hand(count, [*known, *fresh], after(days)) == on_hand([], [*known, *fresh], after(days))
