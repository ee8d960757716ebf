"""What the engine says when something cannot be: circles, formulas that fail, gifts that are gone; and its speed."""

from __future__ import annotations

import sys
import time
from decimal import Decimal

import pytest

from app.core.errors import RuleViolation
from app.pricing.book import Method, PriceBook, Promotion, Reading, Stacking
from app.pricing.detail import PriceStep, Step
from app.pricing.engine import apply, given_by
from tests.app.pricing.cases.case import Case, a_list, ask, entry, gift, of_lists, of_promotions, off, service, tiers
from tests.bench.prices import a_large_order

WHO = Case("", "", (), ()).circumstances


def percent_of(sku: str, category: str) -> object:
    return entry("10", sku, Method.PERCENT_OF_TOTAL, of_category=category)


def test_percentages_of_each_other_are_named() -> None:
    book = of_lists(a_list(percent_of("A", "Y"), percent_of("B", "X")))  # type: ignore[arg-type]
    lines = (ask("C"), service("A", category="X"), service("B", category="Y"))
    with pytest.raises(RuleViolation) as caught:
        apply(book, lines, WHO)
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("lines[1]", "percent_circle")
    assert problem.message == "lines[1]: the prices of A, B are percentages of each other; none can be worked out."


def test_a_formula_that_fails_is_told_once_and_another_price_holds() -> None:
    book = of_lists(a_list(entry("0", "", Method.FORMULA, formula="list / (quantity - 2)"), name="Odd"))
    result = apply(book, (ask("A", "2"), ask("B", "2"), ask("C", "4")), WHO)
    assert [line.unit_price for line in result.lines] == [Decimal("10.00"), Decimal("10.00"), 5]
    (problem,) = result.conflicts
    assert problem.code == "division_by_zero"
    assert problem.message.startswith("Odd: ")
    assert problem.values["rule"] == "Odd"


def test_a_formula_below_zero_does_not_hold() -> None:
    book = of_lists(a_list(entry("0", "A", Method.FORMULA, formula="list - 100")))
    result = apply(book, (ask("A"),), WHO)
    assert (result.lines[0].unit_price, result.conflicts[0].code) == (Decimal("10.00"), "below_zero")


def test_a_gift_that_is_gone_is_named() -> None:
    result = apply(of_promotions(gift("GONE")), (ask("A"),), WHO)
    assert result.free == ()
    assert result.conflicts[0].message == "Gift: the product 'GONE' that it gives is not in the catalogue."


def test_a_line_without_any_price_stays_without() -> None:
    result = apply(of_promotions(off("10")), (ask("A", "1", None), ask("B")), WHO)
    assert result.lines[0].unit_price is None
    assert result.lines[0].reductions == ()


def test_who_gave_a_line_is_known_by_its_last_step() -> None:
    bought = (PriceStep(Step.LIST, Decimal(1)), PriceStep(Step.TIER, Decimal(1), rule="List"))
    assert given_by(()) == given_by(bought) == ""
    assert given_by((*bought, PriceStep(Step.PROMOTION, Decimal(1), rule="Gift"))) == "Gift"


def test_compound_names_the_amount_it_is_of() -> None:
    book = of_promotions(off("10", "One", Stacking.COMPOUND), off("10", "Two", Stacking.COMPOUND))
    first, second = apply(book, (ask("A", "1", "100.00"),), WHO).lines[0].reductions
    assert (first.percent, first.of, first.promotion) == (10, None, "One")
    assert (second.percent, second.of, second.promotion) == (10, 9_000, "Two")


def test_promotions_of_one_priority_act_narrowest_first() -> None:
    wide: Promotion = off("10", "A wide one", Stacking.COMPOUND)
    narrow = off("20", "Z narrow", Stacking.COMPOUND, skus=("A",))
    reductions = apply(of_promotions(wide, narrow), (ask("A", "1", "100.00"),), WHO).lines[0].reductions
    assert [reduction.promotion for reduction in reductions] == ["Z narrow", "A wide one"]


def test_ten_thousand_lines_are_priced_while_one_waits() -> None:
    book, lines, who = a_large_order(10_000)
    start = time.process_time()
    result = apply(book, lines, who)
    assert time.process_time() - start < (2 if sys.gettrace() is None else 8), "counting lines costs as much again"
    assert len(result.lines) == 10_000
    assert isinstance(book, PriceBook)
    assert sum(1 for line in result.lines if line.steps or line.reductions) > 5_000


def test_a_slab_is_named_only_beyond_its_boundary() -> None:
    slabs = entry("10.00", "A", tiers=tiers(("10", "9.00")), reading=Reading.SLAB)
    ten, eleven = apply(of_lists(a_list(slabs)), (ask("A", "10", None), ask("A", "11", None)), WHO).lines
    assert [step.rule for step in ten.steps] == ["List"]
    assert [step.rule for step in eleven.steps] == ["List", "List (> 10)"]
