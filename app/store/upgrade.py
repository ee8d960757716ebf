"""Bringing an older file to the newest form: on a copy, which takes its place only when it is proved to be whole.

Killed at any point, the file opens in its old form or in its new one. A backup is made first.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.core.errors import StoreError
from app.store import backup, content, triggers
from app.store.disk import replace
from app.store.engine import Use, connect, make_engine
from app.store.faults import in_words
from app.store.version import SCHEMA, revision

MIGRATIONS = Path(__file__).resolve().parents[2] / "db" / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings; its commands run on `connection`, inside the transaction that is open there."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(path: Path, version: int) -> None:
    """Upgrade a closed and locked file of an older `version`. Raises `StoreError`; then the file is as it was."""
    backup.make(path, datetime.now(UTC), f"before the upgrade from {version} to {SCHEMA}")
    copy = path.with_name(path.name + ".upgrading")
    with in_words(path):
        backup.snapshot(path, copy)
        try:
            migrate(copy)
            _compare(path, copy, version)
            backup.settle(copy)
            backup.settle(path)
            replace(copy, path)
        finally:
            copy.unlink(missing_ok=True)


def migrate(path: Path) -> None:
    """Run all missing migrations on a file in one transaction, restore its triggers, and check its references."""
    engine = make_engine(path, Use.MIGRATE)
    try:
        with engine.begin() as connection:
            triggers.remove(connection)
            command.upgrade(config(connection), revision(SCHEMA))
            triggers.apply(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
            content.check_references(connection.connection.driver_connection, path)
    finally:
        engine.dispose()


def _compare(old_path: Path, new_path: Path, version: int) -> None:
    """Raises `StoreError` unless every value that no migration means to change is the same in both files."""
    old, new = connect(old_path, Use.READ), connect(new_path, Use.READ)
    try:
        content.prove(new, new_path)
        lost = _lost(old, new, _meant_to_change(version))
    finally:
        old.close()
        new.close()
    if lost:
        raise StoreError(
            f"{old_path.name} could not be upgraded: {', '.join(lost)} would not be as before. Nothing was changed; "
            "keep using the older Handsel, and report this."
        )


def _lost(old: Any, new: Any, exempt: Collection[str]) -> list[str]:
    before, after = content.columns(old), content.columns(new)
    lost = []
    for table in (name for name in before if name not in exempt):
        same = [name for name in before[table] if f"{table}.{name}" not in exempt]
        if not set(same) <= set(after.get(table, ())) or content.digest(old, table, same) != content.digest(
            new, table, same
        ):
            lost.append(table)
    return lost


def _meant_to_change(version: int) -> set[str]:
    """What the missing migrations say they change: tables, or columns as "table.column"."""
    scripts = ScriptDirectory.from_config(config()).iterate_revisions(revision(SCHEMA), revision(version))
    return {"alembic_version"} | {name for script in scripts for name in script.module.CHANGES}
