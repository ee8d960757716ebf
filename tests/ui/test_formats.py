"""Numbers, money and dates in the locale's way, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.core.money import currencies
from ui import formats
from ui.date_words import parse_date

TODAY = date(2026, 11, 23)


@pytest.fixture(params=["en_GB", "en_US", "de_DE", "de_CH", "fr_FR", "nl_NL", "sv_SE", "en_IN", "ja_JP", "ar_EG"])
def any_locale(request: pytest.FixtureRequest) -> Iterator[str]:
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(QLocale("en_GB"))


@pytest.mark.parametrize(
    ("locale", "minor", "currency", "text"),
    [
        ("en_GB", 6382014, "EUR", "€63,820.14"),
        ("en_GB", -470808, "EUR", "−€4,708.08"),
        ("de_DE", 6382014, "EUR", "63.820,14 €"),
        ("de_DE", -1, "EUR", "−0,01 €"),
        ("de_CH", 6382014, "CHF", "CHF 63'820.14"),
        ("en_GB", 1200, "JPY", "¥1,200"),
        ("en_GB", 1234567, "KWD", "KWD 1,234.567"),
        ("nl_NL", 6382014, "EUR", "€ 63.820,14"),
        ("en_GB", 0, "EUR", "€0.00"),
        ("en_GB", 10**15, "EUR", "€10,000,000,000,000.00"),
    ],
)
def test_money(locale: str, minor: int, currency: str, text: str) -> None:
    QLocale.setDefault(QLocale(locale))
    assert formats.money_text(minor, currency).replace("\u00a0", " ").replace("’", "'") == text
    QLocale.setDefault(QLocale("en_GB"))


def test_headline_and_short_money() -> None:
    assert formats.money_text(18642050, "EUR", whole=True) == "€186,421"
    assert formats.short_money_text(2552806, "EUR") == "€25.5k"
    assert formats.short_money_text(-123456789, "EUR") == "−€1.2M"
    assert formats.short_money_text(99900, "EUR") == "€999"


@given(minor=st.integers(-(10**15), 10**15), currency=st.sampled_from(sorted(currencies())))
def test_what_is_written_is_read_again(minor: int, currency: str) -> None:
    written = formats.money_text(minor, currency)
    read = formats.parse_decimal(written, (formats.symbol(currency),))
    assert read is not None
    assert read.scaleb(currencies()[currency]) == minor


def test_every_locale_reads_its_own_numbers(any_locale: str) -> None:
    for value in ("0", "-3", "12.5", "1234.5", "1234567.89", "999999999999.123456"):
        assert formats.parse_decimal(formats.decimal_text(Decimal(value))) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1,2,3.4.5", "12.34.56", "1,,2", "--3", "EUR", ".", ","])
def test_nonsense_is_no_number(text: str) -> None:
    assert formats.parse_decimal(text, ("EUR",)) is None


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en_GB", "1,890.50", "1890.50"),
        ("en_GB", "1.890,50", "1890.50"),
        ("en_GB", "12,5", "12.5"),
        ("de_DE", "1.890,50", "1890.50"),
        ("de_DE", "12.5", "12.5"),
        ("de_DE", "1.234", "1234"),
        ("sv_SE", "1.234", "1.234"),
        ("de_CH", "1'234.5", "1234.5"),
        ("en_GB", " €1 234 ", "1234"),
        ("en_GB", ".5", "0.5"),
    ],
)
def test_numbers_as_people_type_them(locale: str, text: str, value: str) -> None:
    QLocale.setDefault(QLocale(locale))
    assert formats.parse_decimal(text, ("€",)) == Decimal(value)
    QLocale.setDefault(QLocale("en_GB"))


def test_percent_and_rounding() -> None:
    assert formats.percent_text(Decimal("33.35"), 1) == "33.4\u00a0%"
    assert formats.percent_text(Decimal("18")) == "18\u00a0%"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5.3.", date(2027, 3, 5)),
        ("5.3", date(2027, 3, 5)),
        ("5/3/27", date(2027, 3, 5)),
        ("5-3-2027", date(2027, 3, 5)),
        ("2027-03-05", date(2027, 3, 5)),
        ("15 dec", date(2026, 12, 15)),
        ("Dec 15, 2026", date(2026, 12, 15)),
        ("1.10.", date(2026, 10, 1)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("+14", date(2026, 12, 7)),
        ("+2w", date(2026, 12, 7)),
        ("-1m", date(2026, 10, 23)),
        ("+1y", date(2027, 11, 23)),
        ("7", date(2026, 11, 7)),
        ("29.2.2028", date(2028, 2, 29)),
    ],
)
def test_dates_as_people_type_them(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "31.2.", "2026-13-01", "soon", "5.3.2027.1", "0", "99", "29.2.2027", "1 ma"])
def test_nonsense_is_no_date(text: str) -> None:
    assert parse_date(text, TODAY) is None


def test_a_month_before_the_31st_ends_on_its_last_day() -> None:
    assert parse_date("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


def test_american_and_german_dates(german: None) -> None:
    assert parse_date("heute", TODAY) == TODAY
    assert parse_date("3. Mai", TODAY) == date(2027, 5, 3)
    assert formats.date_text(date(2026, 12, 5)) == "05.12.2026"
    QLocale.setDefault(QLocale("en_US"))
    assert parse_date("3/5", TODAY) == date(2027, 3, 5)
    assert formats.date_text(date(2026, 12, 5)) == "Dec 5, 2026"


def test_every_locale_reads_its_own_dates(any_locale: str) -> None:
    if any_locale in {"ja_JP", "ar_EG"}:
        pytest.skip("written with other signs than one types")
    for day in (date(2026, 3, 5), date(2026, 12, 31), date(2028, 2, 29)):
        assert parse_date(formats.date_text(day), TODAY) == day


def test_nothing_and_moments() -> None:
    assert formats.date_text(None) == formats.NOTHING
    moment = formats.local(datetime(2026, 11, 18, 13, 32, tzinfo=UTC))
    assert formats.moment_text(moment).startswith("18 Nov 2026, ")
