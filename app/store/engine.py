"""The one place that connects to the file: driver, pragmas, and how a transaction begins.

SQLAlchemy's own settings for SQLite are not transactional enough for money: reads run outside any transaction, DDL is
not rolled back, and rows written in a savepoint survive the outer rollback. So the driver is told to begin nothing
itself, and every transaction begins here: IMMEDIATE for writing, plain for reading.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlcipher3 import dbapi2 as driver

from app.core.errors import StoreError

BUSY_SECONDS = 5
"""How long a statement waits for another connection before it gives up."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix of the WAL-reset bug, by which two connections can lose a commit."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


JOURNAL = "WAL" if wal_is_safe(driver.sqlite_version_info) else "TRUNCATE"
"""The journal mode of every file. TRUNCATE is slower, and loses nothing either."""

_PRAGMAS = (
    "cipher_log_level = NONE",  # it would write to stderr; our messages say what happened
    f"journal_mode = {JOURNAL}",
    "synchronous = FULL",  # NORMAL loses acknowledged deals in a power cut
    "foreign_keys = ON",
    "recursive_triggers = ON",  # without it INSERT OR REPLACE passes the triggers that keep issued rows
    "fullfsync = ON",  # macOS: fsync alone does not empty the disk's own cache
    "checkpoint_fullfsync = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -8192",  # KiB; above 16 MiB large sorts become slower
)

_WANTED = {"foreign_keys": 1, "synchronous": 2, "recursive_triggers": 1, "journal_mode": JOURNAL.lower()}


def connect(path: Path, *, create: bool = False) -> Any:
    """A bare driver connection that begins nothing itself. Only `create` may make a file; else a missing one fails."""
    address = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = driver.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=False
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def make_engine(path: Path, *, create: bool = False, read_only: bool = False) -> Engine:
    """An engine on the file at `path`. With `read_only` it locks nobody out, and its statements cannot write."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=driver,
        creator=lambda: connect(path, create=create),
        pool_size=5 if read_only else 1,
        max_overflow=20 if read_only else 0,
        pool_timeout=BUSY_SECONDS * 6,
    )
    event.listen(engine, "connect", _prepare_reader if read_only else _prepare)
    event.listen(engine, "begin", _begin_reading if read_only else _begin_writing)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    for name, wanted in _WANTED.items():
        found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise StoreError(f"The file cannot be opened safely: SQLite refuses {name} = {wanted} (it stays {found}).")
    cursor.close()


def _prepare_reader(connection: Any, record: object) -> None:
    _prepare(connection, record)
    connection.execute("PRAGMA query_only = ON")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
