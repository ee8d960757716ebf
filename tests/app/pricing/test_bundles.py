"""Bundles become lines, and not a cent, a part or a cost is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.rules import Kind
from app.core.errors import RuleViolation
from app.core.totals import Basis, Item, Reduction, line_base
from app.pricing.bundles import Component, count, expand, groups, per_bundle
from app.pricing.detail import LineDetail, PriceStep, Step
from app.pricing.rules import Line, margin_percent, price, waterfall
from tests.builders import EUR, a_line, a_tax


def part(name: str, quantity: str = "1", price: str | None = None, **more: Any) -> Component:
    """A component, or with `of` a bundle of them."""
    numbers = {key: Decimal(more.pop(key)) for key in ("cost", "standalone_price", "list_price") if key in more}
    tax = a_tax(more.pop("rate", "19"))
    components = more.pop("of", ())
    unit_price = None if price is None else Decimal(price)
    return Component(name, Decimal(quantity), tax, unit_price, components=components, **numbers, **more)


def service(name: str, quantity: str = "1", price: str | None = None, **more: Any) -> Component:
    return part(name, quantity, price, kind=Kind.SERVICE, unit="HUR", **more)


def amounts(lines: tuple[Line, ...], basis: Basis = EUR) -> list[int]:
    return [line.amount for line in price(lines, (), basis).typed.lines]


def test_goods_below_one_price_are_one_line_with_parts() -> None:
    wheels = part("Wheel set", "2", of=(part("Wheel", "2", cost="10"), part("Tyre", "2", cost="4.50")))
    (line,) = expand(part("Bike", "3", "900.00", of=(part("Frame", cost="100"), wheels)), 1, "EUR")
    assert (line.name, line.quantity, line.unit_price, line.detail.bundle) == ("Bike", 3, Decimal("900.00"), None)
    assert [(p.name, p.quantity) for p in line.detail.parts] == [("Frame", 1), ("Wheel", 4), ("Tyre", 4)]
    assert line.cost == Decimal("158")  # 100 + 4 x 10 + 4 x 4.50


def test_the_kind_of_the_parts_is_that_of_the_line_and_a_cost_of_its_own_wins() -> None:
    (line,) = expand(part("Care", "1", "90", cost="7", of=(service("Check", cost="1"), service("Clean"))), 1, "EUR")
    assert (line.kind, line.cost) == (Kind.SERVICE, 7)
    (line,) = expand(part("Care", "1", "90", of=(service("Check", cost="1"), service("Clean"))), 1, "EUR")
    assert line.cost is None


def test_a_price_over_goods_and_service_is_allocated_by_standalone_price() -> None:
    # 1000.00 over 3 bundles = 3000.00; standalone 900 and 2 x 150: 900 : 300 -> 2250.00 and 750.00
    of = (part("Bike", standalone_price="900"), service("Fitting", "2", standalone_price="150"))
    bike, fitting = expand(part("Ready to ride", "3", "1000.00", of=of, sku="RTR"), 4, "EUR")
    assert (bike.quantity, bike.unit_price, bike.base_quantity) == (3, 750, 1)
    assert (fitting.quantity, fitting.unit_price, fitting.base_quantity) == (6, 125, 1)
    heading = bike.detail.bundle
    assert heading == fitting.detail.bundle
    assert heading is not None
    assert (heading.number, heading.name, heading.quantity, heading.sku) == (4, "Ready to ride", 3, "RTR")
    assert count((bike, fitting)) == 3
    assert (per_bundle(bike, Decimal(3)), per_bundle(fitting, Decimal(3))) == (1, 2)
    changed = replace(fitting, quantity=Decimal(7))
    assert (count((bike, changed)), per_bundle(changed, Decimal(1))) == (1, 7)
    assert fitting.detail.standalone_price == 150


def test_the_cent_that_does_not_divide_goes_to_the_largest_remainder() -> None:
    lines = expand(
        part("Set", "1", "10.00", of=(part("A", cost="1"), service("B", cost="1"), part("C", cost="1"))), 1, "EUR"
    )
    assert amounts(lines) == [334, 333, 333]


def test_weights_are_standalone_price_else_unit_price_else_cost_else_equal() -> None:
    of = (part("A", standalone_price="30", cost="1"), service("B", price="20", cost="5"), part("C", cost="50"))
    assert amounts(expand(part("Set", "1", "200.00", of=of), 1, "EUR")) == [6000, 4000, 10000]
    of = (part("A", standalone_price="30"), service("B", "3"))
    assert amounts(expand(part("Set", "1", "200.00", of=of), 1, "EUR")) == [5000, 15000]


def test_a_bundle_inside_weighs_what_it_says() -> None:
    # outside 100 : 300; inside the 300 are 1 : 2
    inside = part("Kit", "3", standalone_price="100", of=(part("P", cost="5"), service("Q", cost="10")))
    lines = expand(part("Set", "2", "200.00", of=(part("A", standalone_price="100"), inside)), 1, "EUR")
    assert [(line.name, line.quantity) for line in lines] == [("A", 2), ("P", 6), ("Q", 6)]
    assert amounts(lines) == [10000, 10000, 20000]


def test_prices_below_make_lines_that_stand_together() -> None:
    kit = part("Kit", "2", "50.00", of=(part("P"), part("Q", "3")))
    lines = expand(part("Set", "2", of=(part("A", "5", "10.00"), service("B", "1", "80.00"), kit)), 2, "EUR")
    assert [(line.name, line.quantity, line.unit_price) for line in lines] == [
        ("A", 10, Decimal("10.00")),
        ("B", 2, Decimal("80.00")),
        ("Kit", 4, Decimal("50.00")),
    ]
    assert [p.name for p in lines[2].detail.parts] == ["P", "Q"]
    assert {line.detail.bundle for line in lines} == {lines[0].detail.bundle}


def test_parts_of_two_tax_rates_are_lines_of_their_own() -> None:
    of = (part("Book", rate="7", standalone_price="30"), part("Lamp", standalone_price="70"))
    lines = expand(part("Set", "1", "50.00", of=of), 1, "EUR")
    assert [(line.tax.rate, line.unit_price) for line in lines] == [(7, 15), (19, 35)]


def test_discounts_of_the_bundle_lie_on_its_lines() -> None:
    of = (part("A", standalone_price="2"), service("B", standalone_price="1"))
    off = (Reduction("Ten", percent=Decimal(10)), Reduction("Packing", amount=100, charge=True))
    lines = expand(part("Set", "1", "100.00", of=of, reductions=off), 1, "EUR")
    # 66.67 and 33.33; 10.00 off: 6.67 and 3.33; 1.00 on: 0.67 and 0.33
    assert amounts(lines) == [6667 - 667 + 67, 3333 - 333 + 33]
    assert [r.reason for r in lines[0].reductions] == ["Ten", "Packing"]


def test_a_cost_of_the_bundle_lies_on_its_lines() -> None:
    of = (part("A", cost="10"), service("B", "2", cost="15"))
    lines = expand(part("Set", "2", "100.00", cost="80", of=of), 1, "EUR")
    assert [line.cost for line in lines] == [20, 30]
    priced = price(lines, (), EUR)
    assert margin_percent(lines, priced, EUR) == Decimal("20.00")


def test_every_price_on_the_way_is_allocated_too() -> None:
    steps = (PriceStep(Step.LIST, Decimal(120), rule="Shop"), PriceStep(Step.CONTRACT, Decimal(100), rule="Ann"))
    of = (part("A", standalone_price="2"), service("B", standalone_price="1"))
    bundle = part("Set", "1", "100.00", of=of, list_price="120", detail=LineDetail(steps=steps, selection="x"))
    lines = expand(bundle, 1, "EUR")
    priced = price(lines, (), EUR)
    told = [waterfall(line, "EUR", priced.typed.lines[i], priced.assembled, i, ()) for i, line in enumerate(lines)]
    assert [[(s.step, s.amount) for s in steps[:2]] for steps in told] == [
        [("list", 8000), ("contract", -1333)],
        [("list", 4000), ("contract", -667)],
    ]
    assert [line.detail.selection for line in lines] == ["x", ""]


@pytest.mark.parametrize(
    ("bundle", "field"),
    [
        (part("Set", of=(part("A", price="1"), part("B"))), "bundle[1].unit_price"),
        (part("Set", of=(part("A", price="1"), part("B", of=(part("C"),)))), "bundle[1].bundle[0].unit_price"),
        (part("Set", price="1", of=(part("A", reductions=(Reduction(amount=1),)),)), "bundle[0].discounts"),
        (part("Thing"), "unit_price"),
    ],
)
def test_what_has_no_price_or_two_is_refused_by_its_place(bundle: Component, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        expand(bundle, 1, "EUR")
    assert refused.value.problems[0].field == field


def test_too_deep_a_bundle_is_refused() -> None:
    bundle = part("Screw", price="1")
    for _ in range(6):
        bundle = part("Box", of=(bundle,))
    with pytest.raises(RuleViolation, match="5 levels"):
        expand(bundle, 1, "EUR")


def test_lines_are_counted_as_a_deal_file_does() -> None:
    of = (part("A", price="1"), service("B", price="1"))
    one, two = (expand(part("Set", of=of), number, "EUR") for number in (1, 2))
    assert groups((a_line(), *one, *two, a_line(), a_line())) == (
        range(1), range(1, 3), range(3, 5), range(5, 6), range(6, 7),
    )  # fmt: skip


quantity = st.integers(1, 10_000).map(lambda whole: Decimal(whole).scaleb(-2))
known_price = st.none() | st.integers(0, 10**6).map(lambda whole: Decimal(whole).scaleb(-2))
leaves = st.builds(
    Component,
    name=st.sampled_from(["A", "B"]),
    quantity=quantity,
    tax=st.just(a_tax()),
    kind=st.sampled_from(Kind),
    unit_price=known_price,
    standalone_price=known_price,
    cost=known_price,
)
trees = st.recursive(
    leaves,
    lambda below: st.builds(
        Component,
        name=st.just("Kit"),
        quantity=st.integers(1, 9).map(Decimal),
        tax=st.just(a_tax()),
        standalone_price=known_price,
        components=st.lists(below, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=8,
)


def bottom(component: Component, times: Decimal = Decimal(1)) -> list[tuple[str, Decimal]]:
    own = times * component.quantity
    if not component.components:
        return [(component.name, own)]
    return [leaf for inner in component.components for leaf in bottom(inner, own)]


def depth(component: Component) -> int:
    return 1 + max((depth(inner) for inner in component.components), default=-1)


@given(
    st.lists(trees, min_size=1, max_size=4),
    st.integers(1, 50),
    st.integers(0, 10**7),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    st.integers(0, 100),
)
def test_nothing_is_lost(inner: list[Component], count: int, minor: int, currency: str, percent: int) -> None:
    unit_price = Decimal(minor).scaleb(-2)
    off = (Reduction("Off", percent=Decimal(percent)),)
    bundle = Component("Set", Decimal(count), a_tax(), unit_price, reductions=off, components=tuple(inner))
    if depth(bundle) > 5:
        return
    lines = expand(bundle, 1, currency)
    whole = line_base(Item(Decimal(count), unit_price, a_tax()), currency)
    priced = price(lines, (), Basis(currency))
    assert sum(line.before_changes for line in priced.typed.lines) == whole
    assert sum(line.amount for line in priced.typed.lines) == whole + off[0].on(whole)
    if lines[0].detail.parts:
        found = [(part.name, part.quantity * count) for part in lines[0].detail.parts]
    else:
        found = [(line.name, line.quantity) for line in lines]
    assert found == bottom(bundle)
