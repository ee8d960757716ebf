"""Guided selling: what is asked next, what is proposed, and what is wrong with a guide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.catalog.bundling import save_model
from app.catalog.guides import Answer, Asked, Filter, Guide, Pick, Proposal, Question, advance
from app.catalog.guides_queries import guide_by_id, guides, offered
from app.catalog.guides_service import delete_guide, save_guide
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    Comparison,
    Configurable,
    Model,
    Option,
    OptionGroup,
    attribute_is,
    measured,
)
from app.catalog.model_queries import with_parts
from app.catalog.rules import Product
from app.catalog.service import add_product, save_product
from app.core.codec import from_text, to_text
from app.core.errors import NotFound, RuleViolation
from app.store.store import Store
from tests.builders import a_tax

DAY = date(2026, 3, 2)


def a_product(sku: str, category: str, **more: object) -> Product:
    return Product(sku, f"Product {sku}", "EUR", Decimal(10), a_tax(), category=category, **more)  # type: ignore[arg-type]


VOLTAGE = Attribute(
    "voltage",
    "Voltage",
    values=(AttributeValue("v110", "110 V", number=Decimal(110)), AttributeValue("v230", "230 V", number=Decimal(230))),
)
LENGTH = Attribute("length", "Length", AttributeKind.MEASURE, least=Decimal(1), most=Decimal(5))
SADDLE = OptionGroup("saddle", "Saddle", 0, 1, (Option("soft", name="Soft"), Option("hard", name="Hard", default=True)))
MODELS = {
    "BOAT-1": Model((LENGTH,)),
    "BOAT-2": Model((replace(LENGTH, most=Decimal(9)), VOLTAGE), (SADDLE,)),
    "PUMP": Model((VOLTAGE,)),
}
PRODUCTS = [
    a_product("BOAT-1", "Boats"),
    a_product("BOAT-2", "Boats"),
    a_product("PUMP", "Pumps"),
    a_product("VEST", "Safety"),
    a_product("OLD", "Boats", active=False),
]
GOODS = {p.sku: Configurable(at, p, MODELS.get(p.sku, Model())) for at, p in enumerate(PRODUCTS) if p.active}

GUIDE = Guide(
    "Which boat?",
    (
        Question(
            "water",
            "Where do you paddle?",
            "Rivers need short boats.",
            (
                Answer(
                    "river",
                    "On rivers",
                    Filter(conditions=(measured("length", Comparison.LESS, Decimal(3)),)),
                    values=(("length", "2"),),
                ),
                Answer(
                    "sea",
                    "At sea",
                    Filter(conditions=(measured("length", Comparison.AT_LEAST, Decimal(7)),)),
                    values=(("length", "8"),),
                    next="safe",
                ),
                Answer("nowhere", "Nowhere", Filter(skus=("PUMP",)), is_last=True),
            ),
        ),
        Question(
            "seat", "How do you sit?", answers=(Answer("soft", "Softly", options=("soft",)), Answer("any", "Anyhow"))
        ),
        Question(
            "safe",
            "Can you swim?",
            answers=(
                Answer("yes", "Yes", Filter(("Boats",))),
                Answer("no", "No", picks=(Pick("VEST", Decimal(2)), Pick("BOAT-2"), Pick("VEST"))),
            ),
        ),
    ),
)


def proposal(*answers: tuple[str, str], goods: dict[str, Configurable] = GOODS) -> Proposal:
    found = advance(GUIDE, answers, goods)
    assert isinstance(found, Proposal)
    return found


def test_questions_come_one_after_the_other() -> None:
    first = advance(GUIDE, (), GOODS)
    assert isinstance(first, Asked)
    assert (first.question.key, first.fitting) == ("water", 4)
    second = advance(GUIDE, (("water", "river"),), GOODS)
    assert isinstance(second, Asked)
    assert (second.question.key, second.fitting) == ("seat", 2)
    jumped = advance(GUIDE, (("water", "sea"),), GOODS)
    assert isinstance(jumped, Asked)
    assert (jumped.question.key, jumped.fitting) == ("safe", 1)


def test_filters_and_choices_make_the_proposal() -> None:
    found = proposal(("water", "river"), ("seat", "soft"), ("safe", "yes"))
    assert found.products == ()
    assert found.fitting == ("BOAT-1", "BOAT-2")
    assert [(one.answer, one.skus) for one in found.filtered] == [("On rivers", ("PUMP", "VEST"))]


def test_the_only_one_left_is_proposed_with_what_was_answered() -> None:
    (one,) = proposal(("water", "sea"), ("safe", "yes")).products
    assert (one.sku, one.quantity) == ("BOAT-2", 1)
    assert one.selection.value("length") == "8"
    assert [choice.option for choice in one.selection.chosen] == ["hard"]


def test_picks_are_counted_together_and_what_was_filtered_out_is_named() -> None:
    found = proposal(("water", "river"), ("seat", "soft"), ("safe", "no"))
    assert [(one.sku, one.quantity) for one in found.products] == [("BOAT-2", 1)]
    assert found.products[0].selection.takes("soft") is not None
    assert found.products[0].selection.takes("hard") is None  # one of the two may be chosen
    assert found.missing == ("VEST",)
    assert found.fitting == ("BOAT-1",)


def test_an_answer_may_end_it_and_answers_off_the_way_do_not_count() -> None:
    found = proposal(("safe", "no"), ("water", "nowhere"), ("seat", "soft"))
    assert [one.sku for one in found.products] == ["PUMP"]
    assert [question.key for question, _ in found.given] == ["water"]


def test_nonsense_is_asked_again() -> None:
    found = advance(GUIDE, (("water", "lava"), ("ghost", "x")), GOODS)
    assert isinstance(found, Asked)
    assert found.question.key == "water"
    assert isinstance(advance(Guide("Empty"), (), GOODS), Proposal)


@pytest.mark.parametrize(
    ("condition", "skus"),
    [
        (attribute_is("voltage", "v230"), ["BOAT-2", "PUMP"]),
        (attribute_is("voltage", "v400"), []),
        (measured("voltage", Comparison.MORE, Decimal(200)), ["BOAT-2", "PUMP"]),
        (measured("voltage", Comparison.MORE, Decimal(230)), []),
        (measured("length", Comparison.EQUAL, Decimal(6)), ["BOAT-2"]),
        (measured("length", Comparison.UNEQUAL, Decimal(6)), ["BOAT-1", "BOAT-2"]),
        (measured("length", Comparison.LESS, Decimal(1)), []),
        (measured("length", Comparison.AT_MOST, Decimal(1)), ["BOAT-1", "BOAT-2"]),
    ],
)
def test_conditions_ask_what_a_product_can_be(condition: object, skus: list[str]) -> None:
    guide = Guide("G", (Question("q", "Q", "", (Answer("a", "A", Filter(conditions=(condition,))),)),))  # type: ignore[arg-type]
    found = advance(guide, (("q", "a"),), GOODS)
    assert isinstance(found, Proposal)
    assert [*(one.sku for one in found.products), *found.fitting] == skus


# ------------------------------------------------------------ stored


def fill(store: Store) -> None:
    with store.write("Ann") as session:
        for product in PRODUCTS:
            product_id = add_product(session, product).ids["product"]
            if product.sku in MODELS:
                save_model(session, product_id, MODELS[product.sku])


def test_a_guide_is_kept_changed_and_deleted(store: Store) -> None:
    fill(store)
    with store.write("Ann") as session:
        guide_id = save_guide(session, GUIDE).ids["guide"]
        assert guide_by_id(session, guide_id).guide == GUIDE
        hidden = replace(GUIDE, name="Boats", active=False)
        save_guide(session, hidden, guide_id=guide_id)
        assert [one.guide for one in guides(session)] == [hidden]
        assert guides(session, active_only=True) == []
        save_guide(session, GUIDE)
        with pytest.raises(RuleViolation, match="another guide"):
            save_guide(session, GUIDE, guide_id=guide_id)
        delete_guide(session, guide_id)
        assert [one.guide.name for one in guides(session)] == ["Which boat?"]
        for call in (lambda: delete_guide(session, guide_id), lambda: save_guide(session, GUIDE, guide_id=guide_id)):
            with pytest.raises(NotFound):
                call()


def test_what_is_offered_is_what_can_be_proposed(store: Store) -> None:
    fill(store)
    with store.write("Ann") as session:
        later = replace(PRODUCTS[3], active_from=date(2026, 5, 1))
        save_product(session, later)
    with store.read() as session:
        assert list(offered(session, DAY)) == ["BOAT-1", "BOAT-2", "PUMP"]
        assert list(offered(session, date(2026, 5, 1))) == ["BOAT-1", "BOAT-2", "PUMP", "VEST"]
        found = advance(GUIDE, (("water", "sea"), ("safe", "no")), offered(session, DAY))
        assert isinstance(found, Proposal)
        assert found.missing == ("VEST",)


def test_a_guide_follows_a_new_sku(store: Store) -> None:
    fill(store)
    with store.write("Ann") as session:
        guide_id = save_guide(session, GUIDE).ids["guide"]
        pump = with_parts(session, ["PUMP"])["PUMP"]
        save_product(session, replace(pump.product, sku="PUMP-2"), product_id=pump.id)
        changed = guide_by_id(session, guide_id).guide
    assert "PUMP" not in changed.skus()
    assert "PUMP-2" in changed.skus()


def one_answer(**changes: object) -> Guide:
    return Guide("G", (Question("q", "Q?", "", (Answer("a", "A", **changes),)),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("guide", "field", "code"),
    [
        (Guide("", GUIDE.questions), "name", "missing"),
        (Guide("G"), "questions", "missing"),
        (Guide("G", (Question("q", "Q?"),)), "questions[0].answers", "missing"),
        (Guide("G", (Question("q", " ", "", (Answer("a", "A"),)),)), "questions[0].text", "missing"),
        (Guide("G", (Question("q", "Q?", "", (Answer("a", ""),)),)), "questions[0].answers[0].text", "missing"),
        (
            Guide("G", (Question("q", "Q?", "", (Answer("a", "A"), Answer("a", "B"))),)),
            "questions[0].answers[1].key",
            "twice",
        ),
        (one_answer(next="ghost"), "questions[0].answers[0].next", "unknown_key"),
        (one_answer(picks=(Pick("GHOST"),)), "questions[0].answers[0].picks", "unknown_product"),
        (one_answer(picks=(Pick("VEST", Decimal(0)),)), "questions[0].answers[0].picks", "not_positive"),
        (one_answer(filter=Filter(skus=("GHOST",))), "questions[0].answers[0].filter.skus", "unknown_product"),
        (one_answer(filter=Filter(("Ghosts",))), "questions[0].answers[0].filter.categories", "unknown_category"),
        (one_answer(options=("ghost",)), "questions[0].answers[0].options", "unknown_option"),
        (one_answer(values=(("ghost", "1"),)), "questions[0].answers[0].values", "unknown_attribute"),
        (
            one_answer(filter=Filter(conditions=(attribute_is("voltage", "v400"),))),
            "questions[0].answers[0].filter.conditions",
            "unknown_value",
        ),
        (one_answer(next="q"), "questions", "circle"),
        (
            Guide(
                "G",
                (
                    Question("1", "1?", "", (Answer("a", "A", next="3"),)),
                    Question("2", "2?", "", (Answer("a", "A"),)),
                    Question("3", "3?", "", (Answer("a", "A"),)),
                ),
            ),
            "questions[1]",
            "unreachable",
        ),
        (
            Guide(
                "G",
                (Question("1", "1?", "", (Answer("a", "A"),)), Question("2", "2?", "", (Answer("a", "A", next="1"),))),
            ),
            "questions",
            "circle",
        ),
    ],
)
def test_what_is_wrong_with_a_guide(store: Store, guide: Guide, field: str, code: str) -> None:
    fill(store)
    with store.write("Ann") as session:
        with pytest.raises(RuleViolation) as refused:
            save_guide(session, guide)
        assert (field, code) in [(problem.field, problem.code) for problem in refused.value.problems]
        assert guides(session) == []


def test_guides_are_kept_as_text() -> None:
    assert from_text(Guide, to_text(GUIDE)) == GUIDE
