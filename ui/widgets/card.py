"""The white card with a hairline: the surface everything stands on; and its head with title and verbs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from ui.widgets.label import Label
from ui.widgets.layout import Item, column, row


class Card(QFrame):
    """A card around a layout. `name` is what a screen reader calls it."""

    def __init__(self, layout: QLayout | None = None, name: str = "", panel: str = "card") -> None:
        super().__init__()
        self.setProperty("panel", panel)
        if layout is not None:
            self.setLayout(layout)
        if name:
            self.setAccessibleName(name)


class CardHead(QHBoxLayout):
    """Title, quiet note beside it, and verbs at the right."""

    def __init__(self, title: str, note: str = "", *verbs: QWidget) -> None:
        super().__init__()
        self.setContentsMargins(18, 9, 12, 9)
        self.setSpacing(4)
        self.title = Label(title, "title")
        self.note = Label(note, "caption", "3")
        self.addWidget(self.title)
        self.addSpacing(8)
        self.addWidget(self.note)
        self.addStretch(1)
        for verb in verbs:
            self.addWidget(verb)


def titled_card(title: str, *items: Item, verbs: tuple[QWidget, ...] = (), note: str = "", gap: int = 10) -> Card:
    """A card with a head and padded content below it."""
    layout = column(CardHead(title, note, *verbs), column(*items, margins=(18, 2, 18, 16), gap=gap))
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return Card(layout, title)


def sunken(*items: Item, gap: int = 9) -> Card:
    """A quiet strip inside a card: a hint or a warning with its verb."""
    return Card(row(*items, margins=(12, 5, 6, 5), gap=gap), panel="sunken")
