"""Frozen dataclasses to JSON and back, exactly: decimals and dates as text, enums by value, empty things left out.

Snapshots of issued documents, drafts and command arguments are kept this way. The text of equal values is equal, so
it can be hashed.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from app.core.quantity import plain

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """The value in JSON's own types."""
    if value is None or isinstance(value, bool | int | str) and not isinstance(value, Enum):
        return value
    if isinstance(value, Decimal):
        return str(plain(value))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {name: to_plain(getattr(value, name)) for name, default in _shape(type(value)) if getattr(value, name) != default}
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    return [to_plain(item) for item in value]


def to_text(value: Any) -> str:
    """Canonical JSON text: keys sorted, no white space, so equal values have equal text."""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(kind: type[T], text: str) -> T:
    """The value that `to_text` wrote."""
    return from_plain(kind, json.loads(text))


def from_plain(kind: type[T], value: Any) -> T:
    """The dataclass `kind` of plain JSON values that `to_plain` made."""
    result: T = _reader(kind)(value)
    return result


@lru_cache(maxsize=None)
def _shape(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Names and defaults of the fields; a field that has its default is left out of the text."""
    return tuple((f.name, f.default if f.default is not MISSING else MISSING) for f in fields(kind))


@lru_cache(maxsize=None)
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that reads a value of a type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (inner,) = [arg for arg in get_args(kind) if arg is not type(None)]
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        arguments = get_args(kind)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            read = _reader(arguments[0])
            return lambda value: tuple(read(item) for item in value)
        readers = [_reader(argument) for argument in arguments]
        return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))
    if origin is dict:
        return dict
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_reader(kind)
    return _PLAIN.get(kind, kind)  # an enum reads its value by being called


def _dataclass_reader(kind: type[Any]) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}
    return lambda value: kind(**{name: readers[name](item) for name, item in value.items()})


def _same(value: Any) -> Any:
    return value


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    str: _same,
    int: _same,
    bool: _same,
    Any: _same,
}
