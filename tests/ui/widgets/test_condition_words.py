"""Conditions and rules as sentences, in English and in German."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.catalog.configure.laws import laws_of
from app.catalog.configure.reasons import Wording
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Comparison,
    Condition,
    Model,
    Option,
    OptionGroup,
    Rule,
    RuleKind,
    all_of,
    any_of,
    attribute_is,
    chosen,
    count,
    formula,
    measured,
    none_of,
    quantity,
)
from ui.widgets.condition_words import phrase_words, rule_words, value_words

MODEL = Model(
    (
        Attribute("colour", "Colour", values=(AttributeValue("R", "Red"), AttributeValue("B", "Blue"))),
        Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR"),
    ),
    (OptionGroup("frame", "Frame", options=(Option("f1", name="Frame, small"), Option("f2", name="Frame two"))),),
)
WORDING = Wording(laws_of(MODEL))
THREE = Decimal(3)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (chosen("f1"), "“Frame, small” is chosen"),
        (none_of(chosen("frame")), "“Frame” is not chosen"),
        (none_of(attribute_is("colour", "R")), "not (Colour is Red)"),
        (attribute_is("colour", "R", "B"), "Colour is Red or Blue"),
        (measured("length", Comparison.AT_MOST, Decimal("2.5")), "Length is at most 2.5 m"),
        (count("frame", Comparison.UNEQUAL, THREE), "the number chosen of “Frame” is not 3"),
        (quantity(Comparison.MORE, THREE), "the quantity sold is more than 3"),
        (quantity(Comparison.LESS, THREE, "f2"), "the quantity of “Frame two” is less than 3"),
        (formula("length * 2", Comparison.AT_LEAST, THREE), "length * 2 is at least 3"),
        (all_of(), "always"),
        (any_of(), "never"),
        (any_of(chosen("f1"), all_of(chosen("f2"), attribute_is("colour", "R"))),
         "“Frame, small” is chosen or (“Frame two” is chosen and Colour is Red)"),
    ],
)  # fmt: skip
def test_conditions_as_sentences(qapp: object, condition: Condition, words: str) -> None:
    assert phrase_words(WORDING.phrase(condition)) == words


def test_rules_as_sentences(qapp: object) -> None:
    sides = chosen("f1"), attribute_is("colour", "R")
    said = [rule_words(Rule("r", "R", kind, *sides), WORDING) for kind in RuleKind]
    assert said == [
        "If “Frame, small” is chosen, then Colour is Red.",
        "Never both: “Frame, small” is chosen, and Colour is Red.",
        "If “Frame, small” is chosen: stop.",
        "If “Frame, small” is chosen: warn.",
    ]


def test_in_german(german: None) -> None:
    rule = Rule("r", "R", RuleKind.REQUIRES, chosen("f1"), measured("length", Comparison.MORE, Decimal("1.5")))
    assert rule_words(rule, WORDING) == "Wenn gilt: „Frame, small“ ist gewählt, dann auch: Length ist größer als 1,5 m."
    assert value_words("") == "leer"
