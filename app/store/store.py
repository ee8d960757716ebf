"""The open file: the only place where transactions begin and commit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.core.errors import StoreError
from app.store.create import create as create_file
from app.store.engine import make_engine
from app.store.faults import explain
from app.store.inspection import check_file, check_folder, check_triggers
from app.store.lock import Lock
from app.store.session import Session, WriteSession


class Store:
    """One Handsel file, open in this process alone. Made by `Store.open`; used from any thread."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self.path = path
        self._lock = lock
        self._writer: Engine = make_engine(path)
        self._reader: Engine = make_engine(path, read_only=True)
        self._writing = threading.Lock()
        self._thread: int | None = None
        self._identity = _identity(path)

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Store:
        """Open the file, upgrading an older one; with `create`, a missing one is made. Raises `StoreError`."""
        check_folder(path)
        lock = Lock.take(path)
        try:
            if create and not path.exists():
                create_file(path)
            check_file(path)
            store = cls(path, lock)
            try:
                with store.read() as session:
                    check_triggers(session, path)
            except BaseException:
                store._dispose()
                raise
            return store
        except BaseException:
            lock.release()
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the file, whatever is written meanwhile."""
        with self._transaction(self._reader) as connection:
            yield Session(connection)

    @contextmanager
    def write(self, actor: str, key: str | None = None) -> Iterator[WriteSession]:
        """One command: all of it is kept at the end, or nothing of it if anything is raised.

        `actor` goes into the history; under the same `key` a command is done only once. Writers wait for each other.
        """
        if self._thread == threading.get_ident():
            raise RuntimeError("a write transaction was begun inside another")
        with self._writing:
            self._thread = threading.get_ident()
            try:
                with self._transaction(self._writer) as connection:
                    yield WriteSession(connection, actor, key)
                self._check_identity()
            finally:
                self._thread = None

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            known = explain(error, self.path)
            if known is None:
                raise
            if isinstance(known, StoreError):
                self._dispose()  # after a disk error a connection must not be trusted: the next one looks anew
            raise known from error

    def _check_identity(self) -> None:
        if _identity(self.path) != self._identity:
            raise StoreError(
                f"{self.path.name} was moved, deleted or replaced by another program while it was open. "
                "Save a rescue copy now, close Handsel, and look for the file."
            )

    def close(self) -> None:
        """Bring everything into the one file, and let it go."""
        try:
            with self._writer.connect() as connection:
                raw = connection.connection.driver_connection
                if raw is not None:
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._dispose()
            self._lock.release()

    def _dispose(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


def _identity(path: Path) -> tuple[int, int]:
    """What tells this file from another of the same name."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
