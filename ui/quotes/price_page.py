"""Third page: prices and discounts of each line and of the whole, with margin; totals are worked out on every key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import Problem
from app.core.money import currencies
from app.core.tax import Tax
from app.core.totals import Reduction
from app.pricing.marks import MarginMarks
from app.quotes.draft import LineDraft, QuoteDraft, live
from ui import formats
from ui.context import AppContext
from ui.quotes.products_page import mark_cells
from ui.quotes.texts import in_summary, problem_words, tax_words
from ui.tables.column import LineColumn
from ui.tables.line_editor import LineEditor
from ui.tables.line_model import LineModel
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHead
from ui.widgets.discount_edit import Discount, DiscountEdit, discount_words
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.layout import column, holder, row
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.offer_figures import LineFigures, line_figures, margin_words, tone_of_margin
from ui.widgets.unit_words import unit_sign
from ui.wizards.page import WizardPage

_COLUMNS = {"unit_price": 1, "discount": 2, "tax": 3, "cost": 4}


class PricePage(WizardPage):
    """The table of prices, and the discounts and charges of the whole quote."""

    def __init__(self, context: AppContext, marks: MarginMarks, taxes: Sequence[Tax]) -> None:
        super().__init__(problem_words)
        self._context, self._marks, self._taxes = context, marks, tuple(taxes)
        self._currency = "EUR"
        self._places: list[int] = []
        self._figures: dict[int, LineFigures] = {}
        self.model = LineModel(self._columns())
        empty = EmptyState("price", self.tr("Nothing to price yet"), self.tr("Go back and add a product."))
        self.lines = LineEditor(self.model, self.tr("Prices"), empty)
        self.whole = LineModel(self._whole_columns(), blank=Reduction)
        none = EmptyState("percent", self.tr("None"), "")
        self.reductions = LineEditor(self.whole, self.tr("Discounts and charges of the whole quote"), none)
        self.currency = Field(self.tr("Currency"), Choice([(code, code) for code in currencies()]), width=130)
        self.field("currency", self.currency)
        self.include = Tick(self.tr("Prices include tax"))
        self.include.value_changed.connect(self.edited)
        self.model.changed.connect(self.edited)
        self.whole.changed.connect(self._whole_changed)
        for table in (self.lines, self.reductions):
            table.removed.connect(self._removed)
        self.lay_out(self._prices_card(), self._whole_card(), gap=14)

    # page
    def show_draft(self, draft: QuoteDraft) -> None:
        """Show the prices."""
        self._currency = draft.currency
        self._known_taxes(draft)
        self.currency.set_value(draft.currency)
        self.currency.setVisible(draft.deal_id is None)
        self.include.set_value(draft.prices_include_tax)
        self.include.setEnabled(draft.deal_id is None)
        self._places = [index for index, line in enumerate(draft.lines) if not line.is_blank]
        self._work_out(draft)
        self.model.set_rows([draft.lines[index] for index in self._places])
        self.whole.set_rows(draft.reductions)
        self._fit()

    def read(self, draft: QuoteDraft) -> QuoteDraft:
        """Prices as they stand; figures of the lines follow at once."""
        lines = list(draft.lines)
        for index, line in zip(self._places, self.model.rows(), strict=False):
            lines[index] = line
        if self.model.rowCount() != len(self._places):
            lines = self.model.rows()
            self._places = list(range(len(lines)))
        whole = tuple(item for item in self.whole.rows() if item.percent is not None or item.amount is not None)
        found = replace(draft, lines=tuple(lines), reductions=whole)
        if draft.deal_id is None:
            currency = self.currency.value() or draft.currency
            found = replace(found, currency=currency, prices_include_tax=self.include.value())
        if found != draft:
            self._currency = found.currency
            before = set(self._figures.values())
            self._work_out(found)
            if len(set(self._figures.values()) - before) > 1:  # a discount of the whole touches every line
                self.lines.viewport().update()
        return found

    def show_problems(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """In their cells, and listed above."""
        place = {index: at for at, index in enumerate(self._places)}
        moved = [replace(problem, field=_moved(problem.field, place)) for problem in problems]
        mark_cells(self.model, moved, _COLUMNS)
        return [in_summary(problem) for problem in self.fields.mark(problems)]

    def first_input(self) -> QWidget | None:
        """The table."""
        if self.model.rowCount() and not self.lines.currentIndex().isValid():
            self.lines.choose(0, _COLUMNS["unit_price"])
        return self.lines

    # the tables
    def _work_out(self, draft: QuoteDraft) -> None:
        known = live(draft)
        shown = line_figures(known[0], known[1], draft.basis) if known is not None else []
        self._figures = {id(line): figures for line, figures in zip(draft.written_lines, shown, strict=False)}

    def _columns(self) -> list[LineColumn]:
        return [
            LineColumn(title=self.tr("Product"), text=lambda line: line.name, below=self._quantity),
            LineColumn(
                title=self.tr("Price"),
                text=lambda line: formats.NOTHING if line.unit_price is None else _plain(line.unit_price),
                tip=self._listed,
                align="right",
                width=92,
                read=lambda line: line.unit_price,
                write=lambda line, value: line.priced_at(value),
                editor=lambda: DecimalEdit(least=Decimal(0)),
            ),
            LineColumn(
                title=self.tr("Discount"),
                text=self._discount,
                align="right",
                width=92,
                read=_discount_of,
                write=lambda line, value: line.reduced_by(*(value or (None, None))),
                editor=lambda: DiscountEdit(self._currency),
            ),
            LineColumn(
                title=self.tr("Tax"),
                text=lambda line: tax_words(line.tax),
                align="right",
                width=78,
                read=lambda line: line.tax,
                write=lambda line, value: replace(line, tax=value) if isinstance(value, Tax) else line,
                editor=lambda: Choice([(tax, tax_words(tax)) for tax in self._taxes]),
            ),
            LineColumn(
                title=self.tr("Cost"),
                text=lambda line: formats.NOTHING if line.cost is None else _plain(line.cost),
                align="right",
                width=86,
                read=lambda line: line.cost,
                write=lambda line, value: replace(line, cost=value),
                editor=lambda: DecimalEdit(optional=True, least=Decimal(0)),
            ),
            LineColumn(
                title=self.tr("Margin"),
                text=lambda line: margin_words(self._margin(line)),
                look="margin",
                share=lambda line: float(self._margin(line) or 0),
                tone=lambda line: tone_of_margin(self._margin(line), self._marks) or "neutral",
                align="right",
                width=112,
            ),
            LineColumn(title=self.tr("Net"), text=self._net, align="right", width=98),
        ]

    def _whole_columns(self) -> list[LineColumn]:
        kinds = [(False, self.tr("Discount")), (True, self.tr("Charge"))]
        return [
            LineColumn(
                title=self.tr("What for"),
                text=lambda item: item.reason,
                read=lambda item: item.reason,
                write=lambda item, value: replace(item, reason=value or ""),
                editor=lambda: TextEdit(optional=True, placeholder=self.tr("e.g. Season, Freight")),
            ),
            LineColumn(
                title=self.tr("Kind"),
                text=lambda item: dict(kinds)[item.charge],
                width=130,
                read=lambda item: item.charge,
                write=lambda item, value: replace(item, charge=bool(value)),
                editor=lambda: Choice(kinds),
            ),
            LineColumn(
                title=self.tr("Percent or amount"),
                text=self._size,
                align="right",
                width=160,
                read=lambda item: _discount_of(LineDraft(reductions=(item,))),
                write=_write_size,
                editor=lambda: DiscountEdit(self._currency),
            ),
        ]

    def _size(self, item: Reduction) -> str:
        if item.percent is None and item.amount is None:
            return formats.NOTHING
        return discount_words((item.percent, item.amount), self._currency)

    def _quantity(self, line: LineDraft) -> str:
        if line.quantity is None:
            return line.sku
        words = f"{formats.decimal_text(line.quantity)} {unit_sign(line.unit, line.quantity)}"
        return f"{words} · {line.sku}" if line.sku else words

    def _listed(self, line: LineDraft) -> str:
        if line.list_price is None:
            return ""
        return self.tr("Catalogue price %1; other price agreed").replace("%1", _plain(line.list_price))

    def _discount(self, line: LineDraft) -> str:
        if not line.reductions:
            return formats.NOTHING
        if len(line.reductions) > 1:
            return self.tr("%n reductions", None, len(line.reductions))
        sign = "+" if line.reductions[0].charge else formats.MINUS
        return sign + discount_words(_discount_of(line) or (None, 0), self._currency)

    def _margin(self, line: LineDraft) -> Decimal | None:
        figures = self._figures.get(id(line))
        return figures.margin if figures is not None else None

    def _net(self, line: LineDraft) -> str:
        figures = self._figures.get(id(line))
        return formats.amount_text(figures.net, self._currency) if figures is not None else formats.NOTHING

    def _known_taxes(self, draft: QuoteDraft) -> None:
        """The company's taxes, and those that lines have already."""
        self._taxes = tuple(dict.fromkeys((*self._taxes, *(line.tax for line in draft.lines))))

    # cards
    def _prices_card(self) -> Card:
        head = CardHead(self.tr("Prices"), self.tr("a discount is 10 % or an amount"))
        basis = row(self.include, None, self.currency, margins=(18, 0, 18, 8), gap=12)
        return Card(column(head, basis, self.lines, 5), self.tr("Prices"))

    def _whole_card(self) -> Card:
        add = Button(self.tr("Add"), "ghost", "plus", self.reductions.add_line)
        add.setAccessibleName(self.tr("Add a discount or charge"))
        remove = Button(self.tr("Remove"), "ghost", "delete", self.reductions.remove_lines)
        remove.setAccessibleName(self.tr("Remove the discount or charge"))
        head = CardHead(self.tr("On the whole quote"), self.tr("discounts and charges"), add, remove)
        self._whole_box = holder(column(self.reductions, 5))
        return Card(column(head, self._whole_box), self.tr("On the whole quote"))

    def _whole_changed(self) -> None:
        self._fit()
        self.edited()

    def _fit(self) -> None:
        self.lines.setFixedHeight(self.lines.height_for(min(max(self.model.rowCount(), 3), 12)) + 2)
        self.reductions.setFixedHeight(self.reductions.height_for(min(max(self.whole.rowCount(), 1), 5)) + 2)
        self._whole_box.setVisible(self.whole.rowCount() > 0)

    def _removed(self, taken: Any) -> None:
        model = self.whole if taken and isinstance(taken[0][1], Reduction) else self.model
        words = self.tr("%n lines removed", None, len(taken))
        self._context.say(words, self.tr("Undo"), lambda: model.restore(taken))


def _moved(field: str, place: dict[int, int]) -> str:
    """A problem's field, counted as the lines stand in this table."""
    if not field.startswith("lines["):
        return field
    index, _, rest = field.removeprefix("lines[").partition("]")
    return f"lines[{place.get(int(index), int(index))}]{rest}"


def _plain(value: Decimal) -> str:
    return formats.decimal_text(value, max(2, -int(value.as_tuple().exponent)))


def _discount_of(line: LineDraft) -> Discount | None:
    """What stands in the discount cell: the one discount, or nothing."""
    if len(line.reductions) != 1:
        return None
    reduction = line.reductions[0]
    return (reduction.percent, None) if reduction.percent is not None else (None, reduction.amount)


def _write_size(item: Reduction, value: Discount | None) -> Reduction:
    percent, amount = value or (None, None)
    return replace(item, percent=percent, amount=amount)
