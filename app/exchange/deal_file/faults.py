"""What is wrong with a deal file, and where in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, TypeAlias

from app.core.errors import Problem, RuleViolation
from app.exchange.text import shown

Path: TypeAlias = "tuple[Path, str | int] | None"
"""A place in the file, from the inside out: ((None, "lines"), 2) is `lines[2]`; only a message turns it into text."""

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
_MOST_SHOWN = 40


class Number(str):
    """A number of the file in its own digits, so that nothing is rounded, and nothing huge is built, while reading."""

    __slots__ = ()


class BadDealFile(RuleViolation):
    """The file is not a valid deal (exit code 2): `path` is the place, `message` the sentence that names it."""

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = f"{path}: {message}"
        super().__init__([Problem(path, "deal_file", self.message)])


def place(path: Path) -> str:
    """The path as JSON path: `lines[2].quantity`, and `$` for the whole file."""
    steps: list[str] = []
    while path is not None:
        path, step = path
        steps.append(_step(step))
    return "".join(reversed(steps)).removeprefix(".") or "$"


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _PLAIN_KEY.fullmatch(step) else f"[{shown(step)}]"


def bad(path: Path, message: str) -> BadDealFile:
    """The error at a place."""
    return BadDealFile(place(path), message)


def wrong(path: Path, expected: str, value: Any) -> BadDealFile:
    """Something else stands there than what was expected."""
    return bad(path, f"expected {expected}, found {found(value)}.")


def missing(path: Path, expected: str) -> BadDealFile:
    """Nothing stands there, but something has to."""
    return bad(path, f"is missing; expected {expected}.")


def not_yet(path: Path, what: str) -> BadDealFile:
    """The format knows it, this version of the program does not."""
    return bad(path, f"`{what}` is not supported yet.")


def unknown(path: Path, noun: str, value: str, known: Iterable[str], near: str | None = None) -> BadDealFile:
    """A word that the format does not have, with the one that was probably meant (`near`, else the most similar)."""
    words = sorted(known)
    return bad(path, f"unknown {noun} {shown(value)}{_instead(near or _nearest(value, words), words)}.")


def _nearest(value: str, words: list[str]) -> str | None:
    by_fold = {word.casefold(): word for word in words}
    near = get_close_matches(value[:_MOST_SHOWN].casefold(), by_fold, n=1, cutoff=0.7)
    return by_fold[near[0]] if near else None


def _instead(near: str | None, words: list[str]) -> str:
    """The end of the sentence: a proposal, or all words if they are few, or the first as an example."""
    if near:
        return f'; expected perhaps "{near}"'
    return "; expected " + (
        "one of " + ", ".join(words) if len(words) <= _MOST_SHOWN else f'a code such as "{words[0]}"'
    )


def found(value: Any) -> str:
    """What stands there, in the words of JSON."""
    if isinstance(value, Number):
        return value if len(value) <= _MOST_SHOWN else f"a number of {len(value)} digits"
    if isinstance(value, str):
        return shown(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "a list" if isinstance(value, list) else "an object"
