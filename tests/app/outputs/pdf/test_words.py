"""The printed words are complete in every language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from app.core.tax import TaxCategory
from app.outputs.pdf import words
from app.outputs.pdf.words import LANGUAGES, Words, words_for
from tests.app.outputs.pdf.samples import HEADING, SELLER

SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(words.__file__).parent.glob("*.py") if path.name != "words.py"
)
MADE_UP = ("category_", "note_", "number_", "method_", "settles_", "refund_", "change_", "step_")
"""Keys that are put together where they are used begin with one of these."""


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_key_is_written_twice() -> None:
    assert len(words.keys()) == len(set(words.keys()))


@pytest.mark.parametrize("key", words.keys())
def test_every_key_has_words_with_the_same_gaps_in_every_language(key: str) -> None:
    texts = [words._TABLES[language][key] for language in LANGUAGES]
    assert all(texts) or key == "note_S"
    assert len({frozenset(braces(text)) for text in texts}) == 1


def test_every_key_in_use_exists_and_every_key_is_used() -> None:
    known = set(words.keys())
    assert set(re.findall(r"""words\(\s*["'](\w+)["']""", SOURCES)) <= known
    mentioned = set(re.findall(r"""["'](\w+)["']""", SOURCES))
    assert {key for key in known - mentioned if not key.startswith(MADE_UP)} == set()


def test_every_tax_category_has_a_name_and_a_note() -> None:
    for language in LANGUAGES:
        for category in TaxCategory:
            assert Words(language)(f"category_{category}", rate="19%")
            assert Words(language)(f"note_{category}") or category is TaxCategory.STANDARD


@pytest.mark.parametrize(
    ("document", "seller", "language"),
    [
        ("", "", "en"),
        ("de", "", "de"),
        ("", "de", "de"),
        ("en", "de", "en"),
        ("de-AT", "", "de"),
        ("DE_CH", "en", "de"),
        ("fr", "de", "de"),
        ("fr", "it", "en"),
    ],
)
def test_the_language_is_the_deals_then_the_sellers_then_english(document: str, seller: str, language: str) -> None:
    heading = replace(HEADING, language=document, seller=replace(SELLER, language=seller))
    assert words_for(heading).language == language


def test_what_fills_a_gap_is_only_text() -> None:
    assert Words("en")("settles_invoice", invoice="{0.__class__} %s") == "Invoice {0.__class__} %s"
