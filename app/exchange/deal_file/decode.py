"""From bytes to JSON values, guarding against what a hostile or damaged file could do to the reader.

Numbers keep their digits (`Number`), a key that stands twice is remembered (`Doubled`), so that the reader can name
the place of each.
"""

from __future__ import annotations

import codecs
import json
from typing import Any

from app.exchange.deal_file.faults import BadDealFile, Number, bad

MAX_BYTES = 16 * 1024 * 1024
"""Largest file: some 40,000 lines. Beyond it a file made to hurt takes more memory than a laptop has to spare."""

MAX_DEPTH = 40
"""Deepest nesting; a deal has six levels, and the parser's stack is not ours to spend."""

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NEITHER_BRACKETS_NOR_QUOTES = bytes(set(range(256)) - set(b'[]{}"'))
_TOO_MANY = b"[" * (MAX_DEPTH + 1)


class Doubled(dict[str, Any]):
    """An object in which a key stands twice; `key` is the first such."""

    key: str


def decode(data: bytes) -> Any:
    """The JSON value in the bytes. Raises `BadDealFile` for what is no UTF-8, no JSON, too large or too deep."""
    if len(data) > MAX_BYTES:
        raise bad(None, f"the file has {len(data)} bytes; expected at most {MAX_BYTES}.")
    text = _text(data)
    if not text.strip():
        raise bad(None, "the file is empty; expected a JSON object with the format handsel-deal/1.")
    if _too_deep(data):
        raise bad(None, f"brackets are nested more than {MAX_DEPTH} deep; a deal file needs six levels.")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=Number)
    except json.JSONDecodeError as error:
        raise _no_json(error) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    doubled, seen = Doubled(values), set()
    for key, _ in pairs:
        if key in seen:
            doubled.key = key
            break
        seen.add(key)
    return doubled


def _no_json(error: json.JSONDecodeError) -> BadDealFile:
    reason = error.msg[:1].lower() + error.msg[1:]
    return bad(None, f"the file is no JSON: {reason} (line {error.lineno}, column {error.colno}).")


def _text(data: bytes) -> str:
    """The text of the bytes; other encodings are named and not read, because a guess can change letters silently."""
    for mark, name in _OTHER_ENCODINGS:
        if data.startswith(mark):
            raise bad(None, f"the file is written in {name}; expected UTF-8.")
    if b"\0" in data[:4]:
        raise bad(None, "the file is written in UTF-16 or UTF-32, or is no text; expected UTF-8.")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise bad(
            None,
            f"byte 0x{data[error.start]:02X} in line {line} is no UTF-8; the file may be written in Latin-1 "
            "(Windows-1252). Save it as UTF-8.",
        ) from None


def _too_deep(data: bytes) -> bool:
    """Whether brackets outside strings are nested beyond `MAX_DEPTH`, at the speed of `bytes.replace`.

    Taking out every "[]" lowers the depth by one: a run of too many opening brackets, or anything left after as many
    rounds as levels are allowed, is too deep. Bytes behind a syntax error do no harm: they can only make the depth
    look larger where the parser stops earlier anyway.
    """
    brackets = _outside_strings(data)
    for _ in range(MAX_DEPTH):
        if _TOO_MANY in brackets:
            return True
        shorter = brackets.replace(b"[]", b"")
        if len(shorter) == len(brackets):
            return brackets.count(b"[") > MAX_DEPTH
        brackets = shorter
    return bool(brackets)


def _outside_strings(data: bytes) -> bytes:
    """The brackets outside strings, all of them square; adjacent quotes go, as they change nothing for the others."""
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = data.translate(_BRACKETS, _NEITHER_BRACKETS_NOR_QUOTES).replace(b'""', b"")
    return b"".join(marks.split(b'"')[::2])
