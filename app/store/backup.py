"""Backups that are proved before they count, and putting one back.

The file alone must never be copied: its newest commits may still stand in the log beside it. `VACUUM INTO` copies one
moment of the whole, also while somebody writes. Papers are kept once for all backups, in a folder among them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from app.core.errors import StoreError
from app.store import content
from app.store.disk import replace, sync_file, sync_folder
from app.store.engine import Use, connect
from app.store.faults import in_words
from app.store.files import Files
from app.store.inspection import check_file
from app.store.lock import Lock

FORMAT = "handsel-backup/1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands beside a backup: how to know that it is whole, and what it holds.

    `chain_head` is the newest hash of the chain, `numbers` the last number of each series ("INV-2026": 12), `files`
    the papers it needs.
    """

    format: str
    store: str
    made_at: str
    reason: str
    schema: int
    bytes: int
    sha256: str
    rows: dict[str, int]
    chain_head: str
    numbers: dict[str, int]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backup:
    """One proved backup."""

    path: Path
    manifest: Manifest

    @property
    def made_at(self) -> datetime:
        """When it was made, in UTC."""
        return datetime.fromisoformat(self.manifest.made_at)


def folder_of(store: Path) -> Path:
    """Where the backups of the store at a path are kept, unless another place is chosen."""
    return store.with_name(store.name + ".backups")


def make(store: Path, at: datetime, reason: str, folder: Path | None = None) -> Backup:
    """Back up the store as it is now; may run while others write. Returns only what was proved. Raises `StoreError`."""
    folder = folder or folder_of(store)
    with in_words(folder):
        folder.mkdir(exist_ok=True)
        path = _free_name(folder, f"{store.stem} {at:%Y-%m-%d %H%M%S}", store.suffix)
        partial = path.with_name(path.name + ".partial")
        snapshot(store, partial)
        files = _copy_files(Files.beside(store), Files(folder / "files"))
        manifest = _describe(store, partial, at, reason, files)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        note = _manifest_path(path)
        note.write_text(text, encoding="utf-8")
        sync_file(note)
        replace(partial, path)
    return Backup(path, manifest)


def snapshot(store: Path, to: Path) -> None:
    """Copy one moment of a store to a new file and prove it. Raises `StoreError`; then nothing is left there."""
    with in_words(to):
        to.unlink(missing_ok=True)
        try:
            source = connect(store, Use.WRITE)
            try:
                source.execute("VACUUM INTO ?", (str(to),))
            finally:
                source.close()
            _prove(to)
        except BaseException:
            to.unlink(missing_ok=True)
            raise


