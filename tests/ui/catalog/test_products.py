"""Products and stock: lists, page, form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from app.catalog.bundling import save_model
from app.catalog.model import Attribute, AttributeKind, Model
from app.catalog.model_queries import model_of
from app.catalog.queries import by_sku, product_by_id
from app.catalog.rules import Kind, Product, SellingUnit
from app.catalog.service import add_product
from app.core.tax import TaxCategory
from app.store.store import Store
from tests.builders import Story, a_tax, do, typed_line
from tests.ui.accessibility import unnamed_controls
from ui.catalog import detail_screen, list_screen
from ui.catalog.texts import price_words, tax_words
from ui.context import AppContext
from ui.routes import Route
from ui.tables.thumbnails import Thumbnails

LAMP = Product("LA-1", "Lamp", "EUR", Decimal(80), a_tax(), category="Light", cost=Decimal(50))


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """A lamp that was sold, 4 of 5 sent; screws by the hundred that were not."""
    do(store, add_product, LAMP)
    do(
        store,
        add_product,
        replace(LAMP, sku="SC-4", name="Screw", unit_price=Decimal(4), base_quantity=Decimal(100), cost=None),
    )
    story = Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), reference="lamps")
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "4"}])
    return make_context(store)


def opened(context: AppContext, route: Route, show: Any) -> Any:
    context.router.open(route)
    screen = detail_screen.screen(context, route)
    context.router.moved.connect(lambda to: screen.show_route(to) if to.kind == "product" else None)
    show(screen, size=(1100, 800))
    return screen


def test_the_list_shows_price_and_margin(context: AppContext, show: Any) -> None:
    page = list_screen.screen(context, Route("products"))
    show(page)
    model = page.table.model()
    assert [model.index(row, 2).data() for row in (0, 1)] == ["€80.00", "€4.00 per 100 pcs"]
    assert [model.index(row, 3).data() for row in (0, 1)] == ["37.5\N{NO-BREAK SPACE}%", "—"]
    page.table.choose(1)
    page.edit.trigger()
    assert context.router.current == Route.to("product", 2, edit=1)
    assert page.minimumSizeHint().width() <= 864
    assert not unnamed_controls(page)


def test_the_page(context: AppContext, show: Any) -> None:
    screen = opened(context, Route("product", 1), show)
    assert screen._margin.accessibleName() == "Margin: 37.5\N{NO-BREAK SPACE}%"
    assert screen._used.accessibleName() == "Offered: 1"
    assert [row.customer for row in screen.uses.rows()] == ["Lake School"]
    assert {"5 pcs", "4 pcs", "1 pcs"} <= set(screen._where.texts())
    screen.uses.opened.emit(screen.uses.rows()[0])
    assert context.router.current == Route("deal", 1)
    assert not unnamed_controls(screen)
    assert screen.minimumSizeHint().width() <= 864


def test_a_new_item_number_keeps_the_product(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route.to("product", 1, edit=1), show)
    screen.form.fields["sku"].set_value("SC-4")
    screen.form.save()
    assert screen.form.fields["sku"].problem() == "Another product has this item number."
    screen.form.fields["sku"].set_value("LA-100")
    screen.form.save()
    with store.read() as session:
        assert product_by_id(session, 1).product.sku == "LA-100"
        assert by_sku(session, ["LA-1"]) == {}


def test_a_new_product_starts_as_usual(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route("product", "new"), show)
    form = screen.form
    form.save()
    assert form.fields["name"].problem() == form.fields["sku"].problem() == "Please fill this in."
    QTest.keyClicks(form.fields["name"].editor, "Oar")
    form.fields["sku"].set_value("LA-1")
    form.fields["unit_price"].set_value(Decimal(30))
    form.fields["cost"].set_value(Decimal(27))
    assert form._margin.accessibleDescription() == "10.0\N{NO-BREAK SPACE}%, below the floor"
    form.save()
    assert form.fields["sku"].problem() == "Another product has this item number."
    form.fields["sku"].set_value("OA-1")
    QTest.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert context.router.current == Route("product", 3)
    with store.read() as session:
        assert by_sku(session, ["OA-1"])["OA-1"].tax.category is TaxCategory.OUT_OF_SCOPE


def test_rate_or_reason(context: AppContext, show: Any) -> None:
    screen = opened(context, Route.to("product", 1, edit=1), show)
    form = screen.form
    assert form.fields["tax.rate"].isVisible()
    assert not form.fields["exemption_reason"].isVisible()
    form.fields["tax.category"].set_value(TaxCategory.EXPORT)
    assert not form.fields["tax.rate"].isVisible()
    assert form.values().tax.rate == 0
    form.fields["tax.category"].set_value(TaxCategory.STANDARD)
    form.fields["tax.rate"].set_value(None)
    form.save()
    assert form.fields["tax.rate"].problem() == "A taxed item needs a rate above zero."
    assert not unnamed_controls(screen)


def test_a_copy_has_no_number(context: AppContext, show: Any) -> None:
    screen = opened(context, Route.to("product", "new", copy=1), show)
    assert (screen.form.values().sku, screen.form.values().name) == ("", "Lamp")


def test_out_of_use(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route("product", 1), show)
    screen.toggle.trigger()
    with store.read() as session:
        assert not product_by_id(session, 1).product.active
    assert screen.toggle.text() == "Use again"


def test_a_copy_takes_what_can_be_configured_along(context: AppContext, show: Any, store: Store) -> None:
    do(store, save_model, 1, Model((Attribute("length", "Length", AttributeKind.MEASURE),)))
    screen = opened(context, Route.to("product", "new", copy=1), show)
    screen.form.fields["sku"].set_value("LA-2")
    screen.form.save()
    with store.read() as session:
        assert model_of(session, 3).attributes[0].name == "Length"
        assert by_sku(session, ["LA-2"])["LA-2"].name == "Lamp"


def test_selling_units_are_told_in_words(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route.to("product", 1, edit=1), show)
    units = screen.form.units
    units.lines.add_line()
    assert units.model.index(0, 4).data() == "1 box = 12 pcs"
    units.model.put(0, 2, Decimal(0))
    assert units.value()[0].factor == 1
    units.model.insert(1, [SellingUnit("XBX", Decimal(6), price=Decimal("450"))])
    screen.form.save()
    assert units.model.problems() == {(1, 0): "This is there already."}
    units.model.remove([1])
    screen.form.save()
    with store.read() as session:
        assert [one.unit for one in product_by_id(session, 1).product.units] == ["XBX"]


def test_only_goods_are_counted(context: AppContext, show: Any) -> None:
    form = opened(context, Route.to("product", 1, edit=1), show).form
    form._stocked.set_value(True)
    assert form.values().stocked
    form.fields["kind"].set_value(Kind.DIGITAL)
    assert not form.values().stocked
    assert form._stocked.toolTip() == "Only goods lie in stock."


def test_days_and_problems_of_them(context: AppContext, show: Any) -> None:
    form = opened(context, Route.to("product", 1, edit=1), show).form
    form.fields["active_from"].set_value(date(2026, 5, 1))
    form.fields["active_to"].set_value(date(2026, 4, 1))
    form.save()
    assert form.fields["active_to"].problem() == "This is before the first day."


def test_a_picture_is_kept_shown_and_taken_back(context: AppContext, show: Any, store: Store, tmp_path: Path) -> None:
    said: list[Any] = []
    context.news.said.connect(lambda text, verb, do: said.append((text, verb, do)))
    screen = opened(context, Route("product", 1), show)
    file = tmp_path / "lamp.png"
    Image.new("RGB", (300, 200), "#345").save(file)
    screen.picture.take(file)
    with store.read() as session:
        kept = product_by_id(session, 1).product
    assert kept.image and kept.thumbnail
    page = list_screen.screen(context, Route("products"))
    assert not Thumbnails(store.files).of(kept.thumbnail).isNull()
    assert page.table.model().rowCount() == 2
    assert said[-1][:2] == ("The picture is saved", "Undo")
    said[-1][2]()
    with store.read() as session:
        assert product_by_id(session, 1).product.image == ""


def test_what_is_no_picture_is_refused_in_words(context: AppContext, show: Any, tmp_path: Path) -> None:
    screen = opened(context, Route("product", 1), show)
    file = tmp_path / "lamp.png"
    file.write_bytes(b"no picture")
    screen.picture.take(file)
    assert screen.picture.problem() == "It is no PNG or JPEG picture."
    screen.picture.take(tmp_path / "gone.png")
    assert screen.picture.problem().startswith("It cannot be read")


def test_a_picture_from_the_clipboard(context: AppContext, show: Any, store: Store) -> None:
    screen = opened(context, Route("product", 1), show)
    QGuiApplication.clipboard().clear()
    screen.picture.paste()
    assert screen.picture.problem() == "There is no picture on the clipboard."
    QGuiApplication.clipboard().setImage(QImage(40, 30, QImage.Format.Format_RGB32))
    screen.picture.paste()
    with store.read() as session:
        assert product_by_id(session, 1).product.image


@pytest.mark.parametrize("tab", ["details", "options", "rules", "variants", "used", "stock"])
def test_every_tab_can_be_opened_by_route_and_names_its_controls(context: AppContext, show: Any, tab: str) -> None:
    screen = opened(context, Route.to("product", 1, tab=tab), show)
    assert screen.tabs.key() == tab
    assert not unnamed_controls(screen)


def test_tabs_are_turned_by_keys(context: AppContext, show: Any) -> None:
    screen = opened(context, Route("product", 1), show)
    QTest.keyClick(screen, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert screen.tabs.key() == "options"
    QTest.keyClick(screen, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert screen.tabs.key() == "details"


def test_words(qapp: object) -> None:
    assert price_words(Decimal("1.255"), Decimal(1), "KGM", "EUR") == "€1.255 per kg"
    assert tax_words(a_tax("19")) == "19\N{NO-BREAK SPACE}%"
    assert tax_words(a_tax("0", "E")) == "Exempt from tax"
