"""Saved views of a list: a name for search words and states, kept on this computer; chosen from a menu."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from ui.context import Settings
from ui.widgets.button import Button


@dataclass(frozen=True, slots=True)
class View:
    """A name for what a list is narrowed to."""

    name: str
    text: str = ""
    states: tuple[str, ...] = ()


class KeptViews:
    """The views of one list in the settings."""

    def __init__(self, settings: Settings, key: str) -> None:
        self._settings, self._key = settings, f"views/{key}"

    def all(self) -> list[View]:
        """All of them, in the order they were saved; what cannot be read is left out."""
        return [view for view in map(_parsed, self._settings.texts(self._key)) if view is not None]

    def keep(self, view: View) -> None:
        """Keep a view, in place of the one of that name."""
        self._put([*(known for known in self.all() if known.name != view.name), view])

    def forget(self, name: str) -> None:
        """Remove a view."""
        self._put([view for view in self.all() if view.name != name])

    def _put(self, views: list[View]) -> None:
        texts = [json.dumps([view.name, view.text, list(view.states)], ensure_ascii=False) for view in views]
        self._settings.put(self._key, texts) if texts else self._settings.forget(self._key)


def _parsed(text: str) -> View | None:
    try:
        name, words, states = json.loads(text)
        return View(str(name), str(words), tuple(str(state) for state in states))
    except (ValueError, TypeError):
        return None


class ViewsButton(Button):
    """A menu of the saved views: choose one, save what is shown now, forget one."""

    chosen = Signal(object)
    """The `View` to show."""

    def __init__(
        self, views: KeptViews, current: Callable[[], View], ask: Callable[[QWidget], str] | None = None
    ) -> None:
        super().__init__(icon="filter")
        self.setText(self.tr("Views"))
        self._views, self._current, self._ask = views, current, ask or _ask_name
        self._menu = QMenu(self)
        self._menu.setAccessibleName(self.tr("Saved views"))
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)

    def fill(self) -> None:
        """Make the menu anew."""
        self._menu.clear()
        kept = self._views.all()
        for view in kept:
            self._menu.addAction(view.name).triggered.connect(partial(self._choose, view))
        if kept:
            self._menu.addSeparator()
        self._menu.addAction(self.tr("Save this view…")).triggered.connect(self._save)
        if kept:
            forget = self._menu.addMenu(self.tr("Forget a view"))
            for view in kept:
                forget.addAction(view.name).triggered.connect(partial(self._forget, view.name))

    def menu_words(self) -> list[str]:
        """What the menu offers now."""
        self.fill()
        return [action.text() for action in self._menu.actions() if action.text()]

    def _choose(self, view: View, *_: object) -> None:
        self.chosen.emit(view)

    def _save(self) -> None:
        name = self._ask(self).strip()
        if name:
            current = self._current()
            self._views.keep(View(name, current.text, current.states))

    def _forget(self, name: str, *_: object) -> None:
        self._views.forget(name)


def _ask_name(button: QWidget) -> str:
    name, is_given = QInputDialog.getText(button.window(), button.tr("Save this view"), button.tr("Name of the view"))
    return name if is_given else ""
