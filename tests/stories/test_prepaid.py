"""A deal that is paid before anything leaves."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def test_prepaid(store: Store) -> None:
    # 3 x 49.90 = 149.70, 19 % = 28.443 -> 28.44, together 178.14; cost 3 x 20.00 = 60.00
    story = Story.of(store, typed_line("Lamp", "3", "49.90", cost="20.00"), terms={"payment": "prepaid"})
    assert story.now["quote"]["totals"]["gross"] == "178.14"
    assert story.now["deal"]["state"] == "open"

    refused = story.refuses("dispatch")
    assert "178.14" in refused

    assert "178.14" in story.refuses("dispatch")  # 178.13 would not do either
    now = story.then("pay", on="2026-03-03", amount="100.00")
    assert now["payments"][0]["unallocated"] == "100.00"
    assert balance(now, "contract_liability") == -100
    story.refuses("dispatch", on="2026-03-04")

    now = story.then("pay", on="2026-03-05", amount="78.14")
    assert str(balance(now, "contract_liability")) == "-178.14"
    now = story.then("dispatch", on="2026-03-06")
    assert entry_of(now, "D-2026-0001", "Goods dispatched") == {"goods_in_transit": "60.00", "inventory": "-60.00"}
    assert balance(now, "revenue") == 0  # dispatched is not yet earned

    now = story.then("confirm_receipt", on="2026-03-09")
    (invoice,) = now["invoices"]
    assert invoice["totals"]["gross"] == invoice["totals"]["prepaid"] == "178.14"
    assert (invoice["totals"]["payable"], invoice["open"], invoice["state"]) == ("0.00", "0.00", "paid")
    assert invoice["due"] == "2026-03-09"  # prepaid is due on the day of the invoice
    assert [payment["allocated"][0]["amount"] for payment in now["payments"]] == ["100.00", "78.14"]
    assert [payment["unallocated"] for payment in now["payments"]] == ["0.00", "0.00"]
    assert balance(now, "contract_liability") == 0
    assert balance(now, "cost_of_sales") == 60
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0.00", "0.00")
