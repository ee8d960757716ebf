"""The clause library says the same things in every language."""

from __future__ import annotations

import pytest

from app.contracts.clauses import STANDARD, text, title


def test_every_language_has_the_same_clauses() -> None:
    assert set(STANDARD) == {"en", "de"}
    assert STANDARD["en"].keys() == STANDARD["de"].keys()
    assert STANDARD["en"].keys() >= {"warranty", "insurance", "returns", "delivery", "payment", "termination"}


@pytest.mark.parametrize(("language", "key"), [(language, key) for language in STANDARD for key in STANDARD[language]])
def test_every_clause_is_written_out(language: str, key: str) -> None:
    assert title(key, language)
    assert len(text(key, language)) > 150
    assert text(key, language).endswith(".")
    assert "  " not in text(key, language)


def test_keys_and_languages_that_are_not_there() -> None:
    assert title("on_site_service", "de") == "On site service"
    assert text("on_site_service", "de") == ""
    assert title("Warranty", "fr") == "Warranty"
    assert text("warranty", "fr") == text("warranty", "en")
