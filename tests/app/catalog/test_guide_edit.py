"""Editing guides: keys, leaving questions out, and what answers can choose."""

from __future__ import annotations

from decimal import Decimal

from app.catalog.guide_edit import Choice, choices_of, choosable, numbered, with_choices, without
from app.catalog.guides import Answer, Guide, Question
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Configurable,
    Model,
    Option,
    OptionGroup,
)
from app.catalog.rules import Product
from tests.builders import a_tax


def _colour(*codes: str) -> Attribute:
    return Attribute("colour", "Colour", values=tuple(AttributeValue(code, code.title()) for code in codes))


def _product(sku: str, name: str) -> Product:
    return Product(sku, name, "EUR", Decimal(1), a_tax())


def test_values_of_all_products_together() -> None:
    bike = Model((_colour("RED", "BLUE"),), (OptionGroup("light", "Light", options=(Option("l1", "LI"),)),))
    car = Model((_colour("BLUE", "GREY"), Attribute("length", "Length", AttributeKind.MEASURE)))
    goods = {
        "BK": Configurable(1, _product("BK", "Bike"), bike),
        "CA": Configurable(2, _product("CA", "Car"), car),
        "LI": Configurable(3, _product("LI", "Lamp"), Model()),
    }
    found = choosable(goods)
    assert [one.key for one in found.attributes] == ["colour", "length"]
    assert [value.code for value in found.attributes[0].values] == ["RED", "BLUE", "GREY"]
    assert found.options == {"l1": "Lamp"}


def test_keys_are_given_once() -> None:
    guide = Guide(
        "G", (Question("q2", "Two", answers=(Answer("", "x"), Answer("a1", "y"), Answer("a1", "z"))), Question("", "?"))
    )
    found = numbered(guide)
    assert [one.key for one in found.questions] == ["q2", "q1"]
    assert [one.key for one in found.questions[0].answers] == ["a2", "a1", "a3"]
    assert numbered(found) == found


def test_answers_that_led_to_a_question_go_on() -> None:
    first = Question("q1", "One", answers=(Answer("a1", "x", next="q2"), Answer("a2", "y", next="q3")))
    guide = Guide("G", (first, Question("q2", "Two"), Question("q3", "Three")))
    found = without(guide, 1)
    assert [one.key for one in found.questions] == ["q1", "q3"]
    assert [one.next for one in found.questions[0].answers] == ["", "q3"]


def test_what_an_answer_chooses_as_one_list() -> None:
    answer = Answer("a", "A", options=("l1",), values=(("colour", "RED"),))
    assert choices_of(answer) == [Choice(option="l1"), Choice("", "colour", "RED")]
    assert with_choices(answer, choices_of(answer)) == answer
    changed = with_choices(answer, [Choice("", "colour", "RED"), Choice("", "colour", "BLUE"), Choice(option="l2")])
    assert (changed.options, changed.values) == (("l2",), (("colour", "BLUE"),))
