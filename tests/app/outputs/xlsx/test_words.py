"""The words: whole in each language, and every one of them is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from app.outputs.xlsx import words as module
from app.outputs.xlsx.words import ENGLISH, GERMAN, LANGUAGES, Words

CODES = ("kind.", "state.", "method.")
FAMILIES = (*CODES, "sum.", "section.", "origin.", "check.", "how.", "about.")


def test_german_has_every_word_and_no_other() -> None:
    assert GERMAN.keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    for key, word in ENGLISH.items():
        assert _places(LANGUAGES[language][key]) == _places(word), key


def _places(word: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(word) if name}


def test_every_word_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(module.__file__).parent.glob("revenue*.py"))
    literals = set(re.findall(r'["\']([a-z0-9_]+)["\']', source))
    for key in ENGLISH:
        name = key.split(".", 1)[1] if key.startswith(FAMILIES) else key
        assert name in literals or key.startswith(CODES), key


def test_a_language_nobody_wrote_speaks_english() -> None:
    assert Words("fr")("invoice") == "Invoice"
    assert Words("de-AT")("invoice") == "Rechnung"
    assert Words("")("invoice") == "Invoice"


def test_a_new_code_is_shown_as_it_is() -> None:
    assert Words("de").code("method", "bank") == "Bank"
    assert Words("de").code("method", "barter") == "barter"
