"""An overpayment is kept as the customer's credit and pays a second deal of the same customer."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, entry_of, outcome_of, typed_line


def test_overpayment_pays_a_second_deal(store: Store) -> None:
    # 100.00 + 19.00 = 119.00, and 150.00 is paid: 31.00 too much
    first = Story.of(store, typed_line("Kayak", "1", "100.00"), reference="first")
    first.then("dispatch")
    first.then("confirm_receipt")
    now = first.then("pay", amount="150.00")
    assert entry_of(now, "P-2026-0001", "Payment") == {
        "bank": "150.00",
        "receivable": "-119.00",
        "customer_credit": "-31.00",
    }
    assert (now["customer_credit"], now["payments"][0]["unallocated"]) == ("31.00", "31.00")
    assert now["deal"]["state"] == "closed"

    # 20.00 + 3.80 = 23.80
    second = Story.of(store, typed_line("Paddle", "1", "20.00"), reference="second")
    assert second.now["customer_credit"] == "31.00"
    second.then("dispatch")
    second.then("confirm_receipt")
    assert "the customer's credit is only 31.00" in second.refuses("pay", amount="31.01", method="credit")
    now = second.then("pay", amount="23.80", method="credit")
    assert entry_of(now, "P-2026-0002", "Payment by credit") == {"customer_credit": "23.80", "receivable": "-23.80"}
    assert now["payments"][0]["allocated"] == [{"invoice": "INV-2026-0002", "amount": "23.80"}]
    assert (now["customer_credit"], now["customer_balance"], now["deal"]["state"]) == ("7.20", "0.00", "closed")
    assert outcome_of(store, 1)["payments"][0]["unallocated"] == "7.20"

    now = second.then("refund", amount="7.20", method="cash")
    assert entry_of(now, "P-2026-0003", "Refund") == {"customer_credit": "7.20", "cash": "-7.20"}
    assert (now["customer_credit"], outcome_of(store, 1)["payments"][0]["unallocated"]) == ("0.00", "0.00")


def test_credit_can_be_a_deposit(store: Store) -> None:
    # 238.00 paid for a deal that is cancelled pays for the next one in advance
    first = Story.of(store, reference="first")
    first.then("pay", amount="238.00")
    first.then("cancel")
    second = Story.of(store, reference="second", terms={"payment": "prepaid"})
    second.refuses("dispatch")
    now = second.then("pay", amount="238.00", method="credit")
    assert balance(now, "contract_liability") == -238
    second.then("dispatch")
    now = second.then("confirm_receipt")
    assert (now["deal"]["state"], now["customer_credit"]) == ("closed", "0.00")


def test_credit_beyond_what_is_open_stays_credit(store: Store) -> None:
    # 50.00 of credit, and a deal of 11.90 that is paid with all of it
    first = Story.of(store, reference="first")
    first.then("pay", amount="50.00")
    first.then("cancel")
    second = Story.of(store, typed_line("Cup", "1", "10.00"), reference="second")
    second.then("dispatch")
    second.then("confirm_receipt")
    now = second.then("pay", amount="50.00", method="credit")
    assert entry_of(now, "P-2026-0002", "Payment") == {"customer_credit": "11.90", "receivable": "-11.90"}
    assert (now["payments"][0]["unallocated"], now["customer_credit"]) == ("38.10", "38.10")
    assert outcome_of(store, 1)["payments"][0]["unallocated"] == "0.00"
    now = second.then("refund", amount="38.10")
    assert (now["payments"][0]["unallocated"], now["customer_credit"]) == ("0.00", "0.00")


def test_another_customer_has_no_part_in_it(store: Store) -> None:
    first = Story.of(store, reference="first")
    first.then("pay", amount="300.00")
    other = Story.of(store, reference="second", customer={"name": "Lake School", "address": {"postal_code": "24105"}})
    assert other.now["customer_credit"] == "0.00"
    assert "credit is only 0.00" in other.refuses("pay", amount="1.00", method="credit")
    assert "the customer has no credit" in other.refuses("refund", amount="1.00")
