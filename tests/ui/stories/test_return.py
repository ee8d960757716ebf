"""Goods come back, by hand: credit notes, what they lower, and the money that is paid back."""

from __future__ import annotations

from app.pipeline.rules import Action as Verb
from tests.builders import a_tax, balance, entry_of
from tests.ui.by_hand import D, Hands, Typed


def lamps_in_two_invoices(hands: Hands) -> None:
    """5 x 80.00: three on INV 1 (240.00 + 45.60 = 285.60), two on INV 2 (160.00 + 30.40 = 190.40); cost 50.00 each."""
    hands.quote(Typed("Lamp", "5", "80.00", cost="50.00"), signed=True)
    hands.on(3, 4)
    for quantity in ("3", "2"):
        hands.dispatch({1: quantity})
        hands.receive()


def test_return_over_two_invoices_with_refund(hands: Hands) -> None:
    lamps_in_two_invoices(hands)
    hands.on(3, 5)
    hands.pay(28560)
    hands.on(3, 10)
    hands.give_back({1: "3"}, "Wrong colour")
    # Last out, first back: both of the second invoice (not paid, so nothing is open any more), one of the first (paid)
    now = hands.now()
    assert [i["kind"] for i in now["invoices"]] == ["invoice", "invoice", "credit_note", "credit_note"]
    first, second, note, other = now["invoices"]
    assert (note["totals"]["gross"], other["totals"]["gross"]) == ("190.40", "95.20")
    assert (note["state"], note["open"], note["lines"][0]["quantity"]) == ("paid", "0.00", "2")
    assert (second["state"], second["open"], first["state"], first["open"]) == ("credited", "0.00", "paid", "0.00")
    assert entry_of(now, "CN-2026-0001", "Credit note") == {
        "revenue": "160.00",
        "output_tax": "30.40",
        "receivable": "-190.40",
    }
    assert entry_of(now, "CN-2026-0002", "Credit note") == {
        "revenue": "80.00",
        "output_tax": "15.20",
        "customer_credit": "-95.20",
    }
    assert entry_of(now, "CN-2026-0001", "Goods returned") == {"inventory": "100.00", "cost_of_sales": "-100.00"}
    assert [row["amount"] for row in now["revenue"]] == ["240.00", "160.00", "-160.00", "-80.00"]
    assert (now["customer_credit"], balance(now, "cost_of_sales")) == ("95.20", 100)

    hands.open("refund").page().fields["amount"].set_value(9521)
    assert any("95.20" in words for words in hands.refused())
    hands.leave()
    hands.on(3, 12)
    hands.refund(9520, reason="Lamp came back")
    assert (hands.at, hands.screen.badge()[0]) == ("payment", "Paid back")
    now = hands.now()
    assert entry_of(now, "P-2026-0002", "Refund") == {"customer_credit": "95.20", "bank": "-95.20"}
    assert now["payments"][1]["amount"] == "-95.20"
    assert (now["customer_credit"], now["customer_balance"], now["deal"]["state"]) == ("0.00", "0.00", "closed")
    assert hands.reason(Verb.REFUND) == "The customer has no credit."
    assert "receipt P-2026-0002.pdf" in now["documents"]


def test_what_is_broken_is_written_off(hands: Hands) -> None:
    lamps_in_two_invoices(hands)
    hands.give_back({1: "1"}, "Broken", restock=False)
    now = hands.now()
    assert entry_of(now, "CN-2026-0001", "Goods returned") == {"write_off": "50.00", "cost_of_sales": "-50.00"}
    # 190.40 - 95.20 are still open
    assert (now["invoices"][1]["state"], now["invoices"][1]["open"]) == ("partly_credited", "95.20")


