"""Currencies without decimals, and with three, by hand."""

from __future__ import annotations

from tests.builders import a_tax, balance
from tests.ui.by_hand import D, Hands, Typed
from ui.routes import Route


def test_yen(hands: Hands) -> None:
    # 3 x 1234 = 3702; 5 % = 185.1 -> 185 off: 3517; 10 % = 351.7 -> 352: 3869; deposit 30 % = 1160.7 -> 1161
    hands.quote(
        Typed("Teapot", "3", "1234", a_tax("10"), cost="700.5"),
        currency="JPY",
        whole=[("Friends", False, (D(5), None))],
        deposit_kind="percent",
        deposit_percent=D(30),
        signed=True,
    )
    totals = hands.now()["quote"]["totals"]
    assert (totals["discounts"], totals["net"], totals["tax"], totals["gross"]) == ("185", "3517", "352", "3869")
    assert hands.deal_page().totals._total.text() == "¥3,869"
    hands.open("dispatch")
    assert any("1,161" in words for words in hands.refused())
    hands.leave()
    hands.pay()
    assert hands.screen._amount.text() == "¥1,161"
    hands.dispatch({1: "1"})
    hands.receive()
    # one of three: 1234 - 62 (61.67) = 1172; 117.2 -> 117: 1289, less the deposit: 128; cost 700.5 -> 701
    assert (hands.screen._amount.text(), hands.screen._amount_note.text()) == ("¥1,289", "¥128 is open")
    now = hands.now()
    first = now["invoices"][0]["totals"]
    assert (first["discounts"], first["net"], first["gross"], first["payable"]) == ("62", "1172", "1289", "128")
    assert balance(now, "cost_of_sales") == 701
    hands.dispatch()
    hands.receive()
    # the rest: 2468 - 123 = 2345; 234.5 -> 235: 2580
    assert hands.now()["invoices"][1]["totals"]["gross"] == "2580"
    hands.pay()
    assert hands.screen._amount.text() == "¥2,708"  # 128 + 2580
    now = hands.now()
    assert (now["deal"]["state"], now["customer_balance"], now["customer_credit"]) == ("closed", "0", "0")


def test_dinar(hands: Hands) -> None:
    # 7 x 1.255 = 8.785; 5 % = 0.43925 -> 0.439: 9.224
    hands.quote(Typed("Dates", "7", "1.255", a_tax("5")), currency="KWD", payment="on delivery", signed=True)
    assert hands.now()["quote"]["totals"]["gross"] == "9.224"
    hands.dispatch({1: "3"})
    hands.on(3, 10)
    hands.receive()
    # 8.785 x 3 / 7 = 3.765; tax 0.18825 -> 0.188
    (invoice,) = hands.now()["invoices"]
    assert (invoice["totals"]["net"], invoice["totals"]["gross"], invoice["due"]) == ("3.765", "3.953", "2026-03-10")
    assert hands.screen._amount.text().endswith("3.953")
    hands.dispatch()
    hands.receive()
    # 5.020 + 0.251
    now = hands.now()
    assert (now["invoices"][1]["totals"]["gross"], now["customer_balance"]) == ("5.271", "9.224")
    hands.credit(2, 1050)  # 1.000 + 0.050
    now = hands.now()
    assert (now["invoices"][2]["totals"]["tax"], now["customer_balance"]) == ("0.050", "8.174")


def test_one_customer_has_a_balance_in_each_currency(hands: Hands) -> None:
    for currency, price, amount in (("EUR", "100.00", 10000), ("JPY", "1000", 1000)):
        hands.quote(Typed("Cup", "1", price), currency=currency, signed=True)
        hands.dispatch()
        hands.receive()
        hands.pay(amount)
    assert hands.now()["customer_balance"] == "190"
    owed = {row.number: (row.open, row.currency) for row in hands.go(Route("invoices")).table.model().rows()}
    assert owed == {"INV-2026-0001": (1900, "EUR"), "INV-2026-0002": (190, "JPY")}
