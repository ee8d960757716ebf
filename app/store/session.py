"""Sessions: what every query and every service is handed. They run statements; they never begin or commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Executable, Row, Table

from app.store.inserting import insert_row, insert_rows
from app.store.prepared import Prepared

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row of any select."""

Query: TypeAlias = Executable | Prepared
"""A select, or one that was prepared because it runs in every command."""


class Session:
    """Reading inside one transaction: everything seen belongs to the same moment."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.memo: dict[Any, Any] = {}
        """What was read in this transaction and cannot change in it, or only by its own hand."""

    def rows(self, statement: Query, values: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
        """All rows of a select."""
        if isinstance(statement, Prepared):
            return statement.rows(self.connection, values)
        return self.connection.execute(statement, values).all()

    def stream(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Iterator[AnyRow]:
        """The rows of a select one after the other, however many: only some of them are in memory at a time."""
        return iter(self.connection.execute(statement, values, execution_options={"yield_per": 1000}))

    def row(self, statement: Query, values: Mapping[str, Any] | None = None) -> AnyRow | None:
        """The first row of a select, or None."""
        if isinstance(statement, Prepared):
            return next(iter(statement.rows(self.connection, values)), None)
        return self.connection.execute(statement, values).first()

    def value(self, statement: Query, values: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, or None."""
        if isinstance(statement, Prepared):
            row = self.row(statement, values)
            return None if row is None else row[0]
        return self.connection.execute(statement, values).scalar()


@dataclass(slots=True)
class Running:
    """What the running command has changed so far; it becomes its history row."""

    changes: list[list[str]] = field(default_factory=list)


class WriteSession(Session):
    """One command's transaction: who acts, when, and under which idempotency key."""

    def __init__(self, connection: Connection, actor: str, key: str | None = None) -> None:
        super().__init__(connection)
        self.actor = actor
        self.key = key
        self.at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self.command: Running | None = None

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run an update or delete."""
        return self.connection.execute(statement, values)

    def insert(self, table: Table, **values: Any) -> int:
        """Insert one row; returns its id."""
        return insert_row(self.connection, table, values)

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows of one shape in one go."""
        if rows:
            insert_rows(self.connection, table, rows)

    def changed(self, what: str, before: str, after: str) -> None:
        """Note for the history that `what` moved from one state or value to another."""
        if self.command is not None:
            self.command.changes.append([what, before, after])
