"""Making a new file: all tables, triggers and stamps in one transaction, under another name until it is whole."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from app.store import chain, drafts, history, numbering, settings, triggers
from app.store.base import metadata
from app.store.disk import replace
from app.store.engine import Use, make_engine
from app.store.version import APPLICATION_ID, SCHEMA, revision

TABLES = (history.history, numbering.series, chain.chain, drafts.draft, settings.setting)
"""The store's own tables."""


def create(path: Path) -> None:
    """Make an empty store at a path; appears there only when complete."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    engine = make_engine(partial, Use.CREATE)
    try:
        with engine.begin() as connection:
            build(connection)
    finally:
        engine.dispose()
    replace(partial, path)


def build(connection: Connection) -> None:
    """Tables, triggers and version marks of the newest form, in the transaction of `connection`."""
    metadata.create_all(connection, checkfirst=False)
    triggers.apply(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision()}')")
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
