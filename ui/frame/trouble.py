"""What is shown instead of a company that cannot be opened: the reason in words, and every way on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import formats
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Icon, Label, rule
from ui.widgets.layout import column, row

_OFFERED = 3


class TroublePage(QWidget):
    """`restore` carries the backup that was chosen."""

    again = Signal()
    other = Signal()
    start = Signal()
    restore = Signal(object)

    def __init__(self, path: Path, reason: str, backups: Sequence[Any]) -> None:
        super().__init__()
        self.setProperty("panel", "canvas")
        title = Label(self.tr("%1 cannot be opened").replace("%1", path.stem), "display").wrap()
        words = Label(reason, "body", "2").wrap().selectable()
        place = Label(str(path.parent), "caption", "3").wrap().selectable()
        badge = Icon("warning", "warn", 22, box=48, soft="warn_soft")
        parts = [row(badge, None), 10, title, 4, words, 2, place, 14, row(*self._verbs(), None, gap=10)]
        if backups:
            parts += [16, rule(), 12, *self._backups(backups)]
        card = Card(column(*parts, margins=(28, 24, 28, 24)), title.text())
        card.setFixedWidth(620)
        self.setLayout(column(None, row(None, card, None), None, margins=(24, 24, 24, 24)))

    def _verbs(self) -> list[Button]:
        return [
            Button(self.tr("Try again"), "primary", icon="refresh", do=self.again.emit),
            Button(self.tr("Choose another file…"), icon="folder", do=self.other.emit),
            Button(self.tr("Start page"), "ghost", do=self.start.emit),
        ]

    def _backups(self, backups: Sequence[Any]) -> list[Any]:
        hint = self.tr("Or go back to a proved backup. The file as it is now is kept beside it.")
        shown: list[Any] = [Label(hint, "body", "2").wrap(), 8]
        for backup in backups[:_OFFERED]:
            when = formats.moment_text(formats.local(backup.made_at))
            verb = Button(self.tr("Restore"), do=lambda chosen=backup: self.restore.emit(chosen))
            verb.setAccessibleName(self.tr("Restore the backup of %1").replace("%1", when))
            shown += [row(Icon("history", "text3"), Label(when, "strong", figures=True), None, verb, gap=10), 6]
        return shown
