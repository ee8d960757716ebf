"""The usual tax rates of a country: what a new company starts with, for its owner to confirm or change."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parents[2] / "resources" / "tax_rates.json"


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Decimal, ...]]:
    table: dict[str, list[str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return {country: tuple(map(Decimal, rates)) for country, rates in table.items()}


def usual_rates(country: str) -> tuple[Decimal, ...]:
    """Percentages of a country (ISO 3166-1), the standard rate first; none where sales carry no tax or it varies."""
    return _table().get(country, ())
