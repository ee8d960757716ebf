"""Going about in the window: places, keys, palette, top bar, language, theme, and what every page tells a reader."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget

from tests.ui.accessibility import unnamed_controls
from tests.ui.frame.conftest import MakeWindow
from ui import translation
from ui.context import Settings
from ui.frame import places, verbs
from ui.frame.company import route_of, text_of
from ui.frame.screens import MODULES
from ui.main_window import MainWindow
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.search_box import SearchBox
from ui.widgets.shortcut_sheet import ShortcutSheet


def key(window: MainWindow, keys: str, target: QWidget | None = None) -> None:
    """Press a key as a person does: through the window that has the keyboard."""
    combination = QKeySequence(keys)[0]
    to = target or QApplication.focusWidget() or window
    QTest.keyClick(to, combination.key(), combination.keyboardModifiers())
    QApplication.processEvents()


def here(window: MainWindow) -> Route | None:
    return window.company.context.router.current if window.company is not None else None


def screen(window: MainWindow) -> Any:
    assert window.company is not None
    return window.company.screens.shown


# ------------------------------------------------------------------ going
@pytest.mark.parametrize("kind", [place.kind for place in places.ALL])
def test_every_place_opens_its_screen_and_names_every_control(window: MainWindow, kind: str) -> None:
    window.shell.sidebar.item(kind).click()
    QApplication.processEvents()
    place = next(place for place in places.ALL if place.kind == kind)
    assert here(window) == place.route
    assert window.shell.sidebar.item(kind).is_current
    assert not unnamed_controls(window)


def test_every_route_has_words_a_place_and_a_screen() -> None:
    for kind in MODULES:
        route = Route(kind)
        assert places.route_words(route), kind
        assert places.place_of(route) or kind == "settings"
        parent = places.parent_of(route)
        assert parent is None or parent.kind in MODULES
    assert set(MODULES) >= places.WIZARDS
    assert {place.route.kind for place in places.ALL} <= set(MODULES)


def test_back_and_forward(window: MainWindow) -> None:
    assert not window.verbs.back.isEnabled()
    window.go(Route("deals"))
    window.go(Route("settings"))
    key(window, "Alt+Left", window.shell)
    assert here(window) == Route("deals")
    key(window, "Alt+Right", window.shell)
    assert here(window) == Route("settings")
    assert not window.verbs.forward.isEnabled()


def test_a_deal_that_is_gone_leads_home(make_window: MakeWindow, company: Path, reported: Any) -> None:
    window = make_window(company)
    window.go(Route("deal", 4711))
    QApplication.processEvents()
    assert here(window) in (Route("home"), Route("deal", 4711))
    assert not unnamed_controls(window)


@pytest.mark.parametrize(
    "route", [Route("home"), Route("deal", 7), Route.to("quotes", state="sent,expired"), Route("customer", None)]
)
def test_a_route_is_kept_as_text(route: Route) -> None:
    assert route_of(text_of(route)) == route


@pytest.mark.parametrize("text", ["", "home", "[]", '["home"]', '["home", [1], []]', '{"a": 1}', '["x", 1, [3]]'])
def test_text_that_is_no_route_is_none(text: str) -> None:
    assert route_of(text) is None


def test_counts_follow_what_happens(window: MainWindow) -> None:
    from app.pipeline import service

    assert window.company is not None
    context = window.company.context
    before = window.shell.sidebar.item("price").count
    with context.store.read() as session:
        from app.pipeline import lists

        (draft,) = lists.page(session, lists.QUOTES, lists.Filter(states=("draft",)), context.today()).items
    context.write(lambda s: service.send_quote(s, draft.deal_id, on=context.today()), {"quote"})
    window.company.count()
    assert window.shell.sidebar.item("price").count == before - 1
    assert window.shell.sidebar.saved.state() == "saved"


@pytest.mark.parametrize("kind", ["price", "quote", "contract", "payment", "delivery", "invoice"])
def test_a_stage_opens_what_its_count_counts(window: MainWindow, kind: str) -> None:
    window.shell.sidebar.item(kind).click()
    QApplication.processEvents()
    shown = screen(window).table.model().rows()
    assert len(shown) == window.shell.sidebar.item(kind).count
    assert window.shell.sidebar.item(kind).is_current


def test_the_deals_that_wait_lead_to_the_whole_list_of_their_stage(window: MainWindow) -> None:
    for kind, words, whole in (
        ("payment", "Waiting for a deposit", "payments"),
        ("delivery", "Waiting for delivery", "deliveries"),
    ):
        window.shell.sidebar.item(kind).click()
        QApplication.processEvents()
        deals = screen(window)
        waiting, way = deals._narrowed_to.waiting, deals._ways[deals.narrowed().waiting]
        assert (waiting.text(), waiting.isVisible(), way.isVisible()) == (words, True, True)
        way.click()
        assert here(window) == Route(whole)
        assert window.shell.sidebar.item(kind).is_current
        window.go_back()
        deals._narrowed_to.waiting.click()
        assert here(window) == Route("deals")
        assert not way.isVisible()


def test_nothing_waits_says_so(make_window: MakeWindow, empty_store: Path, tmp_path: Path) -> None:
    window = make_window(Path(shutil.copyfile(empty_store, tmp_path / "empty.handsel")))
    for text, shown in (("", 2), ("lamp", 1)):
        window.go(Route.to("deals", waiting="deposit", **({"text": text} if text else {})))
        assert (screen(window).table.model().rowCount(), screen(window)._empty.currentIndex()) == (0, shown)
    window.go(Route.to("deals", waiting="nonsense"))
    assert screen(window)._empty.currentIndex() == 0


def test_a_new_day_is_noticed(window: MainWindow) -> None:
    assert window.company is not None
    heard: list[frozenset[str]] = []
    window.company.context.changes.happened.connect(heard.append)
    window.company.look_at_the_date()
    assert heard == []
    window.company._day = window.company._day.replace(day=1)
    window.company.look_at_the_date()
    assert len(heard) == 1


# ------------------------------------------------------------------ keys
def test_the_keys_of_the_frame(qtbot: Any) -> None:
    wanted = {
        "new_quote": "Ctrl+N", "palette": "Ctrl+K", "find": "Ctrl+F", "undo": "Ctrl+Z", "reload": "F5",
        "back": "Alt+Left", "forward": "Alt+Right", "keys": "F1", "settings": "Ctrl+,", "choose": "Ctrl+O",
        "leave": "Ctrl+Q", "region": "F6",
    }  # fmt: skip
    owner = QWidget()
    qtbot.addWidget(owner)
    made = verbs.Verbs(owner, MagicMock())
    assert {name: getattr(made, name).shortcut().toString() for name in wanted} == wanted
    keys = [action.shortcut().toString() for action in made.all if not action.shortcut().isEmpty()]
    assert len(keys) == len(set(keys))


class Screen(QWidget):
    """A screen with a verb, a text line and a search line."""

    def __init__(self, pressed: list[str]) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.line, self.search = QLineEdit(), SearchBox("Search")
        layout.addWidget(self.line)
        layout.addWidget(self.search)
        self.verb = Action("New customer", self, lambda: pressed.append("screen"), "plus", "Ctrl+N")


@pytest.fixture
def shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> tuple[MainWindow, Screen, list[str]]:
    """The window with a screen of the test's own."""
    pressed: list[str] = []
    made = Screen(pressed)
    window.shell.stack.addWidget(made)
    window.shell.stack.setCurrentWidget(made)
    monkeypatch.setattr(window.company.screens, "_made", {"test": made})
    monkeypatch.setattr(window.company.screens, "_kind", "test")
    monkeypatch.setattr(window, "go", lambda route: pressed.append(route.kind))
    made.line.setFocus()
    QApplication.processEvents()
    return window, made, pressed


