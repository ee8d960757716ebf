"""The pattern of list screens, shown with the list of deals over a real file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.pipeline import lists
from app.store.store import Store
from tests.builders import STAGES, a_customer, a_deal
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.routes import Route
from ui.tables.column import Column
from ui.tables.list_page import ListPage, ListWords, count_words
from ui.widgets.action import Action
from ui.widgets.saved_views import View
from ui.widgets.state_words import TONES, state_text, state_tone, states


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    for stage in STAGES:
        a_deal(store, until=stage)
    a_deal(store, until="draft", customer=a_customer("Müller Boote"))
    made = make_context(store)
    made.router.open(Route("deals"))
    return made


def make(context: AppContext, **over: Any) -> ListPage:
    columns = [
        Column(title="Deal", text=lambda row: row.number, below=lambda row: row.customer, key="number"),
        Column(
            title="State",
            text=lambda row: state_text("deal", row.state),
            tone=lambda row: state_tone("deal", row.state),
            look="badge",
            width=130,
        ),
    ]
    count = count_words(lambda n: QCoreApplication.translate("tests", f"{n} deals"))
    words = ListWords("Deals", "Search deals", count, "deals", "No deals yet", "Begin with a quote.")
    values = {"states_of": "deal", "new": lambda parent: Action("New quote", parent, lambda: None, "plus", "Ctrl+N")}
    return ListPage(
        context, "deals", lists.DEALS, columns, words, {"deal"}, lambda row: Route("deal", row.id), **(values | over)
    )


@pytest.fixture
def page(context: AppContext, show: Callable[..., QWidget]) -> ListPage:
    made = make(context)
    show(made)
    return made


def test_all_rows_and_their_number(page: ListPage) -> None:
    assert page.table.model().rowCount() == 6
    assert page._count.text() == "6 deals"
    assert not unnamed_controls(page)


def test_search_narrows_and_says_no_match(page: ListPage, context: AppContext) -> None:
    page.search.setText("mueller")
    page.search.search_now()
    assert page.table.model().rowCount() in (0, 1)
    page.search.setText("müller")
    page.search.search_now()
    assert [row.customer for row in page.table.model().rows()] == ["Müller Boote"]
    assert page._count.text() == "1 deals"
    page.search.setText("nobody of this name")
    page.search.search_now()
    assert page._empty.isVisible()
    assert page._empty.currentIndex() == 1
    assert context.router.current == Route.to("deals", text="nobody of this name")
    page.clear_filter()
    assert page.table.model().rowCount() == 6


def test_chips_count_and_narrow(page: ListPage) -> None:
    shown = {chip.text(): chip.accessibleDescription() for chip in page.chips._chips.values() if not chip.isHidden()}
    assert shown == {"Draft": "2", "Quoted": "1", "To sign": "2", "In delivery": "1"}
    page.chips._chips["draft"].click()
    assert page.table.model().rowCount() == 2
    page.chips._chips["open"].click()
    assert page.table.model().rowCount() == 3
    assert page._count.text() == "3 deals"
    assert page.narrowed().states == ("draft", "open")


def test_a_route_narrows(page: ListPage) -> None:
    page.show_route(Route.to("deals", state="draft,quoted"))
    assert page.chips.states() == ("draft", "quoted")
    assert page.table.model().rowCount() == 3
    page.show_route(Route("deals"))
    assert page.table.model().rowCount() == 6


def test_a_route_narrows_to_days_and_a_click_forgets_them(page: ListPage, context: AppContext) -> None:
    page.show_route(Route.to("deals", since="2026-03-02", until="2026-03-02"))
    assert page.table.model().rowCount() == 6
    assert page._narrowed_to.days.text() == "2 Mar 2026 to 2 Mar 2026"
    page.show_route(Route.to("deals", since="2026-03-03"))
    assert page.table.model().rowCount() == 0
    assert page._narrowed_to.days.text() == "since 3 Mar 2026"
    assert context.router.current == Route.to("deals", since="2026-03-03")
    page._narrowed_to.days.click()
    assert page.table.model().rowCount() == 6
    assert not page._narrowed_to.days.isVisible()
    page.show_route(Route.to("deals", until="no day"))
    assert page.table.model().rowCount() == 6
    page.show_route(Route.to("deals", until="2026-03-01"))
    assert page._narrowed_to.days.text() == "until 1 Mar 2026"


def test_views_are_saved_chosen_and_forgotten(page: ListPage) -> None:
    assert page.views.menu_words() == ["Save this view…"]
    page.show_route(Route.to("deals", state="draft", text="lake"))
    page.views._ask = lambda _button: "Drafts of schools"
    page.views._save()
    page.clear_filter()
    assert page.views.menu_words() == ["Drafts of schools", "Save this view…", "Forget a view"]
    kept = page.views._views.all()
    assert kept == [View("Drafts of schools", "lake", ("draft",))]
    page.views.chosen.emit(kept[0])
    assert page.table.model().rowCount() == 1
    page.views._forget("Drafts of schools")
    assert page.views._views.all() == []


def test_keys_lead_from_the_search_to_the_row_and_into_it(page: ListPage, context: AppContext) -> None:
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    row = page.row()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert context.router.current == Route("deal", row.id)


def test_news_count_anew(page: ListPage, context: AppContext, store: Store) -> None:
    a_deal(store, until="draft")
    context.changes.tell({"customer"})
    assert page._count.text() == "6 deals"
    context.changes.tell({"deal"})
    assert page._count.text() == "7 deals"
    assert page.table.model().rowCount() == 7


def test_an_empty_file_says_what_to_do(store: Store, make_context: Callable[..., AppContext], show: Any) -> None:
    page = make(make_context(store))
    show(page)
    assert page._empty.isVisible()
    assert page._empty.currentIndex() == 0


def test_export_writes_all_narrowed_rows(context: AppContext, show: Any, tmp_path: Path) -> None:
    said: list[str] = []
    context.news.said.connect(lambda text, *_: said.append(text))
    page = make(context, export=lambda rows: ",".join(sorted(row.state for row in rows)).encode())
    show(page)
    page.show_route(Route.to("deals", state="draft"))
    page.export_to(tmp_path / "deals.xlsx")
    assert (tmp_path / "deals.xlsx").read_bytes() == b"draft,draft"
    assert said == ["Saved 2 deals to deals.xlsx"]


def test_every_state_has_words_and_a_tone(qapp: object) -> None:
    for kind in TONES:
        for state in states(kind):
            assert state_text(kind, state) != state
    assert state_tone("invoice", "overdue") == "bad"
    assert state_text("deal", "unheard of") == "unheard of"
