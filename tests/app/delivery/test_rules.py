"""What may leave, what is still to come, and how a confirmation spreads over deliveries."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import NotAllowed
from app.delivery.rules import (
    Confirmed,
    InTransit,
    Moved,
    difference_postings,
    dispatch_postings,
    may_dispatch,
    return_postings,
    spread,
)
from app.ledger.rules import Posting, lines


def moved(**quantities: str) -> Moved:
    return Moved(**{name: Decimal(text) for name, text in quantities.items()})


@pytest.mark.parametrize(
    ("quantities", "ordered", "on_the_way", "still_open"),
    [
        (moved(), "10", "0", "10"),
        (moved(dispatched="4"), "10", "4", "6"),
        (moved(dispatched="4", accepted="4"), "10", "0", "6"),
        (moved(dispatched="10", accepted="6", damaged="1", missing="1", refused="1"), "10", "1", "3"),
        (moved(dispatched="13", accepted="10", damaged="1", missing="1", refused="1"), "10", "0", "0"),
        (moved(dispatched="10", accepted="10", returned="3"), "10", "0", "0"),  # what came back is not owed again
        (moved(accepted="2"), "3", "0", "1"),  # a service is never in transit
        (moved(dispatched="0.3", accepted="0.1"), "0.3", "0.2", "0"),
    ],
)
def test_everything_is_computed_from_the_quantities(
    quantities: Moved, ordered: str, on_the_way: str, still_open: str
) -> None:
    assert quantities.in_transit == Decimal(on_the_way)
    assert quantities.open(Decimal(ordered)) == Decimal(still_open)


@pytest.mark.parametrize(
    ("received", "due", "override", "allowed"),
    [
        (100, 100, "", True),
        (101, 100, "", True),
        (99, 100, "", False),
        (0, 100, "  ", False),
        (0, 100, "Promised", True),
    ],
)
def test_nothing_leaves_unpaid_but_on_somebodys_word(received: int, due: int, override: str, allowed: bool) -> None:
    if allowed:
        may_dispatch(received, due, "The deposit of 1.00", override)
    else:
        with pytest.raises(NotAllowed, match=r"The deposit of 1\.00 is not paid yet"):
            may_dispatch(received, due, "The deposit of 1.00", override)


def on_the_way(line_id: int, position: int, quantity: str, confirmed: str = "0", cost: int = 0) -> InTransit:
    return InTransit(line_id, f"D-{line_id}", position, Decimal(quantity), Decimal(confirmed), cost)


def said(accepted: str = "0", damaged: str = "0", missing: str = "0", refused: str = "0") -> Confirmed:
    return Confirmed(*map(Decimal, (accepted, damaged, missing, refused)))


def test_the_oldest_delivery_is_confirmed_first() -> None:
    lines_in_transit = [on_the_way(1, 1, "3", "1"), on_the_way(2, 2, "5"), on_the_way(3, 1, "4")]
    parts = spread(lines_in_transit, {1: said(accepted="3", damaged="1", refused="1")})
    assert [(part.line.delivery_line_id, part.confirmed) for part in parts] == [
        (1, said(accepted="2")),
        (3, said(accepted="1", damaged="1", refused="1")),
    ]


def test_more_than_is_in_transit_is_refused() -> None:
    with pytest.raises(NotAllowed, match=r"Line 1: 4 confirmed, but only 3\.5 in transit"):
        spread([on_the_way(1, 1, "4", "0.5")], {1: said(accepted="2", missing="2")})
    with pytest.raises(NotAllowed, match="Line 2: 1 confirmed, but only 0 in transit"):
        spread([on_the_way(1, 1, "4")], {2: said(accepted="1")})


def test_every_outcome_has_its_share_of_the_cost() -> None:
    # 3 pieces for 1.00 in all: cumulatively 0.33, 0.34 (0.67 by then), 0.33
    (part,) = spread([on_the_way(1, 1, "3", cost=100)], {1: said(accepted="1", missing="1", refused="1")})
    assert (part.accepted_cost, part.lost_cost, part.refused_cost) == (33, 34, 33)
    (rest,) = spread([on_the_way(1, 1, "3", "1", cost=100)], {1: said(accepted="2")})
    assert (rest.accepted_cost, rest.lost_cost, rest.refused_cost) == (67, 0, 0)


def booked(postings: tuple[Posting, ...]) -> dict[str, int]:
    return {posting.role.value: posting.amount for posting in lines(postings)}


def test_how_goods_are_booked() -> None:
    assert booked(dispatch_postings(500)) == {"goods_in_transit": 500, "inventory": -500}
    parts = spread([on_the_way(1, 1, "3", cost=90)], {1: said(damaged="1", missing="1", refused="1")})
    assert booked(difference_postings(parts)) == {"inventory": 30, "write_off": 60, "goods_in_transit": -90}
    assert booked(difference_postings([])) == {}
    assert booked(return_postings(90, True)) == {"inventory": 90, "cost_of_sales": -90}
    assert booked(return_postings(90, False)) == {"write_off": 90, "cost_of_sales": -90}
