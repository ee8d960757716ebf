"""The store with deals of every kind, told once, and a copy of it for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.store.store import Store
from tests.app.pipeline.proof.deals import tell_all


@pytest.fixture(scope="session")
def told(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with all deals, closed."""
    path = tmp_path_factory.mktemp("told") / "books.handsel"
    shutil.copyfile(empty_store, path)
    with Store.open(path) as store:
        tell_all(store)
    return path


@pytest.fixture
def books(told: Path, tmp_path: Path) -> Path:
    """A copy of it, without its papers."""
    return Path(shutil.copyfile(told, tmp_path / "books.handsel"))


@pytest.fixture
def whole(told: Path, books: Path) -> Path:
    """A copy of it, with its papers."""
    shutil.copytree(told.with_name("books.handsel.files"), books.with_name("books.handsel.files"))
    return books
