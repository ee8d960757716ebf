"""One file of each form, kept for ever as it was made by the program of its day, is upgraded without losing anything.

`0001.handsel.gz` was made by running the deal files of the public examples into a new store. For a new form, put the
gzipped file of a closed store that the last program of the old form made beside it, and never touch it again.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is opened
from app.ledger.rules import CHART
from app.store import content
from app.store.engine import Use, connect
from app.store.store import Store
from app.store.version import SCHEMA

FOLDER = Path(__file__).parent
OLD = sorted(FOLDER.glob("*.handsel.gz"))
RELEASED = (1,)
"""Forms that a program outside this workshop has written; the newest one follows when it is released."""


@pytest.fixture(params=OLD, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An old file, unpacked."""
    path = tmp_path / "books.handsel"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def look(path: Path) -> tuple[dict[str, int], list[Any], list[Any]]:
    """Rows of each table, the chain, and the series."""
    connection = connect(path, Use.INSPECT)
    chain = connection.execute("SELECT kind, subject, digest, hash FROM chain ORDER BY id").fetchall()
    series = connection.execute("SELECT prefix, year, last FROM series ORDER BY id").fetchall()
    counts = content.counts(connection)
    content.prove(connection, path)
    connection.close()
    return counts, chain, series


def test_there_is_one_of_each_released_form() -> None:
    assert [path.name for path in OLD] == [f"{form:04d}.handsel.gz" for form in RELEASED]
    assert max(RELEASED) <= SCHEMA


def test_it_opens_and_nothing_is_lost(old: Path) -> None:
    before, chain, series = look(old)
    assert before["invoice"] >= 1
    assert before["history"] >= 5
    Store.open(old).close()
    after, chain_after, series_after = look(old)
    assert (chain_after, series_after) == (chain, series)
    before["account"] = len(CHART)  # what later forms added to the chart of accounts
    assert {name: rows for name, rows in after.items() if name in before} == before
