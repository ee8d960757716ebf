"""The words of the workbook that explains prices, beside those of all workbooks."""

from __future__ import annotations

from app.outputs.xlsx.words import Words

PRICES = {
    "en": {
        "why_title": "Prices of quote {number}",
        "why_steps": "Steps",
        "why_shares": "Division",
        "why_lost": "Rules that lost",
        "why_step": "Step",
        "why_rule": "Rule",
        "why_author": "By",
        "why_per": "Per",
        "why_percent": "Percent",
        "why_of": "Of",
        "why_so_far": "So far",
        "why_of_what": "What is divided",
        "why_whole": "Whole",
        "why_weight": "By",
        "why_signed": "Weight",
        "why_rest": "Remainder",
        "why_rank": "Rank",
        "why_total": "Total with tax",
        "why_quote": "Total of the quote",
        "why_check": "The same",
        "why_contained": "contained in the price",
        "why_would": "Would be",
        "why_because": "Why not",
        "document_discount": "Discount or charge of the whole",
        "discount": "Discount",
        "charge": "Charge",
        "step.list": "List price",
        "step.tier": "Tier",
        "step.contract": "Agreed price",
        "step.promotion": "Promotion",
        "step.line_discount": "Discount",
        "step.line_charge": "Charge",
        "step.document_discount": "Discount of the whole",
        "step.document_charge": "Charge of the whole",
        "step.tax": "Tax",
    },
    "de": {
        "why_title": "Preise des Angebots {number}",
        "why_steps": "Schritte",
        "why_shares": "Aufteilung",
        "why_lost": "Unterlegene Regeln",
        "why_step": "Schritt",
        "why_rule": "Regel",
        "why_author": "Von",
        "why_per": "Je",
        "why_percent": "Prozent",
        "why_of": "Von Betrag",
        "why_so_far": "Bis hier",
        "why_of_what": "Was geteilt wird",
        "why_whole": "Ganzes",
        "why_weight": "Nach",
        "why_signed": "Gewicht",
        "why_rest": "Rest",
        "why_rank": "Rang",
        "why_total": "Gesamtbetrag mit Steuer",
        "why_quote": "Gesamtbetrag des Angebots",
        "why_check": "Gleich",
        "why_contained": "im Preis enthalten",
        "why_would": "Käme auf",
        "why_because": "Warum nicht",
        "document_discount": "Rabatt oder Zuschlag auf alles",
        "discount": "Rabatt",
        "charge": "Zuschlag",
        "step.list": "Listenpreis",
        "step.tier": "Staffel",
        "step.contract": "Vereinbarter Preis",
        "step.promotion": "Aktion",
        "step.line_discount": "Rabatt",
        "step.line_charge": "Zuschlag",
        "step.document_discount": "Rabatt auf alles",
        "step.document_charge": "Zuschlag auf alles",
        "step.tax": "Steuer",
    },
}


class PriceWords(Words):
    """The words of one language, by key; see `Words`."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        own = PRICES.get(language.split("-", maxsplit=1)[0].lower(), {})
        self._words = self._words | PRICES["en"] | own
