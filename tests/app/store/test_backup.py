"""Backups count only when proved; putting one back brings everything back, and loses nothing of what stood there."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.store import backup, chain, settings
from app.store.backup import Backup, Manifest
from app.store.numbering import next_number
from app.store.store import Store
from app.store.version import SCHEMA

AT = datetime(2026, 3, 2, 14, 5, 9, tzinfo=UTC)


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed store with a few rows and a paper."""
    with Store.open(path) as store, store.write("me") as session:
        for n in range(1, 4):
            chain.append(session, "document", n, next_number(session, "INV", date(2026, 3, n)))
        settings.put(session, "paper", store.files.put(b"%PDF a paper"))
    return path


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = list(connection.iterdump())
    connection.close()
    return found


def test_a_backup_and_its_manifest(filled: Path) -> None:
    made = backup.make(filled, AT, "by hand")
    folder = filled.with_name("books.handsel.backups")
    assert made.path == folder / "books 2026-03-02 140509.handsel"
    assert dump(made.path) == dump(filled)
    with Store.open(filled) as store, store.read() as session:
        head, paper = chain.head(session), settings.get(session, "paper")
    rows = made.manifest.rows
    assert (rows["chain"], rows["series"], rows["history"]) == (3, 1, 0)
    assert made.manifest == Manifest(
        format="handsel-backup/1",
        store="books.handsel",
        made_at="2026-03-02T14:05:09+00:00",
        reason="by hand",
        schema=SCHEMA,
        bytes=made.path.stat().st_size,
        sha256=backup.file_digest(made.path),
        rows=rows,
        chain_head=head,
        numbers={"INV-2026": 3},
        files=(paper,),
    )
    assert backup.listed(folder) == [made]
    backup.verify(made)
    assert sorted(file.name for file in folder.iterdir()) == [
        "books 2026-03-02 140509.handsel",
        "books 2026-03-02 140509.handsel.json",
        "files",
    ]


def test_two_in_one_second(filled: Path, tmp_path: Path) -> None:
    first = backup.make(filled, AT, "one", tmp_path / "usb")
    second = backup.make(filled, AT, "two", tmp_path / "usb")
    assert second.path.name == "books 2026-03-02 140509 (2).handsel"
    assert {each.path: each.manifest.reason for each in backup.listed(tmp_path / "usb")} == {
        first.path: "one",
        second.path: "two",
    }


def test_a_backup_holds_what_stands_in_the_log_only(store: Store) -> None:
    with store.write("me") as session:
        settings.put(session, "name", "new")
    made = store.backup("while it is open")
    assert made.manifest.rows["setting"] == 1


def test_one_moment_while_others_write(store: Store) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with store.write("me") as session:
                number = next_number(session, "INV", date(2026, 3, 2))
                chain.append(session, "document", int(number[-4:]), number)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        made = [store.backup("busy") for _ in range(3)]
    finally:
        stop.set()
        thread.join()
    for each in made:
        backup.verify(each)
        assert each.manifest.rows["chain"] == each.manifest.numbers.get("INV-2026", 0)


def test_a_damaged_store_makes_no_backup(filled: Path) -> None:
    spoiled = bytearray(filled.read_bytes())
    for page in range(5, 30):
        spoiled[4096 * page : 4096 * page + 50] = b"\xaa" * 50
    filled.write_bytes(spoiled)
    with pytest.raises(StoreError, match="is damaged"):
        backup.make(filled, AT, "by hand")
    folder = filled.with_name("books.handsel.backups")
    assert [file.name for file in folder.rglob("*") if file.is_file()] == []


def test_a_damaged_paper_does_not_stop_a_backup(filled: Path) -> None:
    (paper,) = [file for file in filled.with_name("books.handsel.files").rglob("*") if file.is_file()]
    first = backup.make(filled, AT, "whole")
    paper.write_bytes(b"changed")
    assert backup.make(filled, AT, "the copy from before is still good").manifest.files == first.manifest.files
    with Store.open(filled) as store:
        store.files.put(b"another")
    later = backup.make(filled, AT, "elsewhere", filled.parent / "usb")
    assert len(later.manifest.files) == 1
    backup.verify(later)


