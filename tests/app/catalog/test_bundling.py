"""Models and variants on a real file: what is kept, what is refused and how it is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.catalog import model as models
from app.catalog.bundling import impossible_variants, make_variants, save_model
from app.catalog.model import (
    PLAIN,
    Attribute,
    AttributeKind,
    AttributeValue,
    BundleParts,
    Comparison,
    Component,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
    Rule,
    RuleKind,
)
from app.catalog.model_queries import (
    Unavailable,
    UsedIn,
    model_of,
    unavailable_parts,
    used_in,
    variant_of,
    variants,
    with_parts,
)
from app.catalog.queries import by_sku
from app.catalog.rules import Product, SellingUnit
from app.catalog.service import add_product, save_product
from app.core.errors import HandselError, NotFound, RuleViolation
from app.store.store import Store
from tests.builders import a_tax, counts_of, do, last_command

D = Decimal
DAY = date(2026, 3, 2)


def a_product(sku: str, price: str = "10.00", **over: Any) -> Product:
    return Product(sku, sku.title(), "EUR", D(price), a_tax(), **over)


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    """Products A to D, and U priced in dollars."""
    items = [a_product(sku) for sku in "ABCD"] + [replace(a_product("U"), currency="USD")]
    return {item.sku: do(store, add_product, item).ids["product"] for item in items}


def of(*skus: str, on: PriceOn = PriceOn.PARENT) -> Model:
    return Model(parts=BundleParts(tuple(Component(sku) for sku in skus), on))


def refusals(store: Store, product_id: int, model: Model) -> list[tuple[str, str]]:
    """Field and code of everything that is wrong; nothing was written."""
    rows = counts_of(store)
    with pytest.raises(RuleViolation) as refused:
        do(store, save_model, product_id, model)
    assert counts_of(store) == rows
    assert all(problem.message.startswith(f"{problem.field}: ") for problem in refused.value.problems)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_a_model_is_kept_changed_and_taken_away(store: Store, ids: dict[str, int]) -> None:
    first, second = of("B", "C"), of("C")
    for model in (first, second, PLAIN):
        assert do(store, save_model, ids["A"], model).ids == {"product": ids["A"]}
        with store.read() as session:
            assert model_of(session, ids["A"]) == model
            found = {sku: [use.sku for use in used_in(session, ids[sku])] for sku in "BC"}
        assert found == {sku: ["A"] if sku in model.skus() else [] for sku in "BC"}
    assert last_command(store)["changes"][0][0] == "model of A"
    with pytest.raises(NotFound):
        do(store, save_model, 99, PLAIN)


def test_everything_inside_is_read_at_once(store: Store, ids: dict[str, int]) -> None:
    do(store, save_model, ids["A"], of("B", "C"))
    do(store, save_model, ids["B"], of("D"))
    with store.read() as session:
        found = with_parts(session, ["A", "", "GONE"])
        assert sorted(found) == ["A", "B", "C", "D"]
        assert (found["B"].model, found["B"].id, found["D"].model) == (of("D"), ids["B"], PLAIN)
        assert with_parts(session, []) == {}


@pytest.mark.parametrize(
    ("chain", "way"),
    [(["A"], "A -> A"), (["A", "B"], "A -> B -> A"), (["A", "B", "C", "D"], "A -> B -> C -> D -> A")],
)
def test_a_bundle_that_contains_itself_is_named_as_a_way(
    store: Store, ids: dict[str, int], chain: list[str], way: str
) -> None:
    for whole, part in zip(chain[1:], [*chain[2:], "A"], strict=False):
        do(store, save_model, ids[whole], of(part))
    first = chain[1] if len(chain) > 1 else "A"
    with pytest.raises(RuleViolation, match=f"model: {way}: a bundle cannot contain itself"):
        do(store, save_model, ids["A"], of("D", first) if len(chain) == 2 else of(first))


@pytest.fixture
def tower(store: Store) -> dict[str, int]:
    """L1 to L5, each with the one before it as a part: five levels, the most that can be sold."""
    found = {f"L{i}": do(store, add_product, a_product(f"L{i}")).ids["product"] for i in range(8)}
    for level in range(1, 6):
        do(store, save_model, found[f"L{level}"], of(f"L{level - 1}"))
    return found


def test_a_bundle_nested_too_deep_is_refused_when_it_is_written(store: Store, tower: dict[str, int]) -> None:
    too_deep = [("model", "too_many_levels")]
    assert refusals(store, tower["L6"], of("L5")) == too_deep  # seen from above
    assert refusals(store, tower["L0"], of("L7")) == too_deep  # and from below
    as_option = Model(groups=(OptionGroup("g", "G", options=(Option("o", sku="L5"),)),))
    assert refusals(store, tower["L6"], as_option) == too_deep
    with pytest.raises(RuleViolation, match="model: L5 -> L4 -> L3 -> L2 -> L1 -> L0 -> L7: bundles are nested more"):
        do(store, save_model, tower["L0"], of("L7"))
    do(store, save_model, tower["L6"], of("L4", "L3"))
    do(store, save_model, tower["L5"], PLAIN)
    do(store, save_model, tower["L7"], of("L5"))


def test_what_an_option_may_hold_of_its_own_is_no_further_level(store: Store, tower: dict[str, int]) -> None:
    """Of what is inside an option only the fixed parts always come with it."""
    option = Model(groups=(OptionGroup("g", "G", options=(Option("o", sku="L4"),)),))
    do(store, save_model, tower["L6"], option)
    do(store, save_model, tower["L7"], of("L6"))
    assert refusals(store, tower["L0"], of("L6")) == [("model", "cycle")]


def test_a_variant_has_the_levels_of_its_product(store: Store, ids: dict[str, int], tower: dict[str, int]) -> None:
    do(store, save_model, ids["A"], Model((SIZE,)))
    do(store, make_variants, ids["A"])
    do(store, save_model, tower["L1"], of("A-S"))
    deeper = Model((SIZE,), parts=BundleParts((Component("B"),)))
    assert refusals(store, ids["A"], deeper) == [("model", "too_many_levels")]


def test_a_product_is_no_part_of_its_own_variant(store: Store, ids: dict[str, int]) -> None:
    do(store, save_model, ids["A"], Model((SIZE,)))
    do(store, make_variants, ids["A"])
    with pytest.raises(RuleViolation, match="A -> A-S -> A"):
        do(store, save_model, ids["A"], Model((SIZE,), parts=BundleParts((Component("A-S"),))))


def test_what_is_gone_or_wrong_is_named_with_its_place(store: Store, ids: dict[str, int]) -> None:
    options = (
        Option("a b", "GONE", quantity=D(0)),
        Option("x", price=OptionPrice.PRODUCT, own_price=D(-1), quantity=D("0.0000001")),
        Option("x", "U", price=OptionPrice.PRODUCT, quantity=D(9), least=D(3), most=D(2), cost=D(-1)),
        Option("own", "B", price=OptionPrice.OWN),
    )
    model = Model(
        groups=(OptionGroup("g", "", 5, 0, options), OptionGroup("h", "Empty", -1)),
        parts=BundleParts((Component("GONE"), Component("B", D("NaN")), Component("B", scales=False))),
    )
    assert refusals(store, ids["A"], model) == [
        ("groups[0].options[0].key", "bad_key"),
        ("groups[0].options[2].key", "twice"),
        ("groups[0].name", "missing"),
        ("groups[0].least", "too_many"),
        ("groups[0].most", "below_least"),
        ("groups[0].options[0].sku", "unknown_product"),
        ("groups[0].options[0].quantity", "not_positive"),
        ("groups[0].options[1].name", "missing"),
        ("groups[0].options[1].quantity", "too_many_decimals"),
        ("groups[0].options[1].own_price", "negative"),
        ("groups[0].options[1].price", "no_product"),
        ("groups[0].options[2].most", "below_least"),
        ("groups[0].options[2].quantity", "range"),
        ("groups[0].options[2].cost", "negative"),
        ("groups[0].options[2].price", "other_currency"),
        ("groups[0].options[3].own_price", "missing"),
        ("groups[1].options", "missing"),
        ("groups[1].least", "negative"),
        ("parts.parts[0].sku", "unknown_product"),
        ("parts.parts[1].quantity", "not_positive"),
        ("parts.parts[2].sku", "twice"),
    ]


def test_prices_on_parts_have_nothing_beside_them(store: Store, ids: dict[str, int]) -> None:
    model = Model((SIZE,), parts=BundleParts((Component("U", scales=False),), PriceOn.PARTS), price_formula="1")
    assert refusals(store, ids["A"], model) == [
        ("attributes[0].values[1].price_extra", "price_on_parts"),
        ("parts.parts", "nothing_scales"),
        ("price_formula", "price_on_parts"),
        ("parts.parts[0].sku", "other_currency"),
    ]
    assert refusals(store, ids["A"], of(on=PriceOn.PARTS)) == [("parts.price_on", "no_parts")]


def test_bad_attributes(store: Store, ids: dict[str, int]) -> None:
    twice = (AttributeValue("R", "Red"), AttributeValue("R", ""), AttributeValue("no good", "Odd"))
    attributes = (
        Attribute("none", "", values=()),
        Attribute("colour", "Colour", values=twice, default="B"),
        Attribute("length", "Length", AttributeKind.MEASURE, unit="ELL", least=D(3), most=D(2), step=D(0)),
        Attribute("width", "Width", AttributeKind.MEASURE, most=D(2), default="3", makes_variants=True),
        Attribute("depth", "Depth", AttributeKind.MEASURE, least=D(-1), default="deep"),
    )
    assert refusals(store, ids["A"], Model(attributes)) == [
        ("attributes[0].name", "missing"),
        ("attributes[0].values", "missing"),
        ("attributes[1].values[1].code", "twice"),
        ("attributes[1].values[1].name", "missing"),
        ("attributes[1].values[2].code", "bad_code"),
        ("attributes[1].default", "unknown_value"),
        ("attributes[2].unit", "unknown_unit"),
        ("attributes[2].most", "below_least"),
        ("attributes[2].step", "not_positive"),
        ("attributes[3].makes_variants", "not_a_choice"),
        ("attributes[3].default", "range"),
        ("attributes[4].least", "negative"),
        ("attributes[4].default", "not_a_number"),
    ]


def test_a_rule_on_something_that_is_gone(store: Store, ids: dict[str, int]) -> None:
    deep = models.chosen("gone")
    for _ in range(30):
        deep = models.none_of(deep)
    conditions = (
        models.chosen("gone"),
        models.all_of(models.attribute_is("size", "XXL"), models.measured("weight", Comparison.LESS, D(1))),
        models.none_of(models.count("size", Comparison.LESS, D(1))),
        replace(models.quantity(Comparison.IN, D(1)), number=None),
        replace(models.attribute_is("size", "S"), comparison=Comparison.LESS),
        models.formula("", Comparison.LESS, D(1)),
        replace(models.none_of(models.chosen("gone")), parts=()),
        deep,
    )
    rules = [Rule(f"r{n}", f"Rule {n}", RuleKind.ALERT, one, message="!") for n, one in enumerate(conditions)]
    rules.append(Rule("r", "", RuleKind.REQUIRES, models.ALWAYS))
    rules.append(Rule("v", "Silent", RuleKind.VALIDATION, models.ALWAYS))
    found = refusals(store, ids["A"], Model((SIZE,), rules=tuple(rules)))
    assert found[:-3] == [
        ("rules[0].when.key", "unknown_key"),
        ("rules[1].when.parts[0].values", "unknown_value"),
        ("rules[1].when.parts[1].key", "unknown_key"),
        ("rules[2].when.parts[0].key", "unknown_key"),
        ("rules[3].when.number", "missing"),
        ("rules[3].when.comparison", "not_a_list"),
        ("rules[4].when.comparison", "not_a_number"),
        ("rules[5].when.formula", "missing"),
        ("rules[6].when", "one_part"),
        (f"rules[7].when{'.parts[0]' * 20}", "too_deep"),
    ]
    assert found[-3:] == [("rules[8].then", "missing"), ("rules[8].name", "missing"), ("rules[9].message", "missing")]


def test_a_new_sku_is_followed_by_every_model(store: Store, ids: dict[str, int]) -> None:
    option = Option("b", "B")
    do(store, save_model, ids["A"], replace(of("B", "C"), groups=(OptionGroup("g", "G", options=(option,)),)))
    do(store, save_product, a_product("B2"), product_id=ids["B"])
    with store.read() as session:
        model = model_of(session, ids["A"])
        assert model.skus() == ("B2", "C")
        assert model.groups[0].options[0].sku == "B2"
        assert used_in(session, ids["B"]) == [UsedIn(ids["A"], "A", "A", True)]
    assert ["model of A", "B", "B2"] in last_command(store)["changes"]


def test_parts_that_are_out_of_use_are_told_where_they_are_used(store: Store, ids: dict[str, int]) -> None:
    do(store, save_model, ids["A"], of("B", "C"))
    do(store, save_product, replace(a_product("B"), active=False))
    do(store, save_product, replace(a_product("C"), active_to=DAY))
    with store.read() as session:
        assert unavailable_parts(session, DAY) == [Unavailable(ids["A"], "A", ids["B"], "B")]
        assert [row.part for row in unavailable_parts(session, date(2026, 3, 3))] == ["B", "C"]
    do(store, save_product, replace(a_product("A"), active=False))
    with store.read() as session:
        assert unavailable_parts(session, DAY) == []


def test_a_part_cannot_be_deleted(store: Store, ids: dict[str, int]) -> None:
    do(store, save_model, ids["A"], of("B"))
    with pytest.raises(HandselError, match="still used elsewhere"), store.write("test") as session:
        session.connection.exec_driver_sql("DELETE FROM product WHERE sku = 'B'")


# variants

SIZE = Attribute(
    "size", "Size", values=(AttributeValue("S", "Small"), AttributeValue("L", "Large", D("1.50"))), makes_variants=True
)
COLOUR = Attribute(
    "colour", "Colour", values=(AttributeValue("RED", "Red"), AttributeValue("BLU", "Blue")), makes_variants=True
)
NO_LARGE_RED = Rule(
    "no_large_red",
    "No large red",
    RuleKind.EXCLUDES,
    models.attribute_is("size", "L"),
    models.attribute_is("colour", "RED"),
)


def test_variants_are_products_of_their_own(store: Store) -> None:
    shirt = a_product("SH", "20.00", stocked=True, units=(SellingUnit("BX", D(10), price=D(150)),))
    made = do(store, add_product, shirt).ids["product"]
    do(store, save_model, made, Model((SIZE, COLOUR), rules=(NO_LARGE_RED,)))
    assert do(store, make_variants, made).ids == {"product": made, "made": 3, "kept": 0}
    with store.read() as session:
        found = by_sku(session, ["SH-S-RED", "SH-S-BLU", "SH-L-BLU", "SH-L-RED"])
        assert sorted(found) == ["SH-L-BLU", "SH-S-BLU", "SH-S-RED"]
        large = found["SH-L-BLU"]
        assert (large.name, large.unit_price, large.stocked) == ("Sh, Large, Blue", D("21.5"), True)
        assert large.units == (SellingUnit("BX", D(10), price=D(165)),)
        rows = variants(session, made)
        assert rows[0].values == (("size", "S"), ("colour", "RED"))
        assert variant_of(session, rows[0].id) == (made, rows[0].values)
        assert variant_of(session, made) is None


def test_making_them_again_keeps_what_is_there(store: Store) -> None:
    made = do(store, add_product, a_product("SH")).ids["product"]
    do(store, save_model, made, Model((SIZE,)))
    do(store, make_variants, made)
    do(store, save_product, replace(a_product("SH-L"), name="Renamed", unit_price=D(99)))
    rows = counts_of(store)["product"]
    assert do(store, make_variants, made).ids == {"product": made, "made": 0, "kept": 2}
    assert counts_of(store)["product"] == rows
    wide = replace(SIZE, values=(SIZE.values[1], AttributeValue("XL", "Huge")))
    do(store, save_model, made, Model((wide,)))
    assert do(store, make_variants, made).ids == {"product": made, "made": 1, "kept": 2}
    with store.read() as session:
        assert by_sku(session, ["SH-L"])["SH-L"].unit_price == 99
        assert [row.product.sku for row in impossible_variants(session, made)] == ["SH-S"]


def test_a_variant_has_the_rest_of_its_parents_model(store: Store, ids: dict[str, int]) -> None:
    whole = replace(of("B"), attributes=(SIZE,), groups=(OptionGroup("g", "G", options=(Option("c", "C"),)),))
    do(store, save_model, ids["A"], whole)
    do(store, make_variants, ids["A"])
    with store.read() as session:
        found = with_parts(session, ["A-L"])
    assert sorted(found) == ["A", "A-L", "B", "C"]
    large = found["A-L"].model
    assert (large.groups, large.parts) == (whole.groups, whole.parts)
    (size,) = large.attributes
    assert (size.values, size.default, size.makes_variants) == ((AttributeValue("L", "Large"),), "L", False)
    assert refusals(store, found["A-L"].id, PLAIN) == [("model", "is_variant")]


def test_variants_that_cannot_be_made(store: Store, ids: dict[str, int]) -> None:
    rows = counts_of(store)
    with pytest.raises(RuleViolation, match="none of 'A' makes variants"):
        do(store, make_variants, ids["A"])
    assert counts_of(store) == rows
    do(store, save_model, ids["A"], Model((SIZE,)))
    do(store, add_product, a_product("A-L"))
    rows = counts_of(store)
    with pytest.raises(RuleViolation, match="'A-L' is the SKU of another product"):
        do(store, make_variants, ids["A"])
    assert counts_of(store) == rows
    ten = tuple(AttributeValue(f"V{n}", f"Value {n}") for n in range(11))
    many = tuple(Attribute(f"a{n}", f"A{n}", values=ten, makes_variants=True) for n in range(3))
    do(store, save_model, ids["B"], Model(many))
    with pytest.raises(RuleViolation, match="more than 1000 variants"):
        do(store, make_variants, ids["B"])
