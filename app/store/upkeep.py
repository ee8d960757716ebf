"""Keeping backups by itself: one when something changed since the last, and as many as are worth keeping."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from app.store import backup
from app.store.backup import Backup
from app.store.history import history
from app.store.store import Store


def place(store: Store, chosen: Path | None) -> Path:
    """Where backups go now: the chosen folder if it is there (a drive may not be plugged in), else beside the file."""
    return chosen if chosen is not None and chosen.is_dir() else backup.folder_of(store.path)


def newest(folder: Path, store: Path) -> Backup | None:
    """The last proved backup of the store at a path; a folder may hold those of several companies."""
    return next((item for item in backup.listed(folder) if item.manifest.store == store.name), None)


def backups_of(store: Path, chosen: Path | None = None) -> list[Backup]:
    """The backups of the store at a path, beside it and in the chosen folder, the newest first."""
    places = [backup.folder_of(store), *([chosen] if chosen is not None else [])]
    found = [item for place in places for item in backup.listed(place) if item.manifest.store == store.name]
    return sorted(found, key=lambda item: (item.made_at, item.path.name), reverse=True)


def is_behind(store: Path, last: Backup | None) -> bool:
    """Whether something may have been written since the last backup; in doubt it is said so."""
    if last is None:
        return True
    made = last.made_at.timestamp()
    return any(path.exists() and path.stat().st_size and path.stat().st_mtime >= made for path in _written(store))


def _written(store: Path) -> tuple[Path, Path]:
    return store, store.with_name(store.name + "-wal")


def keep_backup(store: Store, reason: str, chosen: Path | None = None) -> Backup | None:
    """Back up if something changed since the last time, and remove what need not be kept. Raises `StoreError`."""
    folder = place(store, chosen)
    if not is_behind(store.path, newest(folder, store.path)):
        return None
    made = store.backup(reason, folder)
    for item in backup.outdated(item for item in backup.listed(folder) if item.manifest.store == store.path.name):
        backup.remove(item)
    return made


def age_days(last: Backup | None, now: datetime) -> int | None:
    """Whole days since the last backup, or None without one."""
    return None if last is None else max((now - last.made_at).days, 0)


def days_unsecured(store: Store, now: datetime, chosen: Path | None = None) -> int:
    """Whole days since the last backup, or since the first change if there is none; 0 while one holds everything."""
    last = next(iter(backups_of(store.path, chosen)), None)
    if not is_behind(store.path, last):
        return 0
    if last is not None:
        return max((now - last.made_at).days, 0)
    with store.read() as session:
        first = session.value(select(func.min(history.c.at)))
    return 0 if first is None else max((now - datetime.fromisoformat(first)).days, 0)
