"""Looking at a file that another Handsel holds."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.core.errors import HeldError, StoreError
from app.store import settings
from app.store.store import Store
from app.store.view import View
from tests.app.store.children import child, said


def test_the_refusal_says_who_holds_it_and_a_view_reads_on(path: Path) -> None:
    with child("hold", path) as other:
        said(other)
        with pytest.raises(HeldError) as held:
            Store.open(path)
        assert held.value.holder == (other.pid, socket.gethostname())
        view = View.of(path)
        with view.read() as session:
            assert settings.get(session, "name") is None
        view.close()
        view.close()


def test_a_view_follows_what_the_holder_commits_and_writes_nothing(store: Store) -> None:
    view = View.of(store.path)
    with store.write("holder") as session:
        settings.put(session, "name", "Harbour")
    with view.read() as session:
        assert settings.get(session, "name") == "Harbour"
    with pytest.raises(StoreError, match="only looked at"), view.write("me"):
        pass
    with pytest.raises(StoreError, match="only looked at"):
        view.backup("close")
    with pytest.raises(StoreError, match="read-only"), view.read() as session:
        session.connection.exec_driver_sql("DELETE FROM setting")
    view.close()
    with store.write("holder") as session:
        settings.put(session, "name", "Bay")
    with pytest.raises(RuntimeError, match="closed"), view.read():
        pass


def test_an_older_file_is_not_upgraded_behind_its_holder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.view.SCHEMA", 10_000)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="of an older form"):
        View.of(path)
    assert path.read_bytes() == before


def test_a_replaced_file_is_noticed(store: Store, path: Path) -> None:
    view = View.of(path)
    view._dispose()
    path.replace(path.with_name("moved.handsel"))
    with pytest.raises(StoreError), view.read() as session:
        settings.get(session, "name")
    view.close()
    path.with_name("moved.handsel").replace(path)
