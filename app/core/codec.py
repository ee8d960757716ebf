"""Frozen dataclasses to JSON and back, exactly: decimals and dates as text, enums by value, empty things left out.

Snapshots of issued documents, drafts and command arguments are kept this way. The text of equal values is equal, so
it can be hashed.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from app.core.quantity import plain

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """The value in JSON's own types. Raises `TypeError` for what could not be read back exactly, such as a float."""
    kind = type(value)
    write = _WRITERS.get(kind)
    if write is None:
        write = _WRITERS[kind] = _writer(kind)
    return write(value)


def _writer(kind: type[Any]) -> Callable[[Any], Any]:
    """The function that writes values of a type; found once a type, because snapshots hold many values of few types."""
    if issubclass(kind, Enum):
        return lambda value: value.value
    if is_dataclass(kind):
        return _object_writer(kind)
    for base, write in _BY_BASE.items():
        if issubclass(kind, base):
            return write
    raise TypeError(f"a snapshot cannot hold a {kind.__name__}")


def _key(key: Any) -> str:
    """JSON turns every key into text, so only text comes back as it was."""
    if not isinstance(key, str):
        raise TypeError(f"a snapshot cannot hold {key!r} as a key")
    return key


def _object_writer(kind: type[Any]) -> Callable[[Any], Any]:
    """Writes the fields of a dataclass that differ from their defaults."""
    dataclass: Any = kind
    shape = _shape(dataclass)

    def write(value: Any) -> dict[str, Any]:
        found = {}
        for name, default in shape:
            item = getattr(value, name)
            if item != default:
                found[name] = to_plain(item)
        return found

    return write


def to_text(value: Any) -> str:
    """Canonical JSON text: keys sorted, no white space, so equal values have equal text."""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(kind: type[T], text: str) -> T:
    """The value that `to_text` wrote."""
    return from_plain(kind, json.loads(text))


def from_plain(kind: type[T], value: Any) -> T:
    """The dataclass `kind` of plain JSON values that `to_plain` made."""
    wanted: Any = kind
    result: T = _reader(wanted)(value)
    return result


@cache
def _shape(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Names and defaults of the fields. A default is part of the format: changing it changes what old texts say."""
    return tuple((f.name, f.default) for f in fields(kind))


@cache
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
    if origin in (list, frozenset, set):
        (read,) = map(_reader, get_args(kind))
        return lambda value: origin(read(item) for item in value)
    if origin is dict:
        read_key, read = map(_reader, get_args(kind))
        return lambda value: {read_key(key): read(item) for key, item in value.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_reader(kind)
    plain_reader: Callable[[Any], Any] = _PLAIN.get(kind, kind)  # an enum reads its value by being called
    return plain_reader


def _dataclass_reader(kind: type[Any]) -> Callable[[Any], Any]:
    """Its fields' readers are found when the first value is read: a dataclass may hold values of its own type."""
    readers: dict[str, Callable[[Any], Any]] = {}

    def read(value: Any) -> Any:
        if not readers:
            hints = get_type_hints(kind)
            readers.update({f.name: _reader(hints[f.name]) for f in fields(kind)})
        return kind(**{name: readers[name](item) for name, item in value.items()})

    return read


def _same(value: Any) -> Any:
    return value


@lru_cache(maxsize=4096)
def _decimal_text(value: Decimal) -> str:
    return str(plain(value))


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    str: _same,
    int: _same,
    bool: _same,
    Any: _same,
}

_BY_BASE: dict[type[Any], Callable[[Any], Any]] = {
    type(None): _same,
    str: _same,
    int: _same,
    Decimal: _decimal_text,
    date: lambda value: value.isoformat(),
    dict: lambda value: {_key(to_plain(key)): to_plain(item) for key, item in value.items()},
    tuple: lambda value: [to_plain(item) for item in value],
    list: lambda value: [to_plain(item) for item in value],
    frozenset: lambda value: sorted((to_plain(item) for item in value), key=to_text),
    set: lambda value: sorted((to_plain(item) for item in value), key=to_text),
}
_WRITERS: dict[type[Any], Callable[[Any], Any]] = {}
