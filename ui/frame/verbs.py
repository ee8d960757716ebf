"""The window's own verbs: one action each, for menu, key and palette alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.frame import places
from ui.routes import Route
from ui.widgets.action import Action
from ui.widgets.search_box import SearchBox
from ui.widgets.shortcut_sheet import Keys, keys_of


class Does(Protocol):
    """What the window can do."""

    def go(self, route: Route) -> None:
        """Open a route."""

    def go_back(self) -> None:
        """To the place before."""

    def go_forward(self) -> None:
        """Undo a step back."""

    def open_palette(self) -> None:
        """Search or jump."""

    def show_keys(self) -> None:
        """List every key."""

    def reload(self) -> None:
        """Read everything on the screen anew."""

    def undo(self) -> None:
        """Do what the toast offers."""

    def find(self) -> None:
        """Search in the list that is shown."""

    def toggle_theme(self) -> None:
        """Light or dark."""

    def next_region(self) -> None:
        """Keyboard to the next part of the window."""

    def choose_company(self) -> None:
        """Open another file."""

    def new_company(self) -> None:
        """Make a new file."""

    def practise(self) -> None:
        """Open the practice company."""

    def back_up(self) -> None:
        """Make a backup now."""

    def leave(self) -> None:
        """Close the program."""


class Verbs:
    """`everywhere` and `go_to` are listed by F1; all of them are in the palette."""

    def __init__(self, window: QWidget, does: Does) -> None:
        def verb(words: str, do: Callable[[], object], icon: str, key: str = "") -> Action:
            return Action(words, window, do, icon, key)

        self.new_quote = verb(_say("New quote"), lambda: does.go(Route("new-quote")), "plus", "Ctrl+N")
        self.palette = verb(_say("Search or jump to"), does.open_palette, "search", "Ctrl+K")
        self.find = verb(_say("Find in this list"), does.find, "search", "Ctrl+F")
        self.undo = verb(_say("Undo"), does.undo, "undo", "Ctrl+Z")
        self.reload = verb(_say("Reload"), does.reload, "refresh", "F5")
        self.back = verb(_say("Back"), does.go_back, "arrow-left", "Alt+Left")
        self.forward = verb(_say("Forward"), does.go_forward, "arrow-right", "Alt+Right")
        self.region = verb(_say("Next part of the window"), does.next_region, "keyboard", "F6")
        self.theme = verb(_say("Light or dark"), does.toggle_theme, "moon", "Ctrl+Shift+L")
        self.keys = verb(_say("Keys"), does.show_keys, "help", "F1")
        self.settings = verb(_say("Settings"), lambda: does.go(Route("settings")), "settings", "Ctrl+,")
        self.close_books = verb(_say("Close the books…"), lambda: does.go(Route("close-books")), "lock", "Ctrl+Shift+K")
        self.back_up = verb(_say("Back up now"), does.back_up, "saved")
        self.choose = verb(_say("Open a company…"), does.choose_company, "folder", "Ctrl+O")
        self.new_company = verb(_say("New company…"), does.new_company, "company")
        self.practise = verb(_say("Practice company"), does.practise, "practice")
        self.leave = verb(_say("Leave Handsel"), does.leave, "close", "Ctrl+Q")
        self.go_to = [
            verb(places.place_words(place.kind), lambda to=place.route: does.go(to), place.icon, place.key)
            for place in places.ALL
        ]
        self._in_company = [self.palette, self.find, self.reload, self.settings, self.back_up]
        self._writing = [self.new_quote, self.close_books]

    @property
    def everywhere(self) -> list[Action]:
        """The verbs that are no places, in the order of the sheet."""
        return [
            self.new_quote, self.palette, self.find, self.undo, self.reload, self.back, self.forward, self.region,
            self.theme, self.keys, self.settings, self.close_books, self.back_up, self.choose, self.new_company,
            self.practise, self.leave,
        ]  # fmt: skip

    @property
    def all(self) -> list[Action]:
        """Every verb of the window."""
        return self.everywhere + self.go_to

    def allow(self, has_company: bool, is_read_only: bool = False) -> None:
        """What needs an open company is greyed without one, and what writes where it is only looked at."""
        for verb in [*self._in_company, *self._writing, *self.go_to]:
            verb.allow(has_company, _say("Open a company first"))
        if is_read_only:
            reason = _say("Another Handsel holds this company: here it can only be looked at.")
            for verb in self._writing:
                verb.allow(False, reason)


def sheet(verbs: Verbs, screen: QWidget | None, title: str) -> Mapping[str, Keys]:
    """All keys by group, the open screen's own first."""
    own = keys_of(screen_verbs(screen)) if screen is not None else []
    return {title: own, _say("Everywhere"): keys_of(verbs.everywhere), _say("Go to"): keys_of(verbs.go_to)} | {
        _say("In lists"): [
            (_say("Open"), "Enter"),
            (_say("Mark several"), "Shift+↑ ↓"),
            (_say("Mark all"), "Ctrl+A"),
            (_say("Copy for a spreadsheet"), "Ctrl+C"),
        ],
        _say("In lines"): [
            (_say("Change the cell"), "F2"),
            (_say("Next cell, new line at the end"), "Enter"),
            (_say("New line"), "Ins"),
            (_say("Duplicate the line"), "Ctrl+D"),
            (_say("Remove the line"), "Del"),
            (_say("Move the line"), "Alt+↑ ↓"),
            (_say("Paste from a spreadsheet"), "Ctrl+V"),
        ],
        _say("In wizards"): [
            (_say("Next step"), "Ctrl+Enter"),
            (_say("Step before"), "Alt+←"),
            (_say("Pick a date"), "Alt+↓"),
        ],
    }


def screen_verbs(screen: QWidget | None) -> list[QAction]:
    """The verbs of the open screen that may be shown now."""
    if screen is None:
        return []
    return [action for action in screen.actions() if action.text() and not action.isSeparator() and action.isVisible()]


def search_box(screen: QWidget | None) -> SearchBox | None:
    """The search line of the open screen, if it has one."""
    boxes = screen.findChildren(SearchBox) if screen is not None else []
    return next((box for box in boxes if box.isVisible()), None)


def focus_into(region: QWidget) -> bool:
    """Give the keyboard to the first control of a region; False if it has none."""
    here = region.nextInFocusChain()
    while here is not region:
        by_tab = here.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if by_tab and region.isAncestorOf(here) and here.isVisible() and here.isEnabled():
            here.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        here = here.nextInFocusChain()
    return False


def _say(source: str) -> str:
    return QCoreApplication.translate("verbs", source)
