"""The open file: whole commands or nothing, one writer at a time, and what happens when the world interferes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.errors import StoreError
from app.store import chain, engine, numbering, settings
from app.store.base import metadata
from app.store.chain import Sealed
from app.store.store import Store
from tests.app.store.children import child, said

SetValue = Callable[[str, object], None]


def value(store: Store, name: str) -> object:
    with store.read() as session:
        return settings.get(session, name)


def test_a_new_file_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "new.handsel"
    with pytest.raises(StoreError, match="There is no file"):
        Store.open(path)
    with Store.open(path, create=True) as store, store.write("me") as session:
        settings.put(session, "name", "kept")
    with Store.open(path, create=True) as store:
        assert value(store, "name") == "kept"


def test_after_closing_all_is_in_one_file(path: Path) -> None:
    store = Store.open(path)
    with store.write("me") as session:
        settings.put(session, "name", "kept")
    assert path.with_name("books.handsel-wal").stat().st_size > 0
    store.close()
    assert [file.name for file in path.parent.iterdir()] == ["books.handsel"]
    with Store.open(path) as again:
        assert value(again, "name") == "kept"


def test_an_exception_keeps_nothing(store: Store, set_value: SetValue) -> None:
    set_value("name", "before")
    with pytest.raises(KeyboardInterrupt), store.write("me") as session:
        settings.put(session, "name", "after")
        raise KeyboardInterrupt
    assert value(store, "name") == "before"
    set_value("name", "later")
    assert value(store, "name") == "later"


def test_readers_see_one_moment(store: Store, set_value: SetValue) -> None:
    set_value("name", 1)
    with store.read() as session:
        assert settings.get(session, "name") == 1
        thread = threading.Thread(target=set_value, args=("name", 2))
        thread.start()
        thread.join()
        assert settings.get(session, "name") == 1
    assert value(store, "name") == 2


def test_a_write_inside_a_write_is_a_mistake(store: Store) -> None:
    with store.write("me"), pytest.raises(RuntimeError, match="inside another"), store.write("me"):
        pass
    with store.write("me"):
        pass


def test_a_closed_store_is_closed(path: Path) -> None:
    store = Store.open(path)
    with store.write("me"), pytest.raises(RuntimeError, match="inside"):
        store.close()
    store.close()
    with Store.open(path):
        store.close()  # must not let go of the other one's lock
        assert path.with_name("books.handsel.lock").exists()
    for use in (store.read, lambda: store.write("me")):
        with pytest.raises(RuntimeError, match="is closed"), use():
            pass


def test_closing_waits_for_the_one_who_writes(path: Path) -> None:
    store = Store.open(path)
    inside, go = threading.Event(), threading.Event()

    def write() -> None:
        with store.write("me") as session:
            inside.set()
            go.wait(10)
            settings.put(session, "name", "kept")

    writer = threading.Thread(target=write)
    closer = threading.Thread(target=store.close)
    writer.start()
    inside.wait(10)
    closer.start()
    closer.join(0.1)
    assert closer.is_alive()
    go.set()
    writer.join()
    closer.join()
    with Store.open(path) as again:
        assert value(again, "name") == "kept"


def test_writers_take_turns(store: Store, set_value: SetValue) -> None:
    """Each reads and writes what it read plus one: none may be lost."""
    set_value("count", 0)

    def add() -> None:
        for _ in range(20):
            with store.write("me") as session:
                settings.put(session, "count", settings.get(session, "count") + 1)

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert value(store, "count") == 160


def test_more_readers_than_connections(store: Store, set_value: SetValue) -> None:
    set_value("name", "x")
    found: list[object] = []
    barrier = threading.Barrier(12)

    def look() -> None:
        with store.read() as session:
            barrier.wait(10)
            found.append(settings.get(session, "name"))

    threads = [threading.Thread(target=look) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["x"] * 12


def test_our_own_mistakes_stay_as_they_are(store: Store) -> None:
    with pytest.raises(DBAPIError, match="no such table"), store.read() as session:
        session.rows(text("SELECT * FROM nowhere"))


def test_another_program_that_writes_is_waited_for(store: Store, set_value: SetValue) -> None:
    with child("block", store.path) as other:
        assert said(other) == "locked"
        set_value("name", "in time")
    assert value(store, "name") == "in time"


def test_another_program_that_never_ends(store: Store, set_value: SetValue) -> None:
    other = engine.connect(store.path, engine.Use.WRITE)
    other.execute("BEGIN IMMEDIATE")
    raw = store._writer.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout = 50")
    raw.close()
    with pytest.raises(
        StoreError, match=r"^books\.handsel is in use by another program\. What was saved before is safe"
    ):
        set_value("name", "too late")
    other.close()
    set_value("name", "again")
    assert value(store, "name") == "again"


def test_a_full_disk_keeps_what_was_saved(store: Store, set_value: SetValue) -> None:
    set_value("name", "before")
    raw = store._writer.raw_connection()
    pages = raw.cursor().execute("PRAGMA page_count").fetchone()[0]
    raw.cursor().execute(f"PRAGMA max_page_count = {pages}")
    raw.close()
    with pytest.raises(StoreError, match=r"^The disk is full\. .* the last step is not saved\. Free some space"):
        set_value("name", "x" * 1_000_000)
    assert value(store, "name") == "before"
    set_value("name", "after")
    assert value(store, "name") == "after"


def test_a_deleted_file_is_noticed_and_everything_rescued(store: Store, set_value: SetValue, tmp_path: Path) -> None:
    set_value("name", "before")

    with pytest.raises(StoreError, match="was moved, deleted or replaced"), store.write("me") as session:
        settings.put(session, "name", "while it was deleted")
        store.path.unlink()
    with pytest.raises(StoreError, match="was moved, deleted or replaced"):
        set_value("name", "never")
    with pytest.raises(StoreError, match="was moved, deleted or replaced"):
        store.backup("too late")
    assert not store.path.exists()
    assert not store.is_in_place()
    store.rescue(tmp_path / "rescued.handsel")
    with Store.open(tmp_path / "rescued.handsel") as rescued:
        assert value(rescued, "name") == "while it was deleted"


def test_a_replaced_file_is_never_written(store: Store, set_value: SetValue, template: Path) -> None:
    set_value("name", "ours")
    shutil.copyfile(template, store.path.with_name("other"))
    store.path.with_name("other").replace(store.path)
    with pytest.raises(StoreError, match="was moved, deleted or replaced"):
        set_value("name", "never")
    assert store.path.read_bytes() == template.read_bytes()


def test_a_rescue_copy_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        store.rescue(tmp_path / "mine.txt")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_damage_is_found(path: Path) -> None:
    with Store.open(path) as store:
        assert store.damage() == ""
    content = bytearray(path.read_bytes())
    content[4096 * 20 : 4096 * 21] = b"\xaa" * 4096
    path.write_bytes(content)
    with Store.open(path) as store:
        try:
            found = store.damage()
        except StoreError as error:
            found = str(error)
    assert found


def test_an_incomplete_schema_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(metadata.info, "complete")
    with pytest.raises(RuntimeError, match=r"import app\.schema"):
        Store.open(path)


def test_killed_inside_a_transaction(path: Path) -> None:
    with child("hang", path) as process:
        assert said(process) == "inside"
    with Store.open(path) as store, store.read() as session:
        assert session.value(text("SELECT COUNT(*) FROM series")) == 0


def test_killed_at_any_moment_nothing_acknowledged_is_lost(path: Path) -> None:
    told = 0
    for rest in (0, 3, 11):
        with child("number", path) as process:
            for _ in range(rest + 1):
                told = int(said(process)[-4:])
        process.wait()
        with Store.open(path) as store, store.write("me") as session:
            last = session.value(text("SELECT last FROM series"))
            assert last >= told
            sealed = [Sealed(n, numbering.format_number("N", 2026, n)) for n in range(1, last + 1)]
            assert list(chain.verify(session, {"number": sealed})) == []
            assert numbering.next_number(session, "N", date(2026, 5, 5)) == f"N-2026-{last + 1:04d}"
            chain.append(session, "number", last + 1, numbering.format_number("N", 2026, last + 1))
