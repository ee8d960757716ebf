"""Texts with gaps that a person writes: `{length} mm, {colour}`. `{{` and `}}` stand for the brackets themselves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from app.core.errors import Problem, RuleViolation

LIMIT = 2000
"""Characters of a template."""

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def check(template: str, names: Collection[str], *, field: str = "template") -> list[Problem]:
    """Everything wrong with a template: a gap for which there is no name, a bracket without its pair, too long."""
    found = []
    if len(template) > LIMIT:
        message = f"{field}: a text has at most {LIMIT} characters, this one has {len(template)}."
        found.append(Problem(field, "too_long", message, {"value": len(template)}))
    for match in _PIECE.finditer(template):
        problem = _problem(match, names, field)
        if problem is not None:
            found.append(problem)
    return found


def gaps(template: str) -> frozenset[str]:
    """The names of a template's gaps."""
    return frozenset(match[1].strip() for match in _PIECE.finditer(template) if match[1] is not None)


def fill(template: str, texts: Mapping[str, str]) -> str:
    """The template with its gaps filled; a gap whose text is empty leaves no doubled space and no comma in front of it.

    Raises `RuleViolation` for what `check` finds: an unknown name or a single bracket.
    """
    problems = check(template, texts)
    if problems:
        raise RuleViolation(problems)
    return _tidy(_PIECE.sub(lambda match: _text(match, texts), template))


_EMPTY = "\0"
"""Stands for a gap without text until the text around it is tidied; no text of a person holds it."""


def _text(match: re.Match[str], texts: Mapping[str, str]) -> str:
    return match[0][0] if match[1] is None else texts[match[1].strip()].replace(_EMPTY, "") or _EMPTY


def _tidy(text: str) -> str:
    """An empty gap takes the space and, between or after commas, the comma in front of it along."""
    while _EMPTY in text:
        before, after = (part.strip(" ") if i else part.rstrip(" ") for i, part in enumerate(text.split(_EMPTY, 1)))
        at_comma = after.startswith(",") or after.strip(" ") in ("", _EMPTY)
        before = before.removesuffix(",") if at_comma else before
        after = after.removeprefix(",").lstrip(" ") if not before else after
        glue = "" if not before or not after or after.startswith((",", ".", ")")) else " "
        text = before + glue + after
    return text.strip()


def _problem(match: re.Match[str], names: Collection[str], field: str) -> Problem | None:
    at = match.start() + 1
    if match[1] is None:
        if match[0] in ("{{", "}}"):
            return None
        message = f"{field}: the bracket {match[0]!r} at character {at} has no pair; write it twice to print it."
        return Problem(field, "bracket", message, {"position": at})
    name = match[1].strip()
    if name in names:
        return None
    message = f"{field}: there is no {name!r} to put in at character {at}."
    return Problem(field, "unknown_name", message, {"position": at, "value": name})
