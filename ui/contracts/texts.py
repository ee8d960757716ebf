"""Words of contracts: steps, sides, and what changed between two versions."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.contracts import clauses
from app.core.money import decimals
from app.core.printed import Change, ChangeKind
from ui import formats


def say(context: str, source: str) -> str:
    """Translate."""
    return QCoreApplication.translate(context, source)


def step_words(step: str) -> str:
    """Titles of the steps."""
    return {
        "clause": say("contracts", "Clause"),
        "wording": say("contracts", "Wording"),
        "sign": say("contracts", "Signature"),
        "review": say("contracts", "Review"),
    }[step]


def side_words(side: str) -> str:
    """Seller or buyer, for the seller who reads it."""
    return {"seller": say("contracts", "We (seller)"), "buyer": say("contracts", "Customer (buyer)")}[side]


def change_words(change: Change, currency: str, language: str) -> str:
    """One difference between two versions; titles of clauses in the language of the papers."""
    template = {
        ChangeKind.CLAUSE_ADDED: say("contracts", "Clause added: %1"),
        ChangeKind.CLAUSE_REWORDED: say("contracts", "Clause reworded: %1"),
        ChangeKind.LINE_ADDED: say("contracts", "Line added: %1"),
        ChangeKind.LINE_REMOVED: say("contracts", "Line taken out: %1"),
        ChangeKind.QUANTITY: say("contracts", "Quantity of %1: %2 → %3"),
        ChangeKind.PRICE: say("contracts", "Price of %1: %2 → %3"),
        ChangeKind.OPTIONS: say("contracts", "Other options: %1"),
        ChangeKind.PARTS: say("contracts", "Other parts: %1"),
        ChangeKind.LINE: say("contracts", "Changed: %1"),
        ChangeKind.TOTAL: say("contracts", "Total: %2 → %3"),
    }[change.kind]
    is_clause = change.kind in (ChangeKind.CLAUSE_ADDED, ChangeKind.CLAUSE_REWORDED)
    subject = clauses.title(change.subject, language) if is_clause else change.subject
    places = decimals(currency) if change.kind in (ChangeKind.PRICE, ChangeKind.TOTAL) else None
    before, after = _number(change.before, places), _number(change.after, places)
    return template.replace("%2", before).replace("%3", after).replace("%1", subject)


def _number(value: Decimal | None, places: int | None) -> str:
    if value is None:
        return ""
    kept = -int(value.as_tuple().exponent)
    return formats.decimal_text(value, None if places is None or kept > places else places)
