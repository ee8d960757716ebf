"""An older file is upgraded on a copy: killed at any point it opens in its old form or its new one, with every row.

Two forms after the present one are made here: columns and a table are added, and one is rebuilt.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.store import backup, content, create, inspection, store, triggers, upgrade
from app.store.engine import Use, connect
from app.store.numbering import next_number
from app.store.store import Store
from app.store.version import SCHEMA

SECOND, THIRD = SCHEMA + 1, SCHEMA + 2
"""The forms that are made here."""

FIRST_CHANGE = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number:04d}", "{before:04d}"
CHANGES = {changes}

def upgrade():
    op.add_column("draft", sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True), sqlite_strict=True)
    {more}
"""

SECOND_CHANGE = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number:04d}", "{before:04d}"
CHANGES = ()

def upgrade():
    with op.batch_alter_table("quote") as quote:
        quote.add_column(sa.Column("note", sa.Text(), nullable=True))
        quote.alter_column("reason", existing_type=sa.Text(), nullable=True)
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make this program one of the last form; the migration before the last may be made to do more."""

    def become(changes: tuple[str, ...] = (), more: str = "") -> None:
        migrations = tmp_path / "migrations 100%"
        shutil.copytree(upgrade.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
        for number, text in ((SECOND, FIRST_CHANGE), (THIRD, SECOND_CHANGE)):
            written = text.format(number=number, before=number - 1, changes=changes, more=more)
            (migrations / "versions" / f"{number:04d}_made_here.py").write_text(written)
        monkeypatch.setattr(upgrade, "MIGRATIONS", migrations)
        for module in (upgrade, store, inspection, create):
            monkeypatch.setattr(module, "SCHEMA", THIRD)

    return become


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed store of the present form, with rows that refer to each other."""
    with Store.open(path) as opened, opened.write("me") as session:
        next_number(session, "INV", date(2026, 1, 1))
        run = session.connection.exec_driver_sql
        run("INSERT INTO customer (id, name, sort_name, name_key) VALUES (1, 'Ada', 'ada', 'ada')")
        columns = content.columns(session.connection.connection.driver_connection)
        for table, values in ROWS.items():
            known = {name: value for name, value in values.items() if name in columns[table]}
            run(
                f"INSERT INTO {table} ({', '.join(known)}) VALUES ({', '.join('?' * len(known))})",
                tuple(known.values()),
            )
    return path


ROWS = {
    "deal": {
        "id": 1,
        "number": "S-1",
        "customer_id": 1,
        "currency": "EUR",
        "opened_on": "2026-01-01",
        "prices_include_tax": 0,
        "tax_rounding": "document",
        "seller": "{}",
    },
    "quote": {
        "id": 1,
        "deal_id": 1,
        "revision": 1,
        "state": "draft",
        "made_on": "2026-01-01",
        "valid_days": 14,
        "payment": "net 30",
        "clauses": "[]",
        "reductions": "[]",
        "typed": "{}",
        "net": 1,
        "tax": 2,
        "gross": 3,
    },
    "quote_line": {
        "id": 1,
        "quote_id": 1,
        "position": 1,
        "sku": "",
        "name": "Desk",
        "description": "",
        "kind": "goods",
        "quantity": 1000000,
        "unit": "C62",
        "unit_price": 1,
        "base_quantity": 1000000,
        "tax_category": "S",
        "tax_rate": 19,
        "exemption_reason": "",
        "reductions": "[]",
        "net": 1,
    },
}


def state(path: Path) -> tuple[int, int, int, int]:
    """Version, rows of series, of quote lines, and the number of triggers."""
    connection = connect(path, Use.INSPECT)
    found = [
        connection.execute(sql).fetchone()[0]
        for sql in (
            "PRAGMA user_version",
            "SELECT COUNT(*) FROM series",
            "SELECT COUNT(*) FROM quote_line",
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'",
        )
    ]
    connection.close()
    return (found[0], found[1], found[2], found[3])


TRIGGERS = len(triggers.wanted())


def test_everything_comes_along(filled: Path, program: Callable[..., None]) -> None:
    assert state(filled) == (SCHEMA, 1, 1, TRIGGERS)
    program()
    with Store.open(filled) as opened, opened.write("me") as session:
        assert next_number(session, "INV", date(2026, 1, 1)) == "INV-2026-0002"
        assert session.connection.exec_driver_sql("SELECT note FROM quote").scalar_one() is None
        quote = session.connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'quote'").scalar_one()
        assert quote.strip().endswith("STRICT")
    assert state(filled) == (THIRD, 1, 1, TRIGGERS)
    (made,) = backup.listed(backup.folder_of(filled))
    assert made.manifest.reason == f"before the upgrade from {SCHEMA} to {THIRD}"
    assert state(made.path) == (SCHEMA, 1, 1, TRIGGERS)
    assert sorted(file.name for file in filled.parent.iterdir()) == ["books.handsel", "books.handsel.backups"]


