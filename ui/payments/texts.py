"""Words of payments: methods, steps, and how money is divided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.payments.rules import Division, Method
from ui import formats


def say(context: str, source: str) -> str:
    """Translate."""
    return QCoreApplication.translate(context, source)


def step_words(step: str) -> str:
    """Titles of the steps."""
    return {
        "payment": QCoreApplication.translate("payments", "Payment"),
        "refund": QCoreApplication.translate("payments", "Refund"),
        "review": QCoreApplication.translate("payments", "Review"),
    }[step]


def method_words(method: str) -> str:
    """How money is paid."""
    translate = QCoreApplication.translate
    return {
        Method.CASH.value: translate("payments", "Cash"),
        Method.BANK.value: translate("payments", "Bank transfer"),
        Method.CARD.value: translate("payments", "Card"),
        Method.CHEQUE.value: translate("payments", "Cheque"),
        Method.ONLINE.value: translate("payments", "Online"),
        Method.CREDIT.value: translate("payments", "Customer credit"),
    }.get(method, method)


def division_words(division: Division, currency: str) -> Sequence[str]:
    """How a payment is divided, a part each: "€200.00 settles INV-2026-0001", "€13.00 stays as credit"."""
    translate = QCoreApplication.translate
    found = []
    for invoice, amount in division.invoices:
        if amount >= invoice.open:
            template = translate("payments", "%1 settles %2")
        else:
            template = translate("payments", "%1 pays part of %2")
        found.append(_filled(template, amount, currency).replace("%2", invoice.number))
    if division.deposit:
        found.append(_filled(translate("payments", "%1 is a deposit"), division.deposit, currency))
    if division.credit:
        found.append(_filled(translate("payments", "%1 stays as the customer's credit"), division.credit, currency))
    return found


def _filled(template: str, amount: int, currency: str) -> str:
    return template.replace("%1", formats.money_text(amount, currency))
