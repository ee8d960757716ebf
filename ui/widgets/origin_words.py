"""Where a customer's credit came from, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def origin_words(origin: str) -> str:
    """The words for a value of `app.rewards.lots.Origin`."""
    say = QCoreApplication.translate
    return {
        "payment": say("origins", "Paid too much"),
        "deposit": say("origins", "Deposit left over"),
        "credit_note": say("origins", "Credit note"),
        "cashback": say("origins", "Cashback"),
        "gift_card": say("origins", "Gift card"),
        "goodwill": say("origins", "Goodwill"),
        "points": say("origins", "Points"),
        "other": say("origins", "Other credit"),
    }[origin]
