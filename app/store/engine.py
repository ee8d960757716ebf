"""The one place that connects to the file: driver, pragmas, and how a transaction begins.

SQLAlchemy's own settings for SQLite are not transactional enough for money: reads run outside any transaction, DDL is
not rolled back, and rows written in a savepoint survive the outer rollback. So the driver is told to begin nothing
itself, and every transaction begins here: IMMEDIATE for writing, plain for reading.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlcipher3 import dbapi2 as driver

from app.core.errors import StoreError

BUSY_SECONDS = 5
"""How long a statement waits for another connection before it gives up."""


class Use(Enum):
    """What a connection is for."""

    READ = "read"
    """Locks nobody out; its statements cannot write."""
    WRITE = "write"
    """Each transaction has the file's write lock from its start."""
    CREATE = "create"
    """Writes, and may make the file."""
    MIGRATE = "migrate"
    """Writes with foreign keys off: rebuilding a table would otherwise take the rows that refer to it along."""
    INSPECT = "inspect"
    """Reads a finished copy that nobody else has open, and does not touch it in any way."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix of the WAL-reset bug, by which two connections can lose a commit."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


JOURNAL = "WAL" if wal_is_safe(driver.sqlite_version_info) else "TRUNCATE"
"""The journal mode of every file. TRUNCATE is slower, and loses nothing either."""

_SAFE = {"journal_mode": JOURNAL.lower(), "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
"""What must be so, and is read back. synchronous: FULL, for NORMAL loses acknowledged deals in a power cut.

Without recursive_triggers, INSERT OR REPLACE passes the triggers that keep issued rows.
"""

_PRAGMAS = (
    "fullfsync = ON",  # macOS: fsync alone does not empty the disk's own cache
    "checkpoint_fullfsync = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -8192",  # KiB; above 16 MiB large sorts become slower
)


_MODES = {Use.CREATE: "mode=rwc", Use.INSPECT: "mode=ro&immutable=1"}


def connect(path: Path, use: Use) -> Any:
    """A bare driver connection, set up for its use, that begins nothing itself. A missing file fails but to `CREATE`.

    Raises `StoreError` if SQLite refuses a setting that safety needs, and the driver's errors.
    """
    address = f"{path.absolute().as_uri()}?{_MODES.get(use, 'mode=rw')}"
    connection = driver.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=False
    )
    try:
        _prepare(connection, use)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, use: Use) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr; our messages say what happened
    if use is Use.INSPECT:
        return
    wanted = _SAFE | {"foreign_keys": 0 if use is Use.MIGRATE else 1}
    for pragma in (*_PRAGMAS, *(f"{name} = {value}" for name, value in wanted.items())):
        connection.execute(f"PRAGMA {pragma}")
    for name, value in wanted.items():
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise StoreError(f"The file cannot be kept safely here: {name} stays {found} instead of {value}.")
    if use is Use.READ:
        connection.execute("PRAGMA query_only = ON")


def make_engine(path: Path, use: Use) -> Engine:
    """An engine on the file at `path`: one connection for writing, several for reading."""
    many = use is Use.READ
    engine = create_engine(
        URL.create(
            "sqlite", database=str(path)
        ),  # the creator below decides; a URL made of text could mean another file
        module=driver,
        creator=lambda: connect(path, use),
        pool_size=5 if many else 1,
        max_overflow=20 if many else 0,
        pool_timeout=30,
    )
    event.listen(engine, "begin", _begin_reading if many else _begin_writing)
    return engine


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
