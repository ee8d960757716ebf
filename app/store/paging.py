"""Pages of a long list by key instead of by count: the thousandth page costs what the first costs.

The keys are columns that are never NULL, end with the id, and have an index in this order; all run in one direction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, literal, tuple_

from app.store.session import AnyRow, Session

T = TypeVar("T")

Cursor: TypeAlias = tuple[Any, ...]
"""The key values of one row: where a page ends and the next one goes on."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows in the order of the list. `next` is where to read on, None at the end of that direction."""

    items: tuple[T, ...]
    next: Cursor | None = None


class Keyset:
    """The order of one list."""

    def __init__(self, *columns: ColumnElement[Any], descending: bool = False) -> None:
        self.columns = columns
        self.descending = descending

    def page(
        self,
        session: Session,
        statement: Select[*tuple[Any, ...]],
        make: Callable[[AnyRow], T],
        *,
        cursor: Cursor | None = None,
        size: int = 100,
        backwards: bool = False,
    ) -> Page[T]:
        """Up to `size` rows behind `cursor`, or before it when read `backwards`; without a cursor, from that end.

        The statement selects the key columns and has no order of its own.
        """
        rows = list(session.rows(self.ordered(statement, cursor, backwards=backwards).limit(size + 1)))
        more = len(rows) > size
        rows = rows[:size]
        following = self.cursor(rows[-1]) if more else None
        if backwards:
            rows.reverse()
        return Page(tuple(make(row) for row in rows), following)

    def ordered(
        self, statement: Select[*tuple[Any, ...]], cursor: Cursor | None = None, *, backwards: bool = False
    ) -> Select[*tuple[Any, ...]]:
        """The statement in this order (or the reverse), from behind the cursor on."""
        down = self.descending != backwards
        if cursor is not None:
            keys, values = tuple_(*self.columns), tuple_(*self._values(cursor))
            statement = statement.where(keys < values if down else keys > values)
        return statement.order_by(*(column.desc() if down else column.asc() for column in self.columns))

    def cursor(self, row: AnyRow) -> Cursor:
        """The key values of a row."""
        return tuple(row._mapping[column] for column in self.columns)

    def _values(self, cursor: Cursor) -> list[ColumnElement[Any]]:
        pairs = zip(self.columns, cursor, strict=True)
        return [literal(value, column.type) for column, value in pairs]
