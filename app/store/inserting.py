"""Inserts compiled once a table and set of columns, and sent as they are.

SQLAlchemy's statement machinery costs more than SQLite's insert itself; what is sent here is its own compiled text
with its own bind processors, so types and dialects stay in one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert


class Insert:
    """The insert of one table with a fixed set of columns, for one dialect."""

    def __init__(self, table: Table, names: tuple[str, ...], dialect: Dialect) -> None:
        self.returns = dialect.name != "sqlite"  # SQLite tells the id of a single row by itself
        statement = insert(table).returning(table.c.id) if self.returns else insert(table).inline()
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self.text = str(compiled)
        self.order: Sequence[str] | None = compiled.positiontup if compiled.positional else None
        types = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
        self.processors = {name: process for name, process in types.items() if process is not None}

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver wants them."""
        bound = dict(values)
        for name, process in self.processors.items():
            bound[name] = process(bound[name])
        return bound if self.order is None else tuple([bound[name] for name in self.order])


@lru_cache(maxsize=256)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> Insert:
    return Insert(table, names, dialect)


def insert_row(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert one row; returns its id."""
    statement = _insert(table, tuple(values), connection.dialect)
    result = connection.exec_driver_sql(statement.text, statement.parameters(values))
    return int(result.scalar_one() if statement.returns else result.lastrowid)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns, in one call of the driver."""
    statement = _insert(table, tuple(rows[0]), connection.dialect)
    connection.exec_driver_sql(statement.text, [statement.parameters(row) for row in rows])
