"""What is always in the product, and where the price sits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.catalog.model import Component
from app.core.errors import Problem
from ui import formats
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import model_problem_words, price_on_choices, scale_choices
from ui.catalog.pane import Pane
from ui.tables.cells import mark_cells
from ui.tables.column import LineColumn
from ui.tables.line_model import LineModel
from ui.tables.lines_box import LinesBox
from ui.widgets.finder_edit import FinderEdit
from ui.widgets.inputs import Choice, Tick
from ui.widgets.label import Label
from ui.widgets.layout import column, holder
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.unit_words import unit_sign

_COLUMNS = {"sku": 0, "quantity": 1, "scales": 2, "is_printed": 3}


class PartsPane(Pane):
    """Fixed parts are dispatched with the product; the buyer may see them or not."""

    def __init__(self, desk: ModelDesk) -> None:
        super().__init__(desk)
        self.model = LineModel(self._columns(), blank=lambda: Component(""))
        self.model.changed.connect(lambda: None if self.is_filling else self._write(parts=tuple(self.model.rows())))
        self.box = LinesBox(
            self.model,
            self.tr("Fixed parts"),
            self.tr("Another part"),
            self.tr("Nothing is always inside"),
            self.tr("Add the products that every one of these contains."),
            most=12,
        )
        self._sum = Label("", "caption", "3", figures=True).wrap()
        self.card(self.tr("Always inside"), self.box, self._sum)
        price = self.field("price_on", self.tr("The price"), Choice(price_on_choices()))
        self._printed = Tick(self.tr("The buyer sees the parts on paper"))
        self.watch("is_printed", self._printed)
        self.card(self.tr("Price and paper"), [(price, 7), (holder(column(22, self._printed)), 5)])

    def place(self) -> str:
        """Of its problems."""
        return "parts"

    def fill(self) -> None:
        """Show the parts."""
        parts = self.desk.model.parts
        self.show_rows(self.model, parts.parts)
        self.fields["price_on"].set_value(parts.price_on)
        self._printed.set_value(parts.is_printed)
        self._sum.setText(self._sum_words(parts.parts))
        self._sum.setVisible(bool(parts.parts))

    def edited(self, name: str, value: Any) -> None:
        """Write a field."""
        self._write(**{name: value})

    def show_other_problems(self, problems: Sequence[Problem]) -> None:
        """In the cells of the parts."""
        mark_cells(self.model, problems, "parts", _COLUMNS, model_problem_words)

    def _write(self, **changed: Any) -> None:
        model = self.desk.model
        self.desk.put(replace(model, parts=replace(model.parts, **changed)), f"parts {sorted(changed)}")

    def _sum_words(self, parts: Sequence[Component]) -> str:
        known = [(part, self.desk.products[part.sku]) for part in parts if part.sku in self.desk.products]
        if not known or len({product.currency for _, product in known}) > 1:
            return ""
        currency = known[0][1].currency
        worth = sum((one.unit_price / one.base_quantity * part.quantity for part, one in known), Decimal(0))
        words = self.tr("Alone they would be %1").replace("%1", _price(worth, currency))
        costs = [None if one.cost is None else one.cost * part.quantity for part, one in known]
        if None in costs:
            return words
        cost = sum((cost for cost in costs if cost is not None), Decimal(0))
        return f"{words}  ·  " + self.tr("they cost you %1").replace("%1", _price(cost, currency))

    def _columns(self) -> list[LineColumn]:
        printed = [(True, self.tr("printed")), (False, self.tr("hidden"))]
        return [
            LineColumn(
                title=self.tr("Product"),
                text=self._name,
                below=lambda part: part.sku,
                read=lambda part: part.sku or None,
                write=lambda part, value: replace(part, sku=value or ""),
                editor=lambda: FinderEdit(self.desk.choices, unknown=self.tr("There is no such product.")),
            ),
            LineColumn(
                title=self.tr("Quantity"),
                text=self._quantity,
                align="right",
                width=104,
                read=lambda part: part.quantity,
                write=lambda part, value: replace(part, quantity=value or Decimal(1)),
                editor=lambda: DecimalEdit(least=Decimal("0.000001")),
            ),
            LineColumn(
                title=self.tr("Goes"),
                text=lambda part: dict(scale_choices())[part.scales],
                width=146,
                read=lambda part: part.scales,
                write=lambda part, value: replace(part, scales=bool(value)),
                editor=lambda: Choice(scale_choices()),
            ),
            LineColumn(
                title=self.tr("On paper"),
                text=lambda part: dict(printed)[part.is_printed],
                width=92,
                read=lambda part: part.is_printed,
                write=lambda part, value: replace(part, is_printed=bool(value)),
                editor=lambda: Choice(printed),
            ),
        ]

    def _name(self, part: Component) -> str:
        product = self.desk.products.get(part.sku)
        return product.name if product is not None else part.sku

    def _quantity(self, part: Component) -> str:
        product = self.desk.products.get(part.sku)
        unit = "" if product is None else f" {unit_sign(product.unit, part.quantity)}"
        return formats.decimal_text(part.quantity) + unit


def _price(amount: Decimal, currency: str) -> str:
    return formats.price_text(amount.quantize(Decimal("0.01")), currency)
