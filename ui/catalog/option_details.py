"""What an option has beside its line in the table: name, how many, paper, cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal

from app.catalog.model import Option
from app.core.errors import Problem
from ui.catalog.model_desk import ModelDesk
from ui.catalog.model_texts import model_problem_words, scale_choices
from ui.widgets.card import Card, CardHead
from ui.widgets.field import Field, Fields
from ui.widgets.inputs import Choice, TextEdit, Tick
from ui.widgets.layout import column, holder, row
from ui.widgets.number_edits import DecimalEdit

_NONE = Decimal(0)


class OptionDetails(Card):
    """Hidden while no line is chosen."""

    edited_option = Signal(object)

    def __init__(self, desk: ModelDesk) -> None:
        self.desk = desk
        self._option: Option | None = None
        self._is_filling = False
        self.fields = Fields(model_problem_words)
        self.head = CardHead("")
        super().__init__()
        name = self._field("name", self.tr("Name on paper"), TextEdit(optional=True, longest=120))
        scales = self._field("scales", self.tr("Quantity goes"), Choice(scale_choices()))
        least = self._field("least", self.tr("Seller may take from"), DecimalEdit(optional=True, least=_NONE))
        most = self._field("most", self.tr("up to"), DecimalEdit(optional=True, least=_NONE))
        self.cost = self._field("cost", self.tr("Cost"), DecimalEdit(optional=True, least=_NONE))
        self._printed = Tick(self.tr("The buyer sees it on paper"))
        self._printed.value_changed.connect(lambda value: self._edited("is_printed", value))
        key = TextEdit(optional=True, longest=60)
        self.fields.add("key", Field(self.tr("Name in formulas"), key))
        key.editingFinished.connect(self._rename)
        first = row(name, scales, gap=14)
        second = row(least, most, self.cost, gap=14)
        third = row(self.fields["key"], holder(column(22, self._printed, None)), gap=14)
        for line, shares in ((first, (7, 5)), (second, (4, 4, 4)), (third, (5, 7))):
            for place, share in enumerate(shares):
                line.setStretch(place, share)
        self.setLayout(column(self.head, column(first, second, third, margins=(18, 2, 18, 16), gap=12)))
        self.setAccessibleName(self.tr("More about the option"))

    def show_option(self, option: Option | None) -> None:
        """Show the rest of an option."""
        self._option = option
        self.setVisible(option is not None)
        if option is None:
            return
        self._is_filling = True
        try:
            product = self.desk.products.get(option.sku)
            known = product.name if product is not None else option.sku
            self.head.title.setText(option.name or known or self.tr("New option"))
            for name in ("name", "scales", "least", "most", "cost", "key"):
                self.fields[name].set_value(getattr(option, name))
            self.fields["name"].editor.setPlaceholderText(known)
            self._printed.set_value(option.is_printed)
            self.cost.setVisible(not option.sku)
        finally:
            self._is_filling = False

    def show_problems(self, problems: Sequence[Problem], place: str) -> None:
        """Those of this option."""
        self.fields.clear()
        own = [problem for problem in problems if problem.field.startswith(f"{place}.")]
        self.fields.mark(Problem(p.field.removeprefix(f"{place}."), p.code, p.message, p.values) for p in own)

    def _field(self, name: str, words: str, editor: Any) -> Field:
        field = self.fields.add(name, Field(words, editor))
        editor.value_changed.connect(lambda value: self._edited(name, value))
        return field

    def _edited(self, name: str, value: Any) -> None:
        if self._option is not None and not self._is_filling:
            self._option = replace(self._option, **{name: value or "" if name == "name" else value})
            self.edited_option.emit(self._option)

    def _rename(self) -> None:
        if self._option is not None and not self._is_filling:
            self.desk.rename(self._option.key, self.fields["key"].value())
