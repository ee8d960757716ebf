"""Not everything arrives as it should, by hand: damaged, missing, refused, and dispatched again."""

from __future__ import annotations

from app.pipeline.rules import Action as Verb
from tests.builders import balance, entry_of
from tests.ui.by_hand import D, Hands, Typed


def test_damaged_missing_and_refused_goods(hands: Hands) -> None:
    # 10 x 20.00 = 200.00 + 38.00; cost 12.00 each
    hands.quote(Typed("Vase", "10", "20.00", cost="12.00"), signed=True)
    hands.on(3, 3)
    hands.dispatch()
    assert balance(hands.now(), "goods_in_transit") == 120

    hands.on(3, 4)
    wizard = hands.said_of({1: {"accepted": "8", "damaged": "1", "missing": "1", "refused": "1"}})
    assert any("10" in words for words in hands.refused())
    (shown,) = wizard.page().table.model.rows()  # type: ignore[attr-defined]
    assert wizard.page().table.model.columns[6].text(shown) == "1 too many"  # type: ignore[attr-defined]
    hands.leave()
    hands.receive({1: {"accepted": "6", "damaged": "1", "missing": "1", "refused": "1"}})
    # Six are earned: 120.00 + 22.80, cost 72.00. Two are written off, one goes back, one is still on its way.
    now = hands.now()
    assert now["invoices"][0]["totals"]["gross"] == "142.80"
    assert entry_of(now, "D-2026-0001", "Refused") == {
        "inventory": "12.00",
        "write_off": "24.00",
        "goods_in_transit": "-36.00",
    }
    roles = ("cost_of_sales", "write_off", "goods_in_transit", "inventory")
    assert [balance(now, role) for role in roles] == [D(72), D(24), D(12), D(-108)]
    assert (now["deliveries"][0]["state"], now["deliveries"][0]["lines"][0]["accepted"]) == ("dispatched", "6")
    assert now["deal"]["state"] == "open"

    # Open are 10 - 6 - 1 on its way = 3
    hands.pick("dispatch", {1: "4"})
    assert any("3" in words for words in hands.refused())
    hands.leave()
    hands.on(3, 5)
    hands.dispatch()
    hands.on(3, 6)
    hands.receive()
    # 80.00 + 15.20; the six and these four are all that was agreed
    now = hands.now()
    assert (now["invoices"][1]["totals"]["gross"], now["invoices"][1]["lines"][0]["quantity"]) == ("95.20", "4")
    assert [d["state"] for d in now["deliveries"]] == ["received", "received"]
    assert (now["deal"]["state"], now["customer_balance"]) == ("fulfilled", "238.00")
    # 13 left the shelf and one came back: 12 x 12.00, of which ten were sold and two lost
    assert (balance(now, "inventory"), balance(now, "cost_of_sales")) == (-144, 120)


def test_what_is_all_refused_makes_no_invoice(hands: Hands) -> None:
    hands.quote(Typed("Vase", "2", "20.00", cost="12.00"), signed=True)
    hands.dispatch()
    hands.receive({1: {"refused": "2"}})
    now = hands.now()
    assert (now["invoices"], now["revenue"], balance(now, "inventory")) == ([], [], 0)
    assert now["deliveries"][0]["state"] == "received"
    assert hands.reason(Verb.RETURN) == "Nothing was received that could come back."
    hands.dispatch()
    hands.receive()
    now = hands.now()
    assert (now["deal"]["state"], len(now["invoices"])) == ("fulfilled", 1)


def test_a_cost_that_does_not_divide_leaves_nothing_in_transit(hands: Hands) -> None:
    # 3 x 0.335 = 1.005 -> 1.01 in transit; one by one: 0.34 (0.3367), 0.33 (0.67), 0.34 (1.01)
    hands.quote(Typed("Clip", "3", "1.00", cost="0.335"), signed=True)
    hands.dispatch()
    costs = []
    for _ in range(3):
        hands.receive({1: {"accepted": "1"}})
        costs.append(str(balance(hands.now(), "cost_of_sales")))
    assert costs == ["0.34", "0.67", "1.01"]
    assert balance(hands.now(), "goods_in_transit") == 0
