"""Full passes over all objects wait until nobody types."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui import tidying
from ui.application import Started
from ui.tidying import Tidying


@pytest.fixture
def tidy(started: Started) -> Iterator[Tidying]:
    before = gc.get_threshold()
    made = Tidying(started.app)
    assert gc.get_threshold() == (*before[:2], 1_000_000)
    yield made
    made.end()
    made.deleteLater()
    assert gc.get_threshold() == before


def test_collected_when_nobody_does_anything(tidy: Tidying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "ENOUGH", 0)
    monkeypatch.setattr(tidying, "IDLE_S", 0.0)
    assert tidy.look()
    monkeypatch.setattr(tidying, "ENOUGH", 10**9)
    assert not tidy.look()


def test_a_key_puts_it_off(tidy: Tidying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "ENOUGH", 0)
    tidy._last_input -= 60
    assert tidy.look()
    window = QWidget()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert not tidy.look()
    window.deleteLater()
