"""The store room: what is shown, counting by keys, arrivals, and taking all of it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.catalog.rules import Product
from app.catalog.service import add_product
from app.pipeline.availability import availability, count_stock
from app.stock.queries import open_purchases
from app.stock.service import expect_stock
from app.store.store import Store
from tests.builders import Story, a_tax, do, typed_line
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from ui.catalog import detail_screen, stock_screen
from ui.context import AppContext
from ui.routes import Route

LAMP = Product("LA-1", "Lamp", "EUR", Decimal(80), a_tax(), stocked=True)


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """Twenty lamps counted, one of five sold still to be sent, ten to come; and screws that were never counted."""
    do(store, add_product, LAMP)
    do(store, add_product, replace(LAMP, sku="SC-4", name="Screw"))
    story = Story.of(store, typed_line("Lamp", "5", "80.00", sku="LA-1"), reference="lamps")
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "4"}])
    do(store, count_stock, "LA-1", Decimal(20), on=date(2026, 11, 1))
    do(store, expect_stock, "LA-1", Decimal(10), on=date(2026, 12, 1), reference="PO 7")
    return make_context(store)


@pytest.fixture
def said(context: AppContext) -> list[Any]:
    """What was told in toasts: text, verb, what it does."""
    told: list[Any] = []
    context.news.said.connect(lambda text, verb, do: told.append((text, verb, do)))
    return told


@pytest.fixture
def screen(context: AppContext, show: Any) -> Any:
    made = stock_screen.screen(context, Route("stock"))
    show(made, size=(1200, 800))
    return made


def _cells(table: Any, row: int) -> list[str]:
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def _on_hand(store: Store, sku: str = "LA-1") -> Decimal:
    with store.read() as session:
        return availability(session, [sku], TODAY)[sku].on_hand


def test_what_is_there_promised_and_comes(screen: Any) -> None:
    assert _cells(screen.table, 0) == ["Lamp", "20 pcs", "1 pcs", "10 pcs", "19 pcs"]
    assert _cells(screen.table, 1) == ["Screw", "—", "—", "—", "0 pcs"]
    screen.day.set_value(date(2026, 12, 1))
    assert _cells(screen.table, 0)[4] == "29 pcs"
    assert not unnamed_controls(screen)


def test_where_ordered_goods_are(screen: Any, tmp_path: Path) -> None:
    screen.tabs.show_tab("way")
    assert _cells(screen.way, 0) == ["Lamp", "5 pcs", "1 pcs", "4 pcs", "4 pcs", "—", "—"]
    assert not screen._side.isVisible()
    screen.search.setText("paddle")
    screen.search.search_now()
    assert screen.way.model().rowCount() == 0
    assert screen._no_way.isVisible()
    screen.search.setText("LÁ-1")
    screen.search.search_now()
    screen.export_to(tmp_path / "way.xlsx")
    sheet: Any = load_workbook(tmp_path / "way.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["LA-1", "Lamp", "piece", 5, 1, 4, 4, 0, 0]


def test_the_store_room_as_a_workbook(screen: Any, tmp_path: Path) -> None:
    screen.export_to(tmp_path / "room.xlsx")
    sheet: Any = load_workbook(tmp_path / "room.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["LA-1", "Lamp", "piece", 20, 1, 10, 19]


def test_counting_by_keys_from_top_to_bottom(screen: Any, store: Store, said: list[Any]) -> None:
    screen.table.setFocus()
    QTest.keyClick(screen, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    editor = screen.panel.forms["count"].fields["quantity"].editor
    assert editor.hasFocus()
    QTest.keyClicks(editor, "17")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert _on_hand(store) == 17
    assert said[-1][:2] == ("Lamp: 17 pcs counted", "Undo")
    assert screen.table.row().sku == "SC-4"
    QTest.keyClicks(editor, "300")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert _on_hand(store, "SC-4") == 300
    said[0][2]()
    assert _on_hand(store) == 20


def test_expected_and_taken_back(screen: Any, store: Store, said: list[Any]) -> None:
    form = screen.panel.forms["expect"]
    form.fields["quantity"].set_value(Decimal(3))
    form.fields["day"].set_value(date(2026, 12, 9))
    form.go()
    assert _cells(screen.table, 0)[3] == "13 pcs"
    said[-1][2]()
    assert _cells(screen.table, 0)[3] == "10 pcs"


def test_what_arrives_is_of_the_order_and_the_rest_of_none(screen: Any, store: Store, said: list[Any]) -> None:
    form = screen.panel.forms["receive"]
    form.fields["quantity"].set_value(Decimal(12))
    form.go()
    assert _on_hand(store) == 32
    with store.read() as session:
        assert open_purchases(session) == []
    said[-1][2]()
    assert _on_hand(store) == 20
    with store.read() as session:
        assert [(one.open, one.reference) for one in open_purchases(session)] == [(Decimal(10), "PO 7")]


def test_nothing_is_saved_without_a_quantity(screen: Any, store: Store) -> None:
    form = screen.panel.forms["receive"]
    form.go()
    assert form.fields["quantity"].problem() == "Please fill this in."
    form.fields["quantity"].editor.setText("-1")
    form.go()
    assert form.fields["quantity"].problem()
    assert _on_hand(store) == 20


def test_an_order_that_will_not_come(screen: Any, store: Store, said: list[Any]) -> None:
    with store.read() as session:
        (purchase,) = open_purchases(session)
    screen.panel._cancel(purchase)
    assert _cells(screen.table, 0)[3] == "—"
    said[-1][2]()
    assert _cells(screen.table, 0)[3] == "10 pcs"


def test_an_empty_store_room_says_how_it_begins(store: Store, make_context: Any, show: Any) -> None:
    made: Any = stock_screen.screen(make_context(store), Route("stock"))
    show(made)
    assert made._no_room.isVisible()
    assert not made.save.isEnabled()
    assert made.verbs[0].reason == "Choose a product first."


def test_the_tab_of_a_product(context: AppContext, show: Any, store: Store) -> None:
    do(store, add_product, replace(LAMP, sku="LA-9", name="Other lamp", stocked=False))
    page: Any = detail_screen.screen(context, Route.to("product", 3, tab="stock"))
    show(page, size=(1100, 800))
    assert page.stock_tab._not_counted.isVisible()
    page.stock_tab._begin.click()
    assert page.stock_tab.panel.isVisible()
    form = page.stock_tab.panel.forms["count"]
    form.fields["quantity"].set_value(Decimal(7))
    form.go()
    assert _on_hand(store, "LA-9") == 7
    assert len(page.stock_tab.history.rows()) == 1
