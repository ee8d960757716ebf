"""Reading rows as they are kept, and side by side, so that a file of any size is proved with little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, Table, Text, func, select, type_coerce, union_all

from app.core.errors import HandselError
from app.store.session import AnyRow, Session
from app.store.types import BigInt, Day, Json, Micro

UNREADABLE = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, HandselError)
"""What reading or recomputing a value raises that somebody has spoiled: it is a finding, not a failure of ours."""

_KEPT_AS = ((Micro, BigInt), (Day, Text()), (Json, Text()), (Boolean, BigInt))


def raw(table: Table, *names: str) -> list[ColumnElement[Any]]:
    """Columns as the database keeps them, all or those named: one spoiled value must not stop the reading of others."""
    return [_raw(table.c[name]).label(name) for name in names or table.c.keys()]


def _raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    kept = next((plain for kind, plain in _KEPT_AS if isinstance(column.type, kind)), None)
    return column if kept is None else type_coerce(column, kept)


class Grouped:
    """A stream that is sorted by its first column, handed out by that column's value, in ascending order."""

    def __init__(self, rows: Iterator[AnyRow]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def take(self, key: int) -> list[AnyRow]:
        """The rows with this key; those before it are passed over."""
        found = []
        row = self._next
        while row is not None and row[0] <= key:
            if row[0] == key:
                found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found


def differing(session: Session, *parts: Select[*tuple[Any, ...]]) -> Iterator[AnyRow]:
    """Where several selects do not cancel out: each gives key columns and at last an amount, and all keys add to zero.

    So what the books say is set against what the facts say, in one statement for the whole file.
    """
    both = union_all(*parts).subquery()
    *keys, amount = both.c
    total = func.sum(amount, type_=BigInt)
    return session.stream(select(*keys, total.label("difference")).group_by(*keys).having(total != 0).order_by(*keys))


def guarded(problems: Iterable[str], what: str) -> Iterator[str]:
    """The problems, and where finding them breaks off over something unreadable, that as one more about `what`."""
    try:
        yield from problems
    except UNREADABLE as error:
        yield f"{what} cannot be read or recomputed: {type(error).__name__} {error}".rstrip()
