"""Rows that were issued stay as they are, whatever statement tries."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, Table, Text, text

from app.core.errors import RuleViolation
from app.store import triggers
from app.store.base import metadata
from app.store.engine import Use, connect, driver
from app.store.store import Store
from app.store.triggers import Trigger

_COLUMNS = "(id, kind, subject, digest, hash)"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chain SET hash = 'x'",
        "UPDATE chain SET hash = hash",
        "UPDATE chain SET id = 9",
        "UPDATE chain SET rowid = 9",
        "UPDATE OR IGNORE chain SET hash = 'x'",
        "DELETE FROM chain",
        "DELETE FROM chain WHERE id = 1",
        f"INSERT OR REPLACE INTO chain {_COLUMNS} VALUES (1, 'k', 1, 'd', 'h')",
        f"REPLACE INTO chain {_COLUMNS} VALUES (1, 'k', 1, 'd', 'h')",
        f"INSERT INTO chain {_COLUMNS} VALUES (1, 'k', 1, 'd', 'h') ON CONFLICT (id) DO UPDATE SET hash = 'x'",
        "WITH x AS (SELECT 1) UPDATE chain SET hash = 'x'",
        "UPDATE chain SET hash = 'x' FROM series WHERE series.id = chain.id OR 1",
    ],
)
def test_every_attack_is_refused(store: Store, statement: str) -> None:
    with store.write("me") as session:
        session.execute(text("INSERT INTO chain VALUES (1, 'entry', 1, 'd', 'h')"))
        session.execute(text("INSERT INTO series VALUES (1, 'A', 2026, 1)"))
    with pytest.raises(RuleViolation) as caught, store.write("me") as session:
        session.execute(text(statement))
    assert caught.value.problems[0].code == "unchangeable"
    assert str(caught.value).startswith("A row of chain was issued and is never ")
    with store.read() as session:
        assert [tuple(row) for row in session.rows(text("SELECT * FROM chain"))] == [(1, "entry", 1, "d", "h")]


def test_columns_that_may_still_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_ALL", {})
    leaf = Table("leaf", MetaData(), Column("id"), Column("number", Text), Column("state", Text))
    triggers.append_only(leaf, except_columns=["state"])
    connection = connect(path, Use.WRITE)
    connection.execute("CREATE TABLE leaf (id INTEGER PRIMARY KEY, number TEXT, state TEXT)")
    for trigger in triggers.wanted():
        connection.execute(trigger.sqlite())
    connection.execute("INSERT INTO leaf VALUES (1, NULL, 'sent')")
    connection.execute("UPDATE leaf SET state = 'paid', number = number")
    for statement in (
        "UPDATE leaf SET number = 'N-1'",  # NULL counts as a value too
        "UPDATE leaf SET state = 'x', id = 2",
        "UPDATE leaf SET state = 'x', rowid = 2",
        "DELETE FROM leaf",
    ):
        with pytest.raises(driver.IntegrityError, match="HSL001 a row of leaf was issued"):
            connection.execute(statement)
    assert connection.execute("SELECT * FROM leaf").fetchall() == [(1, None, "paid")]
    connection.close()


def test_a_trigger_is_registered_once_and_without_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "_ALL", {})
    table = metadata.tables["series"]
    triggers.refuse(table, "DELETE", "HSL001", "never")
    triggers.refuse(table, "DELETE", "HSL001", "never")
    for message in ("other words", "it's"):
        with pytest.raises(ValueError, match="series_delete_hsl001"):
            triggers.refuse(table, "DELETE", "HSL001", message)


def test_the_list_is_what_stands_in_the_file(store: Store) -> None:
    with store.write("me") as session:
        assert triggers.differing(session.connection) == []
        session.connection.exec_driver_sql("DROP TRIGGER chain_delete_hsl001")
        session.connection.exec_driver_sql("DROP TRIGGER chain_update_hsl001")
        session.connection.exec_driver_sql(
            "CREATE TRIGGER chain_update_hsl001 BEFORE UPDATE ON chain WHEN 0 BEGIN SELECT 1; END"
        )
        session.connection.exec_driver_sql("CREATE TRIGGER mine AFTER INSERT ON chain BEGIN SELECT 1; END")
        assert triggers.differing(session.connection) == ["chain_delete_hsl001", "chain_update_hsl001", "mine"]
        triggers.apply(session.connection)
        assert triggers.differing(session.connection) == []


def test_history_chain_and_series_are_among_them() -> None:
    tables = {trigger.table for trigger in triggers.wanted()}
    assert {"history", "chain", "series"} <= tables <= set(metadata.tables)


def test_the_same_in_postgresql() -> None:
    always = Trigger("chain", "DELETE", "HSL001", "never")
    assert always.postgresql() == [
        "CREATE OR REPLACE FUNCTION chain_delete_hsl001() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'HSL001 never'; END$$",
        "CREATE TRIGGER chain_delete_hsl001 BEFORE DELETE ON chain FOR EACH ROW EXECUTE FUNCTION chain_delete_hsl001()",
        "CREATE TRIGGER chain_delete_hsl001_all BEFORE TRUNCATE ON chain EXECUTE FUNCTION chain_delete_hsl001()",
    ]
    assert (
        "FOR EACH ROW WHEN (NEW.last <> 1) EXECUTE"
        in (Trigger("series", "INSERT", "HSL002", "start", "NEW.last <> 1").postgresql()[1])
    )
