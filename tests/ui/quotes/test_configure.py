"""Configuring in the quote wizard: blocked options with reasons, one-click ways out, lines that stand together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.catalog.bundling import save_model
from app.catalog.guides import Answer, Guide, Pick, Question
from app.catalog.guides_service import save_guide
from app.catalog.model import Model, Option, OptionGroup, Rule, RuleKind, chosen
from app.catalog.service import save_product
from app.core.totals import Reduction
from app.pipeline.availability import count_stock
from app.quotes.draft import LineDraft
from app.stock.service import expect_stock
from app.store.store import Store
from tests.builders import a_deal, a_line, a_tax, an_offer, do
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from tests.ui.quotes.test_quote_wizard import fill, go_to, opened, pressed, typed
from tests.ui.quotes.workshop import EXTRAS, FRAME, MOTOR, PUMP, furnish
from ui.context import AppContext
from ui.quotes.products_page import ProductsPage
from ui.routes import Route
from ui.widgets.button import Button
from ui.widgets.option_rows import OptionRow

Show = Callable[..., QWidget]
D = Decimal
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ids(shop: Store) -> dict[str, int]:
    return furnish(shop)


@pytest.fixture
def page(context: AppContext, show: Show, ids: dict[str, int]) -> ProductsPage:
    wizard = opened(context, show)
    fill(wizard, lines=())
    found = go_to(wizard, "products")
    assert isinstance(found, ProductsPage)
    found.wizard = wizard  # type: ignore[attr-defined]
    return found


def row(page: ProductsPage, key: str) -> OptionRow:
    rows = page.panel.options.model.rows()
    return next(one for one in rows if isinstance(one, OptionRow) and one.key == key)


def lines(page: ProductsPage) -> tuple[LineDraft, ...]:
    found: Any = page.wizard.wizard.draft.lines  # type: ignore[attr-defined]
    return tuple(found)


def on_option(page: ProductsPage, key: str) -> None:
    page.panel.options.view.setFocus()
    page.panel.options.choose(key)
    page.panel._show_fixes()
    QApplication.processEvents()


def test_a_product_with_options_is_configured_in_place(page: ProductsPage) -> None:
    page.add("PUMP")
    assert page.panel.isVisible()
    assert not page.lines.isVisible()
    assert "Colour" in page.panel._missing.text()
    assert not page.panel.take()
    assert page.panel.isVisible()
    page.panel.attributes.given.emit("colour", "red")
    assert page.panel._badge.text() == "ready"
    assert page.panel._price.text() == "€500.00"
    assert page.panel._margin.text() == "Margin 36.0\u00a0%"
    assert page.panel.take()
    (line,) = lines(page)
    assert (line.name, line.unit_price, line.quantity) == ("Pump", D(500), D(1))
    assert ("Colour", "Red") in line.detail.options
    assert page.lines.isVisible()


def test_a_blocked_option_says_why_and_one_key_mends_it(page: ProductsPage) -> None:
    page.add("PUMP")
    page.panel.attributes.given.emit("colour", "red")
    assert row(page, "b").is_blocked
    assert row(page, "b").about == "Motor B needs a 230 V frame"
    on_option(page, "b")
    assert "Motor B needs a 230 V frame" in page.panel.fix.words()
    assert page.panel.fix.isVisible()
    pressed(Qt.Key.Key_Space)
    assert not row(page, "b").is_chosen
    pressed(Qt.Key.Key_A, ALT)
    assert row(page, "b").is_chosen
    assert row(page, "f2").is_chosen
    assert page.panel._price.text() == "€660.00"
    assert not page.panel.fix.isVisible()
    pressed(Qt.Key.Key_Return, CTRL)
    (line,) = lines(page)
    assert line.unit_price == D(660)
    assert page.wizard.wizard.step == "products"  # type: ignore[attr-defined]


def test_all_of_it_by_keyboard(page: ProductsPage) -> None:
    page.search.setFocus()
    typed("pump")
    pressed(Qt.Key.Key_Return)
    pressed(Qt.Key.Key_Space)
    assert page.panel.state() is not None
    assert page.panel.state().here.value("colour") == "red"  # type: ignore[union-attr]
    pressed(Qt.Key.Key_Right)
    pressed(Qt.Key.Key_Space)
    assert page.panel.state().here.value("colour") == "blue"  # type: ignore[union-attr]
    on_option(page, "filter")
    typed("3")
    assert (row(page, "filter").is_chosen, row(page, "filter").quantity) == (True, D(3))
    typed("-")
    assert row(page, "filter").quantity == D(2)
    pressed(Qt.Key.Key_Down)
    pressed(Qt.Key.Key_Space)
    assert row(page, "gauge").is_chosen
    pressed(Qt.Key.Key_Return, CTRL)
    (line,) = lines(page)
    assert line.unit_price == D(500 + 12 + 30 + 22)
    page.lines.setFocus()
    page.lines.choose(0, 0)
    pressed(Qt.Key.Key_F2)
    assert page.panel.isVisible()
    assert row(page, "filter").quantity == D(2)
    on_option(page, "gauge")
    pressed(Qt.Key.Key_Space)
    pressed(Qt.Key.Key_Escape)
    assert lines(page) == (line,)
    assert page.lines.isVisible()


def test_a_value_that_does_not_fit_is_offered_with_its_way(page: ProductsPage) -> None:
    page.add("PUMP")
    page.panel._change(lambda now: now.toggled("f3").giving("colour", "red"))
    chips = page.panel.attributes.fields["colour"].editor
    blue = next(value for value in chips.values() if value.code == "blue")
    assert blue.reason == "Frame F3 is not sea-proof"
    chips.value_changed.emit("blue")
    assert "Blue, sea-proof: Frame F3 is not sea-proof" in page.panel.fix.words()
    assert page.panel.fix.fixes
    page.panel.fix.take("A")
    state = page.panel.state()
    assert state is not None
    assert state.here.value("colour") == "blue"
    assert state.here.takes("f3") is None


def test_an_alert_wants_a_reason_that_is_kept(page: ProductsPage) -> None:
    page.add("PUMP")
    page.panel._change(lambda now: now.giving("colour", "red").giving("hose", "18"))
    assert page.panel._badge.text() == "give a reason"
    assert not page.panel.take()
    _, editor = next(iter(page.panel.alerts._rows.values()))
    assert editor.hasFocus()
    typed("Only for a garden")
    assert page.panel._badge.text() == "ready"
    assert page.panel.take()
    assert lines(page)[0].detail.overrides == (("Hoses above 15 m lose pressure", "Only for a garden"),)


def test_typed_discounts_stay_when_it_is_configured_anew(page: ProductsPage) -> None:
    page.add("PUMP")
    page.panel.attributes.given.emit("colour", "red")
    page.panel.take()
    page.model.put(0, 2, D(4))
    first = lines(page)[0]
    assert (first.quantity, first.unit_price) == (D(4), D(500))
    page._put((first.reduced_by(D(10), None),))
    page.configure(0)
    page.panel._change(lambda now: now.toggled("gauge"))
    page.panel.take()
    (line,) = lines(page)
    assert (line.quantity, line.unit_price, line.reductions[0].percent) == (D(4), D(522), D(10))


def test_a_variant_is_chosen_by_its_values(page: ProductsPage) -> None:
    page.add("LAMP")
    page.panel.attributes.given.emit("size", "l")
    chips = page.panel.attributes.fields["metal"].editor
    assert {value.code: bool(value.reason) for value in chips.values()} == {"steel": False, "brass": True}
    page.panel.attributes.given.emit("metal", "steel")
    assert page.panel._price.text() == "€100.00"
    assert page.panel.take()
    (line,) = lines(page)
    assert (line.sku, line.unit_price, line.cost) == ("LAMP-l-steel", D(100), D(30))


def test_a_bundle_stands_together_and_goes_together(page: ProductsPage, context: AppContext) -> None:
    undo: list[Any] = []
    context.news.said.connect(lambda _text, _verb, do_it: undo.append(do_it))
    page.add("KIT")
    page._append([LineDraft("Own", D(1), D(5), a_tax())])
    assert [page.model.index(at, 0).data().strip() for at in range(4)] == [
        "Care kit", "Frame F2, 230 V", "Care day", "Own",
    ]  # fmt: skip
    page.model.put(0, 2, D(3))
    assert [line.quantity for line in lines(page)] == [D(6), D(3), D(1)]
    page.model.put(1, 2, D(99))
    assert lines(page)[0].quantity == D(6)
    page.lines.choose(0, 2)
    page.lines.duplicate_line()
    numbers = [line.detail.bundle.number for line in lines(page) if line.detail.bundle is not None]
    assert numbers == [1, 1, 2, 2]
    page.lines.choose(0, 2)
    page.lines.move_line(1)
    numbers = [line.detail.bundle.number for line in lines(page) if line.detail.bundle is not None]
    assert numbers == [2, 2, 1, 1]
    page.lines.choose(1, 2)
    page.lines.remove_lines()
    assert [line.name for line in lines(page)] == ["Frame F2, 230 V", "Care day", "Own"]
    undo[-1]()
    assert len(lines(page)) == 5


def test_a_problem_of_a_quantity_is_marked_in_its_row(page: ProductsPage) -> None:
    page.add("KIT")
    page._append([LineDraft("Own", D(0), D(5), a_tax())])
    page.wizard.wizard.next()  # type: ignore[attr-defined]
    assert page.model.problems() == {(3, 2): "The quantity has to be above zero."}


def test_next_takes_what_is_being_configured_or_stays(page: ProductsPage) -> None:
    page.add("PUMP")
    page.wizard.wizard.next()  # type: ignore[attr-defined]
    assert page.panel.isVisible()
    page.panel.attributes.given.emit("colour", "red")
    page.wizard.wizard.next()  # type: ignore[attr-defined]
    assert [line.name for line in lines(page)] == ["Pump"]


def test_a_thousand_options_stay_fluid(page: ProductsPage, shop: Store, ids: dict[str, int]) -> None:
    options = tuple(Option(f"o{n}", name=f"Option {n}") for n in range(1000))
    rules = tuple(
        Rule(f"r{n}", f"Rule {n}", RuleKind.REQUIRES, chosen(f"o{n}"), chosen(f"o{n + 500}")) for n in range(400)
    )
    do(shop, save_model, ids["F3"], Model(groups=(OptionGroup("all", "All", 0, None, options),), rules=rules))
    page.add("F3")
    QApplication.processEvents()
    took = []
    for n in range(500, 511):
        start = time.perf_counter()
        page.panel._toggle(f"o{n}")
        QApplication.processEvents()
        took.append(time.perf_counter() - start)
    assert sorted(took)[5] < 0.25, took
    page.panel.options.filter.setText("option 77")
    page.panel.options.filter.search_now()
    assert page.panel.options.model.rowCount() == 1 + 19


def test_it_is_readable_by_a_screen_reader(page: ProductsPage, context: AppContext) -> None:
    page.add("PUMP")
    page.panel._change(lambda now: now.giving("hose", "18"))
    on_option(page, "b")
    assert not unnamed_controls(page.wizard)  # type: ignore[attr-defined]
    assert row(page, "b").spoken().startswith("Motor B, blocked")
    assert replace(row(page, "filter"), is_chosen=True, quantity=D(2)).spoken().startswith("2 × Filter")


def test_a_unit_with_its_conversion_and_what_is_there(
    page: ProductsPage, shop: Store, ids: dict[str, int], context: AppContext
) -> None:
    do(shop, count_stock, "SCREW", D(30), on=TODAY)
    do(shop, expect_stock, "SCREW", D(40), on=TODAY + timedelta(9))
    page.add("SCREW", D(2))
    assert page.model.index(0, 4).data() == "30 free"
    page.model.put(0, 3, "XBX")
    (line,) = lines(page)
    assert (line.detail.own_quantity, line.unit_price) == (D(24), D(6))
    assert page.model.columns[2].below(line) == "= 24 pcs"  # type: ignore[misc]
    page.model.put(0, 2, D(3))
    assert page.model.index(0, 4).data() == "30 of 36 free"
    assert page.model.columns[4].tone(page.model.row(0)) == "warn"  # type: ignore[misc]
    tip = page.model.columns[4].tip(page.model.row(0))  # type: ignore[misc]
    assert "enough from 2 Dec 2026" in tip
    page.wanted_on.set_value(TODAY + timedelta(10))
    assert page.model.index(0, 4).data() == "70 free"
    assert page.wizard.wizard.draft.wanted_on == TODAY + timedelta(10)  # type: ignore[attr-defined]
    do(shop, save_product, replace(page.stock.product("SCREW"), active=False))
    page.stock._asked = frozenset()
    page.stock.look(page.wizard.wizard.draft)  # type: ignore[attr-defined]
    assert page.model.index(0, 4).data() == "not sold any more"


def test_lines_become_options_and_alternatives_and_come_back(page: ProductsPage) -> None:
    rope, boat = LineDraft("Rope", D(1), D(50), a_tax()), LineDraft("Boat", D(1), D(900), a_tax())
    page._append([boat])
    page._append([rope])
    page._append([replace(boat, name="Big boat", unit_price=D(1500))])
    page.lines.choose(1, 0)
    page.propose()
    page.lines.choose(1, 0)
    menu = page.propose_menu()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["As an option beside the total", "Instead of line 1: Boat"]
    menu.actions()[1].trigger()
    draft = page.wizard.wizard.draft  # type: ignore[attr-defined]
    assert [line.name for line in draft.lines] == ["Boat"]
    assert [(one.line.name, one.instead_of) for one in draft.proposals] == [("Rope", None), ("Big boat", 0)]
    assert page.wizard.totals._total.text() == "€1,071.00"  # type: ignore[attr-defined]
    assert page.proposals.isVisible()
    page.lines.choose(0, 0)
    page.model.insert(0, [replace(rope, name="First")])
    draft = page.wizard.wizard.read()  # type: ignore[attr-defined]
    assert draft.proposals[1].instead_of == 1
    page.proposals.view.choose(1)
    page.proposals._take()
    draft = page.wizard.wizard.draft  # type: ignore[attr-defined]
    assert [line.name for line in draft.lines] == ["First", "Big boat"]
    assert [(one.line.name, one.instead_of) for one in draft.proposals] == [("Rope", None), ("Boat", 1)]
    page.proposals.view.choose(0)
    page.proposals._drop()
    assert [one.line.name for one in page.wizard.wizard.draft.proposals] == ["Boat"]  # type: ignore[attr-defined]
    page.lines.choose(1, 0)
    page.lines.remove_lines()
    assert page.wizard.wizard.draft.proposals[0].instead_of is None  # type: ignore[attr-defined]
    assert not unnamed_controls(page.wizard)  # type: ignore[attr-defined]


def test_her_history_suggests_with_evidence(page: ProductsPage, shop: Store, context: AppContext) -> None:
    for _ in range(3):
        kayak = a_line("Kayak", "1", "90", sku="K-1", cost="50")
        course = a_line("Course", "2", "400", sku="C-1", reductions=(Reduction("Friend", D(10)),))
        a_deal(shop, an_offer(kayak, course), until="accepted", customer_id=1)
        a_deal(shop, an_offer(a_line("Other", "1", "5", sku="SCREW")), until="accepted", customer_id=2)
    page.wizard.wizard.set_draft(replace(page.wizard.wizard.draft, customer_id=1))  # type: ignore[attr-defined]
    page.add("K-1")
    words = page.suggestions.words()
    assert words[0] == "Kayak: last agreed at €90.00 on 2 Mar 2026 (S-2026-0005)"
    assert words[1].startswith("You usually take 9.")
    assert "Course: 3 of 3 who took Kayak also took it" in words
    buttons = {button.accessibleName(): button for button in page.suggestions.findChildren(Button)}
    next(button for name, button in buttons.items() if name.startswith("Take this price")).click()
    assert lines(page)[0].unit_price == D(90)
    assert lines(page)[0].detail.price_is_typed
    page.suggestions.added.emit("C-1", D(2))
    assert [(line.sku, line.quantity) for line in lines(page)] == [("K-1", D(1)), ("C-1", D(2))]
    page.suggestions._turn()
    assert not page.suggestions._box.isVisible()
    assert not unnamed_controls(page.wizard)  # type: ignore[attr-defined]


def test_a_guide_asks_and_proposes(page: ProductsPage, shop: Store) -> None:
    where = Question(
        "where", "Where will it be used?", "Sea water eats iron.",
        (
            Answer("lake", "On a lake", picks=(Pick("K-1"), Pick("SCREW", D(4)))),
            Answer("sea", "At sea", picks=(Pick("PUMP"),), values=(("colour", "blue"),)),
        ),
    )  # fmt: skip
    often = Question(
        "often", "How often?", answers=(Answer("daily", "Every day"), Answer("rarely", "Rarely", picks=(Pick("K-2"),)))
    )
    do(shop, save_guide, Guide("Water", (where, often)))
    page.help_me_choose()
    assert page.guide.isVisible()
    pressed(Qt.Key.Key_1)
    assert page.guide.state().question.key == "often"  # type: ignore[union-attr]
    pressed(Qt.Key.Key_Backspace)
    assert page.guide.state().question.key == "where"  # type: ignore[union-attr]
    assert not unnamed_controls(page.wizard)  # type: ignore[attr-defined]
    pressed(Qt.Key.Key_1)
    pressed(Qt.Key.Key_1)
    assert [proposed.sku for _, proposed in page.guide._ticks] == ["K-1", "SCREW"]
    pressed(Qt.Key.Key_Return, CTRL)
    assert [(line.sku, line.quantity) for line in lines(page)] == [("K-1", D(1)), ("SCREW", D(4))]
    page.help_me_choose()
    page.guide.answer(1)
    page.guide.answer(1)
    page.guide.take()
    assert [line.sku for line in lines(page)] == ["K-1", "SCREW", "PUMP", "K-2"]
    page.help_me_choose()
    pressed(Qt.Key.Key_Escape)
    assert page.lines.isVisible()


def test_a_copy_says_what_no_longer_fits_and_mends_it(
    page: ProductsPage, shop: Store, ids: dict[str, int], context: AppContext, show: Show
) -> None:
    page.add("PUMP")
    page.panel._change(lambda now: now.giving("colour", "red").toggled("f2").toggled("b"))
    page.panel.take()
    wizard = page.wizard.wizard  # type: ignore[attr-defined]
    wizard.set_draft(replace(wizard.draft, send=True))
    go_to(page.wizard, "review")  # type: ignore[attr-defined]
    wizard.next()
    route = context.router.current
    assert route is not None
    fewer = replace(MOTOR, options=MOTOR.options[:1])
    do(shop, save_model, ids["PUMP"], replace(PUMP, groups=(FRAME, fewer, EXTRAS), rules=PUMP.rules[1:]))
    again = opened(context, show, Route.to("new-quote", None, duplicate=route.id))
    copied = go_to(again, "products")
    assert copied.misfits.isVisible()
    assert copied.misfits.words() == ["Pump: b: it is not offered with this product any more"]
    before = again.wizard.draft.lines[0].unit_price
    fix = copied.misfits.found[0]
    assert fix.name == "Pump"
    next(button for button in copied.misfits.findChildren(Button) if "Remove" in button.text()).click()
    assert not copied.misfits.isVisible()
    assert (before, again.wizard.draft.lines[0].unit_price) == (D(660), D(540))
