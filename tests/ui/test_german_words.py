"""German has one word for each thing of the glossary, wherever a person reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.contracts import clauses
from app.outbox import rules as letters
from app.outputs.xlsx import words as workbook
from ui.translation import FOLDER

FORBIDDEN = {
    "deal": re.compile(r"\b(Verkauf|Verkaufs|Verkäufe|Verkäufen|Vorgang|Vorgänge)\b"),
    "credit note": re.compile(r"gutschrift|gutgeschrieben|gutzuschreiben|gutschreib", re.IGNORECASE),
}
ALLOWED = "Konto des Verkäufers gutgeschrieben"
"""What a bank does with money."""


def texts(value: Any) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def german() -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text."""
    for file in sorted((FOLDER / "de").glob("*.json")):
        for text in texts(json.loads(file.read_text(encoding="utf-8"))):
            yield file.name, text
    for name, table in (
        ("workbook", workbook.GERMAN),
        ("letters", letters.SUBJECTS["de"]),
        ("letters", letters.TEXTS["de"]),
    ):
        for text in texts(table):
            yield name, text
    for clause in clauses.STANDARD["de"].values():
        yield "clauses", f"{clause.title}: {clause.text}"
    yield from (("papers", line) for line in _paper_words())


def _paper_words() -> list[str]:
    source = Path(__file__).parents[2] / "app" / "outputs" / "pdf" / "words.py"
    return source.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("meaning", FORBIDDEN)
def test_the_other_word_does_not_come_back(meaning: str) -> None:
    found = [f"{place}: {text}" for place, text in german() if FORBIDDEN[meaning].search(text.replace(ALLOWED, ""))]
    assert not found, "see docs/glossary.md, In German:\n" + "\n".join(found)


def test_everything_german_is_looked_at() -> None:
    places = {place for place, _ in german()}
    assert {"kit.json", "workbook", "letters", "clauses", "papers"} <= places
    assert any("Rechnungskorrektur" in text for place, text in german() if place == "letters")
