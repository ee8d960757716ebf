"""Starting: language, locale and theme come from the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QApplication

from ui import application, formats
from ui.context import Settings


def test_start_uses_the_application_that_is_there(started: application.Started) -> None:
    assert started.app is QApplication.instance()
    assert started.app.applicationName() == "Handsel"
    assert started.language == "en"


@pytest.mark.parametrize(
    ("language", "locale", "name"), [("de", "", "de_DE"), ("en", "", "en_GB"), ("de", "de_CH", "de_CH")]
)
def test_language_and_formats(language: str, locale: str, name: str) -> None:
    assert application.choose_language(language, locale) == language
    assert QLocale().name() == name
    assert QObject().tr("Next") == ("Weiter" if language == "de" else "Next")


def test_an_unknown_theme_in_the_settings_follows_the_system(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    settings.put("theme", "purple")
    assert application._mode(settings) == "system"
    settings.put("theme", "dark")
    assert application._mode(settings) == "dark"


def test_the_log_has_a_place() -> None:
    assert application.log_place().name == "handsel.log"


def test_a_system_that_says_nothing_counts_in_thousands(
    monkeypatch: pytest.MonkeyPatch, started: application.Started
) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(QLocale.c))
    application.choose_language()
    assert formats.money_text(1375400, "EUR") == "€13,754.00"
    application.choose_language("en", "en_GB")
