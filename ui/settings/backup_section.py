"""Backups: where they go, when the last one was proved, and going back to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from ui import formats
from ui.context import AppContext
from ui.settings.section import titled
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Icon, Label, rule
from ui.widgets.layout import clear, column, row

_SHOWN = 8
_OLD_DAYS = 7


class BackupSection(QWidget):
    """Every backup is opened and checked before it counts; the file itself can be lost any time after that."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._icon = Icon("saved", "ok", 20, box=40, soft="ok_soft")
        self._last, self._note = Label("", "strong", figures=True), Label("", "caption", "3").wrap()
        now = Button(self.tr("Back up now"), "primary", "saved", do=self.back_up)
        head = row(self._icon, column(self._last, self._note, gap=2), now, gap=12)
        head.setStretch(1, 1)
        self._folder = ElidedLabel("", "body", "2")
        choose = Button(self.tr("Choose a folder…"), icon="folder", do=self.choose)
        self._usual = Button(self.tr("Beside the company file"), "ghost", do=lambda: self.use(None))
        place = row(Icon("folder", "text3"), self._folder, choose, self._usual, gap=10)
        place.setStretch(1, 1)
        hint = self.tr(
            "Made by itself on leaving and every half hour. A folder on another drive survives this computer."
        )
        self._list = column(gap=6)
        self.setLayout(
            column(
                titled(self.tr("Backups"), hint, head, rule(), place),
                titled(self.tr("Proved backups"), "", self._list),
                None,
                gap=14,
            )
        )

    def show_values(self, backups: Sequence[Any]) -> None:
        """Show the proved backups, the newest first."""
        keeper = self._context.keeper
        folder = keeper.backup_folder if keeper is not None else None
        usual = f"{self._context.store.path.name}.backups"
        self._folder.setText(str(folder) if folder is not None else usual)
        self._usual.setVisible(folder is not None)
        self._show_last(backups[0] if backups else None)
        clear(self._list)
        for backup in backups[:_SHOWN]:
            self._list.addLayout(self._line(backup))
        if not backups:
            self._list.addWidget(Label(self.tr("None yet."), "body", "3"))

    def _show_last(self, last: Any) -> None:
        if last is None:
            self._last.setText(self.tr("Not backed up yet"))
            self._note.setText(self.tr("The first backup is made when you leave Handsel."))
            self._icon.set_icon("warning", "warn")
            return
        days = (datetime.now(UTC) - last.made_at).days
        when = formats.moment_text(formats.local(last.made_at))
        self._last.setText(self.tr("Backed up and proved: %1").replace("%1", when))
        is_old = days > _OLD_DAYS
        self._note.setText(self.tr("%n days ago", None, days) if days else self.tr("Today"))
        self._icon.set_icon("warning" if is_old else "saved", "warn" if is_old else "ok")

    def _line(self, backup: Any) -> Any:
        when = formats.moment_text(formats.local(backup.made_at))
        verb = Button(self.tr("Restore…"), "ghost", do=lambda: self._restore(backup))
        verb.setAccessibleName(self.tr("Restore the backup of %1").replace("%1", when))
        deals = self.tr("%n deals", None, backup.manifest.rows.get("deal", 0))
        about = Label(f"{deals} · {formats.size_text(backup.manifest.bytes)}", "caption", "3", figures=True)
        return row(Icon("history", "text3"), Label(when, "body", figures=True), about, None, verb, gap=10)

    def back_up(self) -> None:
        """Make one now."""
        if self._context.keeper is not None:
            self._context.keeper.back_up_by_hand()

    def choose(self) -> None:
        """Ask for another folder."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder for backups"))
        if chosen:
            self.use(Path(chosen))

    def use(self, folder: Path | None) -> None:
        """Keep backups there from now on, and make one at once."""
        if self._context.keeper is not None:
            self._context.keeper.choose_backup_folder(folder)
            self.back_up()

    def _restore(self, backup: Any) -> None:
        if self._context.keeper is not None:
            self._context.keeper.restore_wanted.emit(backup)
