"""Verbs: each is one action, shared by button, menu, key and command palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.theme import tokens, watch
from ui.theme.icons import icon as make_icon


class Action(QAction):
    """A verb with icon and key. `allow(False, reason)` greys it and says why in its tooltip."""

    def __init__(
        self, text: str, parent: QWidget, do: Callable[[], object] | None = None, icon: str = "", shortcut: str = ""
    ) -> None:
        super().__init__(text, parent)
        self.icon_name = icon
        self._words = text
        self._reason = ""
        self.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
        if do is not None:
            self.triggered.connect(lambda *_: do())
        if icon:
            self.retint()
            watch(self.retint)
        self._explain()
        parent.addAction(self)

    @property
    def reason(self) -> str:
        """Why it is not allowed now; "" when it is."""
        return self._reason

    def allow(self, allowed: bool, reason: str = "") -> None:
        """Enable, or grey with the reason in words."""
        self._reason = "" if allowed else reason
        self.setEnabled(allowed)
        self._explain()

    def rename(self, text: str) -> None:
        """Change the words."""
        self._words = text
        self.setText(text)
        self._explain()

    def retint(self) -> None:
        """Draw the icon in the colours that are on now."""
        self.setIcon(make_icon(self.icon_name, tokens().text2, faded=tokens().control))

    def _explain(self) -> None:
        key = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = self._words.replace("&", "")
        self.setToolTip(self._reason or (f"{words}  ({key})" if key else words))
