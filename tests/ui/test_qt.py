"""The pinned Qt binding does not lose references (6.12.0 on Python 3.11 aborts after some 5,000 such calls)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QPen
from PySide6.QtWidgets import QLabel

ROOT = Path(__file__).parents[2]


def test_twenty_thousand_calls_that_return_nothing_survive(qapp: object) -> None:
    label, pen = QLabel(), QPen()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        label.setObjectName("a")
        pen.setWidth(1)
    lost = before - sys.getrefcount(None)
    assert lost < 1000, "the binding loses a reference to None in each call"


def test_importing_the_kit_loads_none_of_the_heavy_libraries() -> None:
    modules = sorted(
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for room in ("", "theme", "widgets", "tables", "wizards")
        for file in (ROOT / "ui" / room).glob("*.py")
        if file.stem not in {"__init__", "main_window"}
    )
    heavy = ("sqlalchemy", "reportlab", "openpyxl", "pypdfium2", "fontTools", "sqlite3")
    code = (
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        f"found = [name for name in {heavy!r} if name in sys.modules]\nassert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)
