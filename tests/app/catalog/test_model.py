"""The language of models: it is stored and read back as it was, and says what is in it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.catalog import model as models
from app.catalog.model import (
    PLAIN,
    Attribute,
    AttributeKind,
    AttributeValue,
    BundleParts,
    Chosen,
    Comparison,
    Component,
    Model,
    Option,
    OptionGroup,
    OptionPrice,
    PriceOn,
    Rule,
    RuleKind,
    Selection,
)
from app.core.codec import from_text, to_text

FRAME = OptionGroup(
    "frame",
    "Frame",
    1,
    1,
    (
        Option("f1", "FR-1", default=True),
        Option("f2", "FR-2", price=OptionPrice.OWN, own_price=Decimal("40.00")),
        Option("gift", name="Gift wrap", price=OptionPrice.OWN, own_price=Decimal("2.5"), scales=False),
    ),
)
VOLTAGE = Attribute(
    "voltage",
    "Voltage",
    values=(AttributeValue("12", "12 V", number=Decimal(12)), AttributeValue("230", "230 V", Decimal("9.90"))),
    makes_variants=True,
)
LENGTH = Attribute(
    "length", "Length", AttributeKind.MEASURE, unit="MTR", least=Decimal("0.5"), most=Decimal(20), default="1"
)
NEEDS = Rule(
    "needs_230",
    "Heater needs 230 V",
    RuleKind.REQUIRES,
    models.all_of(models.chosen("f2"), models.none_of(models.quantity(Comparison.MORE, Decimal(3)))),
    models.any_of(
        models.attribute_is("voltage", "230"),
        models.measured("length", Comparison.AT_MOST, Decimal("2.5")),
        models.formula("length * 2", Comparison.LESS, Decimal(9)),
        models.count("frame", Comparison.AT_LEAST, Decimal(1)),
    ),
)
WHOLE = Model(
    (VOLTAGE, LENGTH),
    (FRAME,),
    BundleParts((Component("BOX", Decimal(2)), Component("MANUAL", scales=False, is_printed=False)), PriceOn.PARTS),
    (NEEDS,),
    "price + length * 3",
    "{voltage}, {length} m",
)


@pytest.mark.parametrize("value", [PLAIN, WHOLE], ids=["plain", "whole"])
def test_a_model_comes_back_as_it_was(value: Model) -> None:
    assert from_text(Model, to_text(value)) == value


def test_a_selection_inside_a_selection_comes_back_as_it_was() -> None:
    inner = Selection("FR-2", (Chosen("lock"),), (("colour", "red"),))
    outer = Selection("BIKE", (Chosen("f2", Decimal(2), inner),), (("length", "2.5"),), (("late", "agreed"),), (inner,))
    assert from_text(Selection, to_text(outer)) == outer
    assert outer.value("length") == "2.5"
    assert outer.value("width") == ""
    assert outer.takes("f2") == outer.chosen[0]
    assert outer.takes("f1") is None


def test_what_a_model_says_of_itself() -> None:
    assert PLAIN.is_plain
    assert not PLAIN.is_bundle
    assert not WHOLE.is_plain
    assert WHOLE.is_bundle
    assert WHOLE.skus() == ("BOX", "MANUAL", "FR-1", "FR-2")
    assert WHOLE.option("f2") == FRAME.options[1]
    assert WHOLE.option("f3") is None
    assert WHOLE.attribute("length") == LENGTH
    assert WHOLE.attribute("width") is None
    assert VOLTAGE.value("230") == VOLTAGE.values[1]
    assert VOLTAGE.value("400") is None


def test_one_value_is_equal_and_several_are_one_of() -> None:
    assert models.attribute_is("colour", "red").comparison is Comparison.EQUAL
    assert models.attribute_is("colour", "red", "blue").comparison is Comparison.IN
