"""The window's keys step aside for the same keys of the screen that is shown; and Ctrl+K works in every text line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class WindowKeys(QObject):
    """Watches the keyboard before shortcuts are looked up. Two shortcuts of one key would cancel each other out."""

    def __init__(self, window: QWidget, verbs: Iterable[QAction], screen: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._screen = window, screen
        self._keys = {verb: verb.shortcut() for verb in verbs if not verb.shortcut().isEmpty()}
        self._always: set[QKeySequence] = set()
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def always(self, *verbs: QAction) -> None:
        """These go before what a text line would do with the same key."""
        self._always.update(verb.shortcut() for verb in verbs)

    def claimed(self) -> set[QKeySequence]:
        """The keys that visible parts of the screen use themselves."""
        screen = self._screen()
        if screen is None:
            return set()
        found = [(held, held.key()) for held in screen.findChildren(QShortcut)]
        actions = [*screen.actions(), *screen.findChildren(QAction)]
        found += [(held, held.shortcut()) for held in actions]
        return {key for held, key in found if not key.isEmpty() and held.isEnabled() and _is_seen(held, screen)}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Give way, or go first."""
        if event.type() == QEvent.Type.ShortcutOverride and self._window.isActiveWindow():
            pressed = QKeySequence(cast(QKeyEvent, event).keyCombination())
            if pressed in self._keys.values():
                self._settle(pressed)
                if pressed in self._always:
                    event.ignore()
                    return True
        return False

    def _settle(self, pressed: QKeySequence) -> None:
        is_claimed = pressed in self.claimed()
        for verb, key in self._keys.items():
            if key == pressed:
                verb.setShortcut(QKeySequence() if is_claimed else key)


def _is_seen(held: QObject, screen: QWidget) -> bool:
    """Whether the widget a shortcut belongs to is on the screen."""
    parent = held.parent()
    return not isinstance(parent, QWidget) or parent is screen or parent.isVisibleTo(screen)
