"""The practice company for window tests: made once, copied for each test that changes it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.core.progress import Silent
from app.exchange import practice
from app.store.store import Store

TODAY = date(2026, 11, 23)


def make(path: Path) -> Path:
    """The practice company as of `TODAY`, closed."""
    with Store.open(path, create=True) as store:
        practice.fill(store, TODAY, "Practice", Silent())
    return path


def copy(made: Path, folder: Path) -> Path:
    """A copy of a closed store, with its papers."""
    target = folder / made.name
    shutil.copyfile(made, target)
    return target
