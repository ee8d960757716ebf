"""Prices that include tax: what the customer was told is what he pays, and the tax is taken out of it."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, typed_line


def test_two_rates_and_a_document_discount(store: Store) -> None:
    # 2 x 119.00 at 19 % and 107.00 at 7 %: 345.00; 10 % off is 34.50: 23.80 and 10.70
    # 214.20 x 19 / 119 = 34.20, net 180.00; 96.30 x 7 / 107 = 6.30, net 90.00
    story = Story.of(
        store,
        typed_line("Lamp", "2", "119.00"),
        typed_line("Book", "1", "107.00", "7"),
        prices_include_tax=True,
        discounts=[{"percent": "10", "reason": "Spring"}],
    )
    quote = story.now["quote"]
    assert [line["net"] for line in quote["lines"]] == ["200.00", "100.00"]
    assert [line["unit_price"] for line in quote["lines"]] == ["119.00", "107.00"]
    totals = quote["totals"]
    assert (totals["lines_net"], totals["discounts"], totals["net"]) == ("300.00", "30.00", "270.00")
    assert (totals["tax"], totals["gross"]) == ("40.50", "310.50")
    assert [(row["rate"], row["taxable"], row["tax"]) for row in totals["tax_breakdown"]] == [
        ("7", "90.00", "6.30"),
        ("19", "180.00", "34.20"),
    ]

    # One lamp: 119.00 - 11.90 = 107.10, of which 17.10 is tax
    story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
    now = story.then("confirm_receipt")
    assert (now["invoices"][0]["totals"]["net"], now["invoices"][0]["totals"]["gross"]) == ("90.00", "107.10")
    story.then("dispatch")
    now = story.then("confirm_receipt")
    # 107.10 + 203.40 = 310.50
    assert (now["invoices"][1]["totals"]["gross"], now["customer_balance"]) == ("203.40", "310.50")
    now = story.then("pay", amount="310.50")
    now = story.then("return", lines=[{"line": 1, "quantity": "1"}])
    assert (now["invoices"][2]["totals"]["gross"], now["customer_credit"]) == ("107.10", "107.10")


def test_the_total_stays_what_the_customer_was_told(store: Store) -> None:
    # correctness.md E2: 340.00 + 13.90 at 19 %: tax 56.51, total 353.90
    story = Story.of(store, typed_line("Bag", "1", "340.00"), typed_line("Tag", "1", "13.90"), prices_include_tax=True)
    totals = story.now["quote"]["totals"]
    assert (totals["tax"], totals["gross"], totals["net"]) == ("56.51", "353.90", "297.39")


def test_yen_with_tax(store: Store) -> None:
    # 2 117 with 8 %: 2117 x 8 / 108 = 156.81 -> 157
    story = Story.of(store, typed_line("Tea", "1", "2117", "8"), prices_include_tax=True, currency="JPY")
    totals = story.now["quote"]["totals"]
    assert (totals["net"], totals["tax"], totals["gross"]) == ("1960", "157", "2117")
