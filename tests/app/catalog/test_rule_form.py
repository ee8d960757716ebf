"""Conditions as rows: what is built says the same as what is stored."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.catalog.configure import evaluate
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Chosen,
    Comparison,
    Condition,
    Model,
    Op,
    Option,
    OptionGroup,
    Rule,
    RuleKind,
    Selection,
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
from app.catalog.rule_form import About, Block, Mode, Row, Verb, block_of, condition_of, first_row

MODEL = Model(
    attributes=(
        Attribute("colour", "Colour", values=(AttributeValue("RED", "Red"), AttributeValue("BLUE", "Blue"))),
        Attribute("length", "Length", AttributeKind.MEASURE, least=Decimal(2)),
        Attribute("name", "Engraving", AttributeKind.TEXT),
    ),
    groups=(OptionGroup("frame", "Frame", 0, 2, (Option("f1", name="One"), Option("f2", name="Two"))),),
)

_COMPARED = st.sampled_from([one for one in Comparison if one is not Comparison.IN])
_NUMBERS = st.integers(0, 4).map(Decimal)
_LEAVES = st.one_of(
    st.sampled_from(["f1", "f2", "frame"]).map(chosen),
    st.builds(count, st.just("frame"), _COMPARED, _NUMBERS),
    st.builds(quantity, _COMPARED, _NUMBERS, st.sampled_from(["", "f1"])),
    st.sampled_from([("RED",), ("RED", "BLUE")]).map(lambda values: attribute_is("colour", *values)),
    st.builds(measured, st.just("length"), _COMPARED, _NUMBERS),
    st.builds(formula, st.just("length * 2"), _COMPARED, _NUMBERS),
)
_CONDITIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: all_of(*parts)),
        st.lists(inner, max_size=3).map(lambda parts: any_of(*parts)),
        inner.map(none_of),
    ),
    max_leaves=6,
)


def _refused(condition: Condition, selection: Selection) -> bool:
    rule = Rule("r", "R", RuleKind.VALIDATION, condition, message="no")
    model = Model(MODEL.attributes, MODEL.groups, rules=(rule,))
    return any(reason.key == "r" for reason in evaluate(model, selection).problems)


@given(
    _CONDITIONS,
    st.sets(st.sampled_from(["f1", "f2"])),
    st.sampled_from(["", "RED", "BLUE"]),
    st.sampled_from(["", "1", "3"]),
)
def test_what_is_built_holds_of_the_same_selections(
    condition: Condition, options: set[str], colour: str, length: str
) -> None:
    selection = Selection("X", tuple(Chosen(key) for key in sorted(options)), (("colour", colour), ("length", length)))
    built = condition_of(block_of(condition, MODEL))
    assert _refused(built, selection) == _refused(condition, selection)
    assert condition_of(block_of(built, MODEL)) == built


def test_rows_are_as_simple_as_they_can_be() -> None:
    assert block_of(chosen("f1"), MODEL) == Block(Mode.ALL, (Row(About.OPTION, "f1"),))
    assert block_of(none_of(chosen("frame")), MODEL).rows == (Row(About.GROUP, "frame", Verb.NOT_CHOSEN),)
    assert block_of(none_of(any_of(chosen("f1"), chosen("f2"))), MODEL).mode is Mode.NONE
    assert condition_of(Block(Mode.ANY, (Row(About.OPTION, "f1"),))) == chosen("f1")
    assert condition_of(Block()) == Condition(Op.ALL)


def test_several_values_mean_one_of_them() -> None:
    row = Row(About.ATTRIBUTE, "colour", Verb.VALUE, Comparison.EQUAL, values=("RED", "BLUE"))
    assert condition_of(Block(Mode.ALL, (row,))).comparison is Comparison.IN
    one = Row(About.ATTRIBUTE, "colour", Verb.VALUE, Comparison.IN, values=("RED",))
    assert condition_of(Block(Mode.ALL, (one,))) == attribute_is("colour", "RED")


def test_a_row_begins_with_something_sensible() -> None:
    assert first_row(About.ATTRIBUTE, "length", MODEL).number == 2
    assert first_row(About.ATTRIBUTE, "colour", MODEL).values == ("RED",)
    assert first_row(About.BUNDLES, "", MODEL).verb is Verb.NUMBER
    assert first_row(About.OPTION, "f1", MODEL).verb is Verb.CHOSEN
