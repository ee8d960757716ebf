"""The columns of the price tables: of each line, and of the discounts and charges of the whole quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject

from app.core.tax import Tax
from app.core.totals import Reduction
from app.pricing.engine import given_by
from app.pricing.marks import MarginMarks
from app.quotes.draft import LineDraft, QuoteDraft, live
from ui import formats
from ui.quotes.texts import tax_words
from ui.tables.column import LineColumn
from ui.widgets.discount_edit import Discount, DiscountEdit, discount_words
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.offer_figures import LineFigures, line_figures, margin_words, tone_of_margin
from ui.widgets.price_words import rule_name
from ui.widgets.unit_words import unit_sign

COLUMNS = {"unit_price": 1, "discount": 2, "tax": 3, "cost": 4}
"""Places of the columns that problems may be about."""

Write = Callable[[LineDraft, Any], LineDraft]


class PriceColumns(QObject):
    """Makes the columns and keeps what each line comes to."""

    def __init__(self, marks: MarginMarks, taxes: Sequence[Tax]) -> None:
        super().__init__()
        self.currency = "EUR"
        self._marks, self._taxes = marks, tuple(taxes)
        self._figures: dict[int, LineFigures] = {}

    def work_out(self, draft: QuoteDraft) -> bool:
        """Work out every line; True where more than one figure changed: a discount of the whole touches every line."""
        self.currency = draft.currency
        self._taxes = tuple(dict.fromkeys((*self._taxes, *(line.tax for line in draft.lines))))
        before = set(self._figures.values())
        known = live(draft)
        shown = line_figures(known[0], known[1], draft.basis) if known is not None else []
        self._figures = {id(line): figures for line, figures in zip(draft.written_lines, shown, strict=False)}
        return len(set(self._figures.values()) - before) > 1

    def of_lines(self) -> list[LineColumn]:
        """Product, price, discount, tax, cost, margin, net."""
        return [
            LineColumn(title=self.tr("Product"), text=lambda line: line.name, below=self._about),
            LineColumn(
                title=self.tr("Price"),
                text=lambda line: formats.NOTHING if line.unit_price is None else plain_price(line),
                below=self._origin,
                tip=self._listed,
                align="right",
                width=112,
                read=lambda line: line.unit_price,
                write=_if_asked(lambda line, value: line if value == line.unit_price else line.priced_at(value)),
                editor=lambda: DecimalEdit(least=Decimal(0)),
            ),
            LineColumn(
                title=self.tr("Discount"),
                text=self._discount,
                below=self._promotions,
                tip=self._promotions,
                align="right",
                width=96,
                read=_typed_discount,
                write=_if_asked(_write_discount),
                editor=lambda: DiscountEdit(self.currency),
            ),
            LineColumn(
                title=self.tr("Tax"),
                text=lambda line: tax_words(line.tax),
                align="right",
                width=64,
                read=lambda line: line.tax,
                write=_if_asked(lambda line, value: replace(line, tax=value) if isinstance(value, Tax) else line),
                editor=lambda: Choice([(tax, tax_words(tax)) for tax in self._taxes]),
            ),
            LineColumn(
                title=self.tr("Cost"),
                text=lambda line: formats.NOTHING if line.cost is None else _plain(line.cost),
                align="right",
                width=80,
                read=lambda line: line.cost,
                write=_if_asked(lambda line, value: replace(line, cost=value)),
                editor=lambda: DecimalEdit(optional=True, least=Decimal(0)),
            ),
            LineColumn(
                title=self.tr("Margin"),
                text=lambda line: margin_words(self._margin(line)),
                look="margin",
                share=lambda line: float(self._margin(line) or 0),
                tone=lambda line: tone_of_margin(self._margin(line), self._marks) or "neutral",
                align="right",
                width=108,
            ),
            LineColumn(title=self.tr("Net"), text=self._net, align="right", width=92),
        ]

    def of_whole(self) -> list[LineColumn]:
        """What for, discount or charge, how much. What is changed here is no rule's any more."""
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
                write=lambda item, value: replace(item, charge=bool(value), promotion=""),
                editor=lambda: Choice(kinds),
            ),
            LineColumn(
                title=self.tr("Percent or amount"),
                text=self._size,
                align="right",
                width=160,
                read=_size_of,
                write=_write_size,
                editor=lambda: DiscountEdit(self.currency),
            ),
        ]

    # inside
    def _about(self, line: LineDraft) -> str:
        parts = []
        if line.quantity is not None:
            parts.append(f"{formats.decimal_text(line.quantity)} {unit_sign(line.unit, line.quantity)}")
        if promotion := given_by(line.detail.steps):
            parts.append(self.tr("given with %1").replace("%1", promotion))
        return " · ".join((*parts, line.sku) if line.sku else parts)

    def _origin(self, line: LineDraft) -> str:
        """Below the price: that it was typed, or the rule that made it."""
        if line.detail.price_is_typed:
            return self.tr("typed", "price")
        steps = line.detail.steps
        return "" if not steps or given_by(steps) else rule_name(steps[-1].rule)

    def _listed(self, line: LineDraft) -> str:
        if line.list_price is None:
            return ""
        words = self.tr("Catalogue price %1; other price agreed")
        if not line.detail.price_is_typed and (origin := self._origin(line)):
            words = self.tr("Catalogue price %1; this one by %2").replace("%2", origin)
        return words.replace("%1", _plain(line.list_price))

    def _discount(self, line: LineDraft) -> str:
        own = own_reductions(line)
        if not own:
            return formats.NOTHING
        if len(own) > 1:
            return self.tr("%n reductions", None, len(own))
        sign = "+" if own[0].charge else formats.MINUS
        return sign + discount_words((own[0].percent, own[0].amount), self.currency)

    def _promotions(self, line: LineDraft) -> str:
        """Below the discount: what promotions take off."""
        given = [reduction for reduction in line.reductions if reduction.promotion]
        return ", ".join(f"{item.promotion} {formats.MINUS}{self._taken(item)}" for item in given)

    def _taken(self, item: Reduction) -> str:
        return discount_words((item.percent, item.amount), self.currency)

    def _margin(self, line: LineDraft) -> Decimal | None:
        figures = self._figures.get(id(line))
        return figures.margin if figures is not None else None

    def _net(self, line: LineDraft) -> str:
        figures = self._figures.get(id(line))
        return formats.amount_text(figures.net, self.currency) if figures is not None else formats.NOTHING

    def _size(self, item: Reduction) -> str:
        found = _size_of(item)
        return formats.NOTHING if found is None else discount_words(found, self.currency)


