"""A strip across the window: the practice company, looking only, an old copy restored."""

from __future__ import annotations

from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label
from ui.widgets.layout import row


class Banner(Card):
    """Icon, words and one verb in a soft tone (accent, ok, warn, bad)."""

    def __init__(self, words: str, icon: str = "info", tone: str = "warn", verb: Button | None = None) -> None:
        mark = Icon(icon, "accent_text" if tone == "accent" else tone)
        self._words = Label(words, "label", tone)
        super().__init__(
            row(mark, self._words, None, *([verb] if verb else []), margins=(14, 6, 8, 6), gap=10),
            panel=f"note-{tone}",
        )
        self.setMinimumHeight(38)
        self.setAccessibleName(words)

    def say(self, words: str) -> None:
        """Other words."""
        self._words.setText(words)
        self.setAccessibleName(words)
