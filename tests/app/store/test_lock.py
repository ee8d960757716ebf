"""One Handsel per file."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.store import lock
from app.store.lock import Lock
from app.store.store import Store
from tests.app.store.children import child, said


def test_another_process_is_named_and_its_end_frees_the_file(path: Path) -> None:
    with child("hold", path) as other:
        assert said(other) == "open"
        with pytest.raises(StoreError) as caught:
            Store.open(path)
    assert str(caught.value) == (
        f"books.handsel is already open in another Handsel (process {other.pid} on {socket.gethostname()}). "
        "Close that one first."
    )
    other.wait()
    assert path.with_name("books.handsel.lock").exists(), "it was killed before it could tidy up"
    Store.open(path).close()


def test_the_same_process_cannot_open_it_twice(store: Store) -> None:
    with pytest.raises(StoreError, match="already open"):
        Store.open(store.path)


def test_two_names_of_one_file_have_one_lock(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "other name.handsel"
    other.symlink_to(store.path)
    with pytest.raises(StoreError, match="already open"):
        Store.open(other)


def test_nothing_is_left_behind(path: Path) -> None:
    with Lock.take(path):
        assert path.with_name("books.handsel.lock").exists()
    assert [file.name for file in path.parent.iterdir()] == ["books.handsel"]


def test_a_lock_whose_file_vanished_is_taken_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The holder removed the file between our opening it and our locking it: two could hold "the" lock."""
    real, vanished = lock._take, []

    def late(file: object) -> None:
        if not vanished:
            vanished.append(path.with_name("books.handsel.lock").unlink())
        real(file)  # type: ignore[arg-type]

    monkeypatch.setattr(lock, "_take", late)
    with Lock.take(path), pytest.raises(StoreError, match="already open"):
        Lock.take(path)
    assert vanished


def test_a_drive_that_cannot_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", refuse)
    with pytest.raises(StoreError, match=r"books.handsel cannot be locked \(No locks available\). Is it on a network"):
        Store.open(path)


def test_a_lock_file_with_other_content(path: Path) -> None:
    with Lock.take(path):
        path.with_name("books.handsel.lock").write_text("?")
        with pytest.raises(StoreError, match=r"in another Handsel\. Close"):
            Lock.take(path)
