"""What every test may count on: no window opens, nothing of this machine's look or settings shines through."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.store.session import Session
from app.store.store import Store

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_FONT_DPI", "LANGUAGE"):
    os.environ.pop(name, None)

# An example must not fail for being slow on a busy machine. On CI, hypothesis loads a profile of its own by itself.
settings.register_profile("unhurried", deadline=None)
if "CI" not in os.environ:
    settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store file, closed: copying it costs a tenth of making one."""
    path = tmp_path_factory.mktemp("empty") / "books.handsel"
    Store.open(path, create=True).close()
    return path


@pytest.fixture
def store(empty_store: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of this test's own: a real SQLite file, open."""
    with Store.open(Path(shutil.copyfile(empty_store, tmp_path / "books.handsel"))) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    """A reading session on that store, as it was when the test began to read."""
    with store.read() as reading:
        yield reading