def test_what_stands_in_the_log_comes_along(filled: Path, program: Callable[..., None], tmp_path: Path) -> None:
    """The file was left open by a crash: its newest commits stand in the log only."""
    opened = Store.open(filled)
    with opened.write("me") as session:
        next_number(session, "CN", date(2026, 1, 1))
    names = ("books.handsel", "books.handsel-wal")
    for name in names:
        shutil.copyfile(filled.with_name(name), tmp_path / name)
    opened.close()
    for name in names:
        shutil.copyfile(tmp_path / name, filled.with_name(name))
    program()
    Store.open(filled).close()
    assert state(filled) == (THIRD, 2, 1, TRIGGERS)


@pytest.mark.parametrize(
    "harm",
    [
        'op.execute("DELETE FROM quote_line")',
        'op.execute("UPDATE quote_line SET net = net + 1")',
        'op.execute("UPDATE series SET last = 5")',
        'op.execute("DELETE FROM quote")',
        'op.drop_table("setting")',
        'op.drop_column("deal", "title")',
        'op.execute("INSERT INTO setting (name, value) VALUES (1, 2)")',
    ],
)
def test_a_migration_that_harms_is_stopped(filled: Path, program: Callable[..., None], harm: str) -> None:
    before = filled.read_bytes()
    program(more=harm)
    with pytest.raises(StoreError, match=r"could not be upgraded|is damaged"):
        Store.open(filled)
    assert filled.read_bytes()[100:] == before[100:], "only the journal mode in the header may differ"
    assert state(filled) == (SCHEMA, 1, 1, TRIGGERS)
    assert not list(filled.parent.glob("*.upgrading*"))


def test_a_migration_may_change_what_it_names(filled: Path, program: Callable[..., None]) -> None:
    program(changes=("quote_line.net", "setting"), more='op.execute("UPDATE quote_line SET net = 100")')
    Store.open(filled).close()
    connection = sqlite3.connect(filled)
    assert connection.execute("SELECT net FROM quote_line").fetchall() == [(100,)]
    connection.close()


def test_a_migration_that_fails_changes_nothing(filled: Path, program: Callable[..., None]) -> None:
    program(more="raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        Store.open(filled)
    assert state(filled) == (SCHEMA, 1, 1, TRIGGERS)
    left = [file.name for file in filled.parent.iterdir() if file.is_file()]
    assert left == ["books.handsel"]


def test_a_full_disk(filled: Path, program: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    program()

    def full(_old: Path, _new: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrade, "replace", full)
    with pytest.raises(StoreError, match="The disk is full"):
        Store.open(filled)
    assert state(filled) == (SCHEMA, 1, 1, TRIGGERS)


POINTS = [
    (backup, "make", 1),
    (backup, "snapshot", 1),
    (backup, "snapshot", 2),
    (upgrade, "migrate", 1),
    (triggers, "remove", 2),
    (content, "check_references", 1),
    (content, "check_references", 3),
    (upgrade, "_compare", 1),
    (backup, "settle", 1),
    (backup, "settle", 2),
    (upgrade, "replace", 1),
]
"""A step of the upgrade, and which of its calls."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked, so that killing them at a point is cheap")
@pytest.mark.parametrize(
    ("module", "name", "time", "after"),
    [(*point, False) for point in POINTS] + [(*POINTS[3], True), (*POINTS[-1], True)],
)
def test_killed_at_any_point(
    filled: Path,
    program: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    time: int,
    after: bool,
) -> None:
    program()
    real, calls = getattr(module, name), []

    def deadly(*words: object) -> object:
        calls.append(words)
        if len(calls) == time and not after:
            os._exit(9)
        found = real(*words)
        if len(calls) == time:
            os._exit(9)
        return found

    monkeypatch.setattr(module, name, deadly)
    child = os.fork()
    if child == 0:
        try:
            Store.open(filled).close()
        finally:
            sys.stdout.flush()
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9, "it was not killed"
    monkeypatch.setattr(module, name, real)
    assert state(filled)[0] in (SCHEMA, THIRD)
    assert state(filled)[1:] == (1, 1, TRIGGERS)
    Store.open(filled).close()
    assert state(filled) == (THIRD, 1, 1, TRIGGERS)
    assert not list(filled.parent.glob("*.upgrading*"))
