"""The import of customers and products through its wizard."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.catalog.queries import by_sku
from app.core.errors import Problem
from app.store.store import Store
from tests.app.exchange.list_import.files import csv, workbook
from tests.builders import counts_of
from tests.ui.accessibility import unnamed_controls
from ui.catalog import import_screen as product_import
from ui.context import AppContext
from ui.parties import import_screen as customer_import
from ui.routes import Route
from ui.wizards.import_texts import cell_words, file_words

GOOD = "Artikelnummer;Bezeichnung;Preis;MwSt\nA-1;Boot;1.234,50;19\nA-2;Kurs;90;7\n"


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    return make_context(store)


def started(context: AppContext, show: Any, module: Any = product_import) -> Any:
    screen = module.screen(context, Route("import-products"))
    show(screen, size=(1000, 760))
    return screen


def to_check(screen: Any, path: Path) -> None:
    screen.wizard.page().take(path)
    screen.wizard.next()
    screen.wizard.next()
    QApplication.processEvents()


def test_the_whole_way(context: AppContext, show: Any, store: Store, tmp_path: Path) -> None:
    said: list[str] = []
    context.news.said.connect(lambda text, *_: said.append(text))
    screen = started(context, show)
    assert not unnamed_controls(screen)
    screen.wizard.next()
    assert screen.wizard.page().problem.text() == "Please choose a file first."
    to_check(screen, csv(tmp_path / "list.csv", GOOD))
    assert screen.wizard.step == "check"
    assert screen.wizard.draft.point == ","
    page = screen.wizard.page()
    assert page.verdict.text() == "All 2 rows can be taken over."
    assert page.preview.rows()[0].texts[:3] == ("Boot", "A-1", "€1,234.50")
    assert screen.wizard._next.text() == "Import 2 products"
    assert not unnamed_controls(screen)
    screen.wizard.next()
    assert said == ["2 new, 0 changed, 0 already as in the file"]
    assert context.router.current == Route("products")
    with store.read() as session:
        assert by_sku(session, ["A-1"])["A-1"].unit_price == Decimal("1234.5")


def test_faults_are_listed_by_row_and_nothing_is_taken(
    context: AppContext, show: Any, store: Store, tmp_path: Path
) -> None:
    rows = counts_of(store)
    screen = started(context, show)
    to_check(screen, csv(tmp_path / "list.csv", "sku;name;price\nA;Boat;x\n;Oar;3\n"))
    page = screen.wizard.page()
    model = page.faults.table.model()
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert shown == [
        ["2", "List price", "“x” is no number."],
        ["3", "Item number", "The cell is empty, and it is needed."],
    ]
    assert page.verdict.text() == "2 things are wrong."
    screen.wizard.next()
    assert screen.wizard.step == "check"
    assert counts_of(store) == rows
    assert not unnamed_controls(screen)


def test_columns_can_be_chosen_otherwise(context: AppContext, show: Any, tmp_path: Path) -> None:
    screen = started(context, show)
    screen.wizard.page().take(csv(tmp_path / "list.csv", "what;words;number\nA-1;Boat;12\nA-2;Oar;3\n"))
    screen.wizard.next()
    fields = screen.wizard.page().fields
    assert fields["sku"].value() == 2
    assert not unnamed_controls(screen)
    screen.wizard.next()
    assert screen.wizard.step == "columns"
    assert fields["name"].problem().startswith("Please choose the column")
    fields["sku"].set_value(0)
    fields["name"].set_value(1)
    fields["unit_price"].set_value(2)
    screen.wizard.next()
    QApplication.processEvents()
    assert screen.wizard.draft.checked.items[0].value.unit_price == 12
    screen.wizard.back()
    screen.wizard.page().fields["unit_price"].set_value(None)
    screen.wizard.next()
    QApplication.processEvents()
    assert screen.wizard.draft.checked.items[0].value.unit_price == 0


def test_letters_have_to_be_looked_at(context: AppContext, show: Any, tmp_path: Path) -> None:
    screen = started(context, show, customer_import)
    screen.wizard.page().take(csv(tmp_path / "list.csv", "Firma;Ort\nMüller;Plön\n", "cp1252"))
    screen.wizard.next()
    assert screen.wizard.step == "file"
    assert "letters" in screen.wizard.page().problem.text()
    screen.wizard.page()._letters.setChecked(True)
    screen.wizard.next()
    screen.wizard.next()
    QApplication.processEvents()
    assert screen.wizard.page().preview.rows()[0].texts[0] == "Müller"
    assert screen.wizard._next.text() == "Import 1 customer"


def test_a_sheet_is_chosen(context: AppContext, show: Any, tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", ["name"], ["Lake School"], sheets=("One", "Two"))
    screen = started(context, show, customer_import)
    page = screen.wizard.page()
    page.take(path)
    assert page.sheet.isVisible()
    page.sheet.set_value("Two")
    assert page.problem.text() == "There are no rows below a heading."


def test_a_refused_file_is_told_in_words(context: AppContext, show: Any, tmp_path: Path) -> None:
    screen = started(context, show)
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 99)
    screen.wizard.page().take(tmp_path / "old.xls")
    assert "old kind" in screen.wizard.page().problem.text()
    assert screen.wizard.draft.source is None


def test_words_of_problems(german: None) -> None:
    assert file_words(Problem("x", "table", "", {"row": 7})).startswith("Zeile 7")
    assert file_words(Problem("x", "table", "")).startswith("Das ist keine Tabelle")
    assert "100.000" in file_words(Problem("x", "too_many_rows", "", {"limit": 100_000}))
    assert cell_words(Problem("x", "twice", "", {"value": "A", "other": 3})) == "A steht schon in Zeile 3."
    assert cell_words(Problem("x", "new code", "As it is.")) == "As it is."
