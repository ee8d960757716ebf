"""The same gross, said with tax or without."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleViolation
from app.core.totals import Basis, Reduction, assemble, type_document
from app.pricing.detail import LineDetail, PriceStep, Step
from app.pricing.inclusive import Switched, switch
from app.pricing.rules import Line
from tests.builders import EUR, a_line, a_tax

GROSS = Basis("EUR", prices_include_tax=True)


def gross(lines: tuple[Line, ...], reductions: tuple[Reduction, ...], basis: Basis) -> int:
    return assemble(type_document([line.item for line in lines], reductions, basis), basis).totals.gross


def of(found: Switched) -> int:
    return gross(found.lines, found.reductions, found.basis)


def test_plain_prices_are_multiplied() -> None:
    found = switch((a_line(price="119.00", list_price=Decimal("238.00")),), (), GROSS)
    assert (found.lines[0].unit_price, found.lines[0].list_price) == (100, 200)
    assert found.basis == EUR
    back = switch(found.lines, found.reductions, found.basis)
    assert back.lines[0].unit_price == 119


def test_amounts_of_reductions_change_and_percentages_stay() -> None:
    own = (Reduction("Deal", amount=1_190), Reduction("Tenth", percent=Decimal(10)))
    whole = (Reduction("Freight", amount=2_380, charge=True, tax=a_tax()), Reduction("All", percent=Decimal(10)))
    found = switch((a_line(price="119.00", reductions=own),), whole, GROSS)
    assert [r.amount for r in found.lines[0].reductions] == [1_000, None]
    assert [r.amount for r in found.reductions] == [2_000, None]


def test_steps_of_the_price_change_with_it() -> None:
    steps = (PriceStep(Step.LIST, Decimal("238")), PriceStep(Step.LIST, Decimal("119"), rule="Dealers"))
    found = switch((a_line(price="119.00", detail=LineDetail(steps=steps)),), (), GROSS)
    assert [step.unit_price for step in found.lines[0].detail.steps] == [200, 100]


def test_a_cent_that_rounding_leaves_over_is_taken_by_a_line() -> None:
    # 3 x 5.95 and 2 x 9.99 with 19 %: gross 37.83, net 15.00 + 16.79 = 31.79, tax 6.04
    lines = (a_line("A", "3", "5.95"), a_line("B", "2", "9.99"))
    found = switch(lines, (), GROSS)
    assert of(found) == 3_783


def test_a_gross_that_no_net_comes_to_is_not_changed_but_refused() -> None:
    # 3 x 119.99 = 359.97: 302.49 makes 359.96, and 302.50 makes 359.98
    with pytest.raises(RuleViolation) as caught:
        switch((a_line("A", "3", "119.99"),), (), GROSS)
    (problem,) = caught.value.problems
    assert (problem.field, problem.code) == ("prices_include_tax", "gross_not_kept")
    assert problem.values == {"told": "359.97", "nearest": "359.98"}


PRICES = st.decimals(min_value="0.01", max_value="5000", places=2)
QUANTITIES = st.decimals(min_value="0.5", max_value="50", places=1)
RATES = st.sampled_from(["7", "19", "24", "5.5"])
LINES = st.lists(st.tuples(QUANTITIES, PRICES, RATES), min_size=1, max_size=4)
DISCOUNTS = st.lists(st.integers(1, 20).map(lambda percent: Reduction("Off", percent=Decimal(percent))), max_size=2)


def made(rows: list[tuple[Decimal, Decimal, str]]) -> tuple[Line, ...]:
    return tuple(a_line(f"L{i}", str(quantity), str(price), rate) for i, (quantity, price, rate) in enumerate(rows))


@given(LINES, DISCOUNTS, st.booleans())
def test_the_gross_is_kept_or_the_switch_refused(
    rows: list[tuple[Decimal, Decimal, str]], discounts: list[Reduction], has_tax: bool
) -> None:
    lines, basis = made(rows), Basis("EUR", has_tax)
    told = gross(lines, tuple(discounts), basis)
    try:
        found = switch(lines, tuple(discounts), basis)
    except RuleViolation:
        assert has_tax, "a net quote can always be said with tax"
    else:
        assert of(found) == told
        assert found.basis.prices_include_tax is not has_tax
