"""Prices that include tax, by hand: what the customer was told is what he pays, and the tax is taken out of it."""

from __future__ import annotations

from tests.builders import a_tax
from tests.ui.by_hand import D, Hands, Typed


def test_two_rates_and_a_document_discount(hands: Hands) -> None:
    # 2 x 119.00 at 19 % and 107.00 at 7 %: 345.00; 10 % off is 34.50: 23.80 and 10.70
    # 214.20 x 19 / 119 = 34.20, net 180.00; 96.30 x 7 / 107 = 6.30, net 90.00
    hands.quote(
        Typed("Lamp", "2", "119.00"),
        Typed("Book", "1", "107.00", a_tax("7")),
        with_tax=True,
        whole=[("Spring", False, (D(10), None))],
        signed=True,
    )
    quote = hands.now()["quote"]
    assert [line["net"] for line in quote["lines"]] == ["200.00", "100.00"]
    assert [line["unit_price"] for line in quote["lines"]] == ["119.00", "107.00"]
    totals = quote["totals"]
    assert (totals["lines_net"], totals["discounts"], totals["net"]) == ("300.00", "30.00", "270.00")
    assert (totals["tax"], totals["gross"]) == ("40.50", "310.50")
    assert [(row["rate"], row["taxable"], row["tax"]) for row in totals["tax_breakdown"]] == [
        ("7", "90.00", "6.30"),
        ("19", "180.00", "34.20"),
    ]
    assert hands.deal_page().totals._total.text() == "€310.50"

    # One lamp: 119.00 - 11.90 = 107.10, of which 17.10 is tax
    hands.dispatch({1: "1"})
    hands.receive()
    now = hands.now()
    assert (now["invoices"][0]["totals"]["net"], now["invoices"][0]["totals"]["gross"]) == ("90.00", "107.10")
    hands.dispatch()
    hands.receive()
    # 107.10 + 203.40 = 310.50
    now = hands.now()
    assert (now["invoices"][1]["totals"]["gross"], now["customer_balance"]) == ("203.40", "310.50")
    hands.pay()
    hands.give_back({1: "1"})
    now = hands.now()
    assert (now["invoices"][2]["totals"]["gross"], now["customer_credit"]) == ("107.10", "107.10")


def test_the_total_stays_what_the_customer_was_told(hands: Hands) -> None:
    # correctness.md E2: 340.00 + 13.90 at 19 %: tax 56.51, total 353.90
    hands.quote(Typed("Bag", "1", "340.00"), Typed("Tag", "1", "13.90"), with_tax=True)
    totals = hands.now()["quote"]["totals"]
    assert (totals["tax"], totals["gross"], totals["net"]) == ("56.51", "353.90", "297.39")
    assert hands.deal_page().totals._total.text() == "€353.90"


def test_yen_with_tax(hands: Hands) -> None:
    # 2 117 with 8 %: 2117 x 8 / 108 = 156.81 -> 157
    hands.quote(Typed("Tea", "1", "2117", a_tax("8")), with_tax=True, currency="JPY")
    totals = hands.now()["quote"]["totals"]
    assert (totals["net"], totals["tax"], totals["gross"]) == ("1960", "157", "2117")
