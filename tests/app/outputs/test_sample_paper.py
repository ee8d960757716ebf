"""The sample paper of the settings shows what the company has typed."""

from __future__ import annotations

import base64
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from app.core.errors import OutputError
from app.core.party import Address, Party
from app.outputs.sample_paper import sample_paper
from app.parties.defaults import Defaults

ON = date(2026, 11, 23)
SELLER = Party("Brandt Keramik", tax_id="DE271828180", iban="DE89370400440532013000", address=Address(country="DE"))
LOGO = Path(__file__).parents[3] / "resources" / "sample" / "logo.png"


def words(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())


def test_it_has_the_companys_words_tax_and_terms() -> None:
    usual = Defaults("CHF", False, (Decimal("8.1"),), "net 10", 20, Decimal(25))
    text = words(sample_paper(SELLER, {"accent": "#0B6B57"}, usual, ON))
    for wanted in ("Brandt Keramik", "8.1", "CHF", "25", "13 Dec"):
        assert wanted in text, wanted


def test_it_speaks_german_with_a_logo_and_a_watermark() -> None:
    look = {"logo": base64.b64encode(LOGO.read_bytes()).decode(), "watermark": "Übung"}
    plain, dressed = sample_paper(SELLER, {}, Defaults(), ON, "de"), sample_paper(SELLER, look, Defaults(), ON, "de")
    assert "Aufbau vor Ort" in words(plain)
    assert len(dressed) > len(plain)


def test_a_language_without_words_is_english() -> None:
    assert "Assembly on site" in words(sample_paper(SELLER, {}, Defaults("JPY"), ON, "ja"))


def test_a_broken_logo_is_said() -> None:
    with pytest.raises(OutputError, match="logo"):
        sample_paper(SELLER, {"logo": base64.b64encode(b"no picture").decode()}, Defaults(), ON)
