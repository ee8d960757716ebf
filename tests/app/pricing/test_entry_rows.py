"""Rows of a table to entries of a price list, and back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.core.errors import Problem
from app.pricing.book import Method, PriceEntry, PriceList, Reading, Tier
from app.pricing.checks import of_price_list
from app.pricing.entry_rows import EntryRow, entries_of, entry_at, in_rows, problems_of_rows, rows_of

D = Decimal
ENTRIES = (
    PriceEntry(Method.FIXED, D("5"), sku="A", tiers=(Tier(D(10), D("4")), Tier(D(50), D("3")))),
    PriceEntry(Method.FIXED, D("70"), sku="A", least_quantity=D(5), reading=Reading.BLOCK),
    PriceEntry(Method.PERCENT_OFF, D("10"), category="Boats"),
    PriceEntry(Method.FORMULA, sku="B", formula="cost * 2"),
    PriceEntry(Method.PERCENT_OF_TOTAL, D("5"), sku="C", of_category="Boats"),
    PriceEntry(Method.MARGIN, D("30")),
)


def test_there_and_back_changes_nothing() -> None:
    rows = rows_of(ENTRIES)
    assert len(rows) == 8
    assert rows[-1].is_for_all
    assert entries_of(rows) == ENTRIES


def test_rows_of_one_product_below_each_other_are_its_tiers() -> None:
    rows = [EntryRow(sku="A", from_quantity=D(n), value=D(v)) for n, v in ((0, 5), (10, 4))]
    assert entries_of(rows) == (PriceEntry(Method.FIXED, D(5), sku="A", tiers=(Tier(D(10), D(4)),)),)
    assert len(entries_of([rows[0], EntryRow(sku="B"), rows[1]])) == 3
    assert len(entries_of([rows[0], replace(rows[1], reading=Reading.SLAB)])) == 2


def test_entries_that_were_two_stay_two() -> None:
    slab = PriceEntry(Method.FIXED, D(5), sku="A", reading=Reading.SLAB, tiers=(Tier(D(3), D(4)),))
    both = (slab, replace(slab, least_quantity=D(20), value=D(2), tiers=()))
    assert entries_of(rows_of(both)) == both


def test_problems_stand_in_their_row() -> None:
    rows = [
        EntryRow(sku="A", value=D(5)),
        EntryRow(sku="A", from_quantity=D(10), value=D(-1)),
        EntryRow(sku="B", method=Method.FORMULA, of="nonsense"),
    ]
    found = in_rows(rows, of_price_list(PriceList("x", "EUR", entries_of(rows))))
    assert [problem.field for problem in found] == ["rows[1].value", "rows[2].of"]
    assert in_rows(rows, [Problem("name", "missing", "name")])[0].field == "name"


def test_a_row_for_nothing_is_told() -> None:
    assert [problem.field for problem in problems_of_rows([EntryRow(is_for_all=True), EntryRow()])] == ["rows[1].sku"]


def test_the_entry_of_a_row() -> None:
    rows = rows_of(ENTRIES)
    assert [ENTRIES.index(entry_at(rows, place)) for place in range(len(rows))] == [0, 0, 0, 1, 2, 3, 4, 5]
