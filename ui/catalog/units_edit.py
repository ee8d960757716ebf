"""The other units that a product is sold in: one a line, and what each means in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.catalog.rules import SellingUnit
from app.core.errors import Problem
from ui import formats
from ui.catalog.texts import conversion_words, problem_words
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.inputs import Choice
from ui.widgets.layout import column
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.unit_words import unit_choices, unit_name

_COLUMNS = {"unit": 0, "per": 1, "factor": 2, "price": 3}
_SMALLEST = Decimal("0.000001")


class UnitsEdit(QWidget):
    """Value: a tuple of `SellingUnit`."""

    value_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._unit, self._currency = "C62", "EUR"
        self.model = LineModel(self._columns(), blank=lambda: SellingUnit("XBX", Decimal(12)))
        self.box = LinesBox(
            self.model,
            self.tr("Other units"),
            self.tr("Another unit"),
            self.tr("Sold in its own unit only"),
            self.tr("Add a box, a pack or a pallet if there is one."),
        )
        self.lines = self.box.lines
        self.model.changed.connect(lambda: self.value_changed.emit(self.value()))
        self.setLayout(column(self.box))

    def value(self) -> tuple[SellingUnit, ...]:
        """What was typed."""
        return tuple(self.model.rows())

    def set_value(self, value: Sequence[SellingUnit]) -> None:
        """Show these."""
        self.model.set_rows(list(value))

    def set_base(self, unit: str, currency: str) -> None:
        """The product's own unit and currency."""
        self._unit, self._currency = unit, currency
        self.model.set_rows(self.model.rows())

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark the cells of `units[1].factor`; returns the problems that are about something else."""
        return mark_cells(self.model, problems, "units", _COLUMNS, problem_words)

    def _columns(self) -> list[LineColumn]:
        return [
            LineColumn(
                title=self.tr("Sold in"),
                text=lambda one: unit_name(one.unit),
                width=150,
                read=lambda one: one.unit,
                write=lambda one, value: replace(one, unit=value or one.unit),
                editor=lambda: Choice(unit_choices()),
            ),
            LineColumn(
                title=self.tr("So many"),
                text=lambda one: formats.decimal_text(one.per),
                align="right",
                width=92,
                read=lambda one: one.per,
                write=lambda one, value: replace(one, per=value or Decimal(1)),
                editor=lambda: DecimalEdit(least=_SMALLEST),
            ),
            LineColumn(
                title=self.tr("Are so many"),
                text=lambda one: formats.decimal_text(one.factor),
                align="right",
                width=110,
                read=lambda one: one.factor,
                write=lambda one, value: replace(one, factor=value or Decimal(1)),
                editor=lambda: DecimalEdit(least=_SMALLEST),
            ),
            LineColumn(
                title=self.tr("Own price"),
                text=lambda one: formats.NOTHING if one.price is None else formats.decimal_text(one.price, 2),
                align="right",
                width=120,
                read=lambda one: one.price,
                write=lambda one, value: replace(one, price=value),
                editor=lambda: DecimalEdit(optional=True, least=Decimal(0)),
            ),
            LineColumn(
                title=self.tr("In words"),
                text=lambda one: conversion_words(one, self._unit, self._currency),
                look="quiet",
            ),
        ]
