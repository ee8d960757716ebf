"""What a list shows when it is empty: icon, short title, one explanation, one helpful verb."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.button import Button
from ui.widgets.label import Icon, Label
from ui.widgets.layout import column, row


class EmptyState(QWidget):
    """Centred in the space there is. Use other words for "nothing yet" than for "no match"."""

    def __init__(self, icon: str, title: str, text: str, verb: Button | None = None) -> None:
        super().__init__()
        self._title = Label(title, "title").centred()
        self._text = Label(text, "body", "2").wrap().centred()
        self._text.setMinimumWidth(380)
        self._text.setMaximumWidth(420)
        self.verb = verb
        badge = Icon(icon, "accent_text", 22, box=48, soft="accent_soft")
        middle = column(row(None, badge, None), 10, self._title, row(None, self._text, None), gap=4)
        if verb is not None:
            middle.addSpacing(6)
            middle.addLayout(row(None, verb, None))
        self.setLayout(column(None, middle, None, margins=(24, 24, 24, 24)))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)

    def say(self, title: str, text: str) -> None:
        """Other words; the verb is hidden if there is no longer anything it helps with."""
        self._title.setText(title)
        self._text.setText(text)
