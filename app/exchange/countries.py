"""English names of countries, as spreadsheets spell them, and their codes of ISO 3166-1 alpha-2."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_CODES = Path(__file__).parents[2] / "resources" / "countries" / "codes.json"


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Every code of ISO 3166-1 alpha-2."""
    return frozenset(_names().values())


def country_code(name: str) -> str | None:
    """The code of a country named in English, or of its code itself; None if it is not known.

    Case, accents, points, "the" and "&" make no difference: "U.S.A.", "usa" and "the United States" are one country.
    """
    code = name.strip().upper()
    return code if code in country_codes() else _folded().get(_fold(name))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads(_CODES.read_text(encoding="utf-8"))
    return names


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {_fold(name): code for name, code in _names().items()}


def _fold(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", "", re.sub(r"[-/]", " ", bare.replace("&", " and "))).casefold().split()
    return " ".join(word for word in words if word != "the")
