"""The workbook of some days agrees with the ledger of the same days, whatever happened before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.outputs.xlsx import revenue_report as workbook
from app.outputs.xlsx.revenue_control import checks
from app.outputs.xlsx.revenue_figures import Figures
from app.outputs.xlsx.words import Words
from app.outputs.xlsx.workbook import Table
from app.pipeline.report import RevenueReport
from app.pipeline.reports import period_report, revenue_report
from app.store.store import Store
from tests.builders import Story, typed_line
from tests.ui.practice import practice_store

MARCH = date(2026, 3, 1), date(2026, 3, 31)
APRIL = date(2026, 4, 1), date(2026, 4, 30)
MAY = date(2026, 5, 1), date(2026, 5, 31)


def failing(report: RevenueReport) -> list[str]:
    figures = Figures(report)
    tables = {name: Table(name, len(rows), _Letters()) for name, rows in figures.tables().items()}
    return [f"{check.what}: {check.difference}" for check in checks(figures, tables, Words("en")) if not check.holds]


class _Letters(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "A"


@pytest.fixture
def over_three_months(store: Store) -> Store:
    """A deposit in March, goods and their invoice in April, the rest paid and one piece returned in May."""
    story = Story.of(store, typed_line("Lamp", "5", "80.00", cost="50.00"))
    story.then("pay", on="2026-03-20", amount="100.00")
    story.then("dispatch", on="2026-04-02")
    story.then("confirm_receipt", on="2026-04-07")
    story.then("pay", on="2026-05-04", amount="376.00")
    story.then("return", on="2026-05-10", lines=[{"line": 1, "quantity": "1"}], reason="Wrong colour")
    return store


def test_each_month_stands_for_itself(over_three_months: Store) -> None:
    with over_three_months.read() as session:
        march, april, may = (period_report(session, *days) for days in (MARCH, APRIL, MAY))
    assert [len(report.invoices) for report in (march, april, may)] == [0, 1, 1]
    assert [row.amount for row in march.payments] == [10000]
    assert (march.payments[0].unallocated, april.payments) == (10000, ())
    # 5 x 80.00 + 19 % = 476.00, of which the deposit settled 100.00
    assert [(row.open, row.days_overdue) for row in april.open_items] == [(37600, 0)]
    assert (april.invoices[0].open, april.invoices[0].settled) == (37600, 10000)
    assert (may.open_items, may.invoices[0].gross) == ((), -9520)
    assert (march.opening, len(april.opening) > 0) == ((), True)
    for report in (march, april, may):
        assert failing(report) == []


def test_all_days_together_are_everything(over_three_months: Store) -> None:
    with over_three_months.read() as session:
        part = period_report(session, MARCH[0], MAY[1])
        whole = revenue_report(session, MAY[1])
    assert (part.invoices, part.lines, part.payments) == (whole.invoices, whole.lines, whole.payments)
    assert (part.journal, part.balances, part.open_items) == (whole.journal, whole.balances, whole.open_items)


def test_every_month_of_the_practice_company(tmp_path: Path) -> None:
    today = date(2026, 11, 23)
    with practice_store(tmp_path / "practice.handsel", today) as store, store.read() as session:
        for month in range(6, 12):
            last = date(2026, month + 1, 1).toordinal() - 1 if month < 12 else date(2026, 12, 31).toordinal()
            report = period_report(session, date(2026, month, 1), date.fromordinal(last))
            assert failing(report) == [], month
            assert workbook.write(report)[:2] == b"PK"
