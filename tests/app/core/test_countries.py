"""Names of countries in the languages there are."""

from __future__ import annotations

from app.core.countries import country_names


def test_names_by_language() -> None:
    assert country_names("en")["DE"] == "Germany"
    assert country_names("de")["DE"] == "Deutschland"
    assert set(country_names("de")) == set(country_names("en"))


def test_english_where_there_is_no_table() -> None:
    assert country_names("xx") is not None
    assert country_names("xx")["FR"] == "France"
    assert country_names("../en")["FR"] == "France"
