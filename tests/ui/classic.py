"""The Classic Models sample as a company, imported once: 326 orders and 273 payments that somebody else wrote."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.exchange.folder_import import import_folder
from app.store.store import Store

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "classicmodels"
LATE = date(2005, 12, 31)
"""A day after the last order."""


def make(path: Path) -> Path:
    """The sample in a new file, closed."""
    with Store.open(path, create=True) as store:
        import_folder(store, FOLDER, "USD")
    return path


def copy(made: Path, folder: Path) -> Path:
    """A copy of the closed file, to be changed."""
    return Path(shutil.copyfile(made, folder / made.name))
