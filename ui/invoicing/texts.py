"""Words of invoices and credit notes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def say(context: str, source: str) -> str:
    """Translate."""
    return QCoreApplication.translate(context, source)


def kind_words(kind: str) -> str:
    """Invoice or credit note."""
    translate = QCoreApplication.translate
    return {
        "invoice": translate("invoicing", "Invoice"),
        "credit_note": translate("invoicing", "Credit note"),
    }.get(kind, kind)
