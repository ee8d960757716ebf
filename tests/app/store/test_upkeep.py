"""Backups that are made by themselves: only when something changed, and not too many."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.store import backup, upkeep
from app.store.numbering import Form, set_numbering
from app.store.store import Store


def _age(path: Path, seconds: int) -> None:
    """Make what was written look older, so that a test need not wait for the clock's next second."""
    for written in upkeep._written(path):
        if written.exists():
            found = written.stat().st_mtime
            os.utime(written, (found - seconds, found - seconds))


def test_a_change_is_backed_up_once(store: Store, set_value: Callable[[str, object], None]) -> None:
    set_value("name", 1)
    _age(store.path, 10)
    first = upkeep.keep_backup(store, "close")
    assert first is not None
    backup.verify(first)
    assert upkeep.keep_backup(store, "close") is None
    set_value("name", 2)
    second = upkeep.keep_backup(store, "close")
    assert second is not None
    assert upkeep.newest(second.path.parent, store.path) == second


def test_the_chosen_folder_is_used_while_it_is_there(store: Store, tmp_path: Path) -> None:
    chosen = tmp_path / "drive"
    assert upkeep.place(store, None) == upkeep.place(store, chosen) == backup.folder_of(store.path)
    chosen.mkdir()
    made = upkeep.keep_backup(store, "close", chosen)
    assert made is not None
    assert made.path.parent == chosen


def test_another_company_in_the_same_folder_does_not_count(store: Store, tmp_path: Path) -> None:
    chosen = tmp_path / "drive"
    chosen.mkdir()
    with Store.open(tmp_path / "other.handsel", create=True) as other:
        other.backup("close", chosen)
    assert upkeep.newest(chosen, store.path) is None
    upkeep.keep_backup(store, "close", chosen)
    assert upkeep.newest(chosen, store.path) is not None
    assert len(backup.listed(chosen)) == 2


def test_outdated_ones_of_this_company_are_removed(store: Store, set_value: Callable[[str, object], None]) -> None:
    folder, now = backup.folder_of(store.path), datetime.now(UTC)
    start = now.replace(minute=0, second=0) - timedelta(hours=1)
    for minute in range(5):
        backup.make(store.path, start + timedelta(minutes=minute), "every half hour")
    set_value("name", 1)
    made = upkeep.keep_backup(store, "close")
    kept = backup.listed(folder)
    assert made in kept
    assert len(kept) == 2


def test_age_in_days(store: Store) -> None:
    made = store.backup("by hand")
    assert upkeep.age_days(None, made.made_at) is None
    assert upkeep.age_days(made, made.made_at + timedelta(days=8, hours=3)) == 8
    assert upkeep.age_days(made, made.made_at - timedelta(days=1)) == 0


def test_days_without_a_backup_count_from_the_last_one_or_the_first_change(
    store: Store, set_value: Callable[[str, object], None]
) -> None:
    now = datetime.now(UTC)
    assert upkeep.days_unsecured(store, now) == 0  # nothing was ever done
    with store.write("me") as session:
        set_numbering(session, "INV", Form("RE"), on=now.date())
    assert upkeep.days_unsecured(store, now + timedelta(days=9, hours=1)) == 9
    made = backup.make(store.path, now - timedelta(days=3), "test")
    set_value("name", 2)
    assert upkeep.days_unsecured(store, now + timedelta(days=5, hours=1)) == 8
    backup.remove(made)
    _age(store.path, 10)
    upkeep.keep_backup(store, "close")
    assert upkeep.days_unsecured(store, now + timedelta(days=90)) == 0  # nothing was changed since
