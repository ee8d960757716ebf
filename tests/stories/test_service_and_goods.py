"""Goods and a service in one deal: the service is completed, not dispatched, and its cost is not in the books."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, typed_line


def test_service_and_goods(store: Store) -> None:
    # 2 x 150.00 = 300.00 and 3 h x 60.00 = 180.00: 480.00 + 91.20 = 571.20
    # costs 2 x 100.00 + 3 x 25.00 = 275.00, margin 205.00 / 480.00 = 42.708 %
    story = Story.of(
        store,
        typed_line("Oven", "2", "150.00", cost="100.00"),
        typed_line("Fitting", "3", "60.00", kind="service", unit="HUR", cost="25.00"),
    )
    assert (story.now["quote"]["totals"]["gross"], story.now["quote"]["margin_percent"]) == ("571.20", "42.71")
    assert "no service that is open" in story.refuses("complete_service", line=1)
    assert "4 to complete, but only 3 open" in story.refuses("complete_service", line=2, quantity="4")

    # One hour before anything was delivered: 60.00 + 11.40
    now = story.then("complete_service", on="2026-03-03", line=2, quantity="1", by="Maren Voss")
    (invoice,) = now["invoices"]
    assert [(line["line"], line["quantity"], line["unit"]) for line in invoice["lines"]] == [(2, "1", "HUR")]
    assert (invoice["totals"]["gross"], balance(now, "cost_of_sales"), now["deliveries"]) == ("71.40", 0, [])
    assert now["revenue"] == [{"date": "2026-03-03", "line": 2, "amount": "60.00", "document": "INV-2026-0001"}]

    now = story.then("dispatch", on="2026-03-04")  # the goods alone
    assert [line["line"] for line in now["deliveries"][0]["lines"]] == [1]
    now = story.then("confirm_receipt", on="2026-03-05")
    assert (now["invoices"][1]["totals"]["gross"], balance(now, "cost_of_sales")) == ("357.00", 200)
    assert now["deal"]["state"] == "open"

    # What is open of the service: 120.00 + 22.80
    now = story.then("complete_service", on="2026-03-06", line=2)
    assert now["invoices"][2]["totals"]["gross"] == "142.80"
    assert (now["deal"]["state"], now["customer_balance"]) == ("fulfilled", "571.20")
    assert "no service is open" in story.refuses("complete_service", line=2)
    assert "0 received and kept" in story.refuses("return", lines=[{"line": 2, "quantity": "1"}])
    # A service is given back by a credit note without goods.
    now = story.then("credit", invoice=1, lines=[{"line": 2, "quantity": "1"}], reason="Late")
    assert now["invoices"][0]["state"] == "credited"


def test_a_deal_of_services_alone_has_nothing_to_dispatch(store: Store) -> None:
    story = Story.of(store, typed_line("Course", "1", "480.00", kind="service"), terms={"payment": "prepaid"})
    assert "no goods are open" in story.refuses("dispatch")
    now = story.then("complete_service", line=1)  # not paid, and yet it was done
    assert (now["deal"]["state"], now["invoices"][0]["open"]) == ("fulfilled", "571.20")
