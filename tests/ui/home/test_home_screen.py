"""Home over the practice company: every task with its one verb, cards that open what they count, cash by week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.pipeline import lists, service
from app.pipeline.today import Doing, Task
from app.store.store import Store
from tests.ui import practised
from tests.ui.accessibility import unnamed_controls
from tests.ui.practised import TODAY
from ui.context import AppContext
from ui.home import home_screen, texts
from ui.home.home_screen import HomeScreen
from ui.home.task_list import TaskRow
from ui.routes import Route
from ui.widgets.button import Button


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practised.make(tmp_path_factory.mktemp("home") / "practice.handsel")


@pytest.fixture
def context(made: Path, tmp_path: Path, make_context: Callable[..., AppContext]) -> Iterator[AppContext]:
    with Store.open(practised.copy(made, tmp_path)) as store:
        yield make_context(store)


@pytest.fixture
def home(context: AppContext, show: Callable[..., QWidget]) -> HomeScreen:
    found = home_screen.screen(context, Route("home"))
    show(found, size=(1200, 800))
    assert isinstance(found, HomeScreen)
    return found


def test_the_tasks_of_the_day_the_most_pressing_first(home: HomeScreen) -> None:
    rows = home.findChildren(TaskRow)
    assert [row._task.doing for row in rows][:3] == [Doing.COLLECT, Doing.EXPIRING, Doing.CONFIRM]
    assert len(rows) == 8
    assert home._head.note.text() == "8 things"
    assert not unnamed_controls(home)


def test_each_task_has_one_verb_that_leads_there(home: HomeScreen, context: AppContext) -> None:
    went: list[Route] = []
    context.router.moved.connect(went.append)
    for row in home.findChildren(TaskRow):
        (verb,) = row.findChildren(Button)
        assert row._task.customer in verb.accessibleName()
        verb.click()
    assert [route.kind for route in went] == [
        "take-payment", "quote", "confirm-receipt", "dispatch", "take-payment", "sign-contract", "sign-contract",
        "quote",
    ]  # fmt: skip


def test_a_click_on_the_row_opens_the_deal(home: HomeScreen, context: AppContext) -> None:
    row = home.findChildren(TaskRow)[0]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert context.router.current == Route("deal", row._task.deal_id)


def test_the_cards_say_the_figures(home: HomeScreen) -> None:
    cards = home.cards
    assert cards.quotes.accessibleName() == "Open quotes: €15,793"
    assert cards.quotes.accessibleDescription() == "3 quotes, 1 expiring soon"
    assert cards.rate.accessibleName() == "Win rate, 90 days: 79\u00a0%"
    assert cards.awaiting.accessibleDescription() == "€3,156 is overdue, + CHF\u00a02,140"
    assert cards.revenue.accessibleDescription().startswith("56\u00a0% over October")


def test_each_card_opens_the_list_it_counts(home: HomeScreen, context: AppContext) -> None:
    cards = home.cards
    wanted = {
        cards.quotes: Route.to("quotes", state="sent"),
        cards.rate: Route.to("quotes", state="accepted,declined,expired", since="2026-08-25", until="2026-11-23"),
        cards.awaiting: Route.to("invoices", state="open,partly_paid,partly_credited,overdue"),
        cards.revenue: Route.to("revenue", since="2026-11-01", until="2026-11-23"),
    }
    for card, route in wanted.items():
        card.click()
        assert context.router.current == route


def test_cash_by_week_in_each_currency(home: HomeScreen, context: AppContext) -> None:
    bars = home.cash._chart.bars()
    assert len(bars) == 12
    assert bars[4].is_now
    assert bars[4].label == "This week"
    assert bars[0].actual == 550160
    assert home.cash._currency.isVisible()
    home.cash._currency.set_value("CHF")
    assert home.cash._chart.bars()[5].expected == 214000
    home.cash._open(0)
    assert context.router.current == Route.to("payments", since="2026-10-26", until="2026-11-01")
    home.cash._open(6)
    assert context.router.current == Route.to("invoices", state="open,partly_paid,partly_credited,overdue")


def test_news_are_read_when_seen(home: HomeScreen, context: AppContext) -> None:
    with context.store.read() as session:
        (draft,) = lists.page(session, lists.QUOTES, lists.Filter(states=("draft",)), TODAY).items
    context.write(lambda s: service.send_quote(s, draft.deal_id, on=TODAY), {"quote"})
    assert home.cards.quotes.accessibleDescription() == "4 quotes, 1 expiring soon"
    home.hide()
    context.write(lambda s: service.decline_quote(s, draft.deal_id, on=TODAY), {"quote"})
    assert home._is_stale
    home.show()
    QApplication.processEvents()
    assert home.cards.quotes.accessibleDescription() == "3 quotes, 1 expiring soon"


def test_a_new_company_is_led_to_its_first_quote(
    store: Store, make_context: Callable[..., AppContext], show: Callable[..., QWidget]
) -> None:
    context = make_context(store)
    home = HomeScreen(context)
    show(home, size=(1100, 700))
    assert home._states.currentIndex() == 2
    (verb,) = home._states.currentWidget().findChildren(Button)
    verb.click()
    assert context.router.current == Route("new-quote")
    assert home.cards.rate.accessibleDescription() == "Nothing decided yet"
    assert not unnamed_controls(home)


def test_narrow_windows_put_the_chart_below(context: AppContext, show: Callable[..., QWidget]) -> None:
    home = HomeScreen(context)
    window = show(home, size=(860, 700))
    narrow = home.cash.mapTo(window, home.cash.rect().topLeft())
    window.resize(1300, 800)
    QApplication.processEvents()
    wide = home.cash.mapTo(window, home.cash.rect().topLeft())
    assert narrow.x() < 60 < wide.x()
    assert narrow.y() > wide.y()


def _task(doing: Doing, days: int, amount: int = 11900) -> Task:
    return Task(doing, 7, "Q-2026-0007", "Kayaks", "Lake School", TODAY - timedelta(days=days), amount, "EUR")


@pytest.mark.parametrize(
    ("doing", "days", "words"),
    [
        (Doing.COLLECT, 1, "Q-2026-0007 is overdue since yesterday"),
        (Doing.COLLECT, 16, "Q-2026-0007 is overdue by 16 days"),
        (Doing.EXPIRING, 0, "Q-2026-0007 expires today"),
        (Doing.EXPIRING, -1, "Q-2026-0007 expires tomorrow"),
        (Doing.EXPIRING, -3, "Q-2026-0007 expires in 3 days"),
        (Doing.CONFIRM, 0, "Dispatched today"),
        (Doing.CONFIRM, 3, "Under way for 3 days"),
        (Doing.DISPATCH, 9, "Ready to go: Q-2026-0007"),
        (Doing.COMPLETE, 9, "Service to be done: Q-2026-0007"),
        (Doing.DEPOSIT, 9, "Deposit of €119.00 is not here yet"),
        (Doing.SIGN, 9, "Q-2026-0007 waits for signatures"),
        (Doing.FOLLOW_UP, 8, "Q-2026-0007 sent 8 days ago, no answer"),
    ],
)
def test_why_each_task_is_there(started: object, doing: Doing, days: int, words: str) -> None:
    assert texts.shown(_task(doing, days), TODAY).reason == words
    assert texts.more_words(doing, 30)
    assert texts.LISTS[doing].kind in ("invoices", "quotes", "deliveries", "deals", "contracts")
