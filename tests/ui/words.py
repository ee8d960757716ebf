"""Finds every translatable text of ui/ by reading its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

UI = Path(__file__).parents[2] / "ui"

_ARGUMENT = {"tr": 0, "QT_TR_NOOP": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}
"""Which argument of a call is the source text."""
_WRAPPERS = {"_say": 0, "say": 1}
"""Short local names for `translate`: `_say(source)` and `say(context, source)`."""


@dataclass(frozen=True)
class Word:
    """One text in the source."""

    source: str
    comment: str
    has_number: bool
    place: str


def words(folder: Path = UI) -> list[Word]:
    """Every text given to tr() or translate(), in order of files and lines."""
    return [word for file in sorted(folder.rglob("*.py")) for word in _in_file(file, folder)]


def _in_file(file: Path, folder: Path) -> Iterator[Word]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield from _in_call(node, f"{file.relative_to(folder.parent)}:{node.lineno}")


def _in_call(call: ast.Call, place: str) -> Iterator[Word]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    at = _ARGUMENT.get(name, _WRAPPERS.get(name))
    if at is None or len(call.args) <= at:
        return
    source = call.args[at]
    if isinstance(source, ast.Constant) and isinstance(source.value, str):
        comment = call.args[at + 1] if len(call.args) > at + 1 else None
        text = comment.value if isinstance(comment, ast.Constant) and isinstance(comment.value, str) else ""
        yield Word(source.value, text, "%n" in source.value, place)
