"""Dates, numbers and money as each language writes them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.core.quantity import units
from app.outputs.pdf import formats

RESOURCES = Path(formats.__file__).parents[3] / "resources"


def plain(text: str) -> str:
    return text.replace(formats.BLANK, " ")


@pytest.mark.parametrize(
    ("minor", "currency", "english", "german"),
    [
        (123450, "EUR", "1,234.50", "1.234,50"),
        (-5, "EUR", "−0.05", "−0,05"),
        (0, "EUR", "0.00", "0,00"),
        (1234567, "JPY", "1,234,567", "1.234.567"),
        (1624250, "KWD", "1,624.250", "1.624,250"),
        (10**15, "EUR", "10,000,000,000,000.00", "10.000.000.000.000,00"),
    ],
)
def test_amounts(minor: int, currency: str, english: str, german: str) -> None:
    assert formats.amount(minor, currency, "en") == english
    assert formats.amount(minor, currency, "de") == german
    assert plain(formats.money(minor, currency, "en")) == f"{currency} {english}"
    assert plain(formats.money(minor, currency, "de")) == f"{german} {currency}"


@pytest.mark.parametrize(
    ("value", "places", "english", "german"),
    [
        ("2400", 2, "2,400.00", "2.400,00"),
        ("0.123456", 2, "0.123456", "0,123456"),
        ("1E+3", 0, "1,000", "1.000"),
        ("1.50", 0, "1.5", "1,5"),
        ("-12", 0, "−12", "−12"),
        ("1000000000", 0, "1,000,000,000", "1.000.000.000"),
    ],
)
def test_numbers(value: str, places: int, english: str, german: str) -> None:
    assert formats.number(Decimal(value), "en", places) == english
    assert formats.number(Decimal(value), "de", places) == german


def test_days() -> None:
    assert plain(formats.day(date(2026, 3, 5), "en")) == "5 March 2026"
    assert plain(formats.day(date(2026, 3, 5), "de")) == "5. März 2026"


@pytest.mark.parametrize(
    ("first", "last", "english", "german"),
    [
        (date(2026, 3, 5), date(2026, 3, 5), "5 March 2026", "5. März 2026"),
        (date(2026, 3, 5), date(2026, 3, 20), "5–20 March 2026", "5.–20. März 2026"),
        (date(2026, 3, 5), date(2026, 4, 2), "5 March – 2 April 2026", "5. März – 2. April 2026"),
        (
            date(2025, 12, 30),
            date(2026, 1, 2),
            "30 December 2025 – 2 January 2026",
            "30. Dezember 2025 – 2. Januar 2026",
        ),
    ],
)
def test_periods(first: date, last: date, english: str, german: str) -> None:
    assert plain(formats.period(first, last, "en")) == english
    assert plain(formats.period(first, last, "de")) == german


def test_percentages_and_ibans() -> None:
    assert formats.percent(Decimal("7.50"), "en") == "7.5%"
    assert plain(formats.percent(Decimal("7.50"), "de")) == "7,5 %"
    assert plain(formats.iban("DE89 370400440532013000")) == "DE89 3704 0044 0532 0130 00"


@pytest.mark.parametrize(
    ("code", "quantity", "english", "german"),
    [
        ("C62", "24", "pcs", "Stk."),
        ("DAY", "1", "day", "Tag"),
        ("DAY", "2", "days", "Tage"),
        ("HUR", "1.5", "h", "h"),
        ("KGM", "3", "kg", "kg"),
        ("X9X", "3", "X9X", "X9X"),
    ],
)
def test_units(code: str, quantity: str, english: str, german: str) -> None:
    assert formats.unit(code, Decimal(quantity), "en") == english
    assert formats.unit(code, Decimal(quantity), "de") == german


def test_every_unit_has_a_short_word_and_a_german_name() -> None:
    signs = json.loads((RESOURCES / "unit_signs.json").read_text(encoding="utf-8"))
    names = json.loads((RESOURCES / "units.de.json").read_text(encoding="utf-8"))
    assert set(signs) == set(names) == set(units())
    assert all(set(words) == {"en", "de"} and all(words.values()) for words in signs.values())


def test_every_country_has_a_name_in_both_languages() -> None:
    tables = [
        json.loads((RESOURCES / "countries" / f"{code}.json").read_text(encoding="utf-8")) for code in ("en", "de")
    ]
    assert set(tables[0]) == set(tables[1])
    assert len(tables[0]) == 249
    assert all(len(code) == 2 and code.isupper() and name for table in tables for code, name in table.items())
    assert formats.country("AT", "de") == "Österreich"
    assert formats.country("XX", "en") == "XX"
