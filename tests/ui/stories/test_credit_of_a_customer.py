"""An overpayment is kept as the customer's credit and pays a second deal of the same customer, by hand."""

from __future__ import annotations

from app.payments.rules import Method
from app.pipeline.rules import Action as Verb
from tests.builders import balance, entry_of
from tests.ui.by_hand import Hands, Typed, problems_of
from ui.routes import Route


def test_overpayment_pays_a_second_deal(hands: Hands) -> None:
    # 100.00 + 19.00 = 119.00, and 150.00 is paid: 31.00 too much
    first = hands.quote(Typed("Kayak", "1", "100.00"), signed=True)
    hands.dispatch()
    hands.receive()
    hands.open("take-payment").page().fields["amount"].set_value(15000)
    assert hands.wizard.page().divided() == [  # type: ignore[attr-defined]
        "€119.00 settles INV-2026-0001",
        "€31.00 stays as the customer's credit",
    ]
    hands.through()
    now = hands.now()
    assert entry_of(now, "P-2026-0001", "Payment") == {
        "bank": "150.00",
        "receivable": "-119.00",
        "customer_credit": "-31.00",
    }
    assert (now["customer_credit"], now["payments"][0]["unallocated"]) == ("31.00", "31.00")
    assert now["deal"]["state"] == "closed"

    # 20.00 + 3.80 = 23.80; the customer is known by now
    second = hands.quote(Typed("Paddle", "1", "20.00"), signed=True)
    assert second != first
    assert hands.now()["customer_credit"] == "31.00"
    hands.dispatch()
    hands.receive()
    wizard = hands.open("take-payment")
    wizard.page().fields["amount"].set_value(3101)
    wizard.page().fields["method"].set_value(Method.CREDIT)
    assert any("31.00" in words for words in hands.refused()), problems_of(wizard)
    hands.leave()
    hands.pay(2380, Method.CREDIT)
    now = hands.now()
    assert entry_of(now, "P-2026-0002", "Payment by credit") == {"customer_credit": "23.80", "receivable": "-23.80"}
    assert now["payments"][0]["allocated"] == [{"invoice": "INV-2026-0002", "amount": "23.80"}]
    assert (now["customer_credit"], now["customer_balance"], now["deal"]["state"]) == ("7.20", "0.00", "closed")
    assert hands.now(first)["payments"][0]["unallocated"] == "7.20"
    hands.refund(720, Method.CASH)
    now = hands.now()
    assert entry_of(now, "P-2026-0003", "Refund") == {"customer_credit": "7.20", "cash": "-7.20"}
    assert (now["customer_credit"], hands.now(first)["payments"][0]["unallocated"]) == ("0.00", "0.00")
    rows = hands.go(Route("payments")).table.model().rows()
    assert [(row.number, row.state) for row in rows] == [
        ("P-2026-0003", "refund"),
        ("P-2026-0002", "allocated"),
        ("P-2026-0001", "allocated"),
    ]


def test_credit_can_be_a_deposit(hands: Hands) -> None:
    # 238.00 paid for a deal that is cancelled pays for the next one in advance
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.pay(23800)
    hands.cancel()
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True, payment="prepaid")
    hands.open("dispatch")
    assert hands.refused()
    hands.leave()
    hands.pay(23800, Method.CREDIT)
    assert balance(hands.now(), "contract_liability") == -238
    hands.dispatch()
    hands.receive()
    now = hands.now()
    assert (now["deal"]["state"], now["customer_credit"]) == ("closed", "0.00")


def test_credit_beyond_what_is_open_stays_credit(hands: Hands) -> None:
    # 50.00 of credit, and a deal of 11.90 that is paid with all of it
    first = hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.pay(5000)
    hands.cancel()
    hands.quote(Typed("Cup", "1", "10.00"), signed=True)
    hands.dispatch()
    hands.receive()
    hands.pay(5000, Method.CREDIT)
    now = hands.now()
    assert entry_of(now, "P-2026-0002", "Payment") == {"customer_credit": "11.90", "receivable": "-11.90"}
    assert (now["payments"][0]["unallocated"], now["customer_credit"]) == ("38.10", "38.10")
    assert hands.now(first)["payments"][0]["unallocated"] == "0.00"
    hands.refund(3810)
    assert hands.now()["customer_credit"] == "0.00"


def test_another_customer_has_no_part_in_it(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), signed=True)
    hands.pay(30000)
    hands.quote(Typed("Kayak", "2", "100.00"), customer="Paddle Club", signed=True)
    assert hands.now()["customer_credit"] == "0.00"
    assert hands.reason(Verb.REFUND) == "The customer has no credit."
    method = hands.open("take-payment").page().fields["method"].editor
    assert method.findText("Customer credit") == -1
    assert method.findText("Bank transfer") >= 0
