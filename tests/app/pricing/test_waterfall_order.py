"""The steps of a price stand in the order the deal file promises, and none is there for a rounding cent alone."""

from __future__ import annotations

from decimal import Decimal

from app.core.totals import Basis, Reduction
from app.pricing.rules import Line, price, waterfall
from app.store.store import Store
from tests.builders import Story, a_line, typed_line


def steps(line: Line) -> list[tuple[str, str]]:
    priced = price((line,), (), Basis("EUR"))
    found = waterfall(line, "EUR", priced.typed.lines[0], priced.assembled, 0, ())
    return [(step.step.value, step.reason) for step in found]


def test_discounts_come_before_charges_however_they_were_typed() -> None:
    mixed = (Reduction("Freight", amount=500, charge=True), Reduction("Friend", amount=301))
    assert steps(a_line(reductions=mixed, list_price=Decimal(120))) == [
        ("list", ""),
        ("contract", "Agreed price"),
        ("line_discount", "Friend"),
        ("line_charge", "Freight"),
        ("tax", "S"),
    ]


def test_a_list_price_that_is_the_price_changes_nothing(store: Store) -> None:
    """Parts are rounded cumulatively, so the second is 0.34 where quantity x list price would say 0.33 and 0.01."""
    line = typed_line("Screw", "3", "0.333", list_price="0.333")
    story = Story.of(store, line)
    for _ in range(3):
        story.then("dispatch", lines=[{"line": 1, "quantity": "1"}])
        now = story.then("confirm_receipt")
    falls = [invoice["lines"][0]["waterfall"] for invoice in now["invoices"]]
    assert [[(step["step"], step["amount"]) for step in fall] for fall in falls] == [
        [("list", "0.33"), ("tax", "0.06")],
        [("list", "0.34"), ("tax", "0.06")],
        [("list", "0.33"), ("tax", "0.06")],
    ]
