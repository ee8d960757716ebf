"""Before and after: what each line would cost by today's catalogue and rules; nothing changes until it is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QDialog, QWidget

from app.pipeline.repricing import Choice, Choices
from ui import formats
from ui.tables.column import LineColumn
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.inputs import Choice as ChoiceEdit
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.price_words import rule_name


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and whether its new price is taken."""

    line: Choice
    is_taken: bool


class RepriceDialog(QDialog):
    """One row a line; those that change and were not typed are taken unless she says otherwise."""

    def __init__(
        self, owner: QWidget, choices: Choices, currency: str, take: Callable[[Collection[int]], object]
    ) -> None:
        super().__init__(owner)
        self._choices, self._currency, self._take = choices, currency, take
        self.setWindowTitle(self.tr("Prices of today"))
        self.setMinimumSize(900, 420)
        self.model = LineModel(self._columns(), [Row(line, self._begins(line)) for line in choices.lines])
        self.table = LineEditor(self.model, self.tr("Before and after"))
        self.table.activated.connect(lambda index: self.turn(index.row()))
        self.all = Button(self.tr("Take all"), "ghost", do=lambda: self._set_all(lambda line: bool(line.change)))
        self.none = Button(self.tr("Keep all"), "ghost", do=lambda: self._set_all(lambda _: False))
        self.typed = Button(self.tr("All but typed ones"), "ghost", do=lambda: self._set_all(self._begins))
        self.commit = Button("", "primary", do=self.accept)
        self.cancel = Button(self.tr("Leave everything as it is"), do=self.reject)
        self.model.changed.connect(self._count)
        words = self.tr("By today's catalogue and rules. Only what you take changes; discounts you typed stay anyway.")
        tools = row(self.typed, self.all, self.none, None, gap=6)
        whole = self.tr("All together: %1 before, %2 after, with tax")
        whole = whole.replace("%1", formats.money_text(choices.before, currency))
        self._whole = Label(whole.replace("%2", formats.money_text(choices.after, currency)), "caption", "2")
        head = column(Label(self.windowTitle(), "title"), 4, Label(words, "body", "2").wrap())
        foot = row(self._whole, None, self.cancel, self.commit, gap=10)
        self.setLayout(column(head, tools, Card(column(self.table)), foot, margins=(22, 20, 22, 18), gap=12))
        self._count()

    def places(self) -> list[int]:
        """The lines that are taken."""
        return [item.line.place for item in self.model.rows() if item.is_taken]

    def turn(self, at: int) -> None:
        """Take the row, or leave it."""
        item = self.model.row(at)
        if item.line.change:
            self.model.put(at, 0, not item.is_taken)

    def accept(self) -> None:
        """Take what is ticked."""
        super().accept()
        self._take(self.places())

    # inside
    def _begins(self, line: Choice) -> bool:
        return bool(line.change) and not line.is_typed

    def _set_all(self, wanted: Callable[[Choice], bool]) -> None:
        self.model.set_rows([replace(item, is_taken=wanted(item.line)) for item in self.model.rows()])
        self._count()

    def _count(self) -> None:
        count = len(self.places())
        self.commit.setText(self.tr("Take %n new prices", None, count))
        self.commit.setEnabled(bool(count))

    def _columns(self) -> list[LineColumn]:
        choices = [(True, self.tr("new price")), (False, self.tr("as before"))]

        def money(amount: int) -> str:
            return formats.money_text(amount, self._currency)

        return [
            LineColumn(
                title=self.tr("Take"),
                text=lambda item: dict(choices)[item.is_taken] if item.line.change else self.tr("the same"),
                look="badge",
                tone=lambda item: "accent" if item.is_taken else ("neutral" if item.line.change else ""),
                width=120,
                read=lambda item: item.is_taken,
                write=lambda item, value: replace(item, is_taken=bool(value) and bool(item.line.change)),
                editor=lambda: ChoiceEdit(choices),
            ),
            LineColumn(
                title=self.tr("Line"),
                text=lambda item: item.line.name,
                below=lambda item: self.tr("typed price") if item.line.is_typed else "",
            ),
            LineColumn(
                title=self.tr("By"),
                text=lambda item: ", ".join(map(rule_name, item.line.rules)),
                width=150,
                look="quiet",
            ),
            LineColumn(title=self.tr("Before"), text=lambda item: money(item.line.before), align="right", width=104),
            LineColumn(title=self.tr("After"), text=lambda item: money(item.line.after), align="right", width=104),
            LineColumn(title=self.tr("Change"), text=self._change, tone=self._tone, align="right", width=104),
        ]

    def _change(self, item: Row) -> str:
        change = item.line.change
        return ("+" if change > 0 else "") + formats.money_text(change, self._currency) if change else formats.NOTHING

    def _tone(self, item: Row) -> str:
        return "" if not item.line.change else ("ok" if item.line.change > 0 else "warn")
