"""Building a model by hand: attributes, groups, parts, formula, rules; problems, contradictions, undo, variants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.catalog.bundling import save_model
from app.catalog.model import (
    Attribute,
    AttributeKind,
    AttributeValue,
    BundleParts,
    Comparison,
    Component,
    Model,
    Op,
    Option,
    OptionGroup,
    OptionPrice,
    Rule,
    RuleKind,
    all_of,
    any_of,
    attribute_is,
    chosen,
    measured,
    none_of,
)
from app.catalog.model_queries import model_of, variants
from app.catalog.queries import product_by_id
from app.catalog.rule_form import About
from app.catalog.rules import Product
from app.catalog.service import add_product
from app.store.store import Store
from tests.builders import a_tax, do
from tests.ui.accessibility import unnamed_controls
from ui.catalog import detail_screen
from ui.context import AppContext
from ui.routes import Route

BIKE = Product("BK", "Bike", "EUR", Decimal(1000), a_tax(), cost=Decimal(600))
COLOUR = Attribute(
    "colour",
    "Colour",
    values=(AttributeValue("RED", "Red", Decimal(20)), AttributeValue("BLUE", "Blue")),
    makes_variants=True,
)
SIZE = Attribute(
    "size", "Size", values=(AttributeValue("S", "Small"), AttributeValue("L", "Large")), makes_variants=True
)
FRAMES = OptionGroup("frame", "Frame", 1, 1, (Option("f1", "FR-1"), Option("f2", "FR-2")))


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    do(store, add_product, BIKE)
    for sku, name in (("FR-1", "Frame one"), ("FR-2", "Frame two"), ("BX", "Box")):
        do(store, add_product, Product(sku, name, "EUR", Decimal(100), a_tax(), cost=Decimal(60)))
    return make_context(store)


@pytest.fixture
def opened(context: AppContext, show: Any, store: Store) -> Callable[..., Any]:
    def open_it(model: Model | None = None, tab: str = "options") -> Any:
        if model is not None:
            do(store, save_model, 1, model)
        route = Route.to("product", 1, tab=tab)
        context.router.open(route)
        screen: Any = detail_screen.screen(context, route)
        context.router.moved.connect(lambda to: screen.show_route(to) if to.kind == "product" else None)
        show(screen, size=(1200, 900))
        screen.desk.load_choices()
        return screen

    return open_it


def kept(store: Store, product_id: int = 1) -> Model:
    with store.read() as session:
        return model_of(session, product_id)


def checked(screen: Any) -> None:
    screen.desk.check_now()
    screen.desk.look_for_contradictions()


# ------------------------------------------------------------------ options and parts
def test_an_attribute_with_values_from_nothing(opened: Any, store: Store) -> None:
    screen = opened()
    tab = screen.options
    tab.add_attribute.click()
    pane = tab.panes["attributes"]
    QTest.keyClicks(pane.fields["name"].editor, "Colour")
    pane.box.lines.add_line()
    pane._values.put(0, 0, "Ocean blue")
    pane._values.put(0, 2, Decimal(15))
    screen.desk.save()
    (one,) = kept(store).attributes
    assert (one.key, one.name) == ("colour", "Colour")
    assert one.values == (AttributeValue("OCEANB", "Ocean blue", Decimal(15)),)
    assert not screen.desk.is_changed
    assert not unnamed_controls(screen)


def test_a_measure_has_limits_and_a_choice_does_not(opened: Any) -> None:
    screen = opened(Model((COLOUR,)))
    pane = screen.options.panes["attributes"]
    assert not pane.fields["least"].isVisible()
    pane.fields["kind"].set_value(AttributeKind.MEASURE)
    assert pane.fields["least"].isVisible()
    assert screen.desk.model.attributes[0].values == ()
    screen.desk.undo()
    assert screen.desk.model.attributes[0] == COLOUR
    assert pane.fields["kind"].value() is AttributeKind.CHOICE


def test_renaming_a_key_rewrites_rules_and_formula(opened: Any) -> None:
    rule = Rule("r", "R", RuleKind.VALIDATION, attribute_is("colour", "RED"), message="no")
    screen = opened(Model((COLOUR,), rules=(rule,), price_formula="price + if(colour = 'RED', 1, 0)"))
    pane = screen.options.panes["attributes"]
    assert "“R”" in pane._used.text() and "formula" in pane._used.text()
    editor = pane.fields["key"].editor
    editor.setText("Paint colour")
    editor.editingFinished.emit()
    model = screen.desk.model
    assert model.attributes[0].key == "paint_colour"
    assert model.rules[0].when.key == "paint_colour"
    assert model.price_formula == "price + if(paint_colour = 'RED', 1, 0)"


def test_a_group_of_options(opened: Any, store: Store) -> None:
    screen = opened()
    tab = screen.options
    tab.add_group.click()
    pane = tab.panes["groups"]
    QTest.keyClicks(pane.fields["name"].editor, "Frame")
    pane.box.lines.add_line()
    pane.model.put(0, 0, "FR-2")
    pane.model.put(0, 3, Decimal(40))
    pane.box.lines.add_line()
    pane.model.put(1, 0, "Gift wrap")
    pane.fields["amount"].set_value("at_most_one")
    screen.desk.save()
    (group,) = kept(store).groups
    assert (group.least, group.most) == (0, 1)
    assert group.options[0] == Option("fr_2", "FR-2", price=OptionPrice.OWN, own_price=Decimal(40))
    assert (group.options[1].sku, group.options[1].name) == ("", "Gift wrap")
    assert pane.model.index(0, 0).data() == "Frame two"


def test_the_rest_of_an_option_stands_below_the_table(opened: Any) -> None:
    screen = opened(Model(groups=(FRAMES,)))
    pane = screen.options.panes["groups"]
    assert not pane.details.isVisible()
    pane.box.lines.choose(1)
    assert pane.details.isVisible()
    pane.details.fields["least"].set_value(Decimal(1))
    pane.details._printed.set_value(False)
    option = screen.desk.model.groups[0].options[1]
    assert (option.least, option.is_printed) == (1, False)
    assert not unnamed_controls(screen)


def test_own_numbers_of_a_group(opened: Any) -> None:
    screen = opened(Model(groups=(FRAMES,)))
    pane = screen.options.panes["groups"]
    pane.fields["amount"].set_value("own")
    pane.fields["most"].set_value(Decimal(2))
    assert pane.fields["most"].isVisible()
    group = screen.desk.model.groups[0]
    assert (group.least, group.most) == (1, 2)


def test_parts_with_what_they_would_cost_alone(opened: Any, store: Store) -> None:
    screen = opened()
    tab = screen.options
    tab.open(("parts", 0))
    pane = tab.panes["parts"]
    pane.box.lines.add_line()
    pane.model.put(0, 0, "BX")
    pane.model.put(0, 1, Decimal(3))
    assert pane._sum.text() == "Alone they would be €300.00  ·  they cost you €180.00"
    screen.desk.save()
    assert kept(store).parts.parts == (Component("BX", Decimal(3)),)


def test_problems_stand_in_their_cells_and_in_the_outline(opened: Any, store: Store) -> None:
    screen = opened()
    tab = screen.options
    tab.open(("parts", 0))
    pane = tab.panes["parts"]
    pane.box.lines.add_line()
    pane.model.put(0, 0, "GONE")
    checked(screen)
    assert pane.model.problems() == {(0, 0): "“GONE” is no product of the catalogue."}
    wrong = [item.entry.place for item in tab.outline.items() if item.entry.problem]
    assert wrong == [("parts", 0)]
    screen.desk.save()
    assert kept(store).is_plain
    pane.model.put(0, 0, "BX")
    checked(screen)
    assert pane.model.problems() == {}


def test_a_cycle_is_named_as_a_path(opened: Any, store: Store) -> None:
    do(store, save_model, 4, Model(parts=BundleParts((Component("BK"),))))
    screen = opened(tab="rules")
    screen.desk.put(Model(parts=BundleParts((Component("BX"),))))
    checked(screen)
    assert screen.rules.trouble.isVisible()
    assert any("BK → BX → BK" in label for label in _labels(screen.rules.trouble))


def test_what_is_empty_is_no_problem_before_saving(opened: Any) -> None:
    screen = opened()
    screen.options.add_attribute.click()
    checked(screen)
    name = screen.options.panes["attributes"].fields["name"]
    assert not name.problem()
    screen.desk.save()
    assert name.problem() == "Please fill this in."


def test_the_formula_shows_what_it_comes_to(opened: Any) -> None:
    length = Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR", default="2")
    screen = opened(Model((length,)))
    screen.options.open(("price", 0))
    pane = screen.options.panes["price"]
    pane.formula.setPlainText("price + length * 4.25")
    pane.text.setPlainText("Cable, {length} m")
    assert pane.example.text() == "€1,008.50"
    assert pane.example_text.text() == "Cable, 2 m"
    assert pane.example_note.text() == "with Length 2 m"
    pane.formula.setPlainText("price + width")
    checked(screen)
    assert pane.fields["price_formula"].problem() == "“width” is not known here. (character 9)"
    pane.formula.setPlainText("price / 0")
    checked(screen)
    assert pane.fields["price_formula"].problem().startswith("This divides by zero.")


def test_what_is_being_typed_stays_when_problems_come(opened: Any) -> None:
    screen = opened(Model(groups=(FRAMES,)))
    pane = screen.options.panes["groups"]
    pane.box.lines.edit_cell(0, 1)
    editor = pane.box.lines.indexWidget(pane.model.index(0, 1)) or QApplication.focusWidget()
    QTest.keyClicks(editor, "7")
    pane.model.set_problems({(0, 1): "something"})
    assert editor.text() == "7"


def test_the_outline_by_keys(opened: Any) -> None:
    screen = opened(Model((COLOUR, SIZE), (FRAMES,)))
    tab = screen.options
    tab.outline.focus_on(("attributes", 0))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert tab.place == ("attributes", 1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.key for one in screen.desk.model.attributes] == ["size", "colour"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert [one.key for one in screen.desk.model.attributes] == ["colour"]
    QTest.keyClick(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_what_was_written_waits_while_another_product_is_looked_at(opened: Any, context: AppContext) -> None:
    screen = opened(Model((COLOUR,)))
    screen.options.panes["attributes"].fields["name"].set_value("Paint")
    context.router.open(Route.to("product", 2, tab="options"))
    assert screen.desk.model.is_plain
    context.router.open(Route.to("product", 1, tab="options"))
    assert screen.desk.model.attributes[0].name == "Paint"
    screen.desk.discard()
    assert screen.desk.model.attributes[0].name == "Colour"


# ------------------------------------------------------------------ rules
def test_a_rule_is_built_by_picking(opened: Any, store: Store) -> None:
    screen = opened(Model((COLOUR,), (FRAMES,)), "rules")
    tab = screen.rules
    tab.add.trigger()
    pane = tab.pane
    QTest.keyClicks(pane.fields["name"].editor, "Red only on frame two")
    pane.when.add_row()
    pane.when._parts[0].subject.set_value((About.ATTRIBUTE, "colour"))
    pane.when._parts[0]._picked((About.ATTRIBUTE, "colour"))
    pane.then.add_row()
    pane.then._parts[0]._picked((About.OPTION, "f2"))
    assert pane.sentence.text() == "If Colour is Red, then “Frame two” is chosen."
    screen.desk.save()
    (rule,) = kept(store).rules
    assert (rule.key, rule.kind) == ("red_only_on_frame_two", RuleKind.REQUIRES)
    assert (rule.when, rule.then) == (attribute_is("colour", "RED"), chosen("f2"))
    assert not unnamed_controls(screen)


def test_values_are_ticked_and_several_mean_one_of_them(opened: Any) -> None:
    rule = Rule("r", "R", RuleKind.VALIDATION, attribute_is("colour", "RED"), message="no")
    screen = opened(Model((COLOUR,), rules=(rule,)), "rules")
    screen.rules.pane.when._parts[0]._toggle("BLUE")
    assert screen.desk.model.rules[0].when == attribute_is("colour", "RED", "BLUE")
    assert screen.rules.pane.sentence.text() == "If Colour is Red or Blue: stop."


def test_a_sentence_with_a_number(opened: Any) -> None:
    length = Attribute("length", "Length", AttributeKind.MEASURE, unit="MTR")
    rule = Rule("r", "R", RuleKind.ALERT, measured("length", Comparison.AT_LEAST, Decimal(3)), message="careful")
    screen = opened(Model((length,), rules=(rule,)), "rules")
    row = screen.rules.pane.when._parts[0]
    row.number.set_value(Decimal(5))
    row.verb.setCurrentIndex([value for value, _ in _choices(row.verb)].index(Comparison.MORE))
    assert screen.desk.model.rules[0].when == measured("length", Comparison.MORE, Decimal(5))
    assert screen.rules.pane.sentence.text() == "If Length is more than 5 m: warn."


def test_blocks_within_blocks_come_back_as_they_were(opened: Any) -> None:
    when = all_of(chosen("f1"), any_of(attribute_is("colour", "RED"), none_of(chosen("frame"))))
    screen = opened(
        Model((COLOUR,), (FRAMES,), rules=(Rule("r", "R", RuleKind.VALIDATION, when, message="no"),)), "rules"
    )
    pane = screen.rules.pane
    assert pane.sentence.text() == "If “Frame one” is chosen and (Colour is Red or “Frame” is not chosen): stop."
    pane.when._remove(pane.when._parts[1])
    assert screen.desk.model.rules[0].when == chosen("f1")
    assert screen.desk.model.rules[0].when.op is Op.CHOSEN


def test_contradictions_lead_to_their_rules(opened: Any) -> None:
    rules = (
        Rule("a", "One needs two", RuleKind.REQUIRES, chosen("f1"), chosen("f2")),
        Rule("b", "Two excludes one", RuleKind.EXCLUDES, chosen("f2"), chosen("f1")),
        Rule("c", "Harmless", RuleKind.ALERT, chosen("f2"), message="hm"),
    )
    group = OptionGroup("frame", "Frame", 1, 2, FRAMES.options)
    screen = opened(Model(groups=(group,), rules=rules), "rules")
    checked(screen)
    trouble = screen.rules.trouble
    assert trouble.isVisible()
    texts = [button.text() for button in _buttons(trouble)]
    assert any("“Frame one” can never be chosen" in text for text in _labels(trouble))
    assert {"One needs two", "Two excludes one"} <= set(texts)
    assert "Harmless" not in texts
    next(button for button in _buttons(trouble) if button.text() == "Two excludes one").click()
    assert screen.rules.pane.rule.key == "b"


def test_rules_are_duplicated_moved_and_taken_out(opened: Any) -> None:
    rules = (
        Rule("a", "A", RuleKind.ALERT, chosen("f1"), message="x"),
        Rule("b", "B", RuleKind.ALERT, chosen("f2"), message="y"),
    )
    screen = opened(Model(groups=(FRAMES,), rules=rules), "rules")
    screen.rules.copy.trigger()
    assert [rule.name for rule in screen.desk.model.rules] == ["A", "A (copy)", "B"]
    screen.rules._move(1)
    assert [rule.name for rule in screen.desk.model.rules] == ["A", "B", "A (copy)"]
    screen.rules.remove.trigger()
    assert [rule.name for rule in screen.desk.model.rules] == ["A", "B"]


# ------------------------------------------------------------------ trying it
def test_what_is_blocked_says_why_and_a_click_mends_it(opened: Any) -> None:
    option = Option("box", "BX", price=OptionPrice.PRODUCT)
    groups = (replace(FRAMES, options=(replace(FRAMES.options[0], default=True), FRAMES.options[1])),)
    rule = Rule("r", "Boxes need frame two", RuleKind.REQUIRES, chosen("box"), chosen("f2"), "Only on frame two.")
    model = Model((COLOUR,), (*groups, OptionGroup("extras", "Extras", options=(option,))), rules=(rule,))
    screen = opened(model, "try")
    trial = screen.trial
    trial.options.choose("box")
    trial._toggle("box")
    assert trial.state().here.takes("box") is None
    assert any("Only on frame two." in text for text in _labels(trial))
    fix = next(button for button in _buttons(trial) if "Frame two" in button.accessibleName())
    fix.click()
    assert trial.state().here.takes("f2") is not None
    trial._change(lambda now: now.giving("colour", "RED"))
    assert trial.state().evaluated().may_be_sold
    assert not unnamed_controls(screen)
    trial.begin()
    assert trial.state().here.takes("box") is None


def test_the_model_is_tried_as_it_is_written(opened: Any) -> None:
    length = Attribute("length", "Length", AttributeKind.MEASURE, default="2")
    screen = opened(Model((length,), price_formula="length * 10"), "try")
    assert screen.trial.price.text() == "€20.00"
    screen.desk.put(replace(screen.desk.model, price_formula="length * 25"))
    assert screen.trial.price.text() == "€50.00"
    screen.trial.fields.editors["length"].setFocus()
    screen.trial.fields.editors["length"].setText("3")
    assert screen.trial.price.text() == "€75.00"


# ------------------------------------------------------------------ variants, and where it is used
def test_variants_are_shown_with_prices_and_reasons_and_made(opened: Any, store: Store) -> None:
    rule = Rule("no", "No small red ones", RuleKind.EXCLUDES, attribute_is("colour", "RED"), attribute_is("size", "S"))
    screen = opened(Model((COLOUR, SIZE), rules=(rule,)), "variants")
    rows = screen.variants.list.rows()
    model = screen.variants.list.table.model()
    assert [model.index(0, column).data() for column in range(3)] == ["Bike, Red, Small", "€1,020.00", "impossible"]
    assert rows[0].against == "No small red ones"
    assert screen.variants.make.text() == "Make 3 variants"
    screen.variants.make.trigger()
    with store.read() as session:
        made = variants(session, 1)
    assert [row.product.sku for row in made] == ["BK-RED-L", "BK-BLUE-S", "BK-BLUE-L"]
    assert not screen.variants.make.isEnabled()
    assert screen.variants.make.reason == "Every possible combination has its product."


def test_variants_just_made_can_be_taken_back(opened: Any, context: AppContext, store: Store) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda text, verb, do: said.append((text, verb, do)))
    screen = opened(Model((COLOUR,)), "variants")
    screen.variants.make.trigger()
    assert said[-1][0] == "2 variants made"
    said[-1][2]()
    with store.read() as session:
        assert not any(row.product.active for row in variants(session, 1))


def test_a_variant_points_to_its_product(opened: Any, context: AppContext, store: Store) -> None:
    screen = opened(Model((COLOUR,)), "variants")
    screen.variants.make.trigger()
    with store.read() as session:
        variant_id = variants(session, 1)[0].id
    context.router.open(Route.to("product", variant_id, tab="variants"))
    assert screen.variants._parent.text() == "Bike"
    assert not screen.tabs._bar.isTabVisible(1)
    screen.variants._parent.click()
    assert context.router.current == Route.to("product", 1, tab="variants")


def test_where_it_is_used(opened: Any, context: AppContext, store: Store) -> None:
    screen = opened(Model(groups=(FRAMES,)))
    context.router.open(Route.to("product", 2, tab="used"))
    assert [row.name for row in screen.used.wholes.rows()] == ["Bike"]
    with store.read() as session:
        assert product_by_id(session, 2).product.name == "Frame one"


def _labels(widget: Any) -> list[str]:
    from ui.widgets.label import Label

    return [label.text() for label in widget.findChildren(Label)]


def _buttons(widget: Any) -> list[Any]:
    from ui.widgets.button import Button

    return list(widget.findChildren(Button))


def _choices(choice: Any) -> list[tuple[Any, str]]:
    return [(value[1], "") for value in choice._values]
