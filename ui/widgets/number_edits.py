"""Inputs for money, numbers, quantities and percentages. Values are int minor units or Decimal; never float."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent

from app.core.money import decimals, to_decimal
from app.core.quantity import plain, units
from ui import formats
from ui.widgets.parsed_edit import ParsedEdit, Unreadable

_LARGEST = Decimal(10) ** 9


def _say(source: str, **values: str) -> str:
    text = QCoreApplication.translate("number_edits", source)
    for name, value in values.items():
        text = text.replace(f"%{name}", value)
    return text


class DecimalEdit(ParsedEdit):
    """A number with at most `places` decimals between `least` and `most` (both allowed). Value: Decimal.

    The up and down keys change it by `step`.
    """

    def __init__(
        self,
        optional: bool = False,
        places: int = 6,
        least: Decimal | None = None,
        most: Decimal | None = None,
        suffix: str = "",
        step: Decimal = Decimal(1),
    ) -> None:
        self._places, self._least, self._most, self._step = places, least, most, step
        super().__init__(optional, suffix=suffix)

    def limit(self, least: Decimal | None, most: Decimal | None) -> None:
        """Other bounds; an earlier problem is looked at again."""
        self._least, self._most = least, most
        if self.problem():
            self.check()

    def parse(self, text: str) -> Decimal:
        """The number meant. Raises `Unreadable`."""
        value = formats.parse_decimal(text, (self._suffix,))
        if value is None:
            raise Unreadable(_say("“%typed” is not a number.", typed=text))
        value = plain(value)
        if -int(value.as_tuple().exponent) > self._places:
            words = _say("At most %places decimals, please.", places=str(self._places))
            raise Unreadable(words if self._places else _say("A whole number, please."))
        self._check_bounds(value)
        return value

    def canonical(self, value: Decimal) -> str:
        """With the locale's separators."""
        return formats.decimal_text(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and down count."""
        step = {Qt.Key.Key_Up: self._step, Qt.Key.Key_Down: -self._step}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        wanted = (self.value() or Decimal(0)) + step
        least = self._least if self._least is not None else wanted
        most = self._most if self._most is not None else wanted
        self.set_value(max(least, min(most, wanted)))
        self.setModified(True)

    def _check_bounds(self, value: Decimal) -> None:
        if self._least is not None and value < self._least:
            raise Unreadable(_say("Not less than %least, please.", least=self.canonical(self._least)))
        most = self._most if self._most is not None else _LARGEST
        if value > most:
            raise Unreadable(_say("Not more than %most, please.", most=self.canonical(most)))


class QuantityEdit(DecimalEdit):
    """How many, of a unit (code of Recommendation 20). Zero and less only if `least` allows it. Value: Decimal."""

    def __init__(self, unit: str = "", optional: bool = False, least: Decimal = Decimal(0)) -> None:
        super().__init__(optional, least=least, suffix=units().get(unit, unit) if unit else "")


class PercentEdit(DecimalEdit):
    """A percentage, 0 to 100 unless bounds say otherwise. Value: Decimal (15 means 15 %)."""

    def __init__(
        self, optional: bool = False, places: int = 4, least: Decimal = Decimal(0), most: Decimal = Decimal(100)
    ) -> None:
        super().__init__(optional, places, least, most, suffix="%")


class MoneyEdit(ParsedEdit):
    """An amount of one currency. Value: int minor units. `least` and `most` are minor units, too."""

    def __init__(self, currency: str, optional: bool = False, least: int | None = 0, most: int | None = None) -> None:
        self._currency, self._least, self._most = currency, least, most
        super().__init__(optional, suffix=currency)

    def set_currency(self, currency: str) -> None:
        """Another currency; the typed text is read anew in it."""
        self._currency = currency
        self.set_suffix(currency)
        self.textChanged.emit(self.text())

    def limit(self, least: int | None, most: int | None) -> None:
        """Other bounds in minor units; an earlier problem is looked at again."""
        self._least, self._most = least, most
        if self.problem():
            self.check()

    def parse(self, text: str) -> int:
        """The minor units meant. Raises `Unreadable`."""
        value = formats.parse_decimal(text, (self._currency, formats.symbol(self._currency)))
        if value is None:
            raise Unreadable(_say("“%typed” is not an amount.", typed=text))
        scaled = value.scaleb(decimals(self._currency))
        if scaled != int(scaled):
            places = str(decimals(self._currency))
            raise Unreadable(_say("%currency has %places decimals.", currency=self._currency, places=places))
        self._check_bounds(int(scaled))
        return int(scaled)

    def canonical(self, value: int) -> str:
        """With the locale's separators and the currency's decimals."""
        return formats.amount_text(value, self._currency)

    def _check_bounds(self, minor: int) -> None:
        if self._least is not None and minor < self._least:
            raise Unreadable(_say("Not less than %least, please.", least=self.canonical(self._least)))
        if self._most is not None and minor > self._most:
            raise Unreadable(_say("Not more than %most, please.", most=self.canonical(self._most)))
        if abs(to_decimal(minor, self._currency)) > _LARGEST:
            raise Unreadable(_say("This amount is too large."))
