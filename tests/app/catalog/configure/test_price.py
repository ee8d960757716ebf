"""What a configuration says about price and paper."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.configure import base_price, choose, describe, give, start
from app.catalog.model import (
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
from app.catalog.rules import Product
from app.core.errors import RuleViolation
from app.pricing.configured import expand
from tests.builders import a_tax

D = Decimal
CABLE = Product("CABLE", "Cable", "EUR", D(100), a_tax(), description="A cable.", base_quantity=D(3))
LENGTH = Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR", least=D(1), most=D(100))
COLOUR = Attribute("colour", "Colour", values=(AttributeValue("r", "Red", D(2)), AttributeValue("b", "Blue")))
WISH = Attribute("wish", "Engraving", AttributeKind.TEXT, required=False)
PLUG = Option("plug", name="Plug", least=D(1), most=D(9), price=OptionPrice.OWN, own_price=D(3))
ENDS = OptionGroup(
    "ends", "Ends", 0, None, (PLUG, Option("lug", name="Lug"), Option("seal", name="Seal", is_printed=False))
)
MODEL = Model(
    (LENGTH, COLOUR, WISH),
    (ENDS,),
    price_formula="length * 4.20 + 10",
    text_template="{length} m, {colour}, {wish}",
)
NOW = Selection("CABLE", (Chosen("plug", D(2)), Chosen("seal")), (("length", "2.5"), ("colour", "r")))


def test_formula_extras_text_and_printed_pairs() -> None:
    found = describe(MODEL, CABLE, NOW)
    assert found.base_price == D("22.5")  # 2.5 x 4.20 + 10, and 2 for red
    assert found.exact_price == Fraction(45, 2)
    assert found.description == "2.5 m, Red"
    assert found.printed == (("Length", "2.5 m"), ("Colour", "Red"), ("Ends", "2 x Plug"))
    assert found.problem == ""


def test_without_formula_and_template_the_products_own() -> None:
    plain = replace(MODEL, price_formula="", text_template="")
    found = describe(plain, CABLE, NOW)
    assert found.exact_price == Fraction(100, 3) + 2
    assert found.base_price == D("35.333333")
    assert found.description == "A cable."


def test_the_list_price_and_the_number_sold_have_names() -> None:
    model = replace(MODEL, price_formula="price * length - if(quantity >= 10, 5, 0) + plug + ends")
    assert base_price(model, CABLE, NOW, quantity=D(9)) == Fraction(100, 3) * Fraction(5, 2) + 2 + 2 + 2
    assert base_price(model, CABLE, NOW, quantity=D(10)) == Fraction(100, 3) * Fraction(5, 2) + 2 + 2 + 2 - 5


def test_a_price_waits_for_what_it_needs() -> None:
    found = describe(MODEL, CABLE, start(MODEL, "CABLE"))
    assert (found.base_price, found.problem) == (None, "")
    assert base_price(MODEL, CABLE, start(MODEL, "CABLE")) is None


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("10 / (length - 2.5)", "division_by_zero"),
        ("0 - length", "negative"),
        ("length * 999999999999999", "too_large"),
        ("height", "unknown_name"),
        ("length +", "incomplete"),
    ],
)
def test_a_formula_that_cannot_be_computed_is_no_price(formula: str, code: str) -> None:
    model = replace(MODEL, price_formula=formula)
    assert describe(model, CABLE, NOW).base_price is None
    assert describe(model, CABLE, NOW).problem.startswith("price_formula: ")
    with pytest.raises(RuleViolation) as refused:
        base_price(model, CABLE, NOW)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [("price_formula", code)]


def test_a_text_that_names_nothing_known_is_the_products_own() -> None:
    assert describe(replace(MODEL, text_template="{oops}"), CABLE, NOW).description == "A cable."


def test_clicks_change_the_price() -> None:
    now = give(MODEL, NOW, "length", "10")
    assert base_price(MODEL, CABLE, now) == 54
    assert base_price(MODEL, CABLE, give(MODEL, now, "colour", "b")) == 52
    assert base_price(MODEL, CABLE, choose(MODEL, now, "plug", D(5))) == 54  # options are added elsewhere


def test_lines_are_priced_by_the_formula_inside_bundles_too() -> None:
    cable = Configurable(1, CABLE, MODEL)
    kit = Product("KIT", "Kit", "EUR", D(0), a_tax())
    parts = BundleParts((Component("CABLE", D(2)),), PriceOn.PARTS)
    goods = {"CABLE": cable, "KIT": Configurable(2, kit, Model(parts=parts))}
    (line,) = expand(goods, NOW, D(4), "EUR")
    assert line.unit_price == D("28.5")  # 22.50 and two plugs
    lines = expand(goods, Selection("KIT", inner=(NOW,)), D(1), "EUR")
    assert sum(one.unit_price / one.base_quantity * one.quantity for one in lines) == 57
    with pytest.raises(RuleViolation, match="before every value"):
        expand(goods, Selection("CABLE"), D(1), "EUR")


@given(st.decimals(D(1), D(100), places=2), st.decimals(D(0), D(1000), places=2), st.decimals(D(0), D(100), places=2))
def test_the_formula_is_exact(length: Decimal, each: Decimal, fixed: Decimal) -> None:
    model = replace(MODEL, price_formula=f"length * {each} / 3 + {fixed}")
    now = Selection("CABLE", (), (("length", str(length)), ("colour", "b")))
    assert base_price(model, CABLE, now) == Fraction(length) * Fraction(each) / 3 + Fraction(fixed)