def own_reductions(line: LineDraft) -> list[Reduction]:
    """What the seller typed, without what promotions give."""
    return [reduction for reduction in line.reductions if not reduction.promotion]


def plain_price(line: LineDraft) -> str:
    """The unit price, per how many where that is not one."""
    price = _plain(line.unit_price or Decimal(0))
    return price if line.base_quantity == 1 else f"{price} / {formats.decimal_text(line.base_quantity)}"


def _plain(value: Decimal) -> str:
    return formats.decimal_text(value, max(2, -int(value.as_tuple().exponent)))


def _if_asked(write: Write) -> Write:
    """What a promotion gives is given anew each time, so nothing can be typed into it."""
    return lambda line, value: line if given_by(line.detail.steps) else write(line, value)


def _typed_discount(line: LineDraft) -> Discount | None:
    own = own_reductions(line)
    return _size_of(own[0]) if len(own) == 1 else None


def _write_discount(line: LineDraft, value: Discount | None) -> LineDraft:
    """One discount in place of what was typed; several are only replaced by a new one, not by looking at them."""
    if value is None and len(own_reductions(line)) > 1:
        return line
    return line.reduced_by(*(value or (None, None)))


def _size_of(item: Reduction) -> Discount | None:
    if item.percent is None and item.amount is None:
        return None
    return (item.percent, None) if item.percent is not None else (None, item.amount)


def _write_size(item: Reduction, value: Discount | None) -> Reduction:
    percent, amount = value or (None, None)
    return replace(item, percent=percent, amount=amount, of=item.of if percent is not None else None, promotion="")
