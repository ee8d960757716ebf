"""The first page: defaults from the locale, all problems at once, what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.errors import RuleViolation
from tests.ui.accessibility import unnamed_controls
from ui.first_run.start_screen import StartScreen, currency_of, territory
from ui.widgets.logo_edit import LogoEdit


@pytest.fixture
def start(show: Callable[..., QWidget], tmp_path: Path) -> StartScreen:
    made = StartScreen(tmp_path / "Handsel")
    show(made, size=(1100, 700))
    return made


def asked(start: StartScreen) -> list[Any]:
    heard: list[Any] = []
    start.created.connect(lambda path, company, with_quote: heard.append((path, company, with_quote)))
    return heard


def test_the_locale_says_country_currency_and_tax(start: StartScreen) -> None:
    assert (start.country.value(), start.currency.value(), start.rate.value()) == ("GB", "GBP", Decimal(20))
    assert not unnamed_controls(start)


@pytest.mark.parametrize(("locale", "country"), [("de_AT", "AT"), ("en_US", "US"), ("ja_JP", "JP"), ("C", "")])
def test_the_country_of_a_locale(locale: str, country: str) -> None:
    assert territory(QLocale(locale)) == country


@pytest.mark.parametrize(("country", "money"), [("AT", "EUR"), ("CH", "CHF"), ("JP", "JPY"), ("", "")])
def test_the_currency_of_a_country(country: str, money: str) -> None:
    assert currency_of(country) == money


def test_rate_and_currency_follow_the_country_until_they_are_chosen(start: StartScreen) -> None:
    start.country.set_value("CH")
    assert (start.currency.value(), start.rate.value()) == ("CHF", Decimal("8.1"))
    start.country.set_value("US")
    assert (start.currency.value(), start.rate.value()) == ("USD", None)
    start.rate.textEdited.emit("5")
    start.rate.set_value(Decimal(5))
    start.currency.activated.emit(0)
    start.country.set_value("DE")
    assert (start.currency.value(), start.rate.value()) == ("USD", Decimal(5))


def test_all_problems_at_once_and_nothing_is_asked_for(start: StartScreen) -> None:
    heard = asked(start)
    start.fields["iban"].set_value("DE00 1234")
    start.create(with_quote=True)
    assert start.fields["name"].problem() == "Please fill this in."
    assert start.fields["iban"].problem().startswith("This is no IBAN")
    assert start.name.hasFocus()
    assert heard == []


def test_a_company_is_asked_for_with_everything_typed(start: StartScreen, tmp_path: Path) -> None:
    heard = asked(start)
    start.name.setText("  Brandt Keramik ")
    start.country.set_value("DE")
    start.fields["tax_id"].set_value("DE271828180")
    start.fields["iban"].set_value("DE89 3704 0044 0532 0130 00")
    start.create(with_quote=True)
    ((path, company, with_quote),) = heard
    assert path == tmp_path / "Handsel" / "Brandt Keramik.handsel"
    assert with_quote
    assert company.party.iban == "DE89370400440532013000"
    assert company.defaults.tax_rates == (Decimal(19), Decimal(7))
    assert company.defaults.currency == "EUR"


def test_no_tax_is_a_choice(start: StartScreen) -> None:
    heard = asked(start)
    start.name.setText("Brandt")
    start.rate.set_value(None)
    start.create(with_quote=False)
    assert heard[0][1].defaults.tax_rates == ()


def test_another_place_is_shown_and_used(start: StartScreen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "usb" / "books"), ""))
    start.choose_place()
    assert start.path() == tmp_path / "usb" / "books.handsel"
    assert start._place.text() == str(tmp_path / "usb")


def test_what_the_service_refuses_stands_beside_its_field(start: StartScreen) -> None:
    start.refuse(RuleViolation.of("currency", "unknown_currency", "currency: 'XXQ' is none."))
    assert start.fields["currency"].problem() == "This currency is not known."


def test_the_form_is_german_in_german(german: None, show: Callable[..., QWidget], tmp_path: Path) -> None:
    made = StartScreen(tmp_path)
    show(made, size=(1100, 700))
    assert made.fields["name"].label_text() == "Name der Firma"
    assert made.country.currentText() == "Deutschland"
    assert made.rate.value() == Decimal(19)


def test_a_logo_is_taken_shown_and_removed(show: Callable[..., QWidget], tmp_path: Path) -> None:
    edit = LogoEdit()
    show(edit)
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    image.save(str(tmp_path / "logo.png"))
    edit.take(tmp_path / "logo.png")
    assert edit.value()
    assert edit._picture.isVisible()
    edit._remove.click()
    assert edit.value() == ""
    assert not edit._picture.isVisible()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a", "no PNG or JPEG"),
        (b"\x89PNG broken", "no PNG or JPEG"),
        (b"\x89PNG" + bytes(4_100_000), "larger than 4 MB"),
    ],
)
def test_no_picture_is_no_logo(show: Callable[..., QWidget], tmp_path: Path, content: bytes, words: str) -> None:
    edit = LogoEdit()
    show(edit)
    (tmp_path / "logo").write_bytes(content)
    edit.take(tmp_path / "logo")
    assert words in edit.problem()
    assert edit.value() == ""
    edit.take(tmp_path / "missing")
    assert edit.problem().startswith("It cannot be read")
