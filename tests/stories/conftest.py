"""Every story is told twice: exported as a deal file, and run again in an empty store, it has to end the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.deals.models import deal
from app.store.store import Store
from tests.exported import assert_told_again


@pytest.fixture(autouse=True)
def told_again(store: Store, empty_store: Path, tmp_path: Path) -> Iterator[None]:
    """After the story: its deals, exported and run again one after the other."""
    yield
    with store.read() as session:
        deals = [row.id for row in session.rows(select(deal.c.id).order_by(deal.c.id))]
    assert_told_again(store, deals, empty_store, tmp_path)