def test_every_flipped_bit_is_noticed(filled: Path) -> None:
    made = backup.make(filled, AT, "by hand")
    content = made.path.read_bytes()
    chance = random.Random(7)  # noqa: S311
    for _ in range(100):
        spoiled = bytearray(content)
        spoiled[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        made.path.write_bytes(spoiled)
        with pytest.raises(StoreError, match="was changed or is damaged"):
            backup.verify(made)
    made.path.write_bytes(content)
    backup.verify(made)


def test_a_backup_without_its_papers_is_not_whole(filled: Path) -> None:
    made = backup.make(filled, AT, "by hand")
    for file in (made.path.parent / "files").rglob("*"):
        if file.is_file():
            file.unlink()
    with pytest.raises(StoreError, match=r"is not whole: The file .* is missing"):
        backup.restore(made, filled)


def test_restoring_brings_everything_back(filled: Path) -> None:
    before = dump(filled)
    made = backup.make(filled, AT, "by hand")
    with Store.open(filled) as store:
        (paper,) = store.files.names()
        with store.write("me") as session:
            settings.put(session, "name", "later")
        (store.files.folder / paper[:2] / paper).unlink()
    later = dump(filled)
    kept = backup.restore(made, filled)
    assert dump(filled) == before
    assert kept == filled.with_name("books.before-restore.handsel")
    assert dump(kept) == later
    with Store.open(filled) as store:
        assert store.files.get(paper) == b"%PDF a paper"
    assert backup.restore(made, filled) == filled.with_name("books.before-restore (2).handsel")
    assert not list(filled.parent.glob("*.restoring"))


def test_restoring_where_nothing_is_left(filled: Path) -> None:
    made = backup.make(filled, AT, "by hand")
    before = dump(filled)
    filled.unlink()
    filled.with_name("books.handsel-wal").write_bytes(b"left over")
    assert backup.restore(made, filled) is None
    assert dump(filled) == before


def test_a_log_left_behind_does_not_ruin_the_restored_file(filled: Path, tmp_path: Path) -> None:
    """Killed, and then a backup put back: the log of the old file must not be applied to the new one."""
    made = backup.make(filled, AT, "by hand")
    before = dump(filled)
    store = Store.open(filled)
    with store.write("me") as session:
        settings.put(session, "name", "in the log")
    for name in ("books.handsel", "books.handsel-wal"):
        (tmp_path / name).write_bytes(filled.with_name(name).read_bytes())
    store.close()
    for name in ("books.handsel", "books.handsel-wal"):
        filled.with_name(name).write_bytes((tmp_path / name).read_bytes())
    kept = backup.restore(made, filled)
    assert dump(filled) == before
    assert kept is not None
    assert any("in the log" in line for line in dump(kept))


def test_a_damaged_file_is_kept_as_it_is(filled: Path) -> None:
    made = backup.make(filled, AT, "by hand")
    filled.write_bytes(b"ruined")
    filled.with_name("books.handsel-wal").write_bytes(b"its log")
    kept = backup.restore(made, filled)
    assert kept is not None
    assert kept.read_bytes() == b"ruined"
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"its log"
    assert dump(filled) == dump(made.path)


def test_an_open_file_is_not_replaced(store: Store) -> None:
    made = store.backup("by hand")
    with pytest.raises(StoreError, match="already open"):
        backup.restore(made, store.path)


def test_only_what_has_a_manifest_is_a_backup(filled: Path) -> None:
    made = backup.make(filled, AT, "by hand")
    folder = made.path.parent
    (folder / "lonely.handsel").write_bytes(made.path.read_bytes())
    (folder / "gone.handsel.json").write_text(made.path.with_name(made.path.name + ".json").read_text())
    for name, text in [("a", "{"), ("b", "[]"), ("c", json.dumps({"format": "other"})), ("d", "\udcff")]:
        (folder / f"{name}.handsel").write_bytes(b"")
        (folder / f"{name}.handsel.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert backup.listed(folder) == [made]
    assert backup.listed(folder / "nowhere") == []
    backup.remove(made)
    assert backup.listed(folder) == []


def made_at(times: Iterator[datetime]) -> list[Backup]:
    manifest = Manifest("", "", "", "", 1, 0, "", {}, "", {}, ())
    return [Backup(Path(str(at)), replace(manifest, made_at=at.isoformat())) for at in times]


def test_old_backups_are_thinned_out() -> None:
    every_half_hour = [AT - timedelta(minutes=30 * n) for n in range(48 * 400)]
    backups = made_at(iter(every_half_hour))
    random.Random(1).shuffle(backups)  # noqa: S311
    outdated = {each.made_at for each in backup.outdated(backups)}
    kept = [at for at in every_half_hour if at not in outdated]
    assert kept[0] == AT
    assert len({at.date() for at in kept[:24]}) == 2
    assert [at.hour for at in kept[:4]] == [14, 13, 12, 11]
    assert {at.date() for at in kept} >= {(AT - timedelta(days=n)).date() for n in range(14)}
    month_ends = [at for at in kept if at < AT - timedelta(weeks=13)]
    assert [(at + timedelta(minutes=30)).day for at in month_ends] == [1] * len(month_ends)
    assert len(month_ends) >= 9
    assert len(kept) <= 24 + 14 + 12 + 14
    assert backup.outdated([each for each in backups if each.made_at in kept]) == []


def test_the_only_backup_is_always_kept() -> None:
    assert backup.outdated(made_at(iter([AT - timedelta(days=4000)]))) == []
    assert backup.outdated([]) == []
