"""The columns of the table of lines: what is shown of a line or of a bundle's head, and what can be typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.catalog.rules import Kind, Product
from app.core.errors import RuleViolation
from app.core.quantity import units
from app.quotes.draft import LineDraft, line_of
from ui import formats
from ui.quotes.line_rows import BundleRow, Row
from ui.quotes.product_stock import ProductStock
from ui.tables.column import LineColumn
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.number_edits import QuantityEdit
from ui.widgets.unit_words import unit_choices, unit_name, unit_sign

_INDENT = "     "


class ProductColumns(QObject):
    """Makes the columns. `find(sku)` gives a product of the catalogue, `current()` the row that is being typed into."""

    refused = Signal(str)
    """Why something that was typed cannot be, in words."""

    def __init__(
        self, stock: ProductStock, find: Callable[[str], Product | None], current: Callable[[], Row | None]
    ) -> None:
        super().__init__()
        self._stock, self._find, self._current = stock, find, current
        self.currency = ""
        """Of the quote; "" before there is one."""

    def make(self) -> list[LineColumn]:
        """Name, kind, quantity, unit, and what is there."""
        kinds = [(Kind.GOODS, self.tr("Goods")), (Kind.SERVICE, self.tr("Service"))]
        return [
            LineColumn(
                title=self.tr("Product or text"),
                text=_name,
                below=_about,
                tip=_about,
                read=_name,
                write=self._write_name,
                editor=lambda: TextEdit(placeholder=self.tr("Product number or text")),
            ),
            LineColumn(
                title=self.tr("Kind"),
                text=lambda line: "" if isinstance(line, BundleRow) else dict(kinds)[line.kind],
                width=100,
                read=lambda line: None if isinstance(line, BundleRow) else line.kind,
                write=_write_kind,
                editor=lambda: Choice(kinds),
            ),
            LineColumn(
                title=self.tr("Quantity"),
                text=lambda line: formats.NOTHING if line.quantity is None else formats.decimal_text(line.quantity),
                below=_own_quantity,
                align="right",
                width=110,
                read=lambda line: line.quantity,
                write=_write_quantity,
                editor=QuantityEdit,
            ),
            LineColumn(
                title=self.tr("Unit"),
                text=lambda line: unit_sign(_unit(line), line.quantity or Decimal(2)),
                tip=lambda line: unit_name(_unit(line)),
                width=100,
                read=_unit,
                write=self._write_unit,
                editor=self._unit_editor,
            ),
            LineColumn(
                title=self.tr("Available"),
                text=self._stock_words,
                tone=lambda line: self._stock.tone(line) if isinstance(line, LineDraft) else "",
                tip=lambda line: self._stock.more(line) if isinstance(line, LineDraft) else "",
                align="right",
                look="quiet",
                width=150,
            ),
        ]

    def _write_name(self, line: Row, value: str | None) -> Row:
        """A product's number brings the product; anything else is the line's text."""
        text = value or ""
        if isinstance(line, BundleRow):
            return line
        product = self._find(text) if text and text != line.name else None
        if product is None or not self.currency:
            return replace(line, name=text)
        quantity = line.quantity if line.quantity is not None else product.base_quantity
        return line_of(product, self.currency, quantity)

    def _unit_editor(self) -> Choice:
        """The units that the product is sold in; of any other line all."""
        line = self._current()
        product = self._stock.product(line.sku) if isinstance(line, LineDraft) else None
        if product is None:
            return Choice(unit_choices())
        codes = (product.unit, *(unit.unit for unit in product.units))
        return Choice([(code, unit_name(code)) for code in codes])

    def _write_unit(self, line: Row, value: str | None) -> Row:
        """A code from the choice; pasted text may be the sign or the name of a unit."""
        code = _unit_code(value)
        if isinstance(line, BundleRow) or code is None or line.detail.selection or line.detail.bundle is not None:
            return line
        product = self._stock.product(line.sku)
        if product is None or not self.currency or product.sold_in(code) is None:
            return replace(line, unit=code)
        try:
            sold = line_of(product, self.currency, line.quantity or Decimal(1), code)
        except RuleViolation:
            words = self.tr("%1 of this unit is no exact number of the product's own unit.")
            self.refused.emit(words.replace("%1", formats.decimal_text(line.quantity or Decimal(1))))
            return line
        return replace(sold, reductions=line.reductions, tax=line.tax, name=line.name)

    def _stock_words(self, line: Row) -> str:
        return self._stock.words(line) if isinstance(line, LineDraft) else ""


def _name(line: Row) -> str:
    if isinstance(line, BundleRow):
        return line.bundle.name
    return f"{_INDENT}{line.name}" if line.detail.bundle is not None else line.name


def _about(line: Row) -> str:
    """The quiet second line: number, what was chosen, what is inside."""
    if isinstance(line, BundleRow):
        chosen = [words for _, words in line.bundle.options]
        return " · ".join(part for part in (line.bundle.sku, *chosen) if part)
    detail = line.detail
    chosen = [words for _, words in detail.options]
    parts = [f"{formats.decimal_text(part.quantity)} × {part.name}" for part in detail.parts if not detail.options]
    told = chosen or parts or [line.description.partition("\n")[0]]
    words = " · ".join(part for part in (line.sku, *told) if part)
    return f"{_INDENT}{words}" if detail.bundle is not None and words else words


def _own_quantity(line: Row) -> str:
    """ "= 24 pcs" where it is sold in another unit than its own."""
    if isinstance(line, BundleRow) or line.detail.own_quantity is None:
        return ""
    own = line.detail.own_quantity
    return f"= {formats.decimal_text(own)} {unit_sign(line.detail.own_unit, own)}"


def _unit(line: Row) -> str:
    return line.bundle.unit if isinstance(line, BundleRow) else line.unit


def _unit_code(value: str | None) -> str | None:
    """The code of a unit from its code, sign or name; None where there is none."""
    if value in units():
        return value
    wanted = (value or "").strip().casefold()
    return next(
        (code for code, name in unit_choices() if wanted in (name.casefold(), unit_sign(code).casefold())), None
    )


def _write_kind(line: Row, value: Any) -> Row:
    if isinstance(line, BundleRow) or not isinstance(value, Kind) or line.detail.bundle is not None:
        return line
    return replace(line, kind=value)


def _write_quantity(line: Row, value: Decimal | None) -> Row:
    """Of a line inside a bundle the head says how many."""
    if isinstance(line, BundleRow):
        return replace(line, quantity=value)
    return line if line.detail.bundle is not None else line.with_quantity(value)
