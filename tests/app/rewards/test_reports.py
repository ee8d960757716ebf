"""Reports, lists and the deal's own ledger know cashback, points, gift cards, rounding, and what was paid early."""

from __future__ import annotations

from datetime import date

import pytest

from app.pipeline import lists, queries, reports
from app.pipeline.deal_ledger import deal_ledger
from app.pipeline.lists import Filter
from app.store.store import Store
from tests.app.outputs.xlsx.test_revenue_report import all_checks
from tests.app.pipeline.proof.deals import _rewards as tell_rewards

FIRST, LAST = date(2026, 3, 1), date(2027, 4, 30)


@pytest.fixture
def told(store: Store) -> Store:
    tell_rewards(store)
    return store


def test_every_check_of_the_workbook_holds(told: Store) -> None:
    with told.read() as session:
        found = [
            reports.revenue_report(session, LAST),
            *(reports.revenue_report(session, LAST, deal_id) for deal_id in (1, 2)),
            reports.period_report(session, FIRST, date(2026, 3, 12)),
            reports.period_report(session, date(2026, 3, 12), LAST),
        ]
    for report in found:
        assert [check.what for check in all_checks(report) if not check.holds] == []


def test_a_deal_closes(told: Store) -> None:
    with told.read() as session:
        for deal_id in (1, 2):
            assert deal_ledger(queries.view(session, deal_id, LAST)).closing.is_zero


def test_lists_and_reports_say_the_same_state_as_the_rules(told: Store) -> None:
    with told.read() as session:
        due = {
            invoice.number: invoice.state.value
            for deal_id in (1, 2)
            for invoice in queries.view(session, deal_id, FIRST).invoices
        }
        listed = {row.number: row.state for row in lists.page(session, lists.INVOICES, Filter(), FIRST).items}
        reported = {row.number: row.state for row in reports.revenue_report(session, LAST).invoices}
    assert listed == due == reported
    assert due["INV-2026-0002"] == "credited"
