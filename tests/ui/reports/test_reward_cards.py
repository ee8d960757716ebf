"""What is owed to customers, in the reports: by year, what expires, writing it off, discounts that were taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.pipeline import fulfilment
from app.pipeline.proof import prove
from app.rewards.giving import give_goodwill, sell_gift_card
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.reports import reports_screen
from ui.routes import Route


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    """238.00 paid early with cashback; goodwill that has ended, a gift card that soon does."""
    deal_id = a_deal(
        store, an_offer(a_line("Kayak", "1", "200.00"), payment="2/10 net 30", cashback_percent=Decimal(5))
    )
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    do(store, fulfilment.pay, deal_id, on=date(2026, 3, 5), amount=23324)
    ended, soon = date(2026, 6, 30), date(2026, 12, 31)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=1000, reason="Scratch", expires_on=ended)
    do(store, sell_gift_card, 1, on=date(2025, 12, 1), currency="EUR", amount=5000, expires_on=soon)
    return make_context(store)


@pytest.fixture
def screen(context: AppContext, show: Any) -> Any:
    made = reports_screen.screen(context, Route("reports"))
    show(made, size=(1204, 846))
    return made


def test_what_is_owed(screen: Any) -> None:
    cards = screen.rewards
    rows = [(row.year, row.cashback, row.gift_cards, row.credit, row.total) for row in cards.years.rows()]
    assert rows == [(2025, 0, 5000, 0, 5000), (2026, 0, 0, 2166, 2166)]
    assert [(row.origin.value, row.amount) for row in cards.over.rows()] == [("goodwill", 1000)]
    assert [(row.origin.value, row.expires_on) for row in cards.soon.rows()] == [("gift_card", date(2026, 12, 31))]
    assert not cards.breakage.isVisibleTo(screen)
    assert not unnamed_controls(screen)
    assert screen.minimumSizeHint().width() <= 864


def test_rows_lead_on(screen: Any, context: AppContext) -> None:
    cards = screen.rewards
    cards.early.table.opened.emit(cards.early.rows()[0])
    assert context.router.current == Route("invoice", 1)
    cards.over.table.opened.emit(cards.over.rows()[0])
    assert context.router.current == Route("customer", 1)
    cards.soon.table.opened.emit(cards.soon.rows()[0])
    assert context.router.current == Route("customer", 1), "a gift card is nobody's"


def test_discounts_are_of_the_period(screen: Any) -> None:
    assert [(row.invoice, row.gross) for row in screen.rewards.early.rows()] == [("INV-2026-0001", 476)]
    screen.period.set_value("last_year")
    assert screen.rewards.early.rows() == []
    assert not screen.rewards.early.isVisibleTo(screen)
    assert screen.rewards.years.rows(), "what is owed is owed now"


def test_what_has_expired_is_written_off(screen: Any, context: AppContext, store: Store) -> None:
    cards = screen.rewards
    cards.write_off.trigger()
    assert not unnamed_controls(cards.dialog)
    assert cards.sums() == "€10.00"
    said: list[str] = []
    context.news.said.connect(lambda text, *_: said.append(text))
    cards.dialog.accept()
    assert said == ["What had expired is written off"]
    assert [(row.issued_in, row.amount) for row in cards.breakage.rows()] == [(2026, 1000)]
    assert cards.over.rows() == []
    assert (cards.write_off.isEnabled(), cards.write_off.reason) == (False, "Nothing has expired.")
    assert [row.total for row in cards.years.rows()] == [5000, 1166]
    assert prove(store).problems == ()


def test_as_workbooks(screen: Any, tmp_path: Path) -> None:
    cards = screen.rewards
    for card in (cards.years, cards.early, cards.over, cards.soon):
        card.export_to(tmp_path / "table.xlsx")
        sheet: Any = load_workbook(tmp_path / "table.xlsx").worksheets[0]
        assert "Currency" in [cell.value for cell in sheet[1]]
        assert sheet.max_row == len(card.rows()) + 1
    cards.years.export_to(tmp_path / "years.xlsx")
    sheet = load_workbook(tmp_path / "years.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == [2025, 0, 0, 50, 0, 50, "EUR"]


def test_without_rewards_nothing_of_it_is_shown(
    store: Store, make_context: Callable[..., AppContext], show: Any
) -> None:
    made: Any = reports_screen.screen(make_context(store), Route("reports"))
    show(made)
    for part in (made.rewards.wide, made.rewards.narrow):
        assert not part.isVisible()


def test_in_german(screen: Any, context: AppContext, german: None, show: Any) -> None:
    made: Any = reports_screen.screen(context, Route("reports"))
    show(made)
    assert made.rewards.write_off.text() == "Ausbuchen…"
