"""A deal with a deposit, delivered in parts by hand: the parts add up to what was agreed."""

from __future__ import annotations

from app.catalog.rules import Kind
from app.pipeline.rules import Action as Verb
from tests.builders import balance, entry_of
from tests.ui.by_hand import D, Hands, Typed
from ui.routes import Route


def test_partial_deliveries_with_a_deposit(hands: Hands) -> None:
    # 10 x 33.33 = 333.30 and freight 20.00: net 353.30; 19 % = 67.127 -> 67.13; gross 420.43.
    # Deposit 50 % = 210.215 -> 210.22
    hands.quote(
        Typed("Paddle", "10", "33.33"),
        whole=[("Freight", True, (None, 2000))],
        deposit_kind="percent",
        deposit_percent=D(50),
        payment="net",
        payment_days=D(14),
        signed=True,
    )
    assert hands.now()["quote"]["totals"]["gross"] == "420.43"
    hands.on(3, 3)
    hands.pay(21021)
    hands.open("dispatch")
    assert any("0.01" in words for words in hands.refused())  # a cent is missing
    hands.leave()
    hands.on(3, 4)
    hands.pay()
    assert hands.screen._amount.text() == "€0.01"

    hands.on(3, 5)
    hands.dispatch({1: "3"})
    hands.on(3, 6)
    hands.dispatch({1: "4"})
    hands.on(3, 9)
    hands.receive(delivery="D-2026-0001")
    # 3 of 10: 99.99 and freight 6.00: 105.99; tax 20.1381 -> 20.14; 126.13, all of it from the deposit
    now = hands.now()
    first = now["invoices"][0]["totals"]
    assert (first["lines_net"], first["charges"], first["tax"], first["gross"]) == ("99.99", "6.00", "20.14", "126.13")
    assert (first["prepaid"], first["payable"]) == ("126.13", "0.00")
    assert now["revenue"] == [{"date": "2026-03-09", "line": 1, "amount": "105.99", "document": "INV-2026-0001"}]
    assert entry_of(now, "INV-2026-0001", "Deposit") == {"contract_liability": "126.13", "receivable": "-126.13"}
    assert [d["state"] for d in now["deliveries"]] == ["received", "dispatched"]

    # Two of the four on the way arrive: 66.66 and 4.00 (10.00 of the freight by now): 70.66; tax 13.4254 -> 13.43;
    # 84.09 is just what is left of the deposit: 210.22 - 126.13
    hands.on(3, 10)
    hands.receive({1: {"accepted": "2"}})
    now = hands.now()
    second = now["invoices"][1]["totals"]
    assert (second["net"], second["tax"], second["gross"], second["prepaid"]) == ("70.66", "13.43", "84.09", "84.09")
    assert [(p["amount"], p["unallocated"]) for p in now["payments"]] == [("210.21", "0.00"), ("0.01", "0.00")]
    assert now["payments"][1]["allocated"] == [{"invoice": "INV-2026-0002", "amount": "0.01"}]

    # The rest leaves, and one confirmation over two deliveries makes one invoice for five:
    # 166.65 and 10.00: 176.65; tax 33.5635 -> 33.56; 210.21
    hands.on(3, 11)
    hands.dispatch()
    hands.on(3, 12)
    hands.receive()
    now = hands.now()
    assert len(now["invoices"]) == 3
    third = now["invoices"][2]
    assert (third["lines"][0]["quantity"], third["lines"][0]["net"]) == ("5", "166.65")
    assert (third["totals"]["gross"], third["totals"]["prepaid"], third["open"]) == ("210.21", "0.00", "210.21")
    assert third["due"] == "2026-03-26"
    assert [d["lines"][0]["accepted"] for d in now["deliveries"]] == ["3", "4", "3"]
    rows = hands.go(Route("deliveries")).table.model().rows()
    assert [(row.number, row.state) for row in rows] == [(f"D-2026-000{i}", "received") for i in (3, 2, 1)]

    hands.on(3, 20)
    hands.pay()
    now = hands.now()
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0.00", "0.00")
    assert balance(now, "contract_liability") == 0


def test_somebody_may_take_an_unpaid_deposit_on_himself(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), deposit_kind="amount", deposit_amount=5000, signed=True)
    hands.open("dispatch")
    assert any("50.00" in words for words in hands.refused())
    hands.leave()
    hands.dispatch(override="Promised on the phone, J. Brandt")
    assert hands.now()["deliveries"][0]["state"] == "dispatched"
    assert hands.deal_page().head.next._words.text() == "€50.00 have to come before goods leave."
    hands.receive()
    assert hands.deal_page().head.next._words.text() == "€238.00 are open."


