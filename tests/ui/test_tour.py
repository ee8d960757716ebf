"""The tour leads a deal through the real windows to revenue, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

import main

ROOT = Path(main.__file__).parent
TOUR = """
import sys
from datetime import date
from pathlib import Path
from ui.tour import run
print(run(Path(sys.argv[1]), date(2026, 11, 23), ("light",)))
"""


def test_a_deal_goes_through_every_screen(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    words = [sys.executable, "-c", TOUR, str(tmp_path / "tour")]
    done = subprocess.run(words, cwd=ROOT, env=os.environ | home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    pictures = sorted((tmp_path / "tour" / "light").iterdir())
    names = [picture.stem.partition("-")[2] for picture in pictures]
    assert len(pictures) > 40
    assert {"start", "home", "search", "deal-quoted", "contract", "payment", "delivery", "invoice"} <= set(names)
    assert QImage(str(pictures[1])).size().toTuple() == (1440, 900)
    papers = {paper.name.split()[0] for paper in (tmp_path / "tour" / "papers").iterdir()}
    assert papers == {"quote", "contract", "receipt", "delivery", "invoice", "revenue.xlsx"}
    assert not list((tmp_path / "home").rglob("*.handsel"))
