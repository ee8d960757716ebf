"""The practice company as a store for pictures and for tests of whole screens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import app.schema  # noqa: F401
from app.core.progress import Silent
from app.exchange import practice
from app.store.store import Store


def practice_store(path: Path, today: date) -> Store:
    """A new store with the practice company, open."""
    store = Store.open(path, create=True)
    practice.fill(store, today, "PRACTICE", Silent())
    return store
