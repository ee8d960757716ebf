"""A deal with a deposit, delivered in parts: the parts add up to what was agreed."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def test_partial_deliveries_with_a_deposit(store: Store) -> None:
    # 10 x 33.33 = 333.30 and freight 20.00: net 353.30; 19 % = 67.127 -> 67.13; gross 420.43.
    # Deposit 50 % = 210.215 -> 210.22
    story = Story.of(
        store,
        typed_line("Paddle", "10", "33.33"),
        charges=[{"amount": "20.00", "reason": "Freight"}],
        terms={"deposit": {"percent": "50"}, "payment": "net 14"},
    )
    assert story.now["quote"]["totals"]["gross"] == "420.43"
    assert "the deposit of 210.22 is not paid yet" in story.refuses("dispatch")
    story.then("pay", on="2026-03-03", amount="210.21")
    story.refuses("dispatch")  # a cent is missing
    story.then("pay", on="2026-03-04", amount="0.01")

    story.then("dispatch", on="2026-03-05", lines=[{"line": 1, "quantity": "3"}])
    story.then("dispatch", on="2026-03-06", lines=[{"line": 1, "quantity": "4"}])
    now = story.then("confirm_receipt", on="2026-03-09", delivery=1)
    # 3 of 10: 99.99 and freight 6.00: 105.99; tax 20.1381 -> 20.14; 126.13, all of it from the deposit
    first = now["invoices"][0]["totals"]
    assert (first["lines_net"], first["charges"], first["tax"], first["gross"]) == ("99.99", "6.00", "20.14", "126.13")
    assert (first["prepaid"], first["payable"]) == ("126.13", "0.00")
    assert now["revenue"] == [{"date": "2026-03-09", "line": 1, "amount": "105.99", "document": "INV-2026-0001"}]
    assert entry_of(now, "INV-2026-0001", "Deposit") == {"contract_liability": "126.13", "receivable": "-126.13"}
    assert [d["state"] for d in now["deliveries"]] == ["received", "dispatched"]

    # Two of the four on the way arrive: 66.66 and 4.00 (10.00 of the freight by now): 70.66; tax 13.4254 -> 13.43;
    # 84.09 is just what is left of the deposit: 210.22 - 126.13
    now = story.then("confirm_receipt", on="2026-03-10", lines=[{"line": 1, "accepted": "2"}])
    second = now["invoices"][1]["totals"]
    assert (second["net"], second["tax"], second["gross"], second["prepaid"]) == ("70.66", "13.43", "84.09", "84.09")
    assert [(p["amount"], p["unallocated"]) for p in now["payments"]] == [("210.21", "0.00"), ("0.01", "0.00")]
    assert now["payments"][0]["allocated"] == [
        {"invoice": "INV-2026-0001", "amount": "126.13"},
        {"invoice": "INV-2026-0002", "amount": "84.08"},
    ]
    assert now["payments"][1]["allocated"] == [{"invoice": "INV-2026-0002", "amount": "0.01"}]
    assert now["deliveries"][1]["state"] == "dispatched"

    # The rest leaves, and one confirmation over two deliveries makes one invoice for five:
    # 166.65 and 10.00: 176.65; tax 33.5635 -> 33.56; 210.21
    story.then("dispatch", on="2026-03-11")
    now = story.then("confirm_receipt", on="2026-03-12")
    assert len(now["invoices"]) == 3
    third = now["invoices"][2]
    assert (third["lines"][0]["quantity"], third["lines"][0]["net"]) == ("5", "166.65")
    assert (third["totals"]["gross"], third["totals"]["prepaid"], third["open"]) == ("210.21", "0.00", "210.21")
    assert third["due"] == "2026-03-26"
    # 126.13 + 84.09 + 210.21 = 420.43
    assert [d["lines"][0]["accepted"] for d in now["deliveries"]] == ["3", "4", "3"]
    assert now["deliveries"][1]["received"] == "2026-03-12"

    now = story.then("pay", on="2026-03-20", amount="210.21")
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0.00", "0.00")
    assert balance(now, "contract_liability") == 0


def test_somebody_may_take_an_unpaid_deposit_on_himself(store: Store) -> None:
    story = Story.of(store, terms={"deposit": {"amount": "50.00"}})
    story.refuses("dispatch")
    now = story.then("dispatch", override="Promised on the phone, J. Brandt")
    assert now["deliveries"][0]["state"] == "dispatched"


def test_more_than_the_price_is_no_deposit(store: Store) -> None:
    # 2 x 100.00 + 38.00 = 238.00; of 250.00 paid before delivery 12.00 are the customer's credit
    story = Story.of(store)
    story.then("pay", amount="200.00")
    now = story.then("pay", amount="50.00")
    assert (balance(now, "contract_liability"), balance(now, "customer_credit")) == (-238, -12)
    assert now["customer_credit"] == "12.00"
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert [p["unallocated"] for p in now["payments"]] == ["0.00", "12.00"]
    assert now["deal"]["state"] == "closed"


def test_a_deposit_that_outlives_the_last_invoice_is_the_customers(store: Store) -> None:
    # 10 x 0.64 = 6.40 + 1.216 -> 1.22 = 7.62 is paid in advance. Delivered one by one, each is 0.64 + 0.1216 -> 0.12 =
    # 0.76: ten of them are 7.60, and 0.02 are left.
    story = Story.of(store, typed_line("Pin", "10", "0.64"), terms={"payment": "prepaid"})
    story.then("pay", amount="7.62")
    now = story.now
    for _ in range(10):
        story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
        now = story.then("confirm_receipt")
    assert [i["totals"]["prepaid"] for i in now["invoices"]] == ["0.76"] * 10
    assert (now["customer_credit"], balance(now, "contract_liability")) == ("0.02", 0)
    assert now["payments"][0]["unallocated"] == "0.02"
    assert now["deal"]["state"] == "closed"


def test_a_price_paid_in_advance_may_still_miss_a_cent_of_the_parts(store: Store) -> None:
    # 2 x 0.66 = 1.32 + 0.2508 -> 0.25 = 1.57 is paid. One by one each is 0.66 + 0.1254 -> 0.13 = 0.79: 1.58 together
    story = Story.of(store, typed_line("Pin", "2", "0.66"), terms={"payment": "prepaid"})
    story.then("pay", amount="1.57")
    for _ in range(2):
        story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
        story.then("confirm_receipt")
    assert (story.now["customer_balance"], story.now["deal"]["state"]) == ("0.01", "fulfilled")


def test_a_part_that_falls_below_zero_by_a_cent_is_the_customers(store: Store) -> None:
    # 7 x 0.143 = 1.001 -> 1.00, and 0.99 off. One by one the price grows to 0.14 0.29 0.43 0.57 0.71 0.86 1.00 and the
    # discount to 0.14 0.28 0.42 0.57 0.71 0.85 0.99: the fourth part is 0.14 - 0.15 = -0.01
    story = Story.of(store, typed_line("Pin", "7", "0.143"), discounts=[{"amount": "0.99"}])
    for _ in range(7):
        story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
        story.then("confirm_receipt")
    now = story.now
    assert [i["totals"]["gross"] for i in now["invoices"]] == ["0.00", "0.01", "0.00", "-0.01", "0.00", "0.01", "0.00"]
    assert [i["open"] for i in now["invoices"]] == ["0.00", "0.01", "0.00", "0.00", "0.00", "0.01", "0.00"]
    assert (now["customer_balance"], now["customer_credit"]) == ("0.02", "0.01")


def test_no_more_is_dispatched_or_confirmed_than_is_open(store: Store) -> None:
    story = Story.of(store, typed_line("Kayak", "6", "100.00"), typed_line("Course", "1", "480.00", kind="service"))
    message = story.refuses("dispatch", lines=[{"line": 1, "quantity": "7"}])
    assert "7 to dispatch, but only 6 open" in message
    assert "The deal is open; allowed now: pay, dispatch, complete_service, cancel." in message
    assert "is a service" in story.refuses("dispatch", lines=[{"line": 2, "quantity": "1"}])
    story.then("dispatch", lines=[{"line": 1, "quantity": "4"}])
    assert "3 to dispatch, but only 2 open" in story.refuses("dispatch", lines=[{"line": 1, "quantity": "3"}])
    too_many = [{"line": 1, "accepted": "3", "damaged": "1.000001"}]
    assert "4.000001 confirmed, but only 4 in transit" in story.refuses("confirm_receipt", lines=too_many)
    assert "no delivery 2" in story.refuses("confirm_receipt", delivery=2)
    story.then("confirm_receipt")
    assert "nothing is in transit" in story.refuses("confirm_receipt")
    story.then("dispatch")
    assert "Nothing of delivery 1 is in transit".lower() in story.refuses("confirm_receipt", delivery=1).lower()
    assert "no goods are open" in story.refuses("dispatch")


def test_quantities_with_six_decimals_come_out_even(store: Store) -> None:
    # 0.333333 kg x 12.00 = 3.999996 -> 4.00; in three parts of 0.111111: 1.33, 1.34 (2.67 by then), 1.33
    story = Story.of(store, typed_line("Saffron", "0.333333", "12.00", unit="KGM"))
    now = story.now
    for _ in range(3):
        story.then("dispatch", lines=[{"line": 1, "quantity": "0.111111"}])
        now = story.then("confirm_receipt")
    assert [i["totals"]["net"] for i in now["invoices"]] == ["1.33", "1.34", "1.33"]
    assert now["deal"]["state"] == "fulfilled"


def test_a_price_for_a_hundred(store: Store) -> None:
    # 250 screws at 3.99 for a hundred: 9.975 -> 9.98; 19 % = 1.8962 -> 1.90
    story = Story.of(store, typed_line("Screw", "250", "3.99", price_base_quantity="100"))
    assert story.now["quote"]["totals"]["net"] == "9.98"
    assert story.now["quote"]["totals"]["gross"] == "11.88"
