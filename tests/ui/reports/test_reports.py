"""The reports: figures, periods, workbooks, proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.store.store import Store
from tests.builders import Story, typed_line
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.reports import reports_screen
from ui.reports.texts import EVERYTHING, OWN
from ui.routes import Route


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """5 lamps of 80.00 accepted in March, paid 100.00; a book at 7 % in November."""
    story = Story.of(
        store, typed_line("Lamp", "5", "80.00", sku="LA-1", cost="50.00"), typed_line("Book", "1", "10.00", rate="7")
    )
    story.then("dispatch", on="2026-03-04", lines=[{"line": 1, "quantity": "5"}])
    story.then("confirm_receipt", on="2026-03-05")
    story.then("pay", on="2026-04-05", amount="100.00")
    story.then("dispatch", on="2026-11-02", lines=[{"line": 2, "quantity": "1"}])
    story.then("confirm_receipt", on="2026-11-03")
    return make_context(store)


@pytest.fixture
def screen(context: AppContext, show: Any) -> Any:
    made = reports_screen.screen(context, Route("reports"))
    show(made, size=(1204, 846))
    return made


def test_figures_of_the_year(screen: Any) -> None:
    assert screen.revenue.accessibleName() == "Revenue: €410.00"
    assert screen.margin.accessibleName() == "Margin: 39.0\N{NO-BREAK SPACE}%"
    assert screen.taxed.accessibleName() == "Tax charged: €76.70"
    assert screen.owed.accessibleName() == "Open: €386.70"
    assert [row.name for row in screen.products.rows()] == ["Lamp", "Book"]
    assert [(str(row.rate), row.tax) for row in screen.tax.rows()] == [("19", 7600), ("7", 70)]
    assert not unnamed_controls(screen)
    assert screen.minimumSizeHint().width() <= 864


def test_periods(screen: Any) -> None:
    screen.period.set_value("this_month")
    assert screen.days() == (date(2026, 11, 1), date(2026, 11, 30))
    assert screen.revenue.accessibleName() == "Revenue: €10.00"
    screen.period.set_value("last_year")
    assert screen.products.rows() == []
    assert not screen.products.save.isEnabled()
    screen.first.set_value(date(2026, 3, 1))
    screen.last.set_value(date(2026, 3, 31))
    assert screen.period.value() == OWN
    assert screen.revenue.accessibleName() == "Revenue: €400.00"
    screen.period.set_value(EVERYTHING)
    assert screen.revenue.accessibleName() == "Revenue: €410.00"


def test_what_was_owed_on_a_day(screen: Any) -> None:
    screen.as_of.set_value(date(2026, 3, 31))
    assert [row.open for row in screen.open_items.rows()] == [47600]
    screen.as_of.set_value(date(2026, 3, 4))
    assert screen.open_items.rows() == []


def test_rows_lead_on(screen: Any, context: AppContext) -> None:
    screen.customers.table.opened.emit(screen.customers.rows()[0])
    assert context.router.current == Route("customer", 1)
    screen.open_items.table.opened.emit(screen.open_items.rows()[0])
    assert context.router.current == Route("invoice", 1)


def test_tables_as_workbooks(screen: Any, tmp_path: Path) -> None:
    for card in (screen.customers, screen.products, screen.tax, screen.open_items):
        card.export_to(tmp_path / "table.xlsx")
        sheet: Any = load_workbook(tmp_path / "table.xlsx").worksheets[0]
        titles = [cell.value for cell in sheet[1]]
        assert "Currency" in titles
        assert sheet.max_row == len(card.rows()) + 1
    screen.tax.export_to(tmp_path / "tax.xlsx")
    sheet = load_workbook(tmp_path / "tax.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["Taxed", 400, 76, "EUR", 19]


def test_the_revenue_workbook_of_a_period_and_of_everything(screen: Any, tmp_path: Path) -> None:
    screen.period.set_value("this_month")
    screen.export_workbook_to(tmp_path / "month.xlsx")
    screen.period.set_value(EVERYTHING)
    screen.export_workbook_to(tmp_path / "all.xlsx")
    month, whole = (load_workbook(tmp_path / name) for name in ("month.xlsx", "all.xlsx"))
    assert (month.worksheets[1].max_row, whole.worksheets[1].max_row) == (2, 3)


def test_the_books_are_proved(screen: Any) -> None:
    screen.proof.prove.trigger()
    assert screen.proof.proof.problems == ()
    assert screen.proof.words.text().startswith("Everything fits: 1 deals, 2 invoices")
    assert screen.proof.seal.isVisible()
    assert screen.proof.prove.isEnabled()


def test_what_does_not_fit_is_listed(screen: Any) -> None:
    found = screen.proof
    found.run()
    found.show_proof(replace(found.proof, problems=("INV-2026-0001: the total is off",)))
    assert "1 thing does not fit" in found.words.text()
    assert found.list.isVisible()
    assert found.list.value() == "INV-2026-0001: the total is off"


def test_nothing_yet(store: Store, make_context: Callable[..., AppContext], show: Any) -> None:
    made: Any = reports_screen.screen(make_context(store), Route("reports"))
    show(made)
    assert not made.customers.table.isVisible()
    assert made.revenue.accessibleName() == "Revenue: €0.00"