def test_no_more_comes_back_than_was_received(hands: Hands) -> None:
    hands.quote(Typed("Lamp", "5", "80.00"), signed=True)
    assert hands.reason(Verb.RETURN) == "Nothing was received that could come back."
    hands.dispatch({1: "2"})
    hands.receive()
    hands.give_back({1: "1"})
    hands.pick("return", {1: "2"})
    hands.wizard.page().fields["reason"].set_value("Too many")
    assert any("1" in words for words in hands.refused())
    hands.leave()
    hands.give_back({1: "1"})
    # What came back is not owed again, so three remain to be sent.
    assert hands.now()["invoices"][0]["state"] == "credited"
    hands.pick("dispatch", {1: "4"})
    assert any("3" in words for words in hands.refused())


def test_several_lines_come_back_in_the_order_of_the_invoice(hands: Hands) -> None:
    # 1 x 30.00 at 19 % (5.70) and 2 x 20.00 at 7 % (2.80): 70.00 + 8.50 = 78.50. Spring takes 10 %, 7.00, off:
    # 3.00 of the first and 4.00 of the second: 27.00 + 5.13 and 36.00 + 2.52 = 70.65
    lines = Typed("Lamp", "1", "30.00"), Typed("Book", "2", "20.00", a_tax("7"))
    hands.quote(*lines, whole=[("Spring", False, (D(10), None))], signed=True)
    hands.dispatch()
    hands.receive()
    hands.give_back({2: "1", 1: "1"})
    now = hands.now()
    invoice, note = now["invoices"]
    assert invoice["totals"]["gross"] == "70.65"
    assert [line["line"] for line in note["lines"]] == [1, 2]
    # 27.00 + 5.13 = 32.13; half of the books: 18.00 + 1.26 = 19.26; together 51.39
    assert (note["totals"]["discounts"], note["totals"]["net"], note["totals"]["gross"]) == ("5.00", "45.00", "51.39")
    assert invoice["open"] == "19.26"
    hands.give_back({2: "1"})
    now = hands.now()
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"]) == ("0.00", "credited")


def test_credit_without_goods(hands: Hands) -> None:
    lamps_in_two_invoices(hands)
    # 23.80 off the first invoice: 20.00 and 3.80 tax
    hands.credit(1, 2380)
    assert (hands.screen.badge()[0], hands.screen._amount.text()) == ("Credit note", "−€23.80")
    now = hands.now()
    note = now["invoices"][2]
    assert (note["totals"]["net"], note["totals"]["tax"], note["totals"]["gross"]) == ("20.00", "3.80", "23.80")
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"]) == ("261.80", "partly_credited")
    assert now["revenue"][-1] == {"date": "2026-03-04", "line": 1, "amount": "-20.00", "document": "CN-2026-0001"}
    # A line of the second: 80.00 + 15.20
    hands.credit(2, lines={1: "1"})
    now = hands.now()
    assert (now["invoices"][3]["totals"]["gross"], now["invoices"][1]["open"]) == ("95.20", "95.20")
    assert balance(now, "inventory") == -250  # no goods have moved
    hands.credit_of(2, 9521).page().fields["reason"].set_value("More")
    assert any("95.20" in words for words in hands.refused())
    hands.leave()
    hands.credit_of(2, lines={1: "2"}).page().fields["reason"].set_value("More")
    assert any("1" in words for words in hands.refused())
    hands.leave()
    hands.credit(2, 9520)
    assert hands.now()["invoices"][1]["state"] == "credited"


def test_prices_with_tax_come_back_as_they_were_paid(hands: Hands) -> None:
    # 3 x 9.99 with tax = 29.97, paid. A cup comes back at 9.99: 9.99 x 19 / 119 = 1.595 -> 1.60 is tax in it
    hands.quote(Typed("Cup", "3", "9.99"), with_tax=True, signed=True)
    hands.pay(2997)
    hands.dispatch()
    hands.receive()
    for credit in ("9.99", "19.98", "29.97"):
        hands.give_back({1: "1"})
        assert hands.now()["customer_credit"] == credit
    # 29.97 x 19 / 119 = 4.785 -> 4.79, so the last note takes 4.79 - 1.60 - 1.60 = 1.59
    now = hands.now()
    assert [i["totals"]["tax"] for i in now["invoices"]] == ["4.79", "1.60", "1.60", "1.59"]
    assert balance(now, "revenue") == balance(now, "output_tax") == 0
