"""The open file: the only place where transactions begin and commit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from app.core.errors import StoreError
from app.store import backup, content
from app.store.backup import Backup
from app.store.base import metadata
from app.store.create import create as create_file
from app.store.engine import Use, connect, make_engine
from app.store.faults import explain, in_words
from app.store.files import Files
from app.store.inspection import check_file, check_folder, check_triggers
from app.store.lock import Lock
from app.store.session import Session, WriteSession
from app.store.version import SCHEMA


class Held(Protocol):
    """What keeps others from writing, until it is let go."""

    def release(self) -> None:
        """Let go."""


class Store:
    """One Handsel file, open in this process alone. Made by `Store.open`; used from any thread."""

    def __init__(self, path: Path, lock: Held) -> None:
        self.path = path
        self.files = Files.beside(path)
        self._lock = lock
        self._identity = _identity(path)
        self._writer = make_engine(path, Use.WRITE)
        self._reader = make_engine(path, Use.READ)
        for engine in (self._writer, self._reader):
            event.listen(engine, "connect", lambda *_: self._check_identity())
        self._writing = threading.Lock()
        self._thread: int | None = None
        self._closed = False

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Store:
        """Open the file, upgrading an older one first; with `create`, a missing one is made.

        `app.schema` has to be imported before. Raises `StoreError`, with words of its own for each cause.
        """
        if not metadata.info.get("complete"):
            raise RuntimeError("import app.schema before a store is opened: not every table is known")
        path = path.resolve()  # so that two names of one file have one lock
        check_folder(path)
        if path.exists() or not create:
            check_file(path)
        with in_words(path):
            lock = Lock.take(path)
            try:
                return cls._open(path, lock)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def _open(cls, path: Path, lock: Lock) -> Store:
        if not path.exists():
            create_file(path)
        version = check_file(path)
        if version < SCHEMA:
            from app.store.upgrade import upgrade  # Alembic takes longer to import than a file to open

            upgrade(path, version)
        store = cls(path, lock)
        try:
            with store.read() as session:
                check_triggers(session, path)
        except BaseException:
            store._dispose()
            raise
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

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
        with self._alone():
            self._check_identity()
            with self._transaction(self._writer) as connection:
                yield WriteSession(connection, actor, key)
            self._check_identity()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else of this process writes or closes meanwhile."""
        if self._thread == threading.get_ident():
            raise RuntimeError("a write transaction was begun inside another, or the store closed inside one")
        with self._writing:
            self._thread = threading.get_ident()
            try:
                yield
            finally:
                self._thread = None

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        if self._closed:
            raise RuntimeError("the store is closed: without its lock nothing may be read or written")
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            known = explain(error, self.path)
            if known is None:
                raise
            if isinstance(known, StoreError):
                self._dispose()  # after a disk error a connection is not to be trusted: the next one looks anew
            raise known from error

    def is_in_place(self) -> bool:
        """Whether the path still means our file. A screen may ask every few seconds; each write does."""
        return _identity(self.path) == self._identity

    def _check_identity(self) -> None:
        """Raises `StoreError` if the path no longer means our file: what we write would be lost with it."""
        if not self.is_in_place():
            raise StoreError(
                f"{self.path.name} was moved, deleted or replaced by another program while it was open. "
                "Save a rescue copy now, close Handsel, and look for the file."
            )

    def backup(self, reason: str, folder: Path | None = None) -> Backup:
        """Make a proved backup of this moment; others may go on writing. Raises `StoreError`."""
        self._check_identity()
        return backup.make(self.path, datetime.now(UTC), reason, folder)

    def rescue(self, to: Path) -> None:
        """Copy everything to a new file from the connection still open, also when the file itself is gone."""
        if to.exists():
            raise StoreError(f"{to} exists already; choose a new name.")
        with in_words(to), self._reader.connect() as connection:
            source = connection.connection.driver_connection
            target = connect(to, Use.CREATE)
            try:
                if source is not None:
                    source.backup(target)
                content.prove(target, to)
            finally:
                target.close()

    def damage(self) -> str:
        """What a quick look through the whole file finds wrong with it; empty if nothing. Takes seconds if large."""
        with self.read() as session:
            found = session.connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
        return "" if found == ["ok"] else "; ".join(found)

    def close(self) -> None:
        """Wait for the one who writes, bring everything into the one file, and let it go. Safe to repeat."""
        with self._alone():
            if self._closed:
                return
            self._closed = True
            try:
                if self.is_in_place():
                    self._checkpoint()
            finally:
                self._dispose()
                self._lock.release()

    def _checkpoint(self) -> None:
        with in_words(self.path), self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _dispose(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


def _identity(path: Path) -> tuple[int, int]:
    """What tells this file from another of the same name; zeros if there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)
