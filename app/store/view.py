"""Looking at a file that another Handsel holds: everything can be read, nothing written.

The other one goes on working meanwhile. SQLite keeps readers and its one writer apart (a reader sees one moment of the
file), so no lock of ours is needed for that; a file of an older form is not upgraded here, for that is writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from app.core.errors import StoreError
from app.store.base import metadata
from app.store.faults import in_words
from app.store.inspection import check_file, check_folder, check_triggers
from app.store.session import WriteSession
from app.store.store import Store
from app.store.version import SCHEMA


class NoLock:
    """Stands where the lock of a store would be."""

    def release(self) -> None:
        """Nothing was taken."""


class View(Store):
    """A store that is only looked at; `write` and `backup` refuse."""

    @classmethod
    def of(cls, path: Path) -> View:
        """Look at a file, held by another Handsel or not. Raises `StoreError`, also for a file of an older form."""
        if not metadata.info.get("complete"):
            raise RuntimeError("import app.schema before a store is opened: not every table is known")
        path = path.resolve()
        check_folder(path)
        if check_file(path) < SCHEMA:
            raise StoreError(
                f"{path.name} is of an older form; close the other Handsel, and open it here to bring it up."
            )
        with in_words(path):
            view = cls(path, NoLock())
            try:
                with view.read() as session:
                    check_triggers(session, path)
            except BaseException:  # whatever came up, Ctrl+C too, is raised again: only the file is let go first
                view._dispose()
                raise
            return view

    @contextmanager
    def write(self, actor: str, key: str | None = None) -> Iterator[WriteSession]:
        """Refused. Raises `StoreError`."""
        self._refuse()
        yield

    def backup(self, reason: str, folder: Path | None = None) -> NoReturn:
        """Refused: the one who holds the file backs it up. Raises `StoreError`."""
        self._refuse()

    def close(self) -> None:
        """Let the file go. Safe to repeat."""
        with self._alone():
            self._closed = True
            self._dispose()

    def _refuse(self) -> NoReturn:
        raise StoreError(f"{self.path.name} is only looked at here: another Handsel holds it. Nothing was changed.")
