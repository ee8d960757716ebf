"""Several tax categories in one deal, with a discount of the whole document, by hand."""

from __future__ import annotations

import pytest

from app.catalog import service as catalog
from app.catalog.rules import Product
from app.core.tax import Tax, TaxCategory
from tests.builders import a_tax, do
from tests.ui.by_hand import D, Hands, Typed


def test_a_discount_is_split_over_the_groups(hands: Hands) -> None:
    # 100.00 (19 %), 50.00 (7 %), 25.00 exempt: 175.00. 10 % off is 17.50: 10.00, 5.00, 2.50.
    # 90.00 -> 17.10; 45.00 -> 3.15; 22.50 -> 0.00. What is exempt is so as a product of the catalogue.
    exempt = Tax(TaxCategory.EXEMPT, D(0), "Small school")
    do(hands.store, catalog.save_product, Product("L-1", "Lesson", "EUR", D(25), exempt))
    hands.quote(
        Typed("Lamp", "1", "100.00"),
        Typed("Book", "1", "50.00", a_tax("7")),
        Typed("Lesson", "1", sku="L-1"),
        whole=[("Spring", False, (D(10), None))],
        signed=True,
    )
    totals = hands.now()["quote"]["totals"]
    assert (totals["lines_net"], totals["discounts"]) == ("175.00", "17.50")
    assert (totals["net"], totals["tax"], totals["gross"]) == ("157.50", "20.25", "177.75")
    assert [tuple(row.values()) for row in totals["tax_breakdown"]] == [
        ("E", "0", "22.50", "0.00"),
        ("S", "7", "45.00", "3.15"),
        ("S", "19", "90.00", "17.10"),
    ]
    lamp = hands.now()["quote"]["lines"][0]
    assert [(s["step"], s["reason"], s["amount"]) for s in lamp["waterfall"]] == [
        ("list", "", "100.00"),
        ("document_discount", "Spring", "-10.00"),
        ("tax", "S", "17.10"),
    ]

    # The lesson alone: 25.00 - 2.50, no tax. Then the book: 50.00 - 5.00 + 3.15
    for line, gross in ((3, "22.50"), (2, "48.15"), (1, "107.10")):
        hands.dispatch({line: "1"})
        hands.receive()
        assert hands.screen._amount.text() == f"€{gross}"
        assert hands.now()["invoices"][-1]["totals"]["gross"] == gross
    assert [(row["line"], row["amount"]) for row in hands.now()["revenue"]] == [
        (3, "22.50"),
        (2, "45.00"),
        (1, "90.00"),
    ]


def test_an_odd_cent_goes_to_the_larger_remainder(hands: Hands) -> None:
    # 0.10 off 1.00 + 1.00 + 1.00 at three rates: 0.0333 each; the cent goes to the first
    lines = (
        Typed("One", "1", "1.00"),
        Typed("Two", "1", "1.00", a_tax("7")),
        Typed("Three", "1", "1.00", a_tax("0", "Z")),
    )
    hands.quote(*lines, whole=[("", False, (None, 10))])
    rows = hands.now()["quote"]["totals"]["tax_breakdown"]
    assert [(row["rate"], row["taxable"]) for row in rows] == [("7", "0.97"), ("19", "0.96"), ("0", "0.97")]


@pytest.mark.parametrize("category", ["Z", "E", "AE", "K", "G", "O"])
def test_categories_without_tax(hands: Hands, category: str) -> None:
    do(hands.store, catalog.save_product, Product("L-1", "Lamp", "EUR", D(100), a_tax("0", category)))
    hands.quote(Typed("Lamp", "1", sku="L-1"), signed=True)
    hands.dispatch()
    hands.receive()
    invoice = hands.now()["invoices"][0]
    assert (invoice["totals"]["tax"], invoice["totals"]["gross"]) == ("0.00", "100.00")
    assert (invoice["lines"][0]["tax_category"], invoice["lines"][0]["tax_rate"]) == (category, "0")
    assert hands.screen._amount.text() == "€100.00"