def test_the_windows_key_steps_aside_for_the_screens(shown: tuple[MainWindow, Screen, list[str]]) -> None:
    window, made, pressed = shown
    key(window, "Ctrl+N")
    assert pressed == ["screen"]
    made.verb.setEnabled(False)
    key(window, "Ctrl+N")
    assert pressed == ["screen", "new-quote"]


def test_the_keys_of_a_screen_work_from_the_sidebar_and_only_while_it_is_shown(window: MainWindow) -> None:
    window.go(Route("deals"))
    pressed: list[str] = []
    verb = next(action for action in screen(window).actions() if action.shortcut().toString() == "Ctrl+N")
    verb.triggered.disconnect()
    verb.triggered.connect(lambda: pressed.append("the list's"))
    window.shell.sidebar.item("deals").setFocus()
    key(window, "Ctrl+N")
    assert pressed == ["the list's"]
    window.go(Route("settings"))
    window.shell.sidebar.item("deals").setFocus()
    key(window, "Ctrl+N")
    assert pressed == ["the list's"]
    assert here(window) == Route("new-quote")


def test_the_palette_opens_even_from_a_text_line(shown: tuple[MainWindow, Screen, list[str]]) -> None:
    window, made, _ = shown
    made.line.setText("abc")
    made.line.setCursorPosition(0)
    key(window, "Ctrl+K")
    assert window.finder.isVisible()
    assert made.line.text() == "abc"
    assert "New customer" in [found.title for found in window.finder.results()]
    window.finder.hide()


