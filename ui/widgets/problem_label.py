"""What is wrong with a field, in words, below it."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.label import Icon, Label
from ui.widgets.layout import row


class ProblemLabel(QWidget):
    """An icon and the words of a problem; hidden while there is none. `tone` bad (a problem) or warn (a warning)."""

    def __init__(self, tone: str = "bad") -> None:
        super().__init__()
        self._words = Label("", "caption", tone).wrap()
        icon = Icon("warning", tone, 13, 2.1)
        layout = row(icon, self._words, gap=6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setVisible(False)

    def text(self) -> str:
        """The words shown, "" while hidden."""
        return self._words.text()

    def set_text(self, text: str) -> None:
        """Show a problem, or hide with ""; a screen reader is told at once."""
        if text == self._words.text():
            return
        self._words.setText(text)
        self.setVisible(bool(text))
        if text:
            announce(self, text)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that appeared elsewhere than where the keyboard is."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
