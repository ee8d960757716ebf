"""Words of the reports."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.periods import Period
from app.core.tax import TaxCategory
from app.pipeline.proof import Proof
from ui import formats

EVERYTHING, OWN = "everything", "own"


def period_choices() -> list[tuple[str, str]]:
    """The periods to choose from, then everything, then own days."""
    words = {
        Period.THIS_MONTH: say("This month"),
        Period.LAST_MONTH: say("Last month"),
        Period.THIS_QUARTER: say("This quarter"),
        Period.LAST_QUARTER: say("Last quarter"),
        Period.THIS_YEAR: say("This year"),
        Period.LAST_YEAR: say("Last year"),
    }
    named = [(period.value, text) for period, text in words.items()]
    return [*named, (EVERYTHING, say("Everything")), (OWN, say("Own days"))]


def age_words(age: str) -> str:
    """The age of what is owed."""
    return {
        "not_due": say("Not due yet"),
        "to_30": say("1 to 30 days"),
        "to_60": say("31 to 60 days"),
        "to_90": say("61 to 90 days"),
        "over_90": say("Over 90 days"),
    }[age]


def late_words(days: int) -> str:
    """How late something is."""
    if days <= 0:
        return say("Not due yet")
    text = QCoreApplication.translate("reports", "%n days late", None, days)
    return text.replace(str(days), formats.whole_text(days), 1)


def late_tone(days: int) -> str:
    """The later, the worse."""
    return "neutral" if days <= 0 else "warn" if days <= 30 else "bad"


def category_words(category: str) -> str:
    """A category of tax."""
    return {
        TaxCategory.STANDARD: say("Taxed"),
        TaxCategory.ZERO: say("Zero rate"),
        TaxCategory.EXEMPT: say("Exempt from tax"),
        TaxCategory.REVERSE_CHARGE: say("Reverse charge"),
        TaxCategory.INTRA_COMMUNITY: say("Delivery within the EU"),
        TaxCategory.EXPORT: QCoreApplication.translate("reports", "Export", "tax"),
        TaxCategory.OUT_OF_SCOPE: say("No tax is charged"),
    }[TaxCategory(category)]


def proof_words(proof: Proof) -> str:
    """What came of the proof, in a sentence or two."""
    whole = formats.whole_text
    if proof.problems:
        text = QCoreApplication.translate("reports", "%n things do not fit.", None, len(proof.problems))
        return text + " " + say("Nothing was changed. Keep this file as it is, and show the list to whoever helps you.")
    text = say("Everything fits: %1 deals, %2 invoices and %3 journal entries were worked out anew by %4 checks.")
    figures = (proof.deals, proof.invoices, proof.entries, len(proof.checks))
    for place, number in enumerate(figures, 1):
        text = text.replace(f"%{place}", whole(number))
    return text


def say(source: str) -> str:
    """Translate."""
    return QCoreApplication.translate("reports", source)
