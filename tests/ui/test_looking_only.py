"""While a company is only looked at, what writes is greyed and says why; what is about this computer is not."""

from __future__ import annotations

from collections.abc import Callable

from app.store.store import Store
from tests.ui.deal_steps import an_open_deal
from ui.context import AppContext
from ui.deals.detail_screen import screen as deal_screen
from ui.deals.list_screen import screen as deals_screen
from ui.home.close_books import screen as close_screen
from ui.home.home_screen import screen as home_screen
from ui.routes import Route
from ui.settings.settings_screen import screen as settings_screen
from ui.widgets.action import Action
from ui.widgets.reason_words import looking_only_text


def test_verbs_of_deals_and_lists(store: Store, make_context: Callable[..., AppContext]) -> None:
    context = make_context(store, is_read_only=True)
    page = deal_screen(context, Route("deal", an_open_deal(store)))
    assert {action.reason for action in page.verbs.actions.values()} == {looking_only_text()}
    listed = [action for action in deals_screen(context, Route("deals")).actions() if action.text() == "New quote"]
    assert [action.isEnabled() for action in listed] == [False]


def test_settings_of_the_file_and_of_this_computer(store: Store, make_context: Callable[..., AppContext]) -> None:
    made = settings_screen(make_context(store, is_read_only=True), Route("settings"))
    assert not made.section("company").isEnabled()
    assert made.section("company").toolTip() == looking_only_text()
    assert made.section("computer").isEnabled()
    made = settings_screen(make_context(store), Route("settings"))
    assert made.section("company").isEnabled()


def test_the_books_are_not_closed(store: Store, make_context: Callable[..., AppContext]) -> None:
    context = make_context(store, is_read_only=True)
    assert close_screen(context, Route("close-books")).wizard is None
    (close,) = [action for action in home_screen(context, Route("home")).actions() if isinstance(action, Action)]
    assert (close.isEnabled(), close.reason) == (False, looking_only_text())
