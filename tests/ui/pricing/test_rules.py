"""Price rules by hand: lists, forms with their problems, ending with Undo, trying, and what the screens say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.pricing import queries
from app.pricing.book import Coupon, EffectKind, Method, Reading, Tier
from app.pricing.entry_rows import EntryRow
from app.pricing.service import save_price_list
from app.store.store import Store
from tests.builders import do
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from tests.ui.pricing.conftest import CLUBS
from ui.context import AppContext
from ui.routes import Route

D = Decimal
RULES = ["price-list", "contract-price", "promotion", "coupon", "delivery-rule"]
Open = Callable[..., Any]


def read(store: Store, query: Callable[..., Any], *args: Any) -> Any:
    with store.read() as session:
        return query(session, *args)


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("route", ["list", "page", "edit", "new", "copy"])
def test_every_page_opens_and_names_its_controls(opened: Open, kind: str, route: str) -> None:
    screen = opened(
        {
            "list": Route.to("prices", tab=kind),
            "page": Route(kind, 1),
            "edit": Route.to(kind, 1, edit=1),
            "new": Route(kind, "new"),
            "copy": Route.to(kind, "new", copy=1),
        }[route]
    )
    assert screen.title()
    assert unnamed_controls(screen) == []


@pytest.mark.parametrize("kind", RULES)
def test_saving_what_is_kept_changes_nothing(opened: Open, kind: str, ruled: Store) -> None:
    by_id = {
        "price-list": queries.price_list_by_id,
        "contract-price": queries.contract_price_by_id,
        "promotion": queries.promotion_by_id,
        "coupon": queries.coupon_by_id,
        "delivery-rule": queries.delivery_rule_by_id,
    }[kind]
    before = read(ruled, by_id, 1)
    screen = opened(Route.to(kind, 1, edit=1))
    assert not screen.form.is_changed()
    screen.form.save()
    assert read(ruled, by_id, 1) == before


def test_lists_search_and_open(opened: Open, context: AppContext) -> None:
    screen = opened(Route.to("prices", tab="coupon"))
    table = screen.tables["coupon"]
    assert screen.tabs.key() == "coupon"
    table._search.setText("sun")
    table._search.search_now()
    assert [row.item.code for row in table.rows()] == ["SUN2026"]
    table._search.setText("rain")
    table._search.search_now()
    assert table.rows() == []
    table.opened.emit(screen.tables["coupon"]._rows[0])
    assert context.router.current == Route("coupon", 1)


def test_a_conflict_is_told_and_leads_to_its_rules(opened: Open, ruled: Store, context: AppContext) -> None:
    screen = opened(Route("prices"))
    assert screen._conflicts.isHidden()
    do(ruled, save_price_list, replace(CLUBS, name="Clubs too", entries=(replace(CLUBS.entries[1], value=D(70)),)))
    context.changes.tell({"price-list"})
    assert not screen._conflicts.isHidden()
    words = [label.text() for label in screen._conflicts.findChildren(type(screen.tables["coupon"]._count))]
    assert any("Clubs and Clubs too have different prices for KAY" in text for text in words)


def test_a_price_list_pasted_from_a_spreadsheet(opened: Open, ruled: Store) -> None:
    screen = opened(Route("price-list", "new"))
    screen.form.fields["name"].set_value("Dealers")
    QApplication.clipboard().setText("KAY\t0\t95\nKAY\t10\t88,5\nGear\t0\t4\n".replace(",", "."))
    screen.form.entries.box.lines.setFocus()
    screen.form.entries.box.lines.paste()
    screen.form.save()
    (stored,) = [one for one in read(ruled, queries.price_lists) if one.item.name == "Dealers"]
    first, second = stored.item.entries
    assert (first.sku, first.value, first.tiers) == ("KAY", D(95), (Tier(D(10), D("88.5")),))
    assert (second.category, second.value) == ("Gear", D(4))


def test_tiers_are_told_in_words_as_they_are_typed(opened: Open) -> None:
    screen = opened(Route.to("price-list", 1, edit=1))
    entries = screen.form.entries
    assert entries._example.text() == "Paddle, 15:  10 × €5.00 + 5 × €4.00 = €70.00"
    entries.model.put(0, 4, Reading.ALL_UNITS)
    entries.model.put(1, 4, Reading.ALL_UNITS)
    assert entries._example.text() == "Paddle, 15:  15 × €4.00 = €60.00"
    entries._add_tier()
    assert entries.value()[1].from_quantity == 10


def test_a_row_for_nothing_and_a_wrong_formula_stand_in_their_cells(opened: Open, ruled: Store) -> None:
    screen = opened(Route("price-list", "new"))
    form = screen.form
    form.fields["name"].set_value("Dealers")
    form.entries.set_value((EntryRow(),))
    form.save()
    assert form.entries.model.problems() == {(0, 0): "Please fill this in."}
    form.entries.set_value((EntryRow(sku="KAY"), EntryRow(sku="PAD", method=Method.FORMULA, of="cost *")))
    form.save()
    assert list(form.entries.model.problems()) == [(1, 6)]
    assert len(read(ruled, queries.price_lists)) == 1


def test_a_promotion_asks_only_what_its_effect_needs(opened: Open, ruled: Store) -> None:
    screen = opened(Route("promotion", "new"))
    form = screen.form
    assert not form.fields["effect.percent"].isHidden() and form.fields["effect.buy"].isHidden()
    form.fields["name"].set_value("Three for two")
    form.fields["effect.kind"].set_value(EffectKind.BUY_GET)
    for name, value in (("buy", 2), ("get", 1), ("percent", 100), ("most_times", 3)):
        form.fields[f"effect.{name}"].set_value(D(value))
    assert "buy 2, get 1 for free, 3 times at most" in form._sentence.text()
    assert form.fields["effect.amount"].isHidden()
    form.save()
    stored = read(ruled, queries.promotions)[-1].item
    assert (stored.effect.buy, stored.effect.most_times, stored.conditions.starts_on) == (D(2), 3, TODAY)


def test_several_are_picked_and_taken_out_by_key(opened: Open) -> None:
    screen = opened(Route("promotion", "new"))
    picks = screen.form.fields["conditions.skus"].editor
    picks.finder.setFocus()
    QTest.keyClicks(picks.finder, "PAD")
    QTest.keyClick(picks.finder, Qt.Key.Key_Return)
    assert picks.value() == ("PAD",)
    assert screen.form.is_changed()
    picks._drop("PAD")
    assert picks.value() == ()


def test_a_wrong_promotion_says_so_beside_its_fields(opened: Open) -> None:
    screen = opened(Route("promotion", "new"))
    form = screen.form
    form.fields["name"].set_value("Summer tenth")
    form.fields["effect.percent"].set_value(None)
    form.fields["ends_on"].set_value(date(2020, 1, 1))
    form.save()
    assert form.fields["name"].problem() == "Another one has this name."
    assert form.fields["effect.percent"].problem()
    assert form.fields["ends_on"].problem() == "This is before the first day."


def test_a_coupon_is_made_up_withdrawn_and_used_again(opened: Open, ruled: Store, context: AppContext) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda *told: said.append(told))
    screen = opened(Route.to("coupon", "new", promotion="Summer tenth"))
    assert len(screen.form.values().code) == 8
    screen.form.fields["code"].set_value("snow")
    screen.form.save()
    key = next(one.id for one in read(ruled, queries.coupons, TODAY) if one.item.code == "SNOW")
    screen.show_route(Route("coupon", key))
    screen.end.trigger()
    assert not read(ruled, queries.coupon_by_id, key)[1].active
    said[-1][2]()
    assert read(ruled, queries.coupon_by_id, key)[1] == Coupon("SNOW", "Summer tenth", TODAY)


def test_a_price_list_ends_on_a_day_and_undo_takes_it_back(opened: Open, ruled: Store, context: AppContext) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda *told: said.append(told))
    screen = opened(Route("price-list", 1))
    screen.end.trigger()
    screen.dialog.accept()
    assert read(ruled, queries.price_list_by_id, 1).item.ends_on == TODAY
    said[-1][2]()
    assert read(ruled, queries.price_list_by_id, 1).item.ends_on is None


def test_trying_follows_what_is_asked(opened: Open, qapp: QApplication) -> None:
    screen = opened(Route("promotion", 1))
    trial = screen.trial
    assert "€214.20" in trial.texts()
    trial.fields()["customer"].set_value(1)
    trial.ask()
    qapp.processEvents()
    assert "Framework 2026" in trial.texts()
    trial.fields()["coupon"].set_value("NOPE")
    trial.ask()
    assert "There is no coupon NOPE." in trial.texts()
    trial.fields()["quantity"].set_value(None)
    trial.ask()
    assert trial.texts()[0] == "Choose a product, a quantity and a day."


def test_a_delivery_charge_by_weight_has_steps(opened: Open, ruled: Store) -> None:
    screen = opened(Route.to("delivery-rule", 1, edit=1))
    form = screen.form
    assert not form._steps.isHidden()
    form.steps.model.put(1, 0, D(2))
    form.save()
    assert form.steps.model.problems() == {(1, 0): "Each tier begins above the one before."}
    form.fields["tax"].set_value(D(19))
    form.steps.model.put(1, 0, D(40))
    form.save()
    stored = read(ruled, queries.delivery_rule_by_id, 1).item
    assert (stored.steps[1].least, stored.tax.rate) == (D(40), D(19))


def test_a_contract_price_that_overlaps_is_refused(opened: Open) -> None:
    screen = opened(Route.to("contract-price", "new", customer=1))
    form = screen.form
    form.fields["sku"].set_value("KAY")
    form.fields["price"].set_value(D(80))
    form.save()
    assert form.fields["starts_on"].problem() == "Another price for this product holds on some of these days."


def test_in_german(german: None, opened: Open) -> None:
    assert opened(Route("prices")).tables["coupon"].new.text() == "Neuer Gutscheincode"
    assert opened(Route.to("promotion", 1, edit=1)).form._sentence.text().startswith("10\u00a0% weniger")
