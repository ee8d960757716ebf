"""The window: first paint, usable, and switching pages; medians of some fresh processes with the practice company.

The first start, which compiles what was never imported before, is not counted; compiled modules are kept in a folder
of the benchmark's own, so that the figures are those of an installed Handsel whatever this environment says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.table import show

STARTS = 7


def start_once(settings: Path, *until: str) -> dict[str, Any]:
    """What `window_child` found in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.window_child", str(settings), str(time.monotonic()), *until]
    own = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(settings.parent / "compiled")}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def practice_settings(folder: Path) -> Path:
    """Settings that open a practice company made in the folder."""
    import app.schema  # noqa: F401  every table has to be known before a file is made
    from app.cli import today
    from app.core.progress import Silent
    from app.exchange import practice
    from app.store.store import Store
    from ui.context import Settings

    path = folder / "practice.handsel"
    with Store.open(path, create=True) as store:
        practice.fill(store, today(), "Practice", Silent())
    file = folder / "settings.ini"
    settings = Settings(file)
    settings.put("companies/last", str(path))
    settings.put("language", "en")
    settings.put("theme", "light")
    settings.save()
    return file


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        settings = practice_settings(Path(folder))
        runs = [start_once(settings) for _ in range(1 + STARTS)][1:]
    rows = [
        _row("first paint", [1000 * run["painted"] for run in runs], 500),
        _row("usable: Home with its figures", [1000 * run["usable"] for run in runs], 1200),
    ]
    for what in ("first visit", "page switch"):
        slowest = max(runs[0][what], key=lambda kind: median(run[what][kind] for run in runs))
        rows.append(_row(f"{what}, median page", [median(run[what].values()) for run in runs], 100))
        rows.append(_row(f"{what}, slowest page ({slowest})", [run[what][slowest] for run in runs], 100))
    show(f"Window, medians of {STARTS} fresh processes", ["", "ms", "best", "goal"], rows)


def _row(words: str, values: Sequence[float], goal: int) -> list[str]:
    return [words, f"{median(values):.0f}", f"{min(values):.0f}", str(goal)]
