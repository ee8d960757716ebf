"""How money is paid, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.payments.rules import Method


def method_words(method: str) -> str:
    """The name of a way to pay."""
    return {
        Method.CASH.value: _say("Cash"),
        Method.BANK.value: _say("Bank transfer"),
        Method.CARD.value: _say("Card"),
        Method.CHEQUE.value: _say("Cheque"),
        Method.ONLINE.value: _say("Online"),
        Method.CREDIT.value: _say("Customer credit"),
    }.get(method, method)


def _say(source: str) -> str:
    return QCoreApplication.translate("payments", source)
