"""Models and selections that nobody should write: every answer comes, and none is an exception."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.configure import apply, conflicts, describe, engine, evaluate, fixes, start
from app.catalog.configure.laws import Laws
from app.catalog.configure.words import fix as fix_words
from app.catalog.configure.words import reason as words
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
    OptionPrice,
    Rule,
    RuleKind,
    Selection,
    count,
)
from app.catalog.rules import Product
from tests.builders import a_tax

KEYS = st.sampled_from(["a", "b", "size", "text", "group", "ghost", ""])
NUMBERS = st.sampled_from([Decimal(n) for n in ("0", "-1", "1", "2.5", "1E+15", "1E-6", "-1E+30", "NaN", "Infinity")])
MAYBE = st.one_of(st.none(), NUMBERS)
FORMULAS = st.sampled_from(
    ["a / b", "1 / 0", "ghost", "size *", "size * size", "text", "group > 1", "", "quantity", "(" * 50]
)
CONDITIONS = st.recursive(
    st.builds(
        Condition,
        op=st.sampled_from(list(Op)),
        key=KEYS,
        comparison=st.sampled_from(list(Comparison)),
        number=MAYBE,
        values=st.lists(st.sampled_from(["", "x", "y", "1"]), max_size=2).map(tuple),
        formula=FORMULAS,
    ),
    lambda inner: st.builds(
        Condition, op=st.sampled_from([Op.ALL, Op.ANY, Op.NOT]), parts=st.lists(inner, max_size=2).map(tuple)
    ),
    max_leaves=4,
)
RULES = st.builds(
    Rule,
    key=st.sampled_from(["r1", "r2", "r3"]),
    name=st.just("Rule"),
    kind=st.sampled_from(list(RuleKind)),
    when=CONDITIONS,
    then=CONDITIONS,
)
OPTIONS = st.builds(
    Option,
    key=st.sampled_from(["a", "b", "c"]),
    sku=st.sampled_from(["", "GONE", "P"]),
    quantity=st.sampled_from([Decimal(0), Decimal(1), Decimal("1E+15")]),
    least=st.one_of(st.none(), st.sampled_from([Decimal(5), Decimal(0), Decimal(-1)])),
    most=st.one_of(st.none(), st.sampled_from([Decimal(3), Decimal("1E+15")])),
    price=st.sampled_from(list(OptionPrice)),
    own_price=st.one_of(st.none(), st.just(Decimal("1E+9"))),
)
MEASURES = st.builds(
    Attribute,
    key=st.just("size"),
    name=st.just("Size"),
    kind=st.just(AttributeKind.MEASURE),
    least=st.one_of(st.none(), st.sampled_from([Decimal(3), Decimal(-5)])),
    most=st.one_of(st.none(), st.sampled_from([Decimal(2), Decimal("1E+9")])),
    step=st.one_of(st.none(), st.sampled_from([Decimal("0.000001"), Decimal(1), Decimal(7)])),
    required=st.booleans(),
)
TEXTS = st.builds(
    Attribute,
    key=st.just("text"),
    name=st.just("Text"),
    kind=st.sampled_from([AttributeKind.TEXT, AttributeKind.CHOICE]),
    values=st.lists(st.builds(AttributeValue, st.sampled_from(["x", "y"]), st.just("X")), max_size=3).map(tuple),
    most=st.one_of(st.none(), st.just(Decimal(0))),
)
GROUPS = st.builds(
    OptionGroup,
    key=st.just("group"),
    name=st.just("Group"),
    least=st.integers(-1, 5),
    most=st.one_of(st.none(), st.integers(0, 3)),
    options=st.lists(OPTIONS, max_size=3).map(tuple),
)
MODELS = st.builds(
    Model,
    attributes=st.tuples(MEASURES, TEXTS),
    groups=st.lists(GROUPS, max_size=2).map(tuple),
    rules=st.lists(RULES, max_size=4).map(tuple),
    price_formula=FORMULAS,
    text_template=st.sampled_from(["", "{size} {text}", "{", "{ghost}"]),
)
SELECTIONS = st.builds(
    Selection,
    sku=st.just("P"),
    chosen=st.lists(st.builds(Chosen, st.sampled_from(["a", "b", "ghost"]), MAYBE), max_size=3).map(tuple),
    values=st.lists(
        st.tuples(
            st.sampled_from(["size", "text", "ghost"]), st.sampled_from(["", "x", "1", "1e9", "-3", "NaN", "9" * 60])
        ),
        max_size=3,
    ).map(tuple),
)
PRODUCTS = {"P": Product("P", "P", "EUR", Decimal(5), a_tax())}


@given(MODELS, SELECTIONS, NUMBERS)
@settings(max_examples=60)
def test_whatever_is_written_there_is_an_answer(model: Model, selection: Selection, quantity: Decimal) -> None:
    answer = evaluate(model, selection, PRODUCTS, quantity=quantity)
    for reason in (*answer.problems, *(alert.reason for alert in answer.alerts)):
        assert words(reason)
        for way in fixes(model, selection, reason, PRODUCTS, product=PRODUCTS["P"], quantity=quantity):
            assert fix_words(way)
            after = evaluate(model, apply(model, selection, way), PRODUCTS, quantity=quantity)
            assert len(after.problems) <= len(answer.problems)
    for result in answer.results:
        fixes(model, selection, result.key, PRODUCTS, product=PRODUCTS["P"], quantity=quantity)
    describe(model, PRODUCTS["P"], selection, PRODUCTS)
    evaluate(model, start(model, "P"), PRODUCTS)


@given(MODELS)
@settings(max_examples=100)
def test_whatever_is_written_can_be_asked_for_contradictions(model: Model) -> None:
    found = conflicts(model, budget=20_000)
    assert len(found.found) + len(found.undecided) <= 1 + len(Laws(model).options) + 5


def test_a_large_group_is_not_judged_against_every_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that only count the group are judged once, not once for each option that might be added."""
    options = tuple(Option(f"o{n}", name=str(n)) for n in range(300))
    rules = tuple(
        Rule(f"r{n}", "R", RuleKind.VALIDATION, count("group", Comparison.MORE, Decimal(n)), message="m")
        for n in range(1, 100)
    )
    model = Model((), (OptionGroup("group", "Group", 0, None, options),), rules=rules)
    laws = Laws(model)
    calls = 0
    numbers = laws.touching["group"]

    def counted(facts: object) -> None:
        nonlocal calls
        calls += 1

    laws.all = tuple(replace(law, judge=counted) if n in numbers else law for n, law in enumerate(laws.all))
    monkeypatch.setattr(engine, "laws_of", lambda _model: laws)
    engine.evaluate(model, Selection("P", (Chosen("o1"),)))
    assert len(rules) <= calls <= 3 * len(rules)
