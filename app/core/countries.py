"""Names of countries by their codes of ISO 3166-1 alpha-2, in each language papers and screens are written in."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "resources" / "countries"


@lru_cache(maxsize=4)
def country_names(language: str = "en") -> dict[str, str]:
    """Code -> name; in English where the language has no table."""
    file = _FOLDER / f"{language}.json"
    if not language.isalpha() or not file.exists():
        file = _FOLDER / "en.json"
    table: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return table
