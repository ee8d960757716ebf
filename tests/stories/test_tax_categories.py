"""Several tax categories in one deal, with reductions of the whole document."""

from __future__ import annotations

import pytest

from app.store.store import Store
from tests.builders import Story, typed_line


def test_a_discount_without_tax_is_split_over_the_groups(store: Store) -> None:
    # 100.00 (19 %), 50.00 (7 %), 25.00 exempt: 175.00. 10 % off is 17.50: 10.00, 5.00, 2.50.
    # Freight of 10.00 carries 19 %: 100.00 - 10.00 + 10.00 = 100.00 -> 19.00; 45.00 -> 3.15; 22.50 -> 0.00
    exempt = {"category": "E", "rate": "0", "exemption_reason": "Small school"}
    story = Story.of(
        store,
        typed_line("Lamp", "1", "100.00"),
        typed_line("Book", "1", "50.00", "7"),
        typed_line("Lesson", "1", "25.00") | {"tax": exempt},
        discounts=[{"percent": "10", "reason": "Spring"}],
        charges=[{"amount": "10.00", "reason": "Freight", "tax": {"category": "S", "rate": "19"}}],
    )
    totals = story.now["quote"]["totals"]
    assert (totals["lines_net"], totals["discounts"], totals["charges"]) == ("175.00", "17.50", "10.00")
    assert (totals["net"], totals["tax"], totals["gross"]) == ("167.50", "22.15", "189.65")
    assert [tuple(row.values()) for row in totals["tax_breakdown"]] == [
        ("E", "0", "22.50", "0.00"),
        ("S", "7", "45.00", "3.15"),
        ("S", "19", "100.00", "19.00"),
    ]
    lamp = story.now["quote"]["lines"][0]
    assert [(s["step"], s["reason"], s["amount"]) for s in lamp["waterfall"]] == [
        ("list", "", "100.00"),
        ("document_discount", "Spring", "-10.00"),
        ("document_charge", "Freight", "10.00"),
        ("tax", "S", "19.00"),
    ]

    # The lesson alone: 25.00 - 2.50, no tax. Then the book: 50.00 - 5.00 + 3.15
    for line, gross in ((3, "22.50"), (2, "48.15"), (1, "119.00")):
        story.then("dispatch", lines=[{"line": line, "quantity": "1"}])
        now = story.then("confirm_receipt")
        assert now["invoices"][-1]["totals"]["gross"] == gross
    assert [(row["line"], row["amount"]) for row in now["revenue"]] == [(3, "22.50"), (2, "45.00"), (1, "100.00")]


def test_an_odd_cent_goes_to_the_larger_remainder(store: Store) -> None:
    # 0.10 off 1.00 + 1.00 + 1.00 at three rates: 0.0333 each; the cent goes to the first
    story = Story.of(
        store,
        typed_line("One", "1", "1.00"),
        typed_line("Two", "1", "1.00", "7"),
        typed_line("Three", "1", "1.00", "0"),
        discounts=[{"amount": "0.10"}],
    )
    rows = story.now["quote"]["totals"]["tax_breakdown"]
    assert [(row["rate"], row["taxable"]) for row in rows] == [("7", "0.97"), ("19", "0.96"), ("0", "0.97")]


@pytest.mark.parametrize(("rounding", "tax"), [("document", "0.05"), ("line", "0.04")])
def test_tax_is_rounded_once_or_by_line(store: Store, rounding: str, tax: str) -> None:
    # 0.13 x 19 % = 0.0247; twice 0.02, or 0.26 x 19 % = 0.0494 -> 0.05
    lines = [typed_line("A", "1", "0.13"), typed_line("B", "1", "0.13")]
    story = Story.of(store, *lines, tax_rounding=rounding)
    assert story.now["quote"]["totals"]["tax"] == tax


@pytest.mark.parametrize("category", ["Z", "E", "AE", "K", "G", "O"])
def test_categories_without_tax(store: Store, category: str) -> None:
    line = typed_line("Lamp", "1", "100.00") | {"tax": {"category": category}}
    story = Story.of(store, line)
    story.then("dispatch")
    now = story.then("confirm_receipt")
    invoice = now["invoices"][0]
    assert (invoice["totals"]["tax"], invoice["totals"]["gross"]) == ("0.00", "100.00")
    assert (invoice["lines"][0]["tax_category"], invoice["lines"][0]["tax_rate"]) == (category, "0")
