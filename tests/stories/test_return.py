"""Goods come back: credit notes, what they lower, and the money that is paid back."""

from __future__ import annotations

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line


def lamps_in_two_invoices(store: Store) -> Story:
    """5 x 80.00: three on INV 1 (240.00 + 45.60 = 285.60), two on INV 2 (160.00 + 30.40 = 190.40); cost 50.00 each."""
    story = Story.of(store, typed_line("Lamp", "5", "80.00", cost="50.00"))
    for quantity in ("3", "2"):
        story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": quantity}])
        story.then("confirm_receipt", on="2026-03-04")
    return story


def test_return_over_two_invoices_with_refund(store: Store) -> None:
    story = lamps_in_two_invoices(store)
    story.then("pay", on="2026-03-05", amount="285.60")
    now = story.then("return", on="2026-03-10", lines=[{"line": 1, "quantity": "3"}], reason="Wrong colour")
    # Last out, first back: both of the second invoice (not paid, so nothing is open any more), one of the first (paid)
    assert [i["kind"] for i in now["invoices"]] == ["invoice", "invoice", "credit_note", "credit_note"]
    first, second, note, other = now["invoices"]
    assert (note["totals"]["gross"], other["totals"]["gross"]) == ("190.40", "95.20")
    assert (note["state"], note["open"], note["lines"][0]["quantity"]) == ("paid", "0.00", "2")
    assert (second["state"], second["open"]) == ("credited", "0.00")
    assert (first["state"], first["open"]) == ("paid", "0.00")
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

    assert "95.21 asked, but the customer's credit is only 95.20" in story.refuses("refund", amount="95.21")
    now = story.then("refund", on="2026-03-12", amount="95.20", reason="Lamp came back")
    assert entry_of(now, "P-2026-0002", "Refund") == {"customer_credit": "95.20", "bank": "-95.20"}
    assert now["payments"][1]["amount"] == "-95.20"
    assert (now["customer_credit"], now["customer_balance"]) == ("0.00", "0.00")
    assert (now["deal"]["state"], "refund" in story.refuses("refund", amount="0.01")) == ("closed", True)
    assert "receipt P-2026-0002.pdf" in now["documents"]


def test_what_is_broken_is_written_off(store: Store) -> None:
    story = lamps_in_two_invoices(store)
    now = story.then("return", lines=[{"line": 1, "quantity": "1"}], reason="Broken", restock=False)
    assert entry_of(now, "CN-2026-0001", "Goods returned") == {"write_off": "50.00", "cost_of_sales": "-50.00"}
    # 190.40 - 95.20 are still open
    assert (now["invoices"][1]["state"], now["invoices"][1]["open"]) == ("partly_credited", "95.20")


def test_no_more_comes_back_than_was_received(store: Store) -> None:
    story = Story.of(store, typed_line("Lamp", "5", "80.00"))
    assert "nothing was received" in story.refuses("return", lines=[{"line": 1, "quantity": "1"}])
    story.then("dispatch", lines=[{"line": 1, "quantity": "2"}])
    story.then("confirm_receipt")
    story.then("return", lines=[{"line": 1, "quantity": "1"}])
    assert "2 to return, but only 1 received and kept" in story.refuses("return", lines=[{"line": 1, "quantity": "2"}])
    now = story.then("return", lines=[{"line": 1, "quantity": "1"}])
    # What came back is not owed again, so three remain to be sent.
    assert now["invoices"][0]["state"] == "credited"
    assert "4 to dispatch, but only 3 open" in story.refuses("dispatch", lines=[{"line": 1, "quantity": "4"}])


def test_several_lines_come_back_in_the_order_of_the_invoice(store: Store) -> None:
    # 1 x 30.00 at 19 % (5.70) and 2 x 20.00 at 7 % (2.80): 70.00 + 8.50 = 78.50. Spring takes 10 %, 7.00, off:
    # 3.00 of the first and 4.00 of the second: 27.00 + 5.13 and 36.00 + 2.52 = 70.65
    story = Story.of(
        store,
        typed_line("Lamp", "1", "30.00"),
        typed_line("Book", "2", "20.00", "7"),
        discounts=[{"percent": "10", "reason": "Spring"}],
    )
    story.then("dispatch")
    story.then("confirm_receipt")
    now = story.then("return", lines=[{"line": 2, "quantity": "1"}, {"line": 1, "quantity": "1"}])
    invoice, note = now["invoices"]
    assert invoice["totals"]["gross"] == "70.65"
    assert [line["line"] for line in note["lines"]] == [1, 2]
    # 27.00 + 5.13 = 32.13; half of the books: 18.00 + 1.26 = 19.26; together 51.39
    assert (note["totals"]["discounts"], note["totals"]["net"], note["totals"]["gross"]) == ("5.00", "45.00", "51.39")
    assert invoice["open"] == "19.26"
    now = story.then("return", lines=[{"line": 2, "quantity": "1"}])
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"]) == ("0.00", "credited")


def test_credit_without_goods(store: Store) -> None:
    story = lamps_in_two_invoices(store)
    # 23.80 off the first invoice: 20.00 and 3.80 tax
    now = story.then("credit", invoice=1, amount="23.80", reason="Scratched")
    note = now["invoices"][2]
    assert (note["totals"]["net"], note["totals"]["tax"], note["totals"]["gross"]) == ("20.00", "3.80", "23.80")
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"]) == ("261.80", "partly_credited")
    assert now["revenue"][-1] == {"date": "2026-03-04", "line": 1, "amount": "-20.00", "document": "CN-2026-0001"}
    # A line of the second: 80.00 + 15.20
    now = story.then("credit", invoice=2, lines=[{"line": 1, "quantity": "1"}])
    assert (now["invoices"][3]["totals"]["gross"], now["invoices"][1]["open"]) == ("95.20", "95.20")
    assert balance(now, "inventory") == -250  # no goods have moved
    assert "95.21 to credit, but only 95.20" in story.refuses("credit", invoice=2, amount="95.21")
    assert "only 1 left" in story.refuses("credit", invoice=2, lines=[{"line": 1, "quantity": "2"}])
    assert "no invoice 3" in story.refuses("credit", invoice=3, amount="1.00")
    # Credit notes are counted apart: the third invoice would be the next one.
    now = story.then("credit", invoice=2, amount="95.20")
    assert now["invoices"][1]["state"] == "credited"


def test_prices_with_tax_come_back_as_they_were_paid(store: Store) -> None:
    # 3 x 9.99 with tax = 29.97, paid. A cup comes back at 9.99: 9.99 x 19 / 119 = 1.595 -> 1.60 is tax in it
    story = Story.of(store, typed_line("Cup", "3", "9.99"), prices_include_tax=True)
    story.then("pay", amount="29.97")
    story.then("dispatch")
    story.then("confirm_receipt")
    credit = [story.then("return", lines=[{"line": 1, "quantity": "1"}])["customer_credit"] for _ in range(3)]
    assert credit == ["9.99", "19.98", "29.97"]
    # 29.97 x 19 / 119 = 4.785 -> 4.79, so the last note takes 4.79 - 1.60 - 1.60 = 1.59
    assert [i["totals"]["tax"] for i in story.now["invoices"]] == ["4.79", "1.60", "1.60", "1.59"]
    assert balance(story.now, "revenue") == balance(story.now, "output_tax") == 0
