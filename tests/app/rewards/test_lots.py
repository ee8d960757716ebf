"""Credit as lots: what expires first is used first, and the lots are the whole credit."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.rewards.lots import Movement, Origin, drawn, lots

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 30)


def move(number: int, amount: int, origin: Origin = Origin.PAYMENT, **over: object) -> Movement:
    values = {"on": MARCH, "document": f"X-{number}"} | over
    return Movement(number, origin=origin, amount=amount, **values)  # type: ignore[arg-type]


def left(*movements: Movement) -> list[tuple[str, int]]:
    return [(lot.document, lot.left) for lot in lots(movements)]


def test_what_expires_first_is_used_first() -> None:
    card = move(2, 500, Origin.GIFT_CARD, expires_on=JUNE)
    goodwill = move(3, 300, Origin.GOODWILL, expires_on=MARCH)
    assert left(move(1, 1000), card, goodwill, move(4, -700)) == [("X-2", 100), ("X-1", 1000)]


def test_money_is_used_before_what_was_given() -> None:
    given = (move(1, 400, Origin.CREDIT_NOTE), move(2, 400, Origin.PAYMENT), move(3, 400, Origin.DEPOSIT))
    assert left(*given, move(4, -500)) == [("X-3", 300), ("X-1", 400)]


def test_cashback_goes_back_out_of_the_credit_note_that_takes_it_back() -> None:
    movements = [
        move(1, 1000, Origin.GIFT_CARD, expires_on=JUNE),
        move(2, 100, Origin.CASHBACK),
        move(3, 20, Origin.CREDIT_NOTE, document="CN-1"),
        move(4, -50, Origin.CASHBACK, document="CN-1", is_taken_back=True),
    ]
    assert left(*movements) == [("X-1", 1000), ("X-2", 70)]


def test_how_much_is_drawn_from_what_expires() -> None:
    found = lots([move(1, 1000), move(2, 300, Origin.GOODWILL, expires_on=JUNE)])
    assert [drawn(found, amount) for amount in (100, 300, 900)] == [100, 300, 300]
    assert [lot.is_expired(JUNE) for lot in found] == [False, False]
    assert [lot.is_expired(date(2026, 7, 1)) for lot in found] == [True, False]


@given(st.lists(st.tuples(st.integers(1, 900), st.sampled_from(Origin), st.booleans()), max_size=12), st.data())
def test_the_lots_are_the_whole_credit(given_: list[tuple[int, Origin, bool]], data: st.DataObject) -> None:
    movements, balance = [], 0
    for number, (amount, origin, expires) in enumerate(given_):
        movements.append(move(2 * number, amount, origin, expires_on=JUNE if expires else None))
        used = data.draw(st.integers(0, balance + amount))
        balance += amount - used
        if used:
            movements.append(move(2 * number + 1, -used, origin, is_taken_back=data.draw(st.booleans())))
    found = lots(movements)
    assert sum(lot.left for lot in found) == balance
    assert all(0 < lot.left <= lot.amount for lot in found)
