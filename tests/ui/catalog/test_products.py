"""Products and stock: lists, page, form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.catalog.queries import by_sku, product_by_id
from app.catalog.rules import Product
from app.catalog.service import add_product
from app.core.tax import TaxCategory
from app.store.store import Store
from tests.builders import Story, a_tax, do, typed_line
from tests.ui.accessibility import unnamed_controls
from ui.catalog import detail_screen, list_screen, stock_screen
from ui.catalog.texts import price_words, tax_words
from ui.context import AppContext
from ui.routes import Route

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


def test_stock_is_told_from_facts(context: AppContext, show: Any, tmp_path: Path) -> None:
    screen: Any = stock_screen.screen(context, Route("stock"))
    show(screen)
    model = screen.table.model()
    assert [model.index(0, column).data() for column in range(7)] == [
        "Lamp", "5 pcs", "1 pcs", "4 pcs", "4 pcs", "—", "—",
    ]  # fmt: skip
    screen.search.setText("paddle")
    screen.search.search_now()
    assert model.rowCount() == 0
    assert screen._empty.isVisible()
    screen.search.setText("LÁ-1")
    screen.search.search_now()
    assert model.rowCount() == 1
    screen.table.opened.emit(screen.shown()[0])
    assert context.router.current == Route("product", 1)
    screen.export_to(tmp_path / "stock.xlsx")
    sheet: Any = load_workbook(tmp_path / "stock.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["LA-1", "Lamp", "piece", 5, 1, 4, 4, 0, 0]
    assert not unnamed_controls(screen)


def test_an_empty_stock_says_why(store: Store, make_context: Callable[..., AppContext], show: Any) -> None:
    screen: Any = stock_screen.screen(make_context(store), Route("stock"))
    show(screen)
    assert screen._empty.isVisible()
    assert not screen.save.isEnabled()


def test_words(qapp: object) -> None:
    assert price_words(Decimal("1.255"), Decimal(1), "KGM", "EUR") == "€1.255 per kg"
    assert tax_words(a_tax("19")) == "19\N{NO-BREAK SPACE}%"
    assert tax_words(a_tax("0", "E")) == "Exempt from tax"
