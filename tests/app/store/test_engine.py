"""Transactions as money needs them: each test here fails with SQLAlchemy's own settings for SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError

from app.core.errors import StoreError
from app.store import engine as engines
from app.store.engine import Use, connect, make_engine, wal_is_safe


@pytest.fixture
def writer(path: Path) -> Iterator[Engine]:
    engine = make_engine(path, Use.WRITE)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE probe (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL) STRICT")
        connection.exec_driver_sql("INSERT INTO probe VALUES (1, 10)")
    yield engine
    engine.dispose()


@pytest.fixture
def reader(path: Path, writer: Engine) -> Iterator[Engine]:
    engine = make_engine(path, Use.READ)
    yield engine
    engine.dispose()


def amount(engine: Engine) -> int:
    with engine.begin() as connection:
        return int(connection.execute(text("SELECT SUM(amount) FROM probe")).scalar_one())


def test_a_select_belongs_to_the_transaction(writer: Engine, reader: Engine) -> None:
    with reader.begin() as connection:
        assert connection.connection.driver_connection.in_transaction  # type: ignore[union-attr]


def test_reads_repeat(writer: Engine, reader: Engine) -> None:
    with reader.begin() as connection:
        first = connection.execute(text("SELECT amount FROM probe")).scalar_one()
        with writer.begin() as other:
            other.execute(text("UPDATE probe SET amount = 99"))
        assert connection.execute(text("SELECT amount FROM probe")).scalar_one() == first
    assert amount(reader) == 99


def test_ddl_rolls_back(writer: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE late (id INTEGER PRIMARY KEY)")
        raise ZeroDivisionError
    with writer.begin() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM sqlite_master WHERE name = 'late'")).scalar_one() == 0


def test_rows_of_a_savepoint_vanish_with_the_outer_transaction(writer: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writer.begin() as connection:
        with connection.begin_nested():
            connection.execute(text("INSERT INTO probe VALUES (2, 5)"))
        raise ZeroDivisionError
    assert amount(writer) == 10


def test_a_writer_locks_others_out_from_its_first_read(path: Path, writer: Engine) -> None:
    other = connect(path, Use.WRITE)
    other.execute("PRAGMA busy_timeout = 0")
    with writer.begin() as connection:
        connection.execute(text("SELECT amount FROM probe"))
        with pytest.raises(engines.driver.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        connection.execute(text("UPDATE probe SET amount = 11"))
    other.close()
    assert amount(writer) == 11


def test_a_writer_does_not_wait_for_readers(writer: Engine, reader: Engine) -> None:
    with reader.begin() as connection:
        connection.execute(text("SELECT amount FROM probe"))
        with writer.begin() as other:
            other.execute(text("UPDATE probe SET amount = 12"))
        assert connection.execute(text("SELECT amount FROM probe")).scalar_one() == 10


def test_readers_cannot_write(reader: Engine) -> None:
    with pytest.raises(OperationalError, match="readonly"), reader.begin() as connection:
        connection.execute(text("UPDATE probe SET amount = 0"))


def test_foreign_keys_hold_and_strict_tables_refuse_text(writer: Engine) -> None:
    with writer.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE part (id INTEGER PRIMARY KEY, of INTEGER REFERENCES probe (id))")
    with pytest.raises(DatabaseError, match="FOREIGN KEY"), writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO part VALUES (1, 77)")
    for wrong in ("'a'", "12.5"):
        with pytest.raises(DatabaseError, match="cannot store"), writer.begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO probe VALUES (7, {wrong})")


def test_settings_that_safety_needs(path: Path) -> None:
    connection = connect(path, Use.WRITE)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -8192,
        "busy_timeout": 5000,
    }
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    connection.close()
    assert found == wanted


def test_migrations_run_without_foreign_keys(path: Path) -> None:
    connection = connect(path, Use.MIGRATE)
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 0
    connection.close()


def test_a_refused_setting_is_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engines._SAFE, "recursive_triggers", 2)
    with pytest.raises(StoreError, match="recursive_triggers stays 1 instead of 2"):
        connect(path, Use.WRITE)


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    for use in (Use.READ, Use.WRITE, Use.MIGRATE, Use.INSPECT):
        with pytest.raises(engines.driver.OperationalError, match="unable to open"):
            connect(tmp_path / "none.handsel", use)
    assert list(tmp_path.iterdir()) == []


def test_inspecting_leaves_no_trace(path: Path) -> None:
    before = path.read_bytes()
    connection = connect(path, Use.INSPECT)
    assert connection.execute("SELECT COUNT(*) FROM history").fetchone()[0] == 0
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    connection.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_versions_that_may_lose_a_commit(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_the_pinned_driver_is_safe() -> None:
    assert engines.JOURNAL == "WAL"