def test_more_than_the_price_is_no_deposit(hands: Hands) -> None:
    # 2 x 100.00 + 38.00 = 238.00; of 250.00 paid before delivery 12.00 are the customer's credit
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.pay(20000)
    hands.pay(5000)
    now = hands.now()
    assert (balance(now, "contract_liability"), balance(now, "customer_credit")) == (-238, -12)
    hands.dispatch()
    hands.receive()
    now = hands.now()
    assert [p["unallocated"] for p in now["payments"]] == ["0.00", "12.00"]
    assert now["deal"]["state"] == "closed"


def test_a_price_paid_in_advance_may_still_miss_a_cent_of_the_parts(hands: Hands) -> None:
    # 2 x 0.66 = 1.32 + 0.2508 -> 0.25 = 1.57 is paid. One by one each is 0.66 + 0.1254 -> 0.13 = 0.79: 1.58 together
    hands.quote(Typed("Pin", "2", "0.66"), payment="prepaid", signed=True)
    hands.pay(157)
    for _ in range(2):
        hands.dispatch({1: "1"})
        hands.receive()
    assert (hands.now()["customer_balance"], hands.now()["deal"]["state"]) == ("0.01", "fulfilled")


def test_a_deposit_that_outlives_the_last_invoice_is_the_customers(hands: Hands) -> None:
    # 4 x 0.64 = 2.56 + 0.4864 -> 0.49 = 3.05 is paid in advance. One by one each is 0.64 + 0.12 = 0.76: 3.04 together
    hands.quote(Typed("Pin", "4", "0.64"), payment="prepaid", signed=True)
    hands.pay(305)
    for _ in range(4):
        hands.dispatch({1: "1"})
        hands.receive()
    now = hands.now()
    assert [i["totals"]["prepaid"] for i in now["invoices"]] == ["0.76"] * 4
    assert (now["customer_credit"], balance(now, "contract_liability")) == ("0.01", 0)
    assert (now["payments"][0]["unallocated"], now["deal"]["state"]) == ("0.01", "closed")


def test_a_part_that_falls_below_zero_by_a_cent_is_the_customers(hands: Hands) -> None:
    # 7 x 0.143 = 1.001 -> 1.00, and 0.99 off. One by one the price grows to 0.14 0.29 0.43 0.57 0.71 0.86 1.00 and the
    # discount to 0.14 0.28 0.42 0.57 0.71 0.85 0.99: the fourth part is 0.14 - 0.15 = -0.01
    hands.quote(Typed("Pin", "7", "0.143"), whole=[("Nearly free", False, (None, 99))], signed=True)
    for _ in range(7):
        hands.dispatch({1: "1"})
        hands.receive()
    now = hands.now()
    assert [i["totals"]["gross"] for i in now["invoices"]] == ["0.00", "0.01", "0.00", "-0.01", "0.00", "0.01", "0.00"]
    assert [i["open"] for i in now["invoices"]] == ["0.00", "0.01", "0.00", "0.00", "0.00", "0.01", "0.00"]
    assert (now["customer_balance"], now["customer_credit"]) == ("0.02", "0.01")


def test_no_more_is_dispatched_or_confirmed_than_is_open(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "6", "100.00"), Typed("Course", "1", "480.00", kind=Kind.SERVICE), signed=True)
    wizard = hands.pick("dispatch", {1: "7"})
    assert [row.line.name for row in wizard.page().table.model.rows()] == ["Kayak"]  # type: ignore[attr-defined]
    assert any("6" in words for words in hands.refused())
    hands.leave()
    hands.dispatch({1: "4"})
    hands.pick("dispatch", {1: "3"})
    assert any("2" in words for words in hands.refused())
    hands.leave()
    hands.said_of({1: {"accepted": "3", "damaged": "1.000001"}})
    assert hands.refused()
    hands.leave()
    hands.receive()
    assert hands.reason(Verb.CONFIRM_RECEIPT) == "Nothing is in transit."
    hands.dispatch()
    assert hands.reason(Verb.DISPATCH) == "No goods are open."


def test_quantities_with_six_decimals_come_out_even(hands: Hands) -> None:
    # 0.333333 kg x 12.00 = 3.999996 -> 4.00; in three parts of 0.111111: 1.33, 1.34 (2.67 by then), 1.33
    hands.quote(Typed("Saffron", "0.333333", "12.00", unit="KGM"), signed=True)
    for _ in range(3):
        hands.dispatch({1: "0.111111"})
        hands.receive()
    now = hands.now()
    assert [i["totals"]["net"] for i in now["invoices"]] == ["1.33", "1.34", "1.33"]
    assert now["deal"]["state"] == "fulfilled"
