"""A deal is cancelled half-way: what was received stays, what was paid in advance is the customer's."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def test_cancellation_half_way(store: Store) -> None:
    # 4 x 100.00 = 400.00 + 76.00 = 476.00; deposit 50 % = 238.00; each 119.00
    story = Story.of(store, typed_line("Kayak", "4", "100.00", cost="70.00"), terms={"deposit": {"percent": "50"}})
    story.then("pay", on="2026-03-03", amount="238.00")
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "1"}])
    message = story.refuses("cancel", on="2026-03-05")
    assert "goods are in transit" in message
    assert "confirm_receipt" in message
    story.then("confirm_receipt", on="2026-03-05")
    assert "the customer has no credit" in story.refuses("refund", amount="1.00")

    now = story.then("cancel", on="2026-03-06", reason="The lake dried up")
    assert (now["deal"]["state"], now["contract"]["state"]) == ("cancelled", "cancelled")
    assert entry_of(now, "S-2026-0001", "Deposit freed") == {
        "contract_liability": "119.00",
        "customer_credit": "-119.00",
    }
    assert (now["customer_credit"], now["payments"][0]["unallocated"]) == ("119.00", "119.00")
    assert (now["invoices"][0]["state"], now["customer_balance"]) == ("paid", "0.00")
    assert balance(now, "revenue") == -100

    assert "the deal is cancelled" in story.refuses("dispatch")
    assert "the deal is cancelled" in story.refuses("cancel")
    assert "119.01 asked" in story.refuses("refund", amount="119.01")
    now = story.then("refund", on="2026-03-09", amount="119.00")
    assert (now["customer_credit"], now["payments"][0]["unallocated"]) == ("0.00", "0.00")
    assert balance(now, "bank") == 119
    # The one that was received may still come back.
    now = story.then("return", on="2026-03-10", lines=[{"line": 1, "quantity": "1"}])
    assert (now["customer_credit"], balance(now, "revenue"), now["deal"]["state"]) == ("119.00", 0, "cancelled")


def test_an_invoice_is_still_paid_after_cancellation(store: Store) -> None:
    story = Story.of(store)
    story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
    story.then("confirm_receipt")
    story.then("cancel")
    # 119.00 are open; of 150.00 the rest can be no deposit any more.
    now = story.then("pay", amount="150.00")
    assert (now["invoices"][0]["state"], now["customer_credit"]) == ("paid", "31.00")
    assert balance(now, "contract_liability") == 0


def test_before_a_contract_there_is_only_the_deal_to_cancel(store: Store) -> None:
    story = Story.of(store, signed=False)
    story.then("send_quote")
    now = story.then("cancel", reason="Asked somebody else")
    assert (now["deal"]["state"], now["contract"], now["quote"]["state"]) == ("cancelled", None, "sent")
    assert "the deal is cancelled" in story.refuses("accept_quote")
    assert "allowed now: nothing" in story.refuses("pay", amount="1.00")


def test_a_deal_that_is_delivered_has_nothing_to_cancel(store: Store) -> None:
    story = Story.of(store)
    story.then("dispatch")
    story.then("confirm_receipt")
    assert "nothing of it is open any more" in story.refuses("cancel")


def test_an_unsigned_contract_is_cancelled_with_its_deposit(store: Store) -> None:
    story = Story.of(store, signed=False)
    story.then("send_quote")
    story.then("accept_quote")
    story.then("pay", amount="50.00")
    now = story.then("cancel")
    assert (now["contract"]["state"], now["customer_credit"]) == ("cancelled", "50.00")
    assert "the deal is cancelled" in story.refuses("sign_contract", by="buyer")
