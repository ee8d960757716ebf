"""Cashback: how much, how much of it is credit, and that parts add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import percent_of
from app.core.quantity import micro
from app.ledger.rules import Posting, Role
from app.rewards.rules import Billed, Cashback, cashback_now, cashback_of, credit_postings, promise_postings, spread

CENTS = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("percent", "before", "gross", "promised"),
    [
        ("5", 0, 23800, 1190),
        (None, 0, 23800, 0),
        ("2.5", 0, 3966, 99),  # 0.9915
        ("2.5", 3966, 3966, 99),  # 1.983 - 0.9915: 1.98 - 0.99
        ("2.5", 7932, 3966, 99),  # 2.9745: 2.97 - 1.98
        ("5", 1000, -1, 0),  # a part below zero by a rounding cent promises nothing
    ],
)
def test_what_an_invoice_promises(percent: str | None, before: int, gross: int, promised: int) -> None:
    assert cashback_of(None if percent is None else Decimal(percent), before, gross) == promised


@given(st.lists(CENTS, max_size=8), st.decimals(0, 100, places=4))
def test_the_parts_of_a_deal_promise_the_percentage_of_all(parts: list[int], percent: Decimal) -> None:
    promised = [cashback_of(percent, sum(parts[:place]), part) for place, part in enumerate(parts)]
    assert sum(promised) == percent_of(sum(parts), micro(percent))
    assert all(0 <= promise <= part for promise, part in zip(promised, parts, strict=True))


@pytest.mark.parametrize(
    ("billed", "before", "now"),
    [
        (Billed(23800, 0, 23800), Cashback(), Cashback(1190, 0)),  # nothing is paid
        (Billed(23800, 0, 10000), Cashback(1190, 0), Cashback(1190, 690)),  # 138.00 are: 11.90 x 138 / 238
        (Billed(23800, 0, 0), Cashback(1190, 690), Cashback(1190, 1190)),
        (Billed(23800, 11900, 0, given=1900), Cashback(1190, 690), Cashback(595, 595)),  # half came back
        (Billed(23800, 23800, 0, given=23800), Cashback(1190, 1190), Cashback(0, 0)),
        (Billed(23800, 11900, 0), Cashback(1190, 1190), Cashback(1190, 1190)),  # nothing given, nothing taken back
        (Billed(1002, 0, 0, rounding=-2), Cashback(50, 0), Cashback(1190, 1190)),  # asked for as 10.00, and paid
        (Billed(0, 0, 0), Cashback(), Cashback()),
    ],
)
def test_how_it_stands(billed: Billed, before: Cashback, now: Cashback) -> None:
    assert cashback_now(1190, billed, before) == now


@given(CENTS.filter(bool), st.data())
def test_never_more_is_credited_than_promised(gross: int, data: st.DataObject) -> None:
    agreed, lowered = data.draw(st.integers(0, gross)), data.draw(st.integers(0, gross))
    opened = data.draw(st.integers(0, gross - lowered))
    before = Cashback(agreed, data.draw(st.integers(0, agreed)))
    now = cashback_now(agreed, Billed(gross, lowered, opened), before)
    assert 0 <= before.credited <= now.credited <= now.promised <= agreed


def test_postings() -> None:
    assert promise_postings(1190, "INV-1") == (
        Posting(Role.REVENUE, 1190),
        Posting(Role.CASHBACK_LIABILITY, -1190, "INV-1"),
    )
    assert credit_postings(-95, "INV-1") == (
        Posting(Role.CASHBACK_LIABILITY, -95, "INV-1"),
        Posting(Role.CUSTOMER_CREDIT, 95),
    )


@pytest.mark.parametrize(
    ("change", "earned", "parts"),
    [(100, [200, 100], [67, 33]), (-5, [1, 1], [-3, -2]), (7, [0, 0], [4, 3]), (3, [5, -5], [2, 1])],
)
def test_spread_over_the_lines(change: int, earned: list[int], parts: list[int]) -> None:
    assert spread(change, earned) == parts
