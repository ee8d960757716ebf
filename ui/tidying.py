"""Python's garbage is collected while nobody types: a full pass over a long list takes up to half a second.

The young generations, which hold nearly all garbage, are collected as always, in a few milliseconds.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

LOOK_MS = 5_000
IDLE_S = 3.0
ENOUGH = 10
"""So many passes over the younger generations make a full one worth it: as often as Python would."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Tidying(QObject):
    """Make one per program; it ends with its parent, the application. `end` gives the work back to Python."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._thresholds = gc.get_threshold()
        self._last_input = time.monotonic()
        young, middle, _ = self._thresholds
        gc.set_threshold(young, middle, 1_000_000)
        app.installEventFilter(self)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> bool:
        """Collect if it is worth it and nobody does anything; returns whether it did."""
        is_due = gc.get_count()[2] >= ENOUGH and time.monotonic() - self._last_input >= IDLE_S
        if is_due:
            gc.collect()
        return is_due

    def end(self) -> None:
        """As it was."""
        self._timer.stop()
        gc.set_threshold(*self._thresholds)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Note that somebody is there."""
        if event.type() in _INPUT:
            self._last_input = time.monotonic()
        return False
