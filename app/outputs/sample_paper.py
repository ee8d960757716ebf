"""A made-up quote in the company's look, for the settings: what a customer will hold in his hands."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.party import Address, Party
from app.core.printed import Heading
from app.core.totals import Basis, Reduction
from app.parties.defaults import Defaults
from app.pricing.rules import Line, price, printed_lines, printed_totals
from app.quotes.document import QuoteDocument
from app.quotes.rules import Terms

_LINES = {
    "en": ("Desk, oiled oak", "Shelf, five boards", "Assembly on site", "First order"),
    "de": ("Schreibtisch, Eiche geölt", "Regal, fünf Böden", "Aufbau vor Ort", "Erstbestellung"),
}
_CUSTOMER = {
    "en": Party("Sample customer", address=Address("1 Example Street", "", "12345", "Anytown")),
    "de": Party("Musterkunde", address=Address("Beispielstraße 1", "", "12345", "Musterstadt")),
}


def sample_paper(seller: Party, look: Mapping[str, Any], usual: Defaults, on: date, language: str = "en") -> bytes:
    """The PDF of a quote over three lines. Raises `OutputError` if the logo cannot be read."""
    from app.outputs.pdf.look import ACCENT, Look  # reportlab and its fonts are loaded only when a paper is made
    from app.outputs.pdf.render import render

    logo = base64.b64decode(look["logo"]) if look.get("logo") else None
    made = Look(look.get("accent") or ACCENT, logo, look.get("watermark", ""))
    return render(_document(seller, usual, on, language if language in _LINES else "en"), made)


def _document(seller: Party, usual: Defaults, on: date, language: str) -> QuoteDocument:
    desk, shelf, assembly, reason = _LINES[language]
    tax = usual.usual_tax
    lines = (
        Line(desk, Decimal(4), Decimal(890), tax, sku="T-160", reductions=(Reduction(reason, percent=Decimal(5)),)),
        Line(shelf, Decimal(6), Decimal(240), tax, sku="R-5"),
        Line(assembly, Decimal(1), Decimal(180), tax),
    )
    priced = price(lines, (), Basis(usual.currency, usual.prices_include_tax))
    gross = priced.assembled.totals.gross
    terms = Terms(usual.payment, usual.valid_days, usual.deposit_percent)
    return QuoteDocument(
        heading=Heading(seller, _CUSTOMER[language], usual.currency, "S-0000-0001", language=language),
        number="Q-0000-0001",
        revision=1,
        issued_on=on,
        valid_until=on + timedelta(days=usual.valid_days),
        lines=printed_lines(lines, priced),
        totals=printed_totals(priced.typed, priced.assembled, ()),
        terms=terms.printed(gross),
    )
