"""Keys from names, renaming, and who names a key."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Comparison,
    Model,
    Option,
    OptionGroup,
    Rule,
    RuleKind,
    chosen,
    formula,
    measured,
)
from app.catalog.model_edit import Use, code_of, example, key_of, keys, moved, renamed, settled, uses, with_values

MODEL = Model(
    attributes=(Attribute("length", "Length"),),
    groups=(OptionGroup("frame", "Frame", options=(Option("f1", "FR-1"), Option("f2", "FR-2"))),),
    rules=(
        Rule("long", "Long ones", RuleKind.REQUIRES, measured("length", Comparison.MORE, Decimal(5)), chosen("f2")),
        Rule("area", "Area", RuleKind.VALIDATION, formula("length * 2", Comparison.MORE, Decimal(9)), message="No"),
    ),
    price_formula='length * 4.20 + if(length > 3, 1, 0) + length2 + if(x = "length", 1, 0)',
    text_template="{length} m, { length } and {length2}",
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Frame, 230 V", "frame_230_v"),
        ("Größe", "grosse"),
        ("230 V", "item_230_v"),
        ("Max", "item_max"),
        ("漢字", "item"),
        ("Length", "length_2"),
    ],
)
def test_keys_are_made_from_names(name: str, key: str) -> None:
    assert key_of(name, {"length"}) == key


def test_only_what_has_a_name_gets_a_key() -> None:
    model = Model(
        attributes=(Attribute("", "Colour"), Attribute("", "")),
        groups=(OptionGroup("", "Colour", options=(Option("", "FR-1"), Option("", name="Colour"))),),
        rules=(Rule("", "Colour", RuleKind.ALERT, chosen("x")),),
    )
    found = settled(model)
    assert [one.key for one in found.attributes] == ["colour", ""]
    assert found.groups[0].key == "colour_2"
    assert [option.key for option in found.groups[0].options] == ["fr_1", "colour_3"]
    assert found.rules[0].key == "colour_4"
    assert settled(found) == found
    assert keys(found) == {"colour", "colour_2", "fr_1", "colour_3", "colour_4"}


def test_who_names_a_key() -> None:
    assert uses(MODEL, "length") == [
        Use("rule", "long", "Long ones"),
        Use("rule", "area", "Area"),
        Use("formula"),
        Use("text"),
    ]
    assert uses(MODEL, "f2") == [Use("rule", "long", "Long ones")]
    assert uses(MODEL, "f1") == []


def test_renaming_rewrites_whatever_names_it_and_nothing_else() -> None:
    found = renamed(MODEL, "length", "long_side")
    assert found.attributes[0].key == "long_side"
    assert found.price_formula == ('long_side * 4.20 + if(long_side > 3, 1, 0) + length2 + if(x = "length", 1, 0)')
    assert found.text_template == "{long_side} m, {long_side} and {length2}"
    assert found.rules[0].when.key == "long_side"
    assert found.rules[1].when.formula == "long_side * 2"
    assert uses(found, "length") == []
    assert renamed(found, "long_side", "length").rules == MODEL.rules


def test_moving_stops_at_the_edge() -> None:
    assert moved(("a", "b", "c"), 0, 1) == ("b", "a", "c")
    assert moved(("a", "b", "c"), 0, -1) == ("a", "b", "c")
    assert moved(("a", "b", "c"), 2, 1) == ("a", "b", "c")


def test_values_get_codes_from_their_names() -> None:
    values = (
        AttributeValue("RED", "Red"),
        AttributeValue("", "Rédding"),
        AttributeValue("", "Red"),
        AttributeValue("", ""),
    )
    found = with_values(Attribute("colour", "Colour", values=values), code_of)
    assert [value.code for value in found.values] == ["RED", "REDDIN", "RED2", ""]


def test_an_example_has_a_value_for_everything() -> None:
    attributes = (
        Attribute("colour", "Colour", values=(AttributeValue("RED", "Red"),)),
        Attribute("length", "Length", AttributeKind.MEASURE, least=Decimal("0.5")),
        Attribute("width", "Width", AttributeKind.MEASURE, default="3"),
        Attribute("words", "Engraving", AttributeKind.TEXT),
    )
    found = example(Model(attributes), "X")
    assert dict(found.values) == {"colour": "RED", "length": "0.5", "width": "3", "words": "Abc"}
