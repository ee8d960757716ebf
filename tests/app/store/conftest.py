"""A fresh store for each test, copied from one that is made once: making one takes ten times as long as opening it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import app.schema  # noqa: F401  every table has to be known before a file is made
from app.store.store import Store


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store file, closed."""
    path = tmp_path_factory.mktemp("template") / "books.handsel"
    Store.open(path, create=True).close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    """An empty store file of this test's own, closed. Its folder needs care with its name."""
    folder = tmp_path / "Bücher 100% #1?x=y"
    folder.mkdir()
    return Path(shutil.copyfile(template, folder / "books.handsel"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """The same file, open."""
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def set_value(store: Store) -> Callable[[str, object], None]:
    """Put one setting in a transaction of its own."""
    from app.store import settings

    def put(name: str, value: object) -> None:
        with store.write("test") as session:
            settings.put(session, name, value)

    return put
