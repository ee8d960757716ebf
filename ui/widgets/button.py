"""Buttons: with words (primary, ghost, danger, link) and with an icon only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.theme import font, tokens
from ui.theme.icons import icon as make_icon
from ui.widgets.action import Action
from ui.widgets.painted_button import is_enter

_ICON_TOKEN = {"primary": "on_accent", "ghost": "accent_text", "danger": "bad", "link": "text3"}


class Button(QPushButton):
    """A button with words. `kind`: "" (outlined), primary (one per screen), ghost, danger, link."""

    def __init__(
        self, text: str = "", kind: str = "", icon: str = "", do: Callable[[], object] | None = None, name: str = ""
    ) -> None:
        super().__init__(text)
        self._kind, self._icon = kind, icon
        self._action: QAction | None = None
        self.setFont(font("strong" if kind == "primary" else "label"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if kind:
            self.setProperty("kind", kind)
        if name:
            self.setAccessibleName(name)
        if do is not None:
            self.clicked.connect(lambda *_: do())
        self._tint()

    @classmethod
    def of(cls, action: QAction, kind: str = "") -> Button:
        """A button that is the same verb as `action`: its words, icon, state, and reason."""
        made = cls(action.text(), kind, getattr(action, "icon_name", ""))
        made._follow(action)
        return made

    def set_icon(self, icon: str) -> None:
        """Another icon; "" for none."""
        self._icon = icon
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses, not only Space."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The theme was switched: tint anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        if not self._icon:
            return
        t = tokens()
        colour = getattr(t, _ICON_TOKEN.get(self._kind, "text2"))
        size, pad = (14, 2) if self._kind == "link" else (16, 4)
        self.setIcon(make_icon(self._icon, colour, size, pad, faded=t.control))
        self.setIconSize(QSize(size + pad, size))

    def _follow(self, action: QAction) -> None:
        self._action = action
        self.clicked.connect(lambda *_: action.trigger())
        action.changed.connect(self._copy)
        self._copy()

    def _copy(self) -> None:
        if self._action is None:
            return
        self.setText(self._action.text())
        self.setEnabled(self._action.isEnabled())
        self.setVisible(self._action.isVisible()) if self.parent() else None
        self.setToolTip(self._action.toolTip())
        reason = self._action.reason if isinstance(self._action, Action) else ""
        self.setAccessibleDescription(reason)


class IconButton(QToolButton):
    """A button with an icon only; its words are the tooltip and the accessible name."""

    def __init__(
        self,
        icon: str,
        name: str,
        do: Callable[[], object] | None = None,
        shortcut: str = "",
        size: int = 18,
        kind: str = "",
    ) -> None:
        super().__init__()
        self._icon, self._size = icon, size
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoRaise(True)
        if kind:
            self.setProperty("kind", kind)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        if do is not None:
            self.clicked.connect(lambda *_: do())
        self.set_name(name)
        self._tint()

    @classmethod
    def of(cls, action: QAction) -> IconButton:
        """The icon of a verb."""
        made = cls(getattr(action, "icon_name", "more"), action.text().replace("&", ""))
        made._follow(action)
        return made

    def set_name(self, name: str) -> None:
        """What it does, in words."""
        key = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  ({key})" if key else name)

    def set_icon(self, icon: str) -> None:
        """Another icon."""
        self._icon = icon
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses, not only Space."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """The theme was switched: tint anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()

    def _tint(self) -> None:
        t = tokens()
        self.setIcon(make_icon(self._icon, t.text2, self._size, faded=t.line_strong))
        self.setIconSize(QSize(self._size, self._size))

    def _follow(self, action: QAction) -> None:
        def copy() -> None:
            self.setEnabled(action.isEnabled())
            self.setToolTip(action.toolTip())
            self.setAccessibleName(action.text().replace("&", ""))

        self.clicked.connect(lambda *_: action.trigger())
        action.changed.connect(copy)
        copy()
