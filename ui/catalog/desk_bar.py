"""The strip below the model's tabs: what is not saved, undo, discard, save."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from ui.catalog.model_desk import ModelDesk
from ui.theme.tokens import PAGE_MARGIN
from ui.widgets.action import Action
from ui.widgets.button import Button
from ui.widgets.label import Icon, Label
from ui.widgets.layout import row


class DeskBar(QFrame):
    """Follows the desk."""

    def __init__(self, desk: ModelDesk, owner: object) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("panel", "footer")
        self._icon = Icon("saved", "text3", 15)
        self._words = Label("", "caption", "3")
        self.undo = Action(self.tr("Undo"), self, desk.undo, "undo")
        self.discard = Action(self.tr("Discard"), self, desk.discard)
        self.save = Action(self.tr("Save"), self, desk.save, "check")
        verbs = (Button.of(self.undo, "ghost"), Button.of(self.discard), Button.of(self.save, "primary"))
        self.setLayout(row(self._icon, self._words, None, *verbs, margins=(PAGE_MARGIN, 10, PAGE_MARGIN, 10), gap=10))
        desk.changed.connect(self._follow)
        desk.checked.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        desk = self._desk
        problems = len(desk.shown_problems())
        self.undo.allow(desk.can_undo, self.tr("There is nothing to take back."))
        nothing = self.tr("Everything is saved.")
        self.discard.allow(desk.is_changed, nothing)
        self.save.allow(desk.is_changed, nothing)
        if problems:
            self._show("warning", "bad", self.tr("%n things to mend", None, problems), "bad")
        elif desk.is_changed:
            self._show("edit", "text3", self.tr("Not saved yet"), "2")
        else:
            self._show("saved", "text3", self.tr("All changes saved"), "3")

    def _show(self, icon: str, ink: str, words: str, tone: str) -> None:
        self._icon.set_icon(icon, ink)
        self._words.setText(words)
        self._words.set_tone(tone)
