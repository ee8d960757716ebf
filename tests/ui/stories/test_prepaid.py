"""A deal that is paid before anything leaves, by hand."""

from __future__ import annotations

from app.pipeline.rules import Action as Verb
from tests.builders import balance, entry_of
from tests.ui.by_hand import Hands, Typed, problems_of


def test_prepaid(hands: Hands) -> None:
    # 3 x 49.90 = 149.70, 19 % = 28.443 -> 28.44, together 178.14; cost 3 x 20.00 = 60.00
    hands.quote(Typed("Lamp", "3", "49.90", cost="20.00"), payment="prepaid", signed=True)
    assert hands.now()["quote"]["totals"]["gross"] == "178.14"
    assert hands.deal_page().head.next.primary.text() == "Take the payment in advance"

    wizard = hands.open("dispatch")
    assert any("178.14" in words for words in hands.refused()), problems_of(wizard)
    hands.leave()
    hands.on(3, 3)
    hands.pay(10000)
    assert hands.now()["payments"][0]["unallocated"] == "100.00"
    assert balance(hands.now(), "contract_liability") == -100
    hands.on(3, 5)
    hands.pay()
    assert hands.screen._amount.text() == "€78.14"
    hands.on(3, 6)
    hands.dispatch()
    now = hands.now()
    assert entry_of(now, "D-2026-0001", "Goods dispatched") == {"goods_in_transit": "60.00", "inventory": "-60.00"}
    assert balance(now, "revenue") == 0

    hands.on(3, 9)
    hands.receive()
    assert (hands.at, hands.screen._amount.text(), hands.screen.badge()) == ("invoice", "€178.14", ("Paid", "ok"))
    now = hands.now()
    (invoice,) = now["invoices"]
    assert invoice["totals"]["gross"] == invoice["totals"]["prepaid"] == "178.14"
    assert (invoice["totals"]["payable"], invoice["open"], invoice["state"]) == ("0.00", "0.00", "paid")
    assert invoice["due"] == "2026-03-09"
    assert [payment["allocated"][0]["amount"] for payment in now["payments"]] == ["100.00", "78.14"]
    assert [payment["unallocated"] for payment in now["payments"]] == ["0.00", "0.00"]
    assert (balance(now, "contract_liability"), balance(now, "cost_of_sales")) == (0, 60)
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0.00", "0.00")
    assert hands.deal_page().badge() == ("Closed", "ok")
    assert hands.reason(Verb.DISPATCH)
