"""Light and dark: which one is on, and switching it while the window is open.

Like Qt's palette there is one theme per application. Painters ask `color("accent")`; widgets that keep pictures
connect to `Theme.changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.theme import icons
from ui.theme.palette import palette
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")


class Theme(QObject):
    """The theme of the application: follows the system unless the person chose light or dark."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = "system") -> None:
        super().__init__(app)
        self._app = app
        self._mode: Mode = mode
        self._system_is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._tokens = self._wanted()
        _Current.theme = self
        app.styleHints().colorSchemeChanged.connect(self.follow)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What the person chose: system, light or dark."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """Colours that are on now."""
        return self._tokens

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are on now."""
        return self._tokens.dark

    def set_mode(self, mode: Mode) -> None:
        """Choose system, light or dark; takes effect at once."""
        self._mode = mode
        self._switch()

    def toggle(self) -> None:
        """Light when dark is on, dark when light is on."""
        self.set_mode("light" if self.is_dark else "dark")

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """The system changed to `scheme`; matters only in mode system."""
        self._system_is_dark = scheme == Qt.ColorScheme.Dark
        self._switch()

    def _wanted(self) -> Tokens:
        dark = self._system_is_dark if self._mode == "system" else self._mode == "dark"
        return DARK if dark else LIGHT

    def _switch(self) -> None:
        wanted = self._wanted()
        if wanted is not self._tokens:
            self._tokens = wanted
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        _make_current(self._tokens)
        t = self._tokens
        self._app.setPalette(palette(t))
        pictures = {
            "check": icons.tinted_file("check", t.on_accent, 2.6),
            "dot": icons.tinted_file("dot", t.on_accent),
            "chevron": icons.tinted_file("chevron-down", t.text3),
        }
        self._app.setStyleSheet(stylesheet(t, **pictures))


class _Current:
    """The colours that painters use now; light until a theme is made."""

    tokens: Tokens = LIGHT
    theme: Theme | None = None


def watch(callback: Callable[[], None]) -> None:
    """Call `callback` (a bound method of a QObject) after each switch, for what keeps tinted pictures."""
    if _Current.theme is not None:
        _Current.theme.changed.connect(callback)


def _make_current(tokens: Tokens) -> None:
    _Current.tokens = tokens
    _cached_color.cache_clear()


@lru_cache(maxsize=128)
def _cached_color(name: str) -> QColor:
    return QColor(getattr(_Current.tokens, name))


def tokens() -> Tokens:
    """Colours that are on now."""
    return _Current.tokens


def color(name: str, alpha: int = 255) -> QColor:
    """Colour of a token ("accent", "text2", ...), for painters; `alpha` 0 to 255."""
    made = QColor(_cached_color(name))
    made.setAlpha(alpha)
    return made


def device_ratio() -> float:
    """Pixel ratio of the sharpest screen."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
