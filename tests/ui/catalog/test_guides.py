"""Guides by hand: writing questions and answers, trying them, problems, deleting with Undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.catalog.bundling import save_model
from app.catalog.guides import Answer, Asked, Filter, Guide, Pick, Proposal, Question
from app.catalog.guides_queries import guides
from app.catalog.guides_service import save_guide
from app.catalog.model import Attribute, AttributeValue, Model, Option, OptionGroup, attribute_is
from app.catalog.rule_form import About
from app.catalog.rules import Product
from app.catalog.service import add_product
from app.store.store import Store
from tests.builders import a_tax, do
from tests.ui.accessibility import unnamed_controls
from ui.catalog import guide_screen, guides_screen
from ui.context import AppContext
from ui.routes import Route

BIKE = Product("BK", "Bike", "EUR", Decimal(1000), a_tax(), category="Bikes")
COLOUR = Attribute("colour", "Colour", values=(AttributeValue("RED", "Red"), AttributeValue("BLUE", "Blue")))
GUIDE = Guide(
    "Which bike",
    (
        Question(
            "q1",
            "Who rides it?",
            "Ask for the age.",
            (
                Answer("a1", "A child", Filter(categories=("Toys",))),
                Answer("a2", "A grown-up", Filter(categories=("Bikes",)), picks=(Pick("BK", Decimal(2)),)),
            ),
        ),
        Question("q2", "Which colour?", answers=(Answer("a1", "Red", values=(("colour", "RED"),), options=("bell",)),)),
    ),
)


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    for sku, name, category in (("BK", "Bike", "Bikes"), ("TR", "Tricycle", "Toys"), ("LO", "Lock", "Extras")):
        do(store, add_product, replace(BIKE, sku=sku, name=name, category=category))
    do(
        store,
        save_model,
        1,
        Model((COLOUR,), (OptionGroup("extras", "Extras", options=(Option("bell", name="Bell"),)),)),
    )
    return make_context(store)


@pytest.fixture
def opened(context: AppContext, show: Any, store: Store) -> Callable[..., Any]:
    def open_it(guide: Guide | None = None) -> Any:
        route = Route("guide", "new" if guide is None else do(store, save_guide, guide).ids["guide"])
        context.router.open(route)
        screen: Any = guide_screen.screen(context, route)
        show(screen, size=(1200, 900))
        return screen

    return open_it


def kept(store: Store) -> list[Guide]:
    with store.read() as session:
        return [one.guide for one in guides(session)]


def test_a_guide_from_nothing(opened: Any, store: Store, context: AppContext) -> None:
    screen = opened()
    screen.guide_pane.fields["name"].set_value("Which bike")
    screen.add.click()
    pane = screen.question_pane
    QTest.keyClicks(pane.fields["text"].editor, "Who rides it?")
    pane.box.lines.add_line()
    pane.model.put(0, 0, "A child")
    pane.model.put(0, 1, "*")
    pane.box.lines.choose(0)
    details = pane.details
    assert details.isVisible()
    details._toggle("Toys")
    details._picks.add_blank()
    details._picks.put(0, 0, "TR")
    screen.desk.save()
    (found,) = kept(store)
    (answer,) = found.questions[0].answers
    assert answer == Answer("a1", "A child", Filter(categories=("Toys",)), picks=(Pick("TR"),), is_last=True)
    assert context.router.current.kind == "guide" and context.router.current.id != "new"
    assert not screen.desk.is_changed
    assert not unnamed_controls(screen)


def test_what_an_answer_chooses_and_compares(opened: Any) -> None:
    screen = opened(GUIDE)
    screen.open(("questions", 1))
    pane = screen.question_pane
    pane.box.lines.choose(0)
    details = pane.details
    texts = [details._chosen.index(row, 0).data() for row in range(details._chosen.rowCount())]
    assert texts == ["Option: Bell", "Colour: Red"]
    details._chosen.put(1, 0, ("", "colour", "BLUE"))
    details.conditions.add_row()
    details.conditions._parts[0]._picked((About.ATTRIBUTE, "colour"))
    answer = screen.desk.guide.questions[1].answers[0]
    assert (answer.options, answer.values) == (("bell",), (("colour", "BLUE"),))
    assert answer.filter.conditions == (attribute_is("colour", "RED"),)
    assert pane.model.index(0, 2).data() == "narrows down, chooses 2"


def test_trying_it_by_keys(opened: Any) -> None:
    screen = opened(GUIDE)
    screen.tabs.show_tab("try")
    trial = screen.trial
    assert [button.text() for button in trial.answers] == ["1   A child", "2   A grown-up"]
    QTest.keyClick(trial, Qt.Key.Key_2)
    asked = trial.shown()
    assert isinstance(asked, Asked) and (asked.question.key, asked.fitting) == ("q2", 1)
    QTest.keyClick(trial, Qt.Key.Key_1)
    found = trial.shown()
    assert isinstance(found, Proposal)
    assert [(one.sku, one.quantity) for one in found.products] == [("BK", Decimal(2))]
    from ui.widgets.label import Label

    texts = [label.text() for label in trial.findChildren(Label)]
    assert "Colour: Red, Bell" in texts
    assert "“A grown-up” took out: Lock, Tricycle" in texts
    QTest.keyClick(trial, Qt.Key.Key_Backspace)
    assert isinstance(trial.shown(), Asked)
    trial.restart()
    assert not trial.back.isVisible()
    assert not unnamed_controls(screen)


def test_problems_stand_where_they_are(opened: Any, store: Store) -> None:
    screen = opened()
    screen.desk.put(replace(GUIDE, questions=(replace(GUIDE.questions[0], answers=(Answer("a1", "x", next="q9"),)),)))
    screen.open(("questions", 0))
    screen.desk.save()
    assert kept(store) == []
    assert screen.question_pane.model.problems() == {(0, 1): "“q9” is not there any more."}
    wrong = [item.entry.place for item in screen.outline.items() if item.entry.problem]
    assert wrong == [("questions", 0)]


def test_a_circle_is_named(opened: Any, store: Store) -> None:
    screen = opened()
    first, second = GUIDE.questions
    second = replace(second, answers=(Answer("a1", "Back", next="q1"),))
    screen.desk.put(replace(GUIDE, questions=(first, second)))
    screen.open(("guide", 0))
    screen.desk.save()
    assert screen.guide_pane._problem.text() == "These questions go round in a circle: q1 → q2 → q1"


def test_deleting_can_be_taken_back(opened: Any, context: AppContext, store: Store) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda text, verb, do: said.append((text, verb, do)))
    screen = opened(GUIDE)
    screen.delete_verb.trigger()
    assert kept(store) == []
    assert context.router.current == Route("guides")
    said[-1][2]()
    assert kept(store) == [GUIDE]


def test_questions_are_moved_and_taken_out_by_keys(opened: Any) -> None:
    screen = opened(GUIDE)
    screen._move(("questions", 0), 1)
    assert [one.key for one in screen.desk.guide.questions] == ["q2", "q1"]
    screen._remove(("questions", 0))
    assert [one.key for one in screen.desk.guide.questions] == ["q1"]
    screen.desk.undo()
    assert len(screen.desk.guide.questions) == 2


def test_the_list_of_guides(context: AppContext, show: Any, store: Store) -> None:
    screen: Any = guides_screen.screen(context, Route("guides"))
    show(screen)
    assert screen._empty.isVisible()
    do(store, save_guide, GUIDE)
    context.changes.tell({"guide"})
    model = screen.list.table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["Which bike", "2", "Active"]
    screen.list.opened.emit(screen.list.rows()[0])
    assert context.router.current.kind == "guide"
    assert not unnamed_controls(screen)
