"""A table of a report in a card, and the same table as a workbook: one definition of its columns for both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtWidgets import QFileDialog

from ui.context import AppContext
from ui.tables.column import Align, Column, Look
from ui.tables.exports import company_name
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.action import Action
from ui.widgets.button import IconButton
from ui.widgets.card import Card, CardHead
from ui.widgets.label import Label
from ui.widgets.layout import column, holder, row
from ui.widgets.progress_panel import ProgressDialog

_MOST_ROWS = 8

Holds = Literal["text", "amount", "number", "count", "date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportColumn:
    """`value` is what the workbook gets (amounts in minor units), `text` what the screen shows of it."""

    title: str
    value: Callable[[Any], Any]
    text: Callable[[Any], str]
    holds: Holds = "text"
    below: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    width: int = 0
    look: Look = "text"
    align: Align | None = None
    """Where it stands otherwise than its kind does."""

    @property
    def shown(self) -> Column:
        """On the screen."""
        align: Align = self.align or ("left" if self.holds == "text" else "right")
        return Column(
            title=self.title,
            text=self.text,
            align=align,
            width=self.width,
            look=self.look,
            below=self.below,
            tone=self.tone,
        )


class ReportCard(Card):
    """`key(row)` keeps the selection. `hidden` columns are in the workbook only: currencies, what second lines show."""

    def __init__(
        self,
        context: AppContext,
        title: str,
        columns: Sequence[ReportColumn],
        key: Callable[[Any], Any],
        nothing: str,
        hidden: Sequence[ReportColumn] = (),
    ) -> None:
        self._context, self._title, self._columns = context, title, [*columns, *hidden]
        self._rows: Sequence[Any] = ()
        self.head = CardHead(title)
        shown = [column_.shown for column_ in columns]
        self.table = PagedView(PagedModel(shown, lambda _cursor, _order: Page(self._rows), key), title)
        self._nothing = holder(row(Label(nothing, "body", "3"), None, margins=(18, 4, 18, 18)))
        self.middle = column(gap=10)
        super().__init__(column(self.head, self.middle, self.table, self._nothing, 6), title)
        words = self.tr("Save as a workbook…")
        self.save = Action(f"{title}: {words}", self, self.export, "export")
        self.head.addWidget(IconButton.of(self.save))
        self.set_rows(())

    def rows(self) -> list[Any]:
        """What is shown."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self._rows = rows
        model: Any = self.table.model()
        model.reload()
        self.table.setFixedHeight(self.table.height_for(min(max(len(rows), 1), _MOST_ROWS)))
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.save.allow(bool(rows), self.tr("There is nothing to save yet."))

    def export(self) -> None:
        """Ask for a file and save all rows to it."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export"), f"{self._title}.xlsx", self.tr("Excel workbook (*.xlsx)")
        )
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Save all rows as a workbook, beside the main thread."""
        rows, columns, title, context = list(self._rows), self._columns, self._title, self._context

        def work(progress: Any) -> None:
            from app.outputs import files
            from app.outputs.xlsx import list_export
            from app.outputs.xlsx.styles import Kind
            from app.outputs.xlsx.workbook import Column as Cell

            cells: list[Any] = [
                Cell(str(place), one.title, Kind(one.holds), one.value) for place, one in enumerate(columns)
            ]
            author = company_name(context)
            data = list_export.write(title, cells, rows, made=context.today(), author=author, progress=progress)
            files.save(path, data)

        said = self.tr("Saved to %1").replace("%1", path.name)
        job = context.jobs.file(work, lambda _: context.say(said), owner=self)
        ProgressDialog(self.tr("Exporting…"), job, self)
