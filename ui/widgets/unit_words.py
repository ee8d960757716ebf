"""Units in the person's language: short signs beside figures ("pcs", "kg"), names to choose from."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLocale

from app.core.quantity import units

_RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def _signs() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((_RESOURCES / "unit_signs.json").read_text(encoding="utf-8"))
    return found


@cache
def _names(language: str) -> dict[str, str]:
    file = _RESOURCES / f"units.{language}.json"
    own: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return units() | own


def _language() -> str:
    return QLocale().name().partition("_")[0]


def unit_sign(code: str, quantity: Decimal = Decimal(2)) -> str:
    """The short sign of a unit, singular for exactly one; the name where there is no sign."""
    known = _signs().get(code, {})
    sign = known.get(_language(), known.get("en", ""))
    one, _, many = sign.partition("|")
    return (one if abs(quantity) == 1 or not many else many) or unit_name(code)


def unit_name(code: str) -> str:
    """The name of a unit; a code nobody knows as it is."""
    return _names(_language()).get(code, code)


def unit_choices() -> list[tuple[str, str]]:
    """All units with their names, the commonest first as in the table."""
    return [(code, unit_name(code)) for code in units()]
