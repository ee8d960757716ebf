"""What is loaded before anything is on the screen: the window must not wait for the store or for paper."""

from __future__ import annotations

from pathlib import Path

from tests.bench.window import start_once
from ui.context import Settings


def test_the_shell_is_painted_before_the_store_and_paper_are_imported(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.put("companies/last", str(tmp_path / "books.handsel"))
    settings.save()
    found = start_once(tmp_path / "settings.ini", "painted")
    assert found["imported"] == []
    assert 0 < found["painted"] < 60
    assert not (tmp_path / "books.handsel").exists()
