"""A deal on account: delivered, invoiced, paid in two parts."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def test_paid_after_delivery(store: Store) -> None:
    # 4 x 25.00 = 100.00 less 10 % = 90.00; 19 % = 17.10, together 107.10; cost 4 x 12.50 = 50.00
    chairs = typed_line("Chair", "4", "25.00", cost="12.50", discounts=[{"percent": "10", "reason": "Trade"}])
    story = Story.of(store, chairs, terms={"payment": "net 14"})
    assert story.now["quote"]["margin_percent"] == "44.44"  # (90 - 50) / 90

    now = story.then("dispatch", on="2026-03-04", carrier="Parcel", tracking="00340434")
    assert (now["deliveries"][0]["state"], now["deliveries"][0]["received"]) == ("dispatched", None)
    assert balance(now, "goods_in_transit") == 50
    assert (now["invoices"], now["revenue"], balance(now, "revenue")) == ([], [], 0)

    now = story.then("confirm_receipt", on="2026-03-05", by="Maren Voss")
    (invoice,) = now["invoices"]
    assert (invoice["date"], invoice["due"]) == ("2026-03-05", "2026-03-19")
    assert (invoice["state"], invoice["open"], now["customer_balance"]) == ("open", "107.10", "107.10")
    assert [(s["step"], s["reason"], s["amount"]) for s in invoice["lines"][0]["waterfall"]] == [
        ("list", "", "100.00"),
        ("line_discount", "Trade", "-10.00"),
        ("tax", "S", "17.10"),
    ]
    assert entry_of(now, "INV-2026-0001", "Receipt") == {
        "contract_asset": "90.00",
        "revenue": "-90.00",
        "cost_of_sales": "50.00",
        "goods_in_transit": "-50.00",
    }
    assert entry_of(now, "INV-2026-0001", "Invoice") == {
        "receivable": "107.10",
        "contract_asset": "-90.00",
        "output_tax": "-17.10",
    }
    assert now["revenue"] == [{"date": "2026-03-05", "line": 1, "amount": "90.00", "document": "INV-2026-0001"}]
    assert now["deliveries"][0]["received"] == "2026-03-05"
    assert now["deal"]["state"] == "fulfilled"

    now = story.then("pay", on="2026-03-10", amount="50.00", reference="Chairs, first half")
    assert entry_of(now, "P-2026-0001", "Payment") == {"bank": "50.00", "receivable": "-50.00"}
    assert (now["invoices"][0]["state"], now["invoices"][0]["open"]) == ("partly_paid", "57.10")
    assert (now["deal"]["state"], now["customer_balance"]) == ("fulfilled", "57.10")

    now = story.then("pay", on="2026-03-18", amount="57.10", method="cash")
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


def test_a_payment_settles_the_oldest_due_or_the_one_it_names(store: Store) -> None:
    # 3 x 10.00 + 1.90 tax each: three invoices of 11.90
    story = Story.of(store, typed_line("Cup", "3", "10.00"), terms={"payment": "net 10"})
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        story.then("dispatch", on=day, lines=[{"line": 1, "quantity": "1"}])
        story.then("confirm_receipt", on=day)
    now = story.then("pay", on="2026-03-06", amount="11.90", invoice=2)
    assert [i["state"] for i in now["invoices"]] == ["open", "paid", "open"]
    now = story.then("pay", on="2026-03-07", amount="15.00")
    assert [i["open"] for i in now["invoices"]] == ["0.00", "0.00", "8.80"]
    assert now["payments"][1]["allocated"] == [
        {"invoice": "INV-2026-0001", "amount": "11.90"},
        {"invoice": "INV-2026-0003", "amount": "3.10"},
    ]
    # What is paid beyond the invoice that was named stays the customer's: everything is invoiced already.
    now = story.then("pay", on="2026-03-08", amount="10.00", invoice=1)
    assert (now["payments"][2]["unallocated"], now["customer_credit"]) == ("10.00", "10.00")
    assert "no invoice 4" in story.refuses("pay", amount="1.00", invoice=4)


def test_nothing_is_paid_before_the_quote_is_accepted(store: Store) -> None:
    story = Story.of(store, signed=False)
    assert "The deal is draft; allowed now: send_quote" in story.refuses("pay", amount="10.00")
    story.then("send_quote")
    assert "The deal is quoted" in story.refuses("pay", amount="10.00")
    story.then("accept_quote")
    now = story.then("pay", amount="10.00")
    assert balance(now, "contract_liability") == -10
