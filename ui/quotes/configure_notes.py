"""What stands between a configuration and its taking: why something is blocked with the ways out, and what warns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.catalog.configure import Alert, Fix
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.fix_words import fix_words, reason_words
from ui.widgets.inputs import TextEdit
from ui.widgets.label import Icon, Label
from ui.widgets.layout import clear, column, holder, row
from ui.widgets.problem_label import announce

LETTERS = "ABC"


class FixStrip(Card):
    """Why something cannot be chosen, and a button for each way out; Alt and its letter does it."""

    chosen = Signal(object)
    """The fix."""

    def __init__(self) -> None:
        super().__init__(panel="note-warn")
        self.fixes: tuple[Fix, ...] = ()
        self._words = Label("", "label", "warn").wrap()
        self._ways = column(gap=4)
        self._holder = holder(self._ways)
        words = row(Icon("lock", "warn"), self._words, gap=10)
        words.setStretch(1, 1)
        self.setLayout(column(words, self._holder, margins=(14, 9, 12, 9), gap=8))
        self.setAccessibleName(self.tr("Why not, and what would help"))
        self.setVisible(False)

    def show_way(self, words: str, fixes: Sequence[Fix], currency: str) -> None:
        """Say why not, and offer the ways out; "" hides it."""
        is_new = words != self._words.text()
        self.fixes = tuple(fixes)
        self._words.setText(words)
        clear(self._ways)
        for letter, fix in zip(LETTERS, self.fixes, strict=False):
            self._ways.addWidget(self._way(letter, fix, currency))
        self._holder.setVisible(bool(self.fixes))
        self.setVisible(bool(words))
        if words and is_new:
            announce(self, words)

    def _way(self, letter: str, fix: Fix, currency: str) -> QWidget:
        """One way out: a button cannot break its words over lines, so they stand beside it."""
        words = fix_words(fix, currency)
        text = f"{self.tr('Do it')}   {self.tr('Alt+%1').replace('%1', letter)}"
        button = Button(text, icon="check", do=partial(self.chosen.emit, fix), name=words)
        way = row(button, Label(words, "body", "2").wrap(), gap=10)
        way.setStretch(1, 1)
        return holder(way)

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def take(self, letter: str) -> bool:
        """Do the fix of a letter; False if there is none."""
        at = LETTERS.find(letter.upper()) if letter else -1
        if not 0 <= at < len(self.fixes) or not self.isVisible():
            return False
        self.chosen.emit(self.fixes[at])
        return True


class AlertRows(QWidget):
    """What the owner wants to be warned of, each with a line for the reason to go on all the same."""

    reasoned = Signal(object, str)
    """The alert, and the reason typed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, tuple[Alert, TextEdit]] = {}
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self.setLayout(self._box)

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Show the alerts that fire; the reason that is being typed keeps the keyboard."""
        if [alert.reason.key for alert in alerts] != list(self._rows):
            clear(self._box)
            self._rows = {}
            for alert in alerts:
                self._box.addWidget(self._row(alert))
        for alert in alerts:
            _, editor = self._rows[alert.reason.key]
            self._rows[alert.reason.key] = (alert, editor)
            if editor.value() != alert.override.strip():
                editor.blockSignals(True)
                editor.set_value(alert.override)
                editor.blockSignals(False)
        self.setVisible(bool(alerts))

    def first_open(self) -> QWidget | None:
        """The first line that still needs a reason."""
        return next((editor for _, editor in self._rows.values() if not editor.value()), None)

    def _row(self, alert: Alert) -> Card:
        words = reason_words(alert.reason)
        editor = TextEdit(optional=True, placeholder=self.tr("Why it is all right here"))
        editor.setAccessibleName(self.tr("Reason to go on: %1").replace("%1", words))
        key = alert.reason.key
        editor.value_changed.connect(lambda text: self.reasoned.emit(self._rows[key][0], text))
        self._rows[key] = (alert, editor)
        head = row(Icon("warning", "warn"), Label(words, "label", "warn").wrap(), gap=10)
        head.setStretch(1, 1)
        return Card(column(head, editor, margins=(14, 9, 12, 10), gap=7), words, panel="note-warn")
