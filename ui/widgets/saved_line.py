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

OLD_DAYS = 7
"""From so many days without a backup on it says so."""


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
        self._at: datetime | None = None
        self._unsecured = 0
        self.show_state("saved")

    def state(self) -> SaveState:
        """What it says."""
        return self._state

    def set_unsecured(self, days: int) -> None:
        """For how many days nothing was backed up; it is said from a week on."""
        self._unsecured = days
        self.show_state(self._state, self._at)

    def show_state(self, state: SaveState, at: datetime | None = None) -> None:
        """saved (with the store's local time), saving, failed, or view (looking only)."""
        was, self._state, self._at = self._state, state, at
        place = self.tr("This computer")
        below = f"{place}, {formats.time_text(at)}" if at is not None else place
        title, icon, token = {
            "saved": (self.tr("All changes saved"), "saved", "ok"),
            "saving": (self.tr("Saving…"), "saved", "text3"),
            "failed": (self.tr("Not saved"), "warning", "bad"),
            "view": (self.tr("Looking only"), "eye", "text3"),
        }[state]
        if state == "saved" and self._unsecured >= OLD_DAYS:
            below = self.tr("Not backed up for %n days", None, self._unsecured)
            icon, token = "warning", "warn"
        self._title.setText(title)
        self._below.setText(below)
        self.setToolTip(below)
        self._icon.set_icon(icon, token)
        if state == "failed" and was != "failed":
            announce(self, title)
