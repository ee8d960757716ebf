"""Every error a person can act on has words; every other stays as it was raised."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.errors import Conflict, HandselError, StoreError
from app.store.engine import driver
from app.store.faults import explain, in_words
from app.store.store import Store

PATH = Path("folder") / "books.handsel"


def reported(name: str, words: str = "", statement: str = "") -> HandselError | None:
    """What becomes of a driver error of this name, as SQLAlchemy hands it over."""
    error = driver.OperationalError(words)
    error.sqlite_errorname = name
    return explain(DBAPIError(statement, {}, error), PATH)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "The disk is full."),
        ("SQLITE_BUSY", "books.handsel is in use by another program."),
        ("SQLITE_BUSY_SNAPSHOT", "books.handsel is in use by another program."),
        ("SQLITE_READONLY", "books.handsel cannot be written: the file, its folder or the disk is read-only."),
        ("SQLITE_READONLY_DIRECTORY", "books.handsel cannot be written"),
        ("SQLITE_IOERR", "The disk reported an error at books.handsel."),
        ("SQLITE_IOERR_FSYNC", "The disk reported an error at books.handsel."),
        ("SQLITE_CANTOPEN", "books.handsel cannot be opened"),
        ("SQLITE_CORRUPT", "books.handsel is damaged. Stop working in it"),
        ("SQLITE_NOTADB", "books.handsel is no Handsel file"),
        ("SQLITE_NOMEM", "This computer has no memory left."),
        ("SQLITE_TOOBIG", "A text is too long to be stored."),
    ],
)
def test_the_environment(name: str, words: str) -> None:
    found = reported(name)
    assert isinstance(found, StoreError)
    assert str(found).startswith(words)
    assert "{" not in str(found)


@pytest.mark.parametrize("name", ["SQLITE_ERROR", "SQLITE_MISUSE", "SQLITE_RANGE", ""])
def test_our_mistakes(name: str) -> None:
    assert reported(name, "no such column: x") is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EACCES, "books.handsel cannot be written"),
        (errno.EROFS, "books.handsel cannot be written"),
        (errno.EIO, "The disk reported an error"),
    ],
)
def test_the_operating_system(code: int, words: str) -> None:
    with pytest.raises(StoreError, match=words), in_words(PATH):
        raise OSError(code, "?")


def test_other_errors_pass() -> None:
    for error in (OSError(errno.EPIPE, "?"), KeyError("x"), driver.ProgrammingError("?")):
        with pytest.raises(type(error)) as caught, in_words(PATH):
            raise error
        assert caught.value is error


def test_a_name_given_twice(store: Store, set_value: Callable[[str, object], None]) -> None:
    set_value("name", 1)
    with pytest.raises(Conflict, match="There is already a setting with this name"), store.write("me") as session:
        session.execute(text("INSERT INTO setting (name, value) VALUES ('name', '2')"))


def test_what_is_used_cannot_be_removed(store: Store) -> None:
    with store.write("me") as session:
        session.connection.exec_driver_sql("CREATE TABLE leaf (id INTEGER REFERENCES setting (id) ON DELETE RESTRICT)")
        session.execute(text("INSERT INTO setting (id, name, value) VALUES (1, 'a', '1')"))
        session.execute(text("INSERT INTO leaf VALUES (1)"))
    with pytest.raises(Conflict, match="still used elsewhere"), store.write("me") as session:
        session.execute(text("DELETE FROM setting"))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), store.write("me") as session:
        session.execute(text("INSERT INTO leaf VALUES (2)"))


def test_a_check_that_fails_is_our_mistake(store: Store) -> None:
    with pytest.raises(IntegrityError, match="ck_series_started"), store.write("me") as session:
        session.connection.exec_driver_sql("DROP TRIGGER series_insert_hsl002")
        session.execute(text("INSERT INTO series (prefix, year, last) VALUES ('A', 2026, 0)"))
