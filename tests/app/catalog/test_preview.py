"""What variants there would be: all of them, and which rules stand against the impossible ones."""

from __future__ import annotations

from decimal import Decimal

from app.catalog.model import Attribute, AttributeValue, Model, Rule, RuleKind, attribute_is, chosen
from app.catalog.rules import Product
from app.catalog.variants import combinations, preview
from tests.builders import a_tax

BIKE = Product("BK", "Bike", "EUR", Decimal(100), a_tax())
COLOUR = Attribute(
    "colour",
    "Colour",
    values=(AttributeValue("R", "Red", Decimal(5)), AttributeValue("B", "Blue")),
    makes_variants=True,
)
SIZE = Attribute(
    "size", "Size", values=(AttributeValue("S", "Small"), AttributeValue("L", "Large")), makes_variants=True
)
RULES = (
    Rule("a", "A", RuleKind.EXCLUDES, attribute_is("colour", "R"), attribute_is("size", "S")),
    Rule("b", "B", RuleKind.VALIDATION, attribute_is("size", "S"), message="no"),
    Rule("c", "C", RuleKind.EXCLUDES, attribute_is("colour", "R"), chosen("basket")),
    Rule("d", "D", RuleKind.ALERT, attribute_is("size", "L"), message="hm"),
)


def test_every_combination_with_the_rules_against_it() -> None:
    found, total = preview(BIKE, Model((COLOUR, SIZE), rules=RULES))
    assert total == 4
    against = {one.product.sku: [rule.name for rule in one.against] for one in found}
    assert against == {"BK-R-S": ["A", "B"], "BK-R-L": [], "BK-B-S": ["B"], "BK-B-L": []}
    assert found[0].product.unit_price == 105


def test_the_possible_ones_are_those_that_are_made() -> None:
    model = Model((COLOUR, SIZE), rules=RULES)
    found, _ = preview(BIKE, model)
    assert [dict(one.values) for one in found if not one.against] == combinations(model)


def test_only_as_many_as_wanted_and_how_many_there_are() -> None:
    found, total = preview(BIKE, Model((COLOUR, SIZE)), most=3)
    assert (len(found), total) == (3, 4)
    assert preview(BIKE, Model()) == ([], 0)
