"""German is complete, English has its plural forms, and the catalogues fit the texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from tests.ui.words import Word, words
from ui import application, translation

WORDS = words()
_PLACEHOLDER = re.compile(r"%(?:\d|n|[a-z]+)|\{\w*\}")


def _is_covered(word: Word, entries: dict[str, dict[str, translation.Forms]]) -> bool:
    entry = entries.get(word.source, {})
    return word.comment in entry or "" in entry


def test_texts_are_found_in_the_source() -> None:
    assert any(word.source == "Save and close" for word in WORDS)
    assert any(word.source == "%1k" and word.comment == "thousand, short" for word in WORDS)


@pytest.mark.parametrize("language", [code for code in translation.languages() if code != "en"])
def test_every_text_is_translated(language: str) -> None:
    entries = translation.catalogue(language, refuse_conflicts=True)
    missing = [f"{word.place}  {word.source!r}" for word in WORDS if not _is_covered(word, entries)]
    assert not missing, f"add to resources/translations/{language}/<area>.json:\n" + "\n".join(missing)


def test_english_has_its_plural_forms() -> None:
    entries = translation.catalogue("en", refuse_conflicts=True)
    missing = [f"{word.place}  {word.source!r}" for word in WORDS if word.has_number and word.source not in entries]
    assert not missing, "add the plural forms to resources/translations/en/<area>.json:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", translation.languages())
def test_placeholders_are_the_same_in_the_translation(language: str) -> None:
    for source, entry in translation.catalogue(language).items():
        for forms in entry.values():
            for form in forms if isinstance(forms, list) else [forms]:
                assert set(_PLACEHOLDER.findall(form)) <= set(_PLACEHOLDER.findall(source)), source
                assert form.strip(), source


def test_numbers_choose_the_form(started: application.Started) -> None:
    source = "%n things to mend before going on"
    assert QCoreApplication.translate("x", source, None, 1) == "1 thing to mend before going on"
    assert QCoreApplication.translate("x", source, None, 2) == "2 things to mend before going on"


def test_german_through_tr_and_qt_itself(german: None) -> None:
    assert QObject().tr("Save and close") == "Speichern und schließen"
    assert QObject().tr("Open", "verb") == "Öffnen"
    assert QObject().tr("not in any catalogue") == "not in any catalogue"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_files_of_a_language_are_merged_and_conflicts_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({"Open": {"verb": "auf"}, "Bill": "R"}))
    (folder / "b.json").write_text(json.dumps({"Open": "offen"}))
    assert translation.catalogue("xx", tmp_path)["Open"] == {"verb": "auf", "": "offen"}
    (folder / "c.json").write_text(json.dumps({"Bill": "S"}))
    with pytest.raises(ValueError, match="Bill"):
        translation.catalogue("xx", tmp_path, refuse_conflicts=True)
    assert translation.catalogue("xx", tmp_path)["Bill"] == {"": "R"}


def test_plural_forms_of_slavic_languages(tmp_path: Path) -> None:
    folder = tmp_path / "pl"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({"%n files": ["%n plik", "%n pliki", "%n plików"]}))
    catalogue = translation.Catalogue("pl", folder=tmp_path)
    assert [catalogue.translate("", "%n files", None, n) for n in (1, 3, 5, 12, 22)] == [
        "%n plik",
        "%n pliki",
        "%n plików",
        "%n plików",
        "%n pliki",
    ]


def test_a_language_without_catalogue_falls_back_to_english(started: application.Started) -> None:
    assert translation.install("xx") == "en"
