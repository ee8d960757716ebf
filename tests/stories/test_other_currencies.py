"""Currencies without decimals, and with three."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, typed_line


def test_yen(store: Store) -> None:
    # 3 x 1234 = 3702; 5 % = 185.1 -> 185 off: 3517; 10 % = 351.7 -> 352: 3869; deposit 30 % = 1160.7 -> 1161
    story = Story.of(
        store,
        typed_line("Teapot", "3", "1234", "10", cost="700.5"),
        currency="JPY",
        discounts=[{"percent": "5", "reason": "Friends"}],
        terms={"deposit": {"percent": "30"}},
    )
    totals = story.now["quote"]["totals"]
    assert (totals["discounts"], totals["net"], totals["tax"], totals["gross"]) == ("185", "3517", "352", "3869")
    assert "1161" in story.refuses("dispatch")
    story.then("pay", amount="1161")
    story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
    now = story.then("confirm_receipt")
    # one of three: 1234 - 62 (61.67) = 1172; 117.2 -> 117: 1289, less the deposit: 128; cost 700.5 -> 701
    first = now["invoices"][0]["totals"]
    assert (first["discounts"], first["net"], first["gross"], first["payable"]) == ("62", "1172", "1289", "128")
    assert balance(now, "cost_of_sales") == 701
    story.then("dispatch")
    now = story.then("confirm_receipt")
    # the rest: 2468 - 123 = 2345; 234.5 -> 235: 2580
    assert now["invoices"][1]["totals"]["gross"] == "2580"
    now = story.then("pay", amount="2708")  # 128 + 2580
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0", "0")


def test_dinar(store: Store) -> None:
    # 7 x 1.255 = 8.785; 5 % = 0.43925 -> 0.439: 9.224
    story = Story.of(store, typed_line("Dates", "7", "1.255", "5"), currency="KWD", terms={"payment": "on delivery"})
    assert story.now["quote"]["totals"]["gross"] == "9.224"
    story.then("dispatch", lines=[{"line": 1, "quantity": "3"}])
    now = story.then("confirm_receipt", on="2026-03-10")
    # 8.785 x 3 / 7 = 3.765; tax 0.18825 -> 0.188
    assert (now["invoices"][0]["totals"]["net"], now["invoices"][0]["totals"]["gross"]) == ("3.765", "3.953")
    assert now["invoices"][0]["due"] == "2026-03-10"
    story.then("dispatch")
    now = story.then("confirm_receipt")
    # 5.020 + 0.251
    assert (now["invoices"][1]["totals"]["gross"], now["customer_balance"]) == ("5.271", "9.224")
    now = story.then("credit", invoice=2, amount="1.050")  # 1.000 + 0.050
    assert (now["invoices"][2]["totals"]["tax"], now["customer_balance"]) == ("0.050", "8.174")


def test_one_customer_has_a_balance_in_each_currency(store: Store) -> None:
    for currency, price in (("EUR", "100.00"), ("JPY", "1000")):
        story = Story.of(store, typed_line("Cup", "1", price), currency=currency, reference=currency)
        story.then("dispatch")
        story.then("confirm_receipt")
        story.then("pay", amount=price)
    assert story.now["customer_balance"] == "190"
