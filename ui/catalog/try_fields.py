"""Inputs for the attributes of a model that is tried out."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.catalog.model import Attribute, AttributeKind
from app.core.quantity import plain
from app.quotes.configuring import Configuring
from ui.widgets.choice_chips import ChipValue, ChoiceChips
from ui.widgets.field import Field
from ui.widgets.fix_words import price_change, reason_words
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import clear, column
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.unit_words import unit_sign


class TryFields(QWidget):
    """`given` tells what was chosen or typed."""

    given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "clear")
        self.editors: dict[str, Any] = {}
        self._shown: tuple[Attribute, ...] = ()
        self._is_filling = False
        self._box = column(gap=12)
        self.setLayout(self._box)

    def show_state(self, now: Configuring) -> None:
        """What is given now; what is being typed stays."""
        attributes = now.known.model.attributes
        if attributes != self._shown:
            self._build(attributes)
        self._is_filling = True
        try:
            for one in attributes:
                self._fill(one, now)
        finally:
            self._is_filling = False
        self.setVisible(bool(attributes))

    # inside
    def _build(self, attributes: tuple[Attribute, ...]) -> None:
        clear(self._box)
        self.editors, self._shown = {}, attributes
        for one in attributes:
            editor = self.editors[one.key] = _editor(one)
            editor.value_changed.connect(partial(self._typed, one))
            width = 0 if one.kind is AttributeKind.CHOICE else 260
            self._box.addWidget(Field(one.name, editor, optional=not one.required, width=width))

    def _fill(self, one: Attribute, now: Configuring) -> None:
        editor, text = self.editors[one.key], now.here.value(one.key)
        if one.kind is AttributeKind.CHOICE:
            editor.show_values(_chips(one, now))
            editor.set_value(text)
        elif not editor.hasFocus():
            editor.set_value(text if one.kind is AttributeKind.TEXT else _number(text))

    def _typed(self, one: Attribute, value: Any) -> None:
        if not self._is_filling:
            text = "" if value is None else str(plain(value)) if isinstance(value, Decimal) else str(value)
            self.given.emit(one.key, text)


def _editor(one: Attribute) -> Any:
    if one.kind is AttributeKind.CHOICE:
        return ChoiceChips(one.name)
    if one.kind is AttributeKind.TEXT:
        return TextEdit(optional=not one.required, longest=int(one.most or 0))
    unit = unit_sign(one.unit) if one.unit else ""
    return DecimalEdit(not one.required, least=one.least, most=one.most, suffix=unit, step=one.step or Decimal(1))


def _chips(one: Attribute, now: Configuring) -> list[ChipValue]:
    """Values that do not fit now stay, with the reason."""
    standing = {result.code: result for result in now.values(one.key)}
    found = []
    for value in one.values:
        extra = price_change(value.price_extra, now.currency) if value.price_extra else ""
        result = standing.get(value.code)
        why = "; ".join(reason_words(reason) for reason in result.reasons) if result is not None else ""
        found.append(ChipValue(value.code, value.name, extra, why))
    return found


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
