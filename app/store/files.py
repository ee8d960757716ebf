"""Papers and attachments beside the store: each file under the SHA-256 of its content, so none is ever overwritten.

Write the file first, then the row that names it: a crash in between leaves a file nobody names, never a name without
a file. People's own file names are data and never reach the disk.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core.errors import StoreError
from app.store.disk import replace, sync_folder
from app.store.faults import in_words

_NAME = re.compile(r"[0-9a-f]{64}")


class Files:
    """The folder `<store>.files`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, store: Path) -> Files:
        """The files of the store at a path."""
        return cls(store.with_name(store.name + ".files"))

    def put(self, content: bytes) -> str:
        """Keep a content; returns its SHA-256 (64 hexadecimal digits). Raises `StoreError`, as on a full disk."""
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        with in_words(path):
            if not self._holds(path, content):
                self._write(path, content)
        return name

    def get(self, name: str) -> bytes:
        """The content with this SHA-256. Raises `StoreError` if it is missing or was changed."""
        path = self._path(name)
        try:
            with in_words(path):
                content = path.read_bytes()
        except FileNotFoundError:
            raise StoreError(f"The file {path} is missing. Restore it from a backup.") from None
        if hashlib.sha256(content).hexdigest() != name:
            raise StoreError(f"The file {path} was changed after it was stored. Restore it from a backup.")
        return content

    def problems(self, names: Iterable[str]) -> list[str]:
        """What is wrong with the files of these names: missing or changed."""
        found: list[str] = []
        for name in names:
            try:
                self.get(name)
            except StoreError as error:
                found.append(str(error))
        return found

    def names(self) -> Iterator[str]:
        """The names of all files kept."""
        for path in sorted(self.folder.glob("??/*")):
            if _NAME.fullmatch(path.name):
                yield path.name

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a SHA-256: {name!r}")
        return self.folder / name[:2] / name

    @staticmethod
    def _holds(path: Path, content: bytes) -> bool:
        """Whether the file stands there already, whole; a damaged one is written again."""
        return path.exists() and path.read_bytes() == content

    def _write(self, path: Path, content: bytes) -> None:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder.parent)
            sync_folder(self.folder)
        partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.partial")
        try:
            partial.write_bytes(content)
            replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)
