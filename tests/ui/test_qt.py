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


OVER_THE_COMPANY = {
    "ui.tables.list_page", "ui.tables.narrowed", "ui.tables.offer_lines", "ui.widgets.approval_dialog",
    "ui.widgets.deal_verbs", "ui.widgets.explanation_files", "ui.widgets.offer_figures", "ui.widgets.price_card",
    "ui.wizards.import_wizard",
}  # fmt: skip
"""Pieces that read or change an open company: they come with the first screen, and the start knows none of them."""

HEAVY = ("sqlalchemy", "reportlab", "openpyxl", "pypdfium2", "fontTools", "sqlite3")


def kit() -> list[str]:
    return sorted(
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for room in ("", "theme", "widgets", "tables", "wizards")
        for file in (ROOT / "ui" / room).glob("*.py")
        if file.stem != "__init__"
    )


def load(modules: list[str], heavy: tuple[str, ...]) -> None:
    code = (
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        f"found = [name for name in {heavy!r} if name in sys.modules]\nassert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)


def test_the_start_and_the_kit_load_none_of_the_heavy_libraries() -> None:
    assert set(kit()) >= OVER_THE_COMPANY
    load([name for name in kit() if name not in OVER_THE_COMPANY], HEAVY)


def test_pieces_over_the_company_load_the_store_and_nothing_for_papers() -> None:
    load(sorted(OVER_THE_COMPANY), tuple(name for name in HEAVY if name not in ("sqlalchemy", "sqlite3")))
