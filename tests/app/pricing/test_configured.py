"""A configured product becomes its lines: everything chosen is in them, and not a cent more or less."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.model import (
    PLAIN,
    Attribute,
    AttributeKind,
    AttributeValue,
    BundleParts,
    Chosen,
    Component,
    Configurable,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
    Selection,
)
from app.catalog.rules import Kind, Product
from app.core.codec import from_text
from app.core.errors import RuleViolation
from app.core.totals import line_base
from app.pricing.configured import expand
from app.pricing.inside import attribute_words, cost, unit_price, weight
from app.pricing.rules import Line
from tests.builders import a_tax

D = Decimal
COLOUR = Attribute(
    "colour", "Colour", values=(AttributeValue("RED", "Red"), AttributeValue("GLD", "Gold", D("12.50"))), default="RED"
)
LENGTH = Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR", default="2")


def a_good(sku: str, price: str, model: Model = PLAIN, **over: Any) -> Configurable:
    product = Product(sku, sku.title(), "EUR", D(price), over.pop("tax", a_tax()), **over)
    return Configurable(1, product, model)


def an_option(key: str, sku: str = "", price: OptionPrice = OptionPrice.PRODUCT, **over: Any) -> Option:
    return Option(key, sku, price=price, **over)


def of(*goods: Configurable) -> dict[str, Configurable]:
    return {one.product.sku: one for one in goods}


def total(*lines: Line) -> int:
    return sum(line_base(line.item, "EUR") for line in lines)


def a_bundle(*parts: Component, groups: tuple[OptionGroup, ...] = (), on: PriceOn = PriceOn.PARENT) -> Model:
    return Model(groups=groups, parts=BundleParts(parts, on))


LAMP = a_good("LAMP", "30.00", cost=D(10), weight=D("0.4"))
LOCK = a_good("LOCK", "20.00", cost=D(8), weight=D(1))
SETUP = a_good("SETUP", "50.00", kind=Kind.SERVICE, cost=D(20), weight=D(0))
MANUAL = a_good("MANUAL", "5.00", cost=D(1), weight=D("0.1"))


def test_a_plain_product_is_a_line() -> None:
    (line,) = expand(of(LAMP), Selection("LAMP"), D(3), "EUR")
    assert (line.sku, line.quantity, line.unit_price, line.cost) == ("LAMP", 3, D(30), D(10))
    assert (line.detail.parts, line.detail.bundle, line.detail.selection) == ((), None, "")


def test_attributes_change_the_price_and_are_printed() -> None:
    bike = a_good("BIKE", "500.00", Model((COLOUR, LENGTH)), cost=D(300))
    chosen = Selection("BIKE", values=(("colour", "GLD"), ("length", "2.5")))
    (line,) = expand(of(bike), chosen, D(1), "EUR")
    assert (line.unit_price, line.cost) == (D("512.5"), D(300))
    assert line.detail.options == (("Colour", "Gold"), ("Length", "2.5 m"))
    assert from_text(Selection, line.detail.selection) == chosen
    assert attribute_words(bike, Selection("BIKE")) == (("Colour", "Red"), ("Length", "2 m"))


def test_a_price_by_formula_takes_the_place_of_list_price_and_extras() -> None:
    rack = an_option("rack", "LOCK")
    bike = a_good("BIKE", "500.00", Model((COLOUR,), (OptionGroup("extra", "Extra", options=(rack,)),)))
    chosen = Selection("BIKE", (Chosen("rack"),), (("colour", "GLD"),))
    (line,) = expand(of(bike, LOCK), chosen, D(1), "EUR", base_price=D(99), options=(("A", "b"),), description="Text")
    assert (line.unit_price, line.detail.options, line.description) == (D(119), (("A", "b"),), "Text")


def test_a_thing_with_options_stands_among_its_parts() -> None:
    group = OptionGroup("extra", "Extra", options=(an_option("lamp", "LAMP"), an_option("lock", "LOCK")))
    bike = a_good("BIKE", "500.00", Model(groups=(group,)), cost=D(300))
    chosen = Selection("BIKE", (Chosen("lamp", D(2)),))
    (line,) = expand(of(bike, LAMP, LOCK), chosen, D(3), "EUR")
    assert (line.name, line.unit_price, line.cost) == ("Bike", D(560), D(320))
    assert [(p.sku, p.quantity, p.is_printed) for p in line.detail.parts] == [("BIKE", 1, False), ("LAMP", 2, True)]


def test_an_option_of_service_never_swallows_the_thing() -> None:
    group = OptionGroup("extra", "Extra", options=(an_option("setup", "SETUP"),))
    bike = a_good("BIKE", "500.00", Model(groups=(group,)))
    lines = expand(of(bike, SETUP), Selection("BIKE", (Chosen("setup"),)), D(2), "EUR", 7)
    assert [(line.sku, line.kind, line.quantity, total(line)) for line in lines] == [
        ("BIKE", Kind.GOODS, 2, 100000),
        ("SETUP", Kind.SERVICE, 2, 10000),
    ]
    assert {line.detail.bundle.number for line in lines if line.detail.bundle} == {7}


def test_a_bundle_of_fixed_parts_is_its_parts() -> None:
    kit = a_good("KIT", "99.00", a_bundle(Component("LAMP", D(2)), Component("LOCK")))
    (line,) = expand(of(kit, LAMP, LOCK), Selection("KIT"), D(4), "EUR")
    assert (line.sku, line.unit_price, line.cost, total(line)) == ("KIT", D(99), D(28), 39600)
    assert [(part.sku, part.quantity) for part in line.detail.parts] == [("LAMP", 2), ("LOCK", 1)]
    own = a_good("KIT", "99.00", kit.model, cost=D(25))
    assert expand(of(own, LAMP, LOCK), Selection("KIT"), D(4), "EUR")[0].cost == D(25)


def test_a_price_on_the_parts_is_their_own_price() -> None:
    group = OptionGroup("extra", "Extra", options=(an_option("manual", "MANUAL", OptionPrice.INCLUDED),))
    model = a_bundle(Component("LAMP", D(2)), Component("SETUP"), groups=(group,), on=PriceOn.PARTS)
    kit = a_good("KIT", "0", model)
    lines = expand(of(kit, LAMP, SETUP, MANUAL), Selection("KIT", (Chosen("manual"),)), D(3), "EUR")
    assert [(line.sku, line.quantity, total(line)) for line in lines] == [
        ("LAMP", 6, 18000),
        ("SETUP", 3, 15000),
        ("MANUAL", 3, 0),
    ]
    assert unit_price(of(kit, LAMP, SETUP, MANUAL), Selection("KIT"), "EUR") == 110


def test_a_price_over_goods_and_service_is_allocated_to_the_cent() -> None:
    kit = a_good("KIT", "100.01", a_bundle(Component("LAMP"), Component("SETUP")))
    lines = expand(of(kit, LAMP, SETUP), Selection("KIT"), D(1), "EUR")
    assert [(line.sku, total(line)) for line in lines] == [("LAMP", 3750), ("SETUP", 6251)]


def test_what_does_not_scale_stands_beside_several_bundles() -> None:
    kit = a_good("KIT", "99.00", a_bundle(Component("LAMP", D(2)), Component("MANUAL", scales=False)))
    goods = of(kit, LAMP, MANUAL)
    (one,) = expand(goods, Selection("KIT"), D(1), "EUR")
    assert [(part.sku, part.quantity) for part in one.detail.parts] == [("LAMP", 2), ("MANUAL", 1)]
    three = expand(goods, Selection("KIT"), D(3), "EUR", 5)
    assert [(line.sku, line.quantity) for line in three] == [("KIT", 3), ("MANUAL", 1)]
    assert total(*three) == 29700
    assert total(three[1]) == round(29700 * Fraction(5, 185))
    assert {line.detail.bundle.quantity for line in three if line.detail.bundle} == {D(3)}
    assert [bool(line.detail.selection) for line in three] == [True, False]


def test_what_does_not_scale_and_costs_something_costs_it_once() -> None:
    plan = an_option("plan", "", OptionPrice.OWN, name="Drawing", own_price=D("80.00"), cost=D(9), scales=False)
    model = a_bundle(Component("LAMP"), groups=(OptionGroup("more", "More", options=(plan,)),))
    lines = expand(of(a_good("KIT", "25.00", model), LAMP), Selection("KIT", (Chosen("plan"),)), D(10), "EUR")
    assert [(line.name, line.quantity, total(line), line.cost) for line in lines] == [
        ("Kit", 10, 25000, D(10)),
        ("Drawing", 1, 8000, D(9)),
    ]


def test_bundles_in_bundles() -> None:
    """2 sets of 3 kits with 2 lamps each and a manual: 12 lamps, and one manual for all of them."""
    kit = a_good("KIT", "70.00", a_bundle(Component("LAMP", D(2)), Component("MANUAL", scales=False)))
    whole = a_good("SET", "200.00", a_bundle(Component("KIT", D(3)), Component("LOCK")))
    lines = expand(of(kit, whole, LAMP, LOCK, MANUAL), Selection("SET"), D(2), "EUR")
    assert [(line.sku, line.quantity) for line in lines] == [("SET", 2), ("MANUAL", 1)]
    assert [(part.sku, part.quantity) for part in lines[0].detail.parts] == [("LAMP", 6), ("LOCK", 1)]
    assert total(*lines) == 40000


def test_cost_and_weight_roll_up() -> None:
    group = OptionGroup("extra", "Extra", options=(an_option("lock", "LOCK"), an_option("gift", name="Gift")))
    kit = a_good("KIT", "70.00", a_bundle(Component("LAMP", D(2)), Component("MANUAL", scales=False)))
    whole = a_good("SET", "200.00", a_bundle(Component("KIT", D(3)), groups=(group,)))
    goods = of(kit, whole, LAMP, LOCK, MANUAL)
    chosen = Selection("SET", (Chosen("lock", D(2)), Chosen("gift")))
    assert cost(goods, Selection("KIT"), "EUR") == D(21)
    assert weight(goods, Selection("KIT")) == D("0.9")
    assert weight(goods, Selection("KIT"), D(10)) == D("8.1")
    assert weight(goods, chosen) == D("4.5"), "one manual for the three kits"
    assert cost(goods, chosen, "EUR") is None, "the gift has no cost"
    bare = goods | of(replace(LAMP, product=replace(LAMP.product, weight=None)))
    assert weight(bare, Selection("KIT")) is None
    boxed = replace(kit, product=replace(kit.product, weight=D(2), cost=D(50)))
    assert weight(bare | of(boxed), Selection("KIT")) == D(2)
    assert cost(bare | of(boxed), Selection("KIT"), "EUR") == D(50)


@pytest.mark.parametrize(
    ("selection", "field", "code"),
    [
        (Selection("GONE"), "sku", "unknown_product"),
        (Selection("KIT", (Chosen("gone"),)), "options", "unknown_option"),
        (Selection("KIT", (Chosen("dollar"),)), "unit_price", "other_currency"),
    ],
)
def test_what_cannot_be_offered_is_named(selection: Selection, field: str, code: str) -> None:
    dollar = a_good("DOLLAR", "1.00")
    dollar = replace(dollar, product=replace(dollar.product, currency="USD"))
    group = OptionGroup("more", "More", options=(an_option("dollar", "DOLLAR"),))
    kit = a_good("KIT", "10.00", a_bundle(Component("LAMP"), groups=(group,)))
    with pytest.raises(RuleViolation) as refused:
        expand(of(kit, LAMP, dollar), selection, D(1), "EUR")
    assert [(p.field, p.code) for p in refused.value.problems] == [(field, code)]


PRICES = st.integers(0, 100_000).map(lambda cents: D(cents) / 100)
COUNTS = st.integers(1, 12).map(D)


@st.composite
def catalogues(draw: st.DrawFn) -> tuple[dict[str, Configurable], Selection]:
    """A bundle of up to three levels, of goods and services, with options of every kind of price."""
    goods = of(LAMP, LOCK, SETUP, MANUAL)
    skus = list(goods)
    for level in range(draw(st.integers(1, 3))):
        named = st.sampled_from(skus)
        parts = draw(st.lists(named, max_size=3, unique=True))
        components = [Component(sku, draw(COUNTS), not place or draw(st.booleans())) for place, sku in enumerate(parts)]
        options = tuple(
            Option(
                f"o{level}_{index}",
                draw(st.sampled_from([*skus, ""])),
                f"Option {index}",
                draw(COUNTS),
                scales=draw(st.booleans()),
                price=draw(st.sampled_from([OptionPrice.INCLUDED, OptionPrice.OWN])),
                own_price=draw(PRICES),
            )
            for index in range(draw(st.integers(0, 3)))
        )
        groups = (OptionGroup(f"g{level}", "Group", options=options),) if options else ()
        on = draw(st.sampled_from(list(PriceOn))) if components else PriceOn.PARENT
        sku = f"B{level}"
        goods |= of(a_good(sku, str(draw(PRICES)), a_bundle(*components, groups=groups, on=on)))
        skus.append(sku)
    taken = tuple(Chosen(option.key) for option in goods[sku].model.options() if draw(st.booleans()))
    return goods, Selection(sku, taken)


def in_it(goods: dict[str, Configurable], selection: Selection, count: Fraction) -> dict[str, Fraction]:
    """How many of each product lie at the bottom: told by the model alone, by a second way."""
    model, found = goods[selection.sku].model, dict[str, Fraction]()
    options = [(model.option(choice.option), choice) for choice in selection.chosen]
    rows = [(part.sku, part.quantity, part.scales) for part in model.parts.parts]
    rows += [(option.sku, option.quantity, option.scales) for option, _ in options if option]
    if not model.parts.parts:
        found[selection.sku] = count
    for sku, quantity, scales in rows:
        times = Fraction(quantity) * (count if scales else 1)
        inner = in_it(goods, Selection(sku), times) if sku else {"": times}
        for name, number in inner.items():
            found[name] = found.get(name, Fraction(0)) + number
    return found


@given(catalogues(), st.integers(1, 9))
def test_nothing_is_lost_and_nothing_is_made_up(made: tuple[dict[str, Configurable], Selection], count: int) -> None:
    goods, selection = made
    lines = expand(goods, selection, D(count), "EUR")
    sums: dict[str, Fraction] = {}
    for line in lines:
        inner = line.detail.parts or (line,)
        for part in inner:
            times = Fraction(line.quantity) if line.detail.parts else 1
            sums[part.sku] = sums.get(part.sku, Fraction(0)) + Fraction(part.quantity) * times
    assert sums == in_it(goods, selection, Fraction(count))
    if count == 1:
        exact = unit_price(goods, selection, "EUR")
        assert exact is not None
        assert total(*lines) == int(exact * 100 + Fraction(1, 2))
