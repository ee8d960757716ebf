"""Papers beside the store: kept under their content's hash, never overwritten, missing and changed ones noticed."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.store import disk
from app.store.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files.beside(tmp_path / "books.handsel")


def test_a_content_is_kept_under_its_hash(files: Files, tmp_path: Path) -> None:
    name = files.put(b"%PDF one")
    assert name == hashlib.sha256(b"%PDF one").hexdigest()
    assert (tmp_path / "books.handsel.files" / name[:2] / name).read_bytes() == b"%PDF one"
    assert files.get(name) == b"%PDF one"


def test_the_same_content_is_kept_once(files: Files) -> None:
    names = {files.put(b"one"), files.put(b"one"), files.put(b"two")}
    assert set(files.names()) == names
    assert sum(1 for path in files.folder.rglob("*") if path.is_file()) == 2


def test_missing_and_changed_ones_are_named(files: Files) -> None:
    lost, changed, whole = files.put(b"lost"), files.put(b"changed"), files.put(b"whole")
    (files.folder / lost[:2] / lost).unlink()
    (files.folder / changed[:2] / changed).write_bytes(b"changed by somebody")
    with pytest.raises(StoreError, match=r"is missing\. Restore it"):
        files.get(lost)
    with pytest.raises(StoreError, match="was changed after it was stored"):
        files.get(changed)
    found = files.problems([lost, whole, changed])
    assert [lost in found[0], changed in found[1], len(found)] == [True, True, 2]
    files.put(b"changed")
    files.put(b"lost")
    assert files.problems([lost, whole, changed]) == []


def test_a_name_is_no_path(files: Files) -> None:
    for name in ("../../etc/passwd", "", "A" * 64, "a" * 63 + "/"):
        with pytest.raises(ValueError, match="not a SHA-256"):
            files.get(name)


def test_other_files_in_the_folder_are_left_out(files: Files) -> None:
    name = files.put(b"one")
    (files.folder / name[:2] / f"{name}.1-2.partial").write_bytes(b"half")
    (files.folder / "notes.txt").write_bytes(b"mine")
    assert list(files.names()) == [name]


def test_no_files_at_all(files: Files) -> None:
    assert list(files.names()) == []
    assert files.problems([]) == []


def test_a_full_disk_leaves_nothing(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    files.put(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="The disk is full"):
        files.put(b"before it was full")
    assert len([path for path in files.folder.rglob("*") if path.is_file()]) == 1


def test_content_and_name_reach_the_disk_before_put_returns(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    real_replace = Path.replace
    monkeypatch.setattr(disk, "sync_file", lambda path: done.append(f"content {path.suffix}"))
    monkeypatch.setattr(disk, "sync_folder", lambda path: done.append("names"))
    monkeypatch.setattr(Path, "replace", lambda self, to: done.append("rename") or real_replace(self, to))  # type: ignore[func-returns-value]
    files.put(b"one")
    assert done == ["content .partial", "rename", "names"]
