"""How a finding is said: it names the document, what is kept, and what it ought to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.core.money import amount_text


def amounts(what: str, kept: int, due: int, currency: str) -> Iterator[str]:
    """An amount that is not what it ought to be (minor units)."""
    if kept != due:
        yield f"{what} is {amount_text(kept, currency)}, but ought to be {amount_text(due, currency)} {currency}"


def values(what: str, kept: Any, due: Any) -> Iterator[str]:
    """A value that is not what it ought to be."""
    if kept != due:
        yield f"{what} is {_short(kept)}, but ought to be {_short(due)}"


def several(what: str, kept: dict[str, Any], due: dict[str, Any]) -> Iterator[str]:
    """Named values that are not what they ought to be; only the names in `due` are looked at."""
    for name, wanted in due.items():
        yield from values(f"{what}: {name}", kept.get(name), wanted)


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
