"""Cashback by hand: promised with the invoice, credit as he pays, and taken back with what comes back."""

from __future__ import annotations

from decimal import Decimal

from tests.builders import balance, entry_of
from tests.ui.by_hand import Hands, Typed


def five_percent(hands: Hands) -> None:
    """2 x 100.00 and 19 %: 238.00, of which 5 % are 11.90."""
    hands.quote(Typed("Kayak", "2", "100.00", cost="60.00"), cashback_percent=Decimal(5), signed=True)


def test_paid_after_delivery_and_one_comes_back(hands: Hands) -> None:
    five_percent(hands)
    hands.dispatch()
    hands.receive()
    now = hands.now()
    assert entry_of(now, "INV-2026-0001", "Cashback promised") == {"revenue": "11.90", "cashback_liability": "-11.90"}
    assert [row["amount"] for row in now["revenue"]] == ["200.00", "-11.90"]

    # 138.00 of 238.00 are paid: 11.90 x 138 / 238 = 6.90
    hands.on(3, 10)
    hands.pay(13800)
    now = hands.now()
    assert entry_of(now, "P-2026-0001", "Cashback") == {"cashback_liability": "6.90", "customer_credit": "-6.90"}
    assert (now["customer_credit"], balance(now, "cashback_liability")) == ("6.90", Decimal("-5.00"))

    # One comes back: 100.00 were open, 19.00 are credit; of 5.95 cashback 5.00 were only promised
    hands.on(3, 12)
    hands.give_back({1: "1"})
    now = hands.now()
    assert entry_of(now, "CN-2026-0001", "Cashback") == {
        "revenue": "-5.95",
        "cashback_liability": "5.00",
        "customer_credit": "0.95",
    }
    assert now["customer_credit"] == "24.95"
    hands.give_back({1: "1"})
    now = hands.now()
    assert (now["customer_credit"], balance(now, "revenue"), balance(now, "cashback_liability")) == ("138.00", 0, 0)


def test_paid_in_advance_it_is_credit_at_once_and_paid_out(hands: Hands) -> None:
    five_percent(hands)
    hands.pay(23800)
    hands.dispatch()
    hands.receive()
    now = hands.now()
    assert entry_of(now, "INV-2026-0001", "Cashback credited") == {
        "cashback_liability": "11.90",
        "customer_credit": "-11.90",
    }
    hands.refund(1190, reason="Cashback")
    now = hands.now()
    assert (now["customer_credit"], now["deal"]["state"]) == ("0.00", "closed")
    # It was paid out, so it is missing when all of it comes back
    hands.give_back({1: "2"})
    assert hands.now()["customer_credit"] == "226.10"


def test_the_parts_of_a_deal_promise_what_the_whole_does(hands: Hands) -> None:
    # 3 x 33.33 and 19 %: parts of 39.66 = 118.98; 2.5 % are 2.9745 -> 2.97 = 0.99 + 0.99 + 0.99
    hands.quote(Typed("Buoy", "3", "33.33"), cashback_percent=Decimal("2.5"), signed=True)
    for _ in range(3):
        hands.dispatch({1: "1"})
        hands.receive()
    assert balance(hands.now(), "cashback_liability") == Decimal("-2.97")
    hands.pay(11898)
    now = hands.now()
    assert (now["customer_credit"], balance(now, "cashback_liability")) == ("2.97", 0)
