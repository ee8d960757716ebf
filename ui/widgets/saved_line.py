"""The quiet line that says everything is saved, and when; it shouts only if that is not so."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from PySide6.QtWidgets import QWidget

from ui import formats
from ui.widgets.label import ElidedLabel, Icon
from ui.widgets.layout import column, row
from ui.widgets.problem_label import announce

SaveState = Literal["saved", "saving", "failed", "view"]


class SavedLine(QWidget):
    """At the bottom of the sidebar: "All changes saved / This computer, 14:32"."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = Icon("saved", "ok", 15)
        self._title = ElidedLabel("", "label", "2")
        self._below = ElidedLabel("", "caption", "3")
        words = column(self._title, self._below, gap=1)
        layout = row(self._icon, words, margins=(8, 0, 0, 0), gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._state: SaveState = "saved"
        self.show_state("saved")

    def state(self) -> SaveState:
        """What it says."""
        return self._state

    def show_state(self, state: SaveState, at: datetime | None = None) -> None:
        """saved (with the store's local time), saving, failed, or view (looking only)."""
        was, self._state = self._state, state
        place = self.tr("This computer")
        below = f"{place}, {formats.time_text(at)}" if at is not None else place
        title, icon, token = {
            "saved": (self.tr("All changes saved"), "saved", "ok"),
            "saving": (self.tr("Saving…"), "saved", "text3"),
            "failed": (self.tr("Not saved"), "warning", "bad"),
            "view": (self.tr("Looking only"), "eye", "text3"),
        }[state]
        self._title.setText(title)
        self._below.setText(below)
        self._icon.set_icon(icon, token)
        if state == "failed" and was != "failed":
            announce(self, title)
