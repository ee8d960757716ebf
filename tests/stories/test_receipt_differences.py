"""Not everything arrives as it should: damaged, missing, refused, and dispatched again."""

from __future__ import annotations

from decimal import Decimal

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def test_damaged_missing_and_refused_goods(store: Store) -> None:
    # 10 x 20.00 = 200.00 + 38.00; cost 12.00 each
    story = Story.of(store, typed_line("Vase", "10", "20.00", cost="12.00"))
    now = story.then("dispatch", on="2026-03-03")
    assert balance(now, "goods_in_transit") == 120

    outcome = {"line": 1, "accepted": "6", "damaged": "1", "missing": "1", "refused": "1"}
    now = story.then("confirm_receipt", on="2026-03-04", lines=[outcome])
    # Six are earned: 120.00 + 22.80, cost 72.00. Two are written off, one goes back, one is still on its way.
    assert now["invoices"][0]["totals"]["gross"] == "142.80"
    assert entry_of(now, "D-2026-0001", "Refused") == {
        "inventory": "12.00",
        "write_off": "24.00",
        "goods_in_transit": "-36.00",
    }
    assert [balance(now, role) for role in ("cost_of_sales", "write_off", "goods_in_transit", "inventory")] == [
        Decimal(72),
        Decimal(24),
        Decimal(12),
        Decimal(-108),
    ]
    assert (now["deliveries"][0]["state"], now["deliveries"][0]["lines"][0]["accepted"]) == ("dispatched", "6")
    assert now["deal"]["state"] == "open"

    # Open are 10 - 6 - 1 on its way = 3
    assert "4 to dispatch, but only 3 open" in story.refuses("dispatch", lines=[{"line": 1, "quantity": "4"}])
    story.then("dispatch", on="2026-03-05")
    now = story.then("confirm_receipt", on="2026-03-06")
    # 80.00 + 15.20; the six and these four are all that was agreed
    assert (now["invoices"][1]["totals"]["gross"], now["invoices"][1]["lines"][0]["quantity"]) == ("95.20", "4")
    assert [d["state"] for d in now["deliveries"]] == ["received", "received"]
    assert (now["deal"]["state"], now["customer_balance"]) == ("fulfilled", "238.00")
    # 13 left the shelf and one came back: 12 x 12.00, of which ten were sold and two lost
    assert (balance(now, "inventory"), balance(now, "cost_of_sales")) == (-144, 120)


def test_what_is_all_refused_makes_no_invoice(store: Store) -> None:
    story = Story.of(store, typed_line("Vase", "2", "20.00", cost="12.00"))
    story.then("dispatch")
    now = story.then("confirm_receipt", lines=[{"line": 1, "refused": "2"}])
    assert (now["invoices"], now["revenue"], balance(now, "inventory")) == ([], [], 0)
    assert now["deliveries"][0]["state"] == "received"
    assert "nothing was received that could come back" in story.refuses("return", lines=[{"line": 1, "quantity": "1"}])
    story.then("dispatch")
    now = story.then("confirm_receipt")
    assert (now["deal"]["state"], len(now["invoices"])) == ("fulfilled", 1)


def test_a_cost_that_does_not_divide_leaves_nothing_in_transit(store: Store) -> None:
    # 3 x 0.335 = 1.005 -> 1.01 in transit; one by one: 0.34 (0.3367), 0.33 (0.67), 0.34 (1.01)
    story = Story.of(store, typed_line("Clip", "3", "1.00", cost="0.335"))
    story.then("dispatch")
    costs = []
    for _ in range(3):
        now = story.then("confirm_receipt", lines=[{"line": 1, "accepted": "1"}])
        costs.append(str(balance(now, "cost_of_sales")))
    assert costs == ["0.34", "0.67", "1.01"]
    assert balance(story.now, "goods_in_transit") == 0
