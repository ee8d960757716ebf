"""What can be said of a product while it is configured: chips for choices, numbers with unit and limits, texts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.catalog.model import Attribute, AttributeKind
from app.core.quantity import plain
from app.quotes.configuring import Configuring
from ui import formats
from ui.widgets.choice_chips import ChipValue, ChoiceChips
from ui.widgets.field import Field
from ui.widgets.fix_words import price_change, reason_words
from ui.widgets.inputs import TextEdit
from ui.widgets.layout import clear, row
from ui.widgets.number_edits import DecimalEdit
from ui.widgets.unit_words import unit_sign


class AttributeFields(QWidget):
    """A field for each attribute of the product that is shown; numbers and texts stand beside each other."""

    given = Signal(str, str)
    """An attribute and its text."""
    refused = Signal(str, str)
    """A value that does not fit was clicked: attribute and code."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "clear")
        self.fields: dict[str, Field] = {}
        self._shown: tuple[Attribute, ...] = ()
        self._box = QVBoxLayout()
        self._box.setContentsMargins(18, 2, 18, 10)
        self._box.setSpacing(9)
        self.setLayout(self._box)

    def show_state(self, now: Configuring) -> None:
        """Fields for these attributes, with what is given; what is being typed stays."""
        attributes = now.known.model.attributes
        if attributes != self._shown:
            self._build(attributes)
        possible = now.possible()
        for attribute in attributes:
            editor = self.fields[attribute.key].editor
            text = now.here.value(attribute.key)
            if isinstance(editor, ChoiceChips):
                editor.show_values(self._chips(now, attribute, possible.get(attribute.key)))
                editor.set_value(text)
            elif not editor.hasFocus() or _typed(editor) != text:
                editor.blockSignals(True)
                editor.set_value(text if attribute.kind is AttributeKind.TEXT else _number(text))
                editor.blockSignals(False)
        self.setVisible(bool(attributes))

    def first_open(self, now: Configuring) -> QWidget | None:
        """The first input that still needs a value; None where none does."""
        for attribute in now.known.model.attributes:
            if attribute.required and not now.here.value(attribute.key):
                return self.fields[attribute.key].editor  # type: ignore[no-any-return]
        return None

    def first(self) -> QWidget | None:
        """The first input."""
        return next((field.editor for field in self.fields.values()), None)

    def check(self) -> bool:
        """Whether everything typed could be understood."""
        checked = [field.editor.check() for field in self.fields.values()]
        return all(checked)

    def _build(self, attributes: tuple[Attribute, ...]) -> None:
        clear(self._box)
        self.fields, self._shown = {}, attributes
        beside: list[Field] = []
        for attribute in attributes:
            field = self._field(attribute)
            self.fields[attribute.key] = field
            if attribute.kind is not AttributeKind.CHOICE:
                beside.append(field)
                continue
            self._place(beside)
            self._box.addWidget(field)
        self._place(beside)

    def _place(self, beside: list[Field]) -> None:
        for at in range(0, len(beside), 2):
            self._box.addLayout(row(*beside[at : at + 2], None, gap=14))
        beside.clear()

    def _field(self, attribute: Attribute) -> Field:
        key = attribute.key
        editor: Any
        if attribute.kind is AttributeKind.CHOICE:
            editor = ChoiceChips(attribute.name)
            editor.value_changed.connect(partial(self._clicked, key))
            return Field(attribute.name, editor, optional=not attribute.required)
        if attribute.kind is AttributeKind.MEASURE:
            editor = DecimalEdit(
                optional=not attribute.required,
                least=attribute.least,
                most=attribute.most,
                suffix=unit_sign(attribute.unit) if attribute.unit else "",
                step=attribute.step or Decimal(1),
            )
            editor.value_changed.connect(lambda value: self.given.emit(key, "" if value is None else str(plain(value))))
            return Field(attribute.name, editor, hint=self._limits(attribute), width=220)
        longest = int(attribute.most) if attribute.most is not None else 0
        editor = TextEdit(optional=not attribute.required, longest=longest)
        editor.value_changed.connect(lambda value: self.given.emit(key, value or ""))
        return Field(attribute.name, editor, hint=self._length(longest), width=320)

    def _length(self, longest: int) -> str:
        return self.tr("at most %n characters", None, longest) if longest else ""

    def _limits(self, attribute: Attribute) -> str:
        """ "0.5 to 12 m, in steps of 0.5"."""
        unit = f" {unit_sign(attribute.unit)}" if attribute.unit else ""
        least, most = attribute.least, attribute.most
        if least is not None and most is not None:
            words = self.tr("%1 to %2")
        elif least is not None:
            words = self.tr("at least %1")
        else:
            words = self.tr("at most %2") if most is not None else ""
        for place, number in (("%1", least), ("%2", most)):
            words = words.replace(place, "" if number is None else formats.decimal_text(number))
        stepped = ""
        if attribute.step:
            stepped = self.tr("steps of %1").replace("%1", formats.decimal_text(attribute.step))
        return ", ".join(part for part in (words + unit if words else "", stepped) if part)

    def _chips(self, now: Configuring, attribute: Attribute, possible: tuple[str, ...] | None) -> list[ChipValue]:
        currency = now.known.product.currency
        found = []
        for value in now.values(attribute.key):
            reason = "; ".join(reason_words(one) for one in value.reasons)
            if not reason and possible is not None and value.code not in possible:
                reason = self.tr("does not go with the other values")
            extra = price_change(value.price_extra, currency) if value.price_extra else ""
            found.append(ChipValue(value.code, value.name, extra, reason))
        return found

    def _clicked(self, key: str, code: str) -> None:
        editor = self.fields[key].editor
        chip = next((value for value in editor.values() if value.code == code), None)
        if chip is not None and chip.reason and editor.value() != code:
            self.refused.emit(key, code)
        else:
            self.given.emit(key, "" if editor.value() == code and not _is_required(self._shown, key) else code)


def _is_required(attributes: tuple[Attribute, ...], key: str) -> bool:
    return any(one.key == key and one.required for one in attributes)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _typed(editor: Any) -> str:
    """What stands in an input as a selection keeps it."""
    value: Any = editor.value()
    return "" if value is None else str(plain(value) if isinstance(value, Decimal) else value)