def _prove(path: Path) -> None:
    copy = connect(path, Use.INSPECT)
    try:
        content.prove(copy, path)
    finally:
        copy.close()


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    """A name that no backup has yet: two in one second get a counter."""
    names = (f"{stem}{counter}{suffix}" for counter in ("", *(f" ({n})" for n in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())


def _manifest_path(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _describe(store: Path, copy: Path, at: datetime, reason: str, files: Iterable[str]) -> Manifest:
    version = check_file(copy)
    connection = connect(copy, Use.INSPECT)
    try:
        rows, head, numbers = content.counts(connection), _chain_head(connection), _numbers(connection)
    finally:
        connection.close()
    made_at = at.isoformat()
    size, sha256 = copy.stat().st_size, file_digest(copy)
    return Manifest(FORMAT, store.name, made_at, reason, version, size, sha256, rows, head, numbers, tuple(files))


def _chain_head(connection: Any) -> str:
    found = connection.execute("SELECT hash FROM chain ORDER BY id DESC LIMIT 1").fetchone()
    return str(found[0]) if found else ""


def _numbers(connection: Any) -> dict[str, int]:
    rows = connection.execute("SELECT prefix, year, last FROM series ORDER BY prefix, year")
    return {f"{prefix}-{year}": last for prefix, year, last in rows}


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_files(source: Files, target: Files) -> list[str]:
    """Bring the papers that the target lacks; returns the names of all it has of them.

    A paper that was changed is left out, so that it does not stand in the way of saving everything else.
    """
    kept = set(target.names())
    whole = [name for name in source.names() if name in kept or not source.problems([name])]
    for name in whole:
        if name not in kept:
            target.put(source.get(name))
    return whole


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first. What has no readable manifest is none."""
    found = [_read(path) for path in folder.glob("*.json")]
    return sorted((backup for backup in found if backup), key=lambda b: (b.made_at, b.path.name), reverse=True)


def _read(note: Path) -> Backup | None:
    path = note.with_suffix("")
    try:
        values = json.loads(note.read_text(encoding="utf-8"))
        manifest = Manifest(**values | {"files": tuple(values["files"])})
        datetime.fromisoformat(manifest.made_at)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return Backup(path, manifest) if manifest.format == FORMAT and path.exists() else None


def verify(backup: Backup) -> None:
    """Raises `StoreError` if a backup is not, to the byte and in all its papers, what was proved when it was made."""
    with in_words(backup.path):
        if not backup.path.exists() or file_digest(backup.path) != backup.manifest.sha256:
            raise StoreError(f"The backup {backup.path.name} was changed or is damaged. Take another one.")
        _prove(backup.path)
    if missing := Files(backup.path.parent / "files").problems(backup.manifest.files):
        raise StoreError(f"The backup {backup.path.name} is not whole: {missing[0]}")


def restore(backup: Backup, store: Path) -> Path | None:
    """Put a backup in the place of the store, which must be closed.

    What stood there is kept beside it; returns its new path. Raises `StoreError`; then nothing changed.
    """
    verify(backup)
    with in_words(store), Lock.take(store):
        partial = store.with_name(store.name + ".restoring")
        shutil.copyfile(backup.path, partial)
        _copy_files(Files(backup.path.parent / "files"), Files.beside(store))
        kept = _put_aside(store)
        replace(partial, store)
    return kept


def settle(store: Path) -> None:
    """Bring what stands in the log into the file, and do away with the log. Nobody else may have the file open."""
    connection = connect(store, Use.WRITE)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    finally:
        connection.close()
    if mode != "delete" or _log_of(store).exists():
        raise StoreError(f"{store.name} is in use by another program. Close it there and try again.")


def _log_of(store: Path) -> Path:
    return store.with_name(store.name + "-wal")


def _put_aside(store: Path) -> Path | None:
    """Take the present file away under a free name. Its log goes too: left behind, it would ruin the restored file."""
    if not store.exists():
        _log_of(store).unlink(missing_ok=True)
        return None
    with suppress(driver.Error, StoreError):  # what is damaged is kept as it is
        check_file(store)  # SQLite would throw away the log of a file that looks empty to it
        settle(store)
    kept = _free_name(store.parent, f"{store.stem}.before-restore", store.suffix)
    for end in ("-wal", "-shm", ""):
        path = store.with_name(store.name + end)
        if path.exists():
            path.replace(kept.with_name(kept.name + end))
    sync_folder(store.parent)
    return kept


def outdated(backups: Iterable[Backup]) -> list[Backup]:
    """The backups that need not be kept.

    Kept are the newest of each of the last 24 hours that have one, 14 days, 12 weeks, and of every month; so the
    newest of all is always kept.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept: set[Path] = set()
    for span, number in _SPANS:
        last_of: dict[str, Path] = {}
        for backup in newest_first:
            last_of.setdefault(f"{backup.made_at:{span}}", backup.path)
        kept.update(list(last_of.values())[:number])
    return [backup for backup in newest_first if backup.path not in kept]


_SPANS = (("%Y-%m-%d %H", 24), ("%Y-%m-%d", 14), ("%G-%V", 12), ("%Y-%m", None))


def remove(backup: Backup) -> None:
    """Delete a backup. Its papers stay: others need them."""
    with in_words(backup.path):
        backup.path.unlink(missing_ok=True)
        _manifest_path(backup.path).unlink(missing_ok=True)
