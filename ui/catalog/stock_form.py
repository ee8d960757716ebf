"""A small form of the store room: how much, when, a word or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.stock.rules import Purchase
from ui import formats
from ui.context import AppContext
from ui.widgets.button import Button
from ui.widgets.date_edit import DateEdit
from ui.widgets.field import Field, Fields
from ui.widgets.inputs import Choice, TextEdit
from ui.widgets.layout import column, row
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.painted_button import is_enter
from ui.widgets.unit_words import unit_sign

_NONE = Decimal(0)


def amount_words(amount: Decimal, unit: str) -> str:
    """A quantity with its unit."""
    return f"{formats.decimal_text(amount)} {unit_sign(unit, amount)}"


class StockForm(QWidget):
    """Quantity, day, a word or two, and the verb."""

    def __init__(
        self,
        context: AppContext,
        quantity: str,
        day: str,
        words: str,
        verb: str,
        do: Callable[[StockForm], None],
        least: Decimal = Decimal("0.000001"),
        with_purchase: bool = False,
    ) -> None:
        super().__init__()
        self._today, self._do = context.today, do
        self._purchases: dict[int, Purchase] = {}
        self.fields = Fields()
        amount = self.fields.add("quantity", Field(quantity, DecimalEdit(least=least)))
        when = self.fields.add("day", Field(day, DateEdit(today=context.today)))
        self.fields["day"].set_value(context.today())
        about = self.fields.add("words", Field(words, TextEdit(optional=True, longest=120)))
        self._purchase = Field(self.tr("Of the order"), Choice(optional=True))
        self._purchase.setVisible(with_purchase)
        self._with_purchase = with_purchase
        self.verb = Button(verb, "primary", "check", self.go)
        first = row(amount, when, gap=12)
        for place, share in enumerate((2, 3)):
            first.setStretch(place, share)
        self.setLayout(column(first, self._purchase, about, row(None, self.verb), None, margins=(0, 10, 0, 0), gap=10))

    def begin(self) -> None:
        """The keyboard into the quantity."""
        self.fields["quantity"].editor.setFocus()
        self.fields["quantity"].editor.selectAll()

    def clear(self) -> None:
        """Empty again; the day stays."""
        self.fields["quantity"].set_value(None)
        self.fields["words"].set_value("")
        self.fields.clear()

    def show_unit(self, sign: str) -> None:
        """In which unit."""
        editor: Any = self.fields["quantity"].editor
        editor.set_suffix(sign)

    def show_purchases(self, purchases: Sequence[Purchase], unit: str) -> None:
        """What it may be part of; the earliest is taken first."""
        self._purchases = {one.id: one for one in purchases}
        self._purchase.setVisible(self._with_purchase and bool(purchases))
        pairs = [(one.id, f"{formats.date_text(one.on)}, {amount_words(one.open, unit)}") for one in purchases]
        choice: Any = self._purchase.editor
        choice.set_choices([*pairs, (0, self.tr("of none"))])
        if choice.value() is None:
            choice.set_value(purchases[0].id if purchases else 0)

    def quantity(self) -> Decimal:
        """How much."""
        return self.fields["quantity"].value() or _NONE

    def day(self) -> Any:
        """When."""
        return self.fields["day"].value() or self._today()

    def words(self) -> str:
        """Reason or reference."""
        return str(self.fields["words"].value())

    def purchase(self) -> Purchase | None:
        """Of which order."""
        return self._purchases.get(self._purchase.value() or 0)

    def go(self) -> None:
        """Save, if everything is understood."""
        if self.fields.check():
            self._do(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter saves."""
        if is_enter(event):
            self.go()
        else:
            super().keyPressEvent(event)
