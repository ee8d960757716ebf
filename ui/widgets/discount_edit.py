"""A discount typed as a percentage ("10 %") or as an exact amount ("12.50")."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.core.money import decimals
from app.core.quantity import plain
from ui import formats
from ui.widgets.parsed_edit import ParsedEdit, Unreadable

Discount = tuple[Decimal | None, int | None]
"""Percent, or minor units; one of both."""

_PLACES = 4


def _say(source: str) -> str:
    return QCoreApplication.translate("discount", source)


def discount_words(value: Discount, currency: str) -> str:
    """How it is written."""
    percent, amount = value
    return formats.percent_text(percent) if percent is not None else formats.amount_text(amount or 0, currency)


class DiscountEdit(ParsedEdit):
    """Value: (percent, None) or (None, minor units); None while empty. A percent sign makes the difference."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        super().__init__(
            optional=True, placeholder=_say("10 % or 5.00").replace("5.00", formats.decimal_text(Decimal(5), 2))
        )

    def parse(self, text: str) -> Discount:
        """What is meant. Raises `Unreadable`."""
        is_percent = "%" in text
        value = formats.parse_decimal(text, ("%", self._currency, formats.symbol(self._currency)))
        if value is None:
            raise Unreadable(_say("“%1” is neither a percentage nor an amount.").replace("%1", text))
        if value < 0:
            raise Unreadable(_say("Not below zero, please."))
        return self._percent(plain(value)) if is_percent else self._amount(value)

    def canonical(self, value: Discount) -> str:
        """In the locale's way."""
        return discount_words(value, self._currency)

    def _percent(self, value: Decimal) -> Discount:
        if value > 100:
            raise Unreadable(_say("Not more than 100 %, please."))
        if -int(value.as_tuple().exponent) > _PLACES:
            raise Unreadable(_say("At most four decimals, please."))
        return value, None

    def _amount(self, value: Decimal) -> Discount:
        scaled = value.scaleb(decimals(self._currency))
        if scaled != int(scaled):
            raise Unreadable(_say("More decimals than %1 has.").replace("%1", self._currency))
        return None, int(scaled)
