"""A new file is exactly what all migrations together make of an empty one."""

from __future__ import annotations

import re
from pathlib import Path

from app.store import upgrade
from app.store.engine import Use, connect
from app.store.store import Store
from app.store.version import APPLICATION_ID, SCHEMA


def form(path: Path) -> dict[str, list[str]]:
    """Every table, index and trigger by name: its definition without white space, its constraints in any order."""
    connection = connect(path, Use.INSPECT)
    found = connection.execute("SELECT type || ' ' || name, sql FROM sqlite_master").fetchall()
    connection.close()
    return {name: sorted(re.split(r",(?=CONSTRAINT)", _plain(sql or ""))) for name, sql in found}


def _plain(sql: str) -> str:
    text = re.sub(r'[\s"]+', "", sql)
    return text.replace(")STRICT", ",CONSTRAINT STRICT") if text.endswith(")STRICT") else text


def stamps(path: Path) -> list[object]:
    connection = connect(path, Use.INSPECT)
    found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    found.append(connection.execute("SELECT version_num FROM alembic_version").fetchall())
    connection.close()
    return found


def test_a_new_file_equals_a_migrated_one(template: Path, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.handsel"
    connection = connect(migrated, Use.CREATE)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    upgrade.migrate(migrated)
    assert form(migrated) == form(template)
    assert stamps(migrated) == stamps(template) == [APPLICATION_ID, SCHEMA, [(f"{SCHEMA:04d}",)]]
    assert len(form(template)) > 100


def test_making_leaves_one_whole_file(tmp_path: Path) -> None:
    (tmp_path / "new.handsel.partial").write_bytes(b"left over from a crash")
    Store.open(tmp_path / "new.handsel", create=True).close()
    assert [file.name for file in tmp_path.iterdir()] == ["new.handsel"]
