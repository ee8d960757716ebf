"""The real window in a fresh process: `python -m tests.bench.window_child SETTINGS BEGAN [painted]`.

`SETTINGS` names the company to open; `BEGAN` is the monotonic time at which the process was asked for. Prints one JSON
object: seconds to the first paint and until usable, what was imported by the first paint, and milliseconds a page.
With the word `painted` it ends there.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PAGES = ("deals", "quotes", "contracts", "payments", "deliveries", "invoices", "revenue", "customers", "products",
         "stock", "settings", "home")  # fmt: skip
HEAVY = ("sqlalchemy", "alembic", "sqlcipher3", "reportlab", "openpyxl", "pypdfium2", "fontTools", "uharfbuzz", "PIL")


class Timed:
    """Watches one start."""

    def __init__(self, began: float) -> None:
        self.began = began
        self.found: dict[str, Any] = {}

    def painted(self) -> None:
        self.found["painted"] = time.monotonic() - self.began
        self.found["imported"] = [name for name in HEAVY if name in sys.modules]

    def usable(self) -> None:
        self.found.setdefault("usable", time.monotonic() - self.began)


def main(settings_file: str, began: float, until: str = "") -> None:
    """Start, wait until usable, switch pages, and print."""
    from ui import application
    from ui.context import Settings
    from ui.frame.company import Surroundings
    from ui.jobs import Jobs
    from ui.main_window import MainWindow

    timed = Timed(began)
    settings = Settings(Path(settings_file))
    started = application.start(settings=settings, log_file=Path(settings_file).with_name("log"), may_cut_fonts=False)
    window = MainWindow(Surroundings(settings, started.theme, started.errors, Jobs, date.today))
    window.painted.connect(timed.painted)
    window.opening.opened.connect(lambda company: company.settled.connect(timed.usable))
    window.show()
    if until:
        _spin(started.app, lambda: until in timed.found)
        print(json.dumps(timed.found), flush=True)
        os._exit(0)
    _spin(started.app, lambda: "usable" in timed.found)
    timed.found["first visit"] = _switch(started.app, window)
    timed.found["page switch"] = _switch(started.app, window)
    window.close()
    _spin(started.app, lambda: not window.isVisible())
    print(json.dumps(timed.found))


def _spin(app: Any, is_done: Any) -> None:
    end = time.monotonic() + 30
    while not is_done() and time.monotonic() < end:
        app.processEvents()


def _switch(app: Any, window: Any) -> dict[str, float]:
    """Milliseconds from asking for a page to its being painted with its rows."""
    from ui.routes import Route

    found = {}
    for kind in PAGES:
        start = time.perf_counter()
        window.go(Route(kind))
        app.processEvents()
        found[kind] = 1000 * (time.perf_counter() - start)
        _spin(app, lambda: not window.company.context.jobs.is_busy)
    return found


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), *sys.argv[3:])
