"""The lines of an offer as a table to read: discount as a badge, margin as a strip, net."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.pricing.marks import MarginMarks
from ui import formats
from ui.tables.column import Column
from ui.tables.paged_model import Page, PagedModel
from ui.tables.paged_view import PagedView
from ui.widgets.offer_figures import LineFigures, discount_text, margin_words, tone_of_margin
from ui.widgets.unit_words import unit_sign


def unit_text(row: LineFigures) -> str:
    """Quantity with its unit."""
    return f"{formats.decimal_text(row.line.quantity)} {unit_sign(row.line.unit, row.line.quantity)}"


def price_text(row: LineFigures) -> str:
    """Unit price, per how many if not for one."""
    text = formats.decimal_text(row.line.unit_price, max(2, -int(row.line.unit_price.as_tuple().exponent)))
    if row.line.base_quantity != 1:
        text += f" / {formats.decimal_text(row.line.base_quantity)}"
    return text


class OfferLines(PagedView):
    """A read-only table of lines; `show_lines` gives it others."""

    def __init__(self, marks: MarginMarks) -> None:
        self._shown: list[LineFigures] = []
        self._marks = marks
        self._model = PagedModel(self._make_columns(), self._fetch, key=lambda row: row.position)
        super().__init__(self._model, _say("Lines"))

    def show_lines(self, lines: Sequence[LineFigures], marks: MarginMarks) -> None:
        """Show these lines, as high as they need up to a dozen."""
        self._shown, self._marks = list(lines), marks
        self._model.reload()
        self.setFixedHeight(self.height_for(min(max(len(self._shown), 1), 12)) + 4)

    def _fetch(self, _cursor: Any, _order: Any) -> Page:
        return Page(self._shown)

    def _make_columns(self) -> list[Column]:
        return [
            Column(title=_say("Product"), text=lambda row: row.line.name, below=_below),
            Column(title=_say("Quantity"), text=unit_text, align="right", width=110),
            Column(title=_say("Price"), text=price_text, align="right", width=100),
            Column(
                title=_say("Discount"),
                text=lambda row: discount_text(row.line, row.discount, row.currency),
                tone=lambda row: "accent" if row.discount < 0 else "neutral",
                look="badge",
                align="right",
                width=96,
            ),
            Column(
                title=_say("Margin"),
                text=lambda row: margin_words(row.margin),
                look="margin",
                share=lambda row: float(row.margin or 0),
                tone=lambda row: tone_of_margin(row.margin, self._marks) or "neutral",
                align="right",
                width=128,
            ),
            Column(
                title=_say("Net"), text=lambda row: formats.amount_text(row.net, row.currency), align="right", width=110
            ),
        ]


def _below(row: LineFigures) -> str:
    return " · ".join(part for part in (row.line.sku, row.line.description.partition("\n")[0]) if part)


def _say(source: str) -> str:
    return QCoreApplication.translate("offer", source)
