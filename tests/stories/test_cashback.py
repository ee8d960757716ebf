"""Cashback: promised with the invoice, the customer's credit as he pays, and taken back with what comes back."""

from __future__ import annotations

from decimal import Decimal

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def five_percent(store: Store, **over: object) -> Story:
    """2 x 100.00 and 19 %: 238.00, of which 5 % are 11.90."""
    return Story.of(store, typed_line("Kayak", "2", "100.00", cost="60.00"), cashback={"percent": "5"}, **over)


def test_paid_after_delivery_and_one_comes_back(store: Store) -> None:
    story = five_percent(store)
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert entry_of(now, "INV-2026-0001", "Cashback promised") == {"revenue": "11.90", "cashback_liability": "-11.90"}
    assert (now["customer_credit"], now["invoices"][0]["open"]) == ("0.00", "238.00")
    assert [row["amount"] for row in now["revenue"]] == ["200.00", "-11.90"]

    # 138.00 of 238.00 are paid: 11.90 x 138 / 238 = 6.90
    now = story.then("pay", on="2026-03-10", amount="138.00")
    assert entry_of(now, "P-2026-0001", "Cashback") == {"cashback_liability": "6.90", "customer_credit": "-6.90"}
    assert (now["customer_credit"], balance(now, "cashback_liability")) == ("6.90", Decimal("-5.00"))

    # One comes back, 119.00: 100.00 were open, 19.00 are credit. 5.95 of the promise go: 5.00 were only promised,
    # the other 0.95 come out of the credit.
    now = story.then("return", on="2026-03-12", lines=[{"line": 1, "quantity": "1"}])
    assert entry_of(now, "CN-2026-0001", "Cashback") == {
        "revenue": "-5.95",
        "cashback_liability": "5.00",
        "customer_credit": "0.95",
    }
    assert (now["customer_credit"], balance(now, "cashback_liability")) == ("24.95", 0)

    # All of it: 119.00 more, less 5.95; what is left is what was paid
    now = story.then("return", lines=[{"line": 1, "quantity": "1"}])
    assert (now["customer_credit"], balance(now, "revenue"), balance(now, "cashback_liability")) == ("138.00", 0, 0)


def test_paid_in_advance_it_is_credit_at_once(store: Store) -> None:
    story = five_percent(store)
    story.then("pay", amount="238.00")
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert entry_of(now, "INV-2026-0001", "Cashback promised") == {"revenue": "11.90", "cashback_liability": "-11.90"}
    assert entry_of(now, "INV-2026-0001", "Cashback credited") == {
        "cashback_liability": "11.90",
        "customer_credit": "-11.90",
    }
    assert now["customer_credit"] == "11.90"
    now = story.then("refund", amount="11.90", reason="Cashback")
    assert (now["customer_credit"], now["deal"]["state"]) == ("0.00", "closed")
    # It was paid out, so it is missing when all of it comes back
    assert story.then("return", lines=[{"line": 1, "quantity": "2"}])["customer_credit"] == "226.10"


def test_the_parts_of_a_deal_promise_what_the_whole_does(store: Store) -> None:
    # 3 x 33.33 and 19 %: parts of 39.66, 39.66 and 39.66 = 118.98; 2.5 % are 2.9745 -> 2.97 = 0.99 + 0.99 + 0.99
    story = Story.of(store, typed_line("Buoy", "3", "33.33"), cashback={"percent": "2.5"})
    for _ in range(3):
        story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
        story.then("confirm_receipt")
    assert balance(story.now, "cashback_liability") == Decimal("-2.97")
    now = story.then("pay", amount="118.98")
    assert (now["customer_credit"], balance(now, "cashback_liability")) == ("2.97", 0)
    # and it pays the next bill
    assert "customer's credit is only 2.97" in story.refuses("pay", amount="3.00", method="credit")
