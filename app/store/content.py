"""What a file holds, in figures: to prove that a copy is whole, and that an upgrade lost nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.core.errors import StoreError

_BLOCK = 1000
"""Rows hashed at a time."""


def prove(connection: Any, path: Path) -> None:
    """Raises `StoreError` if the file is damaged, or a row refers to none. Takes seconds where there is much."""
    if found := damage(connection):
        raise StoreError(f"{path.name} is damaged: {found[0]}.")
    check_references(connection, path)


def check_references(connection: Any, path: Path) -> None:
    """Raises `StoreError` if a row refers to one that does not exist."""
    orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise StoreError(f"{path.name} is damaged: a row of {orphan[0]} refers to a row of {orphan[2]} that is gone.")


def damage(connection: Any) -> list[str]:
    """What SQLite itself finds wrong: damaged pages, indexes that do not fit, values that a column must not hold."""
    return [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]


def orphans(connection: Any) -> Iterator[str]:
    """Every row that refers to one that does not exist."""
    for name, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row_id} of {name} refers to a row of {parent} that is gone"


def columns(connection: Any) -> dict[str, list[str]]:
    """The columns of every table, by its name."""
    tables = [row[0] for row in connection.execute(_TABLES)]
    return {name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] for name in tables}


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"


def counts(connection: Any) -> dict[str, int]:
    """The number of rows of every table."""
    return {
        row[0]: int(connection.execute(f'SELECT COUNT(*) FROM "{row[0]}"').fetchone()[0])
        for row in connection.execute(_TABLES).fetchall()
    }


def digest(connection: Any, table: str, names: Iterable[str]) -> str:
    """SHA-256 over the values of some columns of all rows, in the order of their ids."""
    chosen = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(f'SELECT {chosen} FROM "{table}" ORDER BY rowid')
    total = hashlib.sha256()
    while block := rows.fetchmany(_BLOCK):
        total.update(repr(block).encode())
    return total.hexdigest()
