"""The triggers that keep issued rows as they are, whoever writes: one list, as data.

They are put into a file when it is made, again after each migration (Alembic's batch mode drops them silently), and
compared with this list at each start. The words of a refusal begin with a code that `faults.py` understands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table

UNCHANGEABLE = "HSL001"
"""Code of a refusal: the row was issued or posted and stays as it is."""

UNBROKEN = "HSL002"
"""Code of a refusal: a number would be skipped or given twice."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses one kind of statement on one table, always or when a condition over OLD and NEW holds."""

    table: str
    event: str
    code: str
    message: str
    when: str = ""

    @property
    def name(self) -> str:
        """Name in the database."""
        return f"{self.table}_{self.event.lower()}_{self.code.lower()}"

    @property
    def text(self) -> str:
        """What the database says when it refuses."""
        return f"{self.code} {self.message}"

    def sqlite(self) -> str:
        """The statement that makes it in SQLite."""
        when = f" WHEN {self.when}" if self.when else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{self.text}'); END"
        )

    def postgresql(self) -> list[str]:
        """The statements that make it in PostgreSQL; where rows cannot be deleted, they cannot be truncated either."""
        function = f"{self.name}()"
        body = f"BEGIN RAISE EXCEPTION '{self.text}'; END"
        when = f" WHEN ({self.when})" if self.when else ""
        made = [
            f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW{when} EXECUTE FUNCTION {function}",
        ]
        if self.event == "DELETE":
            made.append(f"CREATE TRIGGER {self.name}_all BEFORE TRUNCATE ON {self.table} EXECUTE FUNCTION {function}")
        return made


_ALL: dict[str, Trigger] = {}


def refuse(table: Table, event: str, code: str, message: str, when: str = "") -> None:
    """Register that `event` (INSERT, UPDATE or DELETE) on a table is refused, always or when `when` holds.

    `message` and `when` are our own text without quotes; `when` must mean the same in SQLite and PostgreSQL.
    """
    trigger = Trigger(table.name, event, code, message, when)
    if "'" in message or _ALL.setdefault(trigger.name, trigger) != trigger:
        raise ValueError(f"trigger {trigger.name} has a quote in its message or is registered twice")


def append_only(table: Table, *, except_columns: Sequence[str] = ()) -> None:
    """Register that rows of a table are only ever added; `except_columns` may still be changed."""
    frozen = [column.name for column in table.columns if column.name not in except_columns]
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in frozen) if except_columns else ""
    message = f"a row of {table.name} was issued and is never changed"
    refuse(table, "UPDATE", UNCHANGEABLE, message, changed)
    refuse(table, "DELETE", UNCHANGEABLE, f"a row of {table.name} was issued and is never removed")


def wanted() -> tuple[Trigger, ...]:
    """Every registered trigger, in the order of names."""
    return tuple(_ALL[name] for name in sorted(_ALL))


def apply(connection: Connection) -> None:
    """Put every registered trigger into the file, in place of whatever triggers it has."""
    remove(connection)
    for trigger in wanted():
        connection.exec_driver_sql(trigger.sqlite())


def remove(connection: Connection) -> None:
    """Take all triggers away: a migration rebuilds tables, and must be able to."""
    for name in _found(connection):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def differing(connection: Connection) -> list[str]:
    """Names of triggers that are missing in the file, changed, or not ours."""
    expected = {trigger.name: _normal(trigger.sqlite()) for trigger in wanted()}
    found = {name: _normal(sql) for name, sql in _found(connection).items()}
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def _found(connection: Connection) -> dict[str, str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in rows}


def _normal(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()
