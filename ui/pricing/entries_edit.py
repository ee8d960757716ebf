"""The entries of a price list as one table, a row for each tier, with what the tiers come to in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.pipeline.trying import Around
from app.pricing.book import Method
from app.pricing.entry_rows import ROWS, EntryRow, entry_at, in_rows, problems_of_rows
from app.pricing.examples import example, fitting_quantity
from ui import formats
from ui.pricing import texts
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.button import Button
from ui.widgets.finder_edit import Choices, FinderEdit
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.number_edits import DecimalEdit

_COLUMNS = {"sku": 0, "from_quantity": 1, "value": 2, "method": 3, "reading": 4, "base_quantity": 5, "of": 6}
_ALL = ("all", "")
_NONE = Decimal(0)


class EntriesEdit(QWidget):
    """Value: a tuple of `EntryRow`. Rows of the same product below each other are its tiers."""

    value_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._currency = "EUR"
        self._names: dict[str, str] = {}
        self._choices = Choices(())
        self.model = LineModel(self._columns(), blank=EntryRow)
        self.box = LinesBox(
            self.model,
            self.tr("Entries"),
            self.tr("Another entry"),
            self.tr("No entries yet"),
            self.tr("Add one, or copy product, quantity and price from a spreadsheet and paste them here."),
            "price",
            most=10,
        )
        tier = Button(self.tr("Another tier"), "ghost", "copy", self._add_tier)
        tier.setToolTip(self.tr("The chosen row once more, from another quantity on (Ctrl+D)"))
        self._tier = tier
        self._meaning, self._example = Label("", "caption", "3").wrap(), Label("", "strong", figures=True).wrap()
        self.setLayout(column(self.box, row(tier, None), 6, self._example, self._meaning, gap=2))
        self.model.changed.connect(self._changed)
        self.box.lines.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        self._tell()

    def set_around(self, around: Around) -> None:
        """What entries may be for."""
        self._names = {sku: item.name for sku, item in around.products.items()}
        pairs: list[tuple[Any, str]] = [(_ALL, self.tr("All products"))]
        pairs += [(("category", name), self.tr("All of %1").replace("%1", name)) for name in around.categories]
        pairs += [(("sku", sku), f"{name} · {sku}") for sku, name in self._names.items()]
        also = [
            *((name, ("category", name)) for name in around.categories),
            *((sku, ("sku", sku)) for sku in self._names),
        ]
        self._choices = Choices(pairs, also)

    def set_currency(self, currency: str) -> None:
        """In which prices are."""
        self._currency = currency
        self._tell()

    def value(self) -> tuple[EntryRow, ...]:
        """What was typed."""
        return tuple(self.model.rows())

    def set_value(self, value: Sequence[EntryRow]) -> None:
        """Show these."""
        self.model.set_rows(list(value))
        self._tell()

    def check(self) -> bool:
        """Whether every row says for what it is; else the first one that does not is shown."""
        found = problems_of_rows(self.value())
        mark_cells(self.model, found, ROWS, _COLUMNS, texts.problem_words)
        if found:
            self.box.lines.setFocus()
        return not found

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark the cells of `entries[1].tiers[0].value`; returns the problems that are about something else."""
        return mark_cells(self.model, in_rows(self.value(), problems), ROWS, _COLUMNS, texts.problem_words)

    # inside
    def _changed(self) -> None:
        self._tell()
        self.value_changed.emit(self.value())

    def _add_tier(self) -> None:
        rows, place = self.model.rows(), self.box.lines.currentIndex().row()
        if not rows:
            self.box.lines.add_line()
            return
        place = place if 0 <= place < len(rows) else len(rows) - 1
        last = rows[place].from_quantity
        self.model.insert(place + 1, [replace(rows[place], from_quantity=last * 2 if last else Decimal(10))])
        self.box.lines.edit_cell(place + 1, _COLUMNS["from_quantity"])

    def _tell(self) -> None:
        """The example of the row that is chosen, else of the first."""
        rows, place = self.value(), self.box.lines.currentIndex().row()
        self._tier.setEnabled(bool(rows))
        entry = entry_at(rows, place if 0 <= place < len(rows) else 0) if rows else None
        shown = entry is not None and entry.method is Method.FIXED
        for label in (self._example, self._meaning):
            label.setVisible(bool(shown and entry is not None and (entry.tiers or label is self._example)))
        if entry is None or not shown or not entry.base_quantity:
            self._example.setText("")
            return
        quantity = fitting_quantity(entry.tiers, entry.least_quantity)
        told = example(entry.value, entry.tiers, entry.reading, quantity, self._currency, entry.base_quantity)
        what = self._names.get(entry.sku, entry.sku) or entry.category or self.tr("All products")
        self._example.setText(f"{what}, {texts.example_words(told, self._currency)}")
        self._meaning.setText(texts.reading_words(entry.reading))

    def _target(self, one: EntryRow) -> str:
        if one.is_for_all:
            return self.tr("All products")
        if one.category:
            return self.tr("All of %1").replace("%1", one.category)
        return self._names.get(one.sku, one.sku)

    def _columns(self) -> list[LineColumn]:
        methods, readings = dict(texts.method_choices()), dict(texts.reading_choices())
        return [
            LineColumn(
                title=self.tr("For"),
                text=self._target,
                below=lambda one: one.sku,
                read=_key_of,
                write=_with_target,
                editor=lambda: FinderEdit(self._choices, unknown=self.tr("There is no such product.")),
            ),
            self._number("from_quantity", self.tr("From so many"), 114),
            self._number("value", self.tr("Value"), 88, 2),
            LineColumn(
                title=self.tr("Is"),
                text=lambda one: methods[one.method],
                width=140,
                read=lambda one: one.method,
                write=lambda one, value: replace(one, method=value or one.method),
                editor=lambda: Choice(texts.method_choices()),
            ),
            LineColumn(
                title=self.tr("Tier is for"),
                text=lambda one: readings[one.reading],
                width=136,
                read=lambda one: one.reading,
                write=lambda one, value: replace(one, reading=value or one.reading),
                editor=lambda: Choice(texts.reading_choices()),
            ),
            self._number("base_quantity", self.tr("Price is for"), 108),
            LineColumn(
                title=self.tr("Formula, or % of"),
                text=lambda one: one.of if one.method in (Method.FORMULA, Method.PERCENT_OF_TOTAL) else "",
                width=120,
                tip=lambda _: self.tr("A formula of list, cost, quantity, weight; or the category a percentage is of"),
                read=lambda one: one.of,
                write=lambda one, value: replace(one, of=value or ""),
                editor=lambda: TextEdit(optional=True, longest=200),
            ),
        ]

    def _number(self, name: str, title: str, width: int, places: int | None = None) -> LineColumn:
        def text(one: EntryRow) -> str:
            if name == "value" and one.method is Method.FORMULA:
                return ""
            return formats.decimal_text(getattr(one, name), _places(getattr(one, name), places))

        return LineColumn(
            title=title,
            text=text,
            align="right",
            width=width,
            read=lambda one: getattr(one, name),
            write=lambda one, value: replace(one, **{name: _NONE if value is None else value}),
            editor=lambda: DecimalEdit(least=_NONE),
        )


def _places(value: Decimal, least: int | None) -> int | None:
    """Every decimal there is, and at least so many."""
    exponent = value.as_tuple().exponent
    return None if least is None else max(least, -exponent if isinstance(exponent, int) else 0)


def _key_of(one: EntryRow) -> tuple[str, str] | None:
    if one.is_for_all:
        return _ALL
    if one.category:
        return "category", one.category
    return ("sku", one.sku) if one.sku else None


def _with_target(one: EntryRow, value: Any) -> EntryRow:
    """For what an entry is; a text that is none of the choices counts as an item number, to be told."""
    kind, name = value if isinstance(value, tuple) else ("sku", str(value or ""))
    return replace(
        one,
        sku=name if kind == "sku" else "",
        category=name if kind == "category" else "",
        is_for_all=kind == "all",
    )
