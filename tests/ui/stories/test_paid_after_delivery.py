"""A deal on account, by hand: delivered, invoiced, paid in two parts."""

from __future__ import annotations

from app.payments.rules import Method
from app.pipeline.rules import Action as Verb
from tests.builders import balance, entry_of
from tests.ui.by_hand import D, Hands, Typed


def test_paid_after_delivery(hands: Hands) -> None:
    # 4 x 25.00 = 100.00 less 10 % = 90.00; 19 % = 17.10, together 107.10; cost 4 x 12.50 = 50.00
    chairs = Typed("Chair", "4", "25.00", cost="12.50", discount=(D(10), None))
    hands.quote(chairs, payment="net", payment_days=D(14), signed=True)
    assert hands.now()["quote"]["margin_percent"] == "44.44"  # (90 - 50) / 90

    hands.on(3, 4)
    hands.dispatch(carrier="Parcel", tracking="00340434")
    now = hands.now()
    assert (now["deliveries"][0]["state"], now["deliveries"][0]["received"]) == ("dispatched", None)
    assert balance(now, "goods_in_transit") == 50
    assert (now["invoices"], now["revenue"], balance(now, "revenue")) == ([], [], 0)

    hands.on(3, 5)
    hands.receive(by="Maren Voss")
    assert (hands.screen._amount.text(), hands.screen._amount_note.text()) == ("€107.10", "€107.10 is open")
    now = hands.now()
    (invoice,) = now["invoices"]
    assert (invoice["date"], invoice["due"]) == ("2026-03-05", "2026-03-19")
    assert (invoice["state"], invoice["open"], now["customer_balance"]) == ("open", "107.10", "107.10")
    assert [(s["step"], s["amount"]) for s in invoice["lines"][0]["waterfall"]] == [
        ("list", "100.00"),
        ("line_discount", "-10.00"),
        ("tax", "17.10"),
    ]
    assert entry_of(now, "INV-2026-0001", "Receipt") == {
        "contract_asset": "90.00",
        "revenue": "-90.00",
        "cost_of_sales": "50.00",
        "goods_in_transit": "-50.00",
    }
    assert now["revenue"] == [{"date": "2026-03-05", "line": 1, "amount": "90.00", "document": "INV-2026-0001"}]
    assert now["deal"]["state"] == "fulfilled"

    hands.on(3, 10)
    hands.pay(5000, reference="Chairs, first half")
    now = hands.now()
    assert entry_of(now, "P-2026-0001", "Payment") == {"bank": "50.00", "receivable": "-50.00"}
    assert (now["invoices"][0]["state"], now["invoices"][0]["open"]) == ("partly_paid", "57.10")
    assert (now["deal"]["state"], now["customer_balance"]) == ("fulfilled", "57.10")
    hands.on(3, 18)
    assert hands.deal_page().head.next.primary.text() == "Take payment"
    hands.pay(method=Method.CASH)
    now = hands.now()
    assert entry_of(now, "P-2026-0002", "Payment") == {"cash": "57.10", "receivable": "-57.10"}
    assert (now["invoices"][0]["state"], now["invoices"][0]["open"]) == ("paid", "0.00")
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0.00", "0.00")
    assert now["documents"] == [
        "quote Q-2026-0001.pdf",
        "contract C-2026-0001.pdf",
        "delivery note D-2026-0001.pdf",
        "invoice INV-2026-0001.pdf",
        "receipt P-2026-0001.pdf",
        "receipt P-2026-0002.pdf",
    ]


def test_a_payment_settles_the_oldest_due_or_the_one_it_names(hands: Hands) -> None:
    # 3 x 10.00 + 1.90 tax each: three invoices of 11.90
    hands.quote(Typed("Cup", "3", "10.00"), payment="net", payment_days=D(10), signed=True)
    for day in (3, 4, 5):
        hands.on(3, day)
        hands.dispatch({1: "1"})
        hands.receive()
    hands.on(3, 6)
    hands.pay(1190, place=2)
    assert [i["state"] for i in hands.now()["invoices"]] == ["open", "paid", "open"]
    hands.on(3, 7)
    hands.pay(1500)
    now = hands.now()
    assert [i["open"] for i in now["invoices"]] == ["0.00", "0.00", "8.80"]
    assert now["payments"][1]["allocated"] == [
        {"invoice": "INV-2026-0001", "amount": "11.90"},
        {"invoice": "INV-2026-0003", "amount": "3.10"},
    ]
    # What is paid beyond what is open stays the customer's: everything is invoiced already.
    hands.on(3, 8)
    hands.pay(1000)
    now = hands.now()
    assert (now["payments"][2]["unallocated"], now["customer_credit"]) == ("1.20", "1.20")


def test_nothing_is_paid_before_the_quote_is_accepted(hands: Hands) -> None:
    hands.quote(Typed("Kayak", "2", "100.00"), send=False)
    assert "accepted" in hands.reason(Verb.PAY)
    hands.send()
    assert "accepted" in hands.reason(Verb.PAY)
    hands.accept()
    hands.pay(1000)
    assert balance(hands.now(), "contract_liability") == -10
