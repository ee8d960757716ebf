"""Terms of payment in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.printed import PrintedTerms
from app.outputs.pdf.terms import deposit_sentence, payment_sentence, terms_text
from app.outputs.pdf.words import Words

EN, DE = Words("en"), Words("de")


@pytest.mark.parametrize(
    ("typed", "english", "german"),
    [
        ("net 30", "Payable within 30 days of the invoice date", "Zahlbar innerhalb von 30 Tagen ab Rechnungsdatum"),
        ("NET 1", "Payable within 1 day of", "Zahlbar innerhalb von 1 Tag ab"),
        ("net 0", "Payable at once", "Zahlbar sofort"),
        ("prepaid", "Payable in advance", "Zahlbar im Voraus"),
        ("on delivery", "Payable on delivery", "Zahlbar bei Lieferung"),
        (
            "2/10 net 30",
            "2% discount for payment within 10 days of the invoice date; otherwise payable within 30 days.",
            "2\u00a0% Skonto bei Zahlung innerhalb von 10 Tagen ab Rechnungsdatum, sonst zahlbar innerhalb von 30",
        ),
        ("when the moon is full", "when the moon is full", "when the moon is full"),
    ],
)
def test_sentences(typed: str, english: str, german: str) -> None:
    assert payment_sentence(typed, EN).startswith(english)
    assert payment_sentence(typed, DE).startswith(german)


def test_deposits() -> None:
    assert deposit_sentence(PrintedTerms("net 30"), "EUR", EN) == ""
    assert "EUR\u00a0500.00" in deposit_sentence(PrintedTerms("net 30", 50000), "EUR", EN)
    share = deposit_sentence(PrintedTerms("net 30", 50000, Decimal(30)), "EUR", DE)
    assert "30\u00a0% des Gesamtbetrags" in share
    assert "500,00\u00a0EUR" in share


def test_both_sentences_follow_each_other() -> None:
    text = terms_text(PrintedTerms("prepaid", 50000), "EUR", EN)
    assert text == "A deposit of EUR\u00a0500.00 is due before delivery. Payable in advance, before delivery."