def test_find_goes_to_the_search_line_or_else_to_the_palette(shown: tuple[MainWindow, Screen, list[str]]) -> None:
    window, made, _ = shown
    key(window, "Ctrl+F")
    assert made.search.hasFocus()
    made.search.hide()
    window.find()
    assert window.finder.isVisible()
    window.finder.hide()


def test_undo_does_what_the_toast_offers(window: MainWindow) -> None:
    done: list[str] = []
    assert window.company is not None
    window.undo()
    window.company.context.say("Removed", "Undo", lambda: done.append("undone"))
    window.shell.setFocus()
    key(window, "Ctrl+Z")
    assert done == ["undone"]


def test_regions_are_walked_through(window: MainWindow) -> None:
    window.go(Route("settings"))
    seen = []
    for _ in range(4):
        key(window, "F6", window.shell)
        focus = QApplication.focusWidget()
        parts = (window.shell.sidebar, window.shell.topbar, window.shell.stack)
        seen.append([part.isAncestorOf(focus) for part in parts].index(True))
    assert sorted(set(seen)) == [0, 1, 2]
    assert all(a != b for a, b in pairwise(seen))


def test_the_sheet_lists_every_key(window: MainWindow) -> None:
    window.go(Route("drafts"))
    key(window, "F1", window.shell)
    (sheet,) = window.findChildren(ShortcutSheet)
    assert sheet.count() > 35
    assert not unnamed_controls(sheet)
    sheet.accept()


# ------------------------------------------------------------------ finding
def test_the_palette_finds_everything_and_opens_it(
    window: MainWindow, wait: Callable[[Callable[[], bool]], None]
) -> None:
    window.open_palette()
    for text, kind in (("greenwell", "customer:"), ("INV-2026-0003", "invoice:"), ("grinder", "product:")):
        window.finder.type(text)
        wait(lambda kind=kind: any(found.id.startswith(kind) for found in window.finder.results()))
    window.finder.type("1,285.20")
    wait(lambda: any("1,285.20" in found.note for found in window.finder.results()))
    window.finder.type("settings")
    window.finder.run_current()
    assert here(window) == Route("settings")


@pytest.fixture
def wait(qtbot: Any) -> Callable[[Callable[[], bool]], None]:
    return lambda is_so: qtbot.waitUntil(is_so, timeout=3000)


def test_more_verbs_of_the_screen_are_in_a_menu(window: MainWindow) -> None:
    window.go(Route("settings"))
    assert not window.shell._more.isEnabled()
    window.go(Route("drafts"))
    assert window.shell._more.isEnabled()
    window._open_more()
    (menu,) = [w for w in QApplication.topLevelWidgets() if w.inherits("QMenu") and w.isVisible()]
    assert [action.text() for action in menu.actions()] == ["New quote"]
    menu.close()


# ------------------------------------------------------------------ looks and words
def test_the_theme_switches_and_is_remembered(window: MainWindow, settings: Settings, started: Any) -> None:
    window.toggle_theme()
    assert settings.text("theme") == "dark"
    assert window.shell._theme_button.isEnabled()
    assert isinstance(window.shell._theme_button, QToolButton)
    window.toggle_theme()
    assert settings.text("theme") == "light"


def test_the_language_switches_while_the_company_is_open(window: MainWindow, settings: Settings) -> None:
    window.go(Route.to("settings", section="computer"))
    screen(window).section("computer").fields["language"].set_value("de")
    QApplication.processEvents()
    QApplication.processEvents()
    assert window.shell.sidebar.item("customers").text() == "Kunden"
    assert here(window) == Route.to("settings", section="computer")
    assert screen(window).title() == "Einstellungen"
    assert not unnamed_controls(window)
    window.company.context.say("Hallo")
    assert window.toasts.shown() == "Hallo"
    screen(window).section("computer").fields["language"].set_value("en")
    QApplication.processEvents()
    QApplication.processEvents()
    assert window.shell.sidebar.item("customers").text() == "Customers"
    translation.choose_language("en", "en_GB")


@pytest.mark.parametrize("size", [(1000, 640), (1100, 700), (3840, 2160)])
def test_nothing_is_wider_than_the_window(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    for kind in ("home", "drafts", "settings"):
        window.go(Route(kind))
        QApplication.processEvents()
        assert window.width() == size[0], kind
        assert window.shell.stack.width() <= size[0] - window.shell.sidebar.width()


def test_the_focus_begins_nowhere_in_particular(window: MainWindow) -> None:
    assert not window.shell.sidebar.isAncestorOf(QApplication.focusWidget() or window)
    assert Qt.FocusPolicy.ClickFocus == window.shell.focusPolicy()
