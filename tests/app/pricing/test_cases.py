"""Priced cases, each worked out by hand or taken from a published example, and what has to hold for every one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.core.money import amount_text
from app.pricing.amounts import UnitPrice, line_amount
from app.pricing.book import Applied, AppliedLine, Asked, PriceBook
from app.pricing.engine import apply
from tests.app.pricing.cases import gift_cases, list_cases, promotion_cases, tier_cases
from tests.app.pricing.cases.case import Case

CASES = (*tier_cases.CASES, *list_cases.CASES, *promotion_cases.CASES, *gift_cases.CASES)


def amount(asked: Asked, line: AppliedLine, currency: str) -> int:
    """What a line comes to after its reductions, in minor units."""
    assert line.unit_price is not None
    base = line_amount(asked.quantity, UnitPrice(line.unit_price, line.base_quantity), currency)
    return base + sum(reduction.on(base) for reduction in line.reductions)


def turned(book: PriceBook) -> PriceBook:
    """The same rules in another order."""
    lists = tuple(replace(item, entries=item.entries[::-1]) for item in book.lists[::-1])
    return replace(
        book, lists=lists, contracts=book.contracts[::-1], promotions=book.promotions[::-1], coupons=book.coupons[::-1]
    )


def asked_again(case: Case, result: Applied) -> tuple[Asked, ...]:
    """The result as it would be asked again: at the price it began with, or found; with the seller's own reductions."""
    again = []
    for asked, line in zip(case.lines, result.lines, strict=True):
        first = line.steps[0] if line.steps and not line.steps[0].rule else None
        if asked.is_typed or not line.steps:
            price, base = line.unit_price, line.base_quantity
        else:
            price, base = (first.unit_price, first.base_quantity) if first else (None, Decimal(1))
        own = tuple(reduction for reduction in line.reductions if not reduction.promotion)
        again.append(replace(asked, unit_price=price, base_quantity=base, reductions=own))
    return tuple(again)


def test_there_are_enough_of_them_and_each_names_its_source() -> None:
    assert len(CASES) >= 150
    assert all(case.source for case in CASES)
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case(case: Case) -> None:
    result = apply(case.book, case.lines, case.circumstances)
    found = [amount(asked, line, case.currency) for asked, line in zip(case.lines, result.lines, strict=True)]
    assert tuple(amount_text(each, case.currency) for each in found) == case.expect, case.source
    assert result.coupons == case.used
    assert tuple(problem.code for problem in result.refused) == case.refused
    assert tuple((line.product.sku, str(line.quantity)) for line in result.free) == case.free
    if case.lost:
        assert tuple((lost.rule, lost.because) for line in result.lines for lost in line.lost) == case.lost


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_neither_order_nor_repetition_changes_it(case: Case) -> None:
    result = apply(case.book, case.lines, case.circumstances)
    assert apply(turned(case.book), case.lines, case.circumstances) == result
    assert apply(case.book, asked_again(case, result), case.circumstances) == result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_steps_end_at_its_price(case: Case) -> None:
    for line in apply(case.book, case.lines, case.circumstances).lines:
        if line.steps:
            last = line.steps[-1]
            assert (last.unit_price, last.base_quantity) == (line.unit_price, line.base_quantity)
