"""Lists without a pause: each is paged through to its end and searched, while a heartbeat watches the main thread.

The company is the Classic Models sample where it lies beside the project, else the practice company; `python -m
tests.bench.pauses FILE` takes a copy of any company's file.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.table import show
from ui.routes import Route

LISTS = {
    "deals": ("ui.deals.list_screen", "mini"),
    "quotes": ("ui.quotes.list_screen", "gift"),
    "contracts": ("ui.contracts.list_screen", "2004"),
    "payments": ("ui.payments.list_screen", "p-20"),
    "deliveries": ("ui.delivery.list_screen", "auto"),
    "invoices": ("ui.invoicing.list_screen", "zzzz"),
    "revenue": ("ui.revenue.list_screen", "ford"),
    "customers": ("ui.parties.list_screen", "ab"),
    "products": ("ui.catalog.list_screen", "1969"),
}
"""Lists with what is typed into their search line."""
GOAL_MS = 100
_PATIENCE_S = 30


class Heartbeat:
    """The longest time in milliseconds in which the main thread did not answer."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Measure what happens inside."""
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()
        try:
            yield
        finally:
            self._beat()
            self._timer.stop()


def walk(screen: Any, words: str, is_busy: Callable[[], bool]) -> tuple[float, float, int]:
    """Scroll a list to its end and search it: longest pauses of both in milliseconds, and how many rows were seen."""
    page, heart = getattr(screen, "list", screen), Heartbeat()
    settle(is_busy)
    with heart.watching():
        rows = _to_the_end(page.table)
        settle(is_busy)
    scrolled = heart.longest
    with heart.watching():
        for letter in words:
            QTest.keyClick(page.search, letter)
            QApplication.processEvents()
        page.search.search_now()
        settle(is_busy)
    assert page.narrowed().text == words
    return scrolled, heart.longest, rows


def _to_the_end(table: Any) -> int:
    """Pull the scroll bar down until there is nothing more to read; returns the number of rows."""
    model = table.model()
    while True:
        QTest.keyClick(table, Qt.Key.Key_Shift)  # somebody is there: see ui.tidying
        table.scrollToBottom()
        QApplication.processEvents()
        if not model.is_reading and not model.canFetchMore():
            return int(model.rowCount())


def settle(is_busy: Callable[[], bool]) -> None:
    """Until nothing is read any more and everything is painted."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        QApplication.processEvents()
        if not is_busy():
            break
        time.sleep(0.001)
    QApplication.processEvents()


def measure(context: Any, show_screen: Callable[[Any], object]) -> dict[str, tuple[float, float, int]]:
    """Every list of a context with jobs of its own, shown by `show_screen`."""
    found = {}
    for kind, (module, words) in LISTS.items():
        screen = import_module(module).screen(context, Route(kind))
        show_screen(screen)
        found[kind] = walk(screen, words, lambda: context.jobs.is_busy)
    return found


def main(*arguments: str) -> None:
    """Print the table."""
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # there is no window manager, Qt says each time
    with tempfile.TemporaryDirectory() as folder:
        rows = _measure_file(_company(Path(folder), arguments), Path(folder))
    worst = max(max(scrolled, searched) for scrolled, searched, _ in rows.values())
    table = [
        [kind, str(count), f"{scrolled:.0f}", f"{searched:.0f}"] for kind, (scrolled, searched, count) in rows.items()
    ]
    title = f"Lists: longest time in which the window did not answer, ms (goal: {GOAL_MS}; worst: {worst:.0f})"
    show(title, ["", "rows", "paged to the end", "searched"], table)


def _company(folder: Path, arguments: tuple[str, ...]) -> Path:
    import app.schema  # noqa: F401  every table has to be known before a file is made
    from tests.ui import classic, practised

    path = folder / "books.handsel"
    if arguments:
        return Path(shutil.copyfile(arguments[0], path))
    return classic.make(path) if classic.FOLDER.is_dir() else practised.make(path)


def _measure_file(path: Path, folder: Path) -> dict[str, tuple[float, float, int]]:
    from app.store.store import Store
    from ui import application
    from ui.context import AppContext, Settings
    from ui.jobs import Jobs
    from ui.routes import Router
    from ui.tidying import Tidying

    settings = Settings(folder / "settings.ini")
    settings.put("language", "en")
    started = application.start(settings=settings, log_file=folder / "log", may_cut_fonts=False)
    with Store.open(path) as store:
        jobs, tidying = Jobs(), Tidying(started.app)  # as run_window does
        context = AppContext(store, jobs, Router(), settings, started.theme, started.errors, today=date.today)
        try:
            return measure(context, _show)
        finally:
            jobs.close()
            tidying.end()


def _show(screen: Any) -> None:
    screen.resize(1204, 846)
    screen.show()
    screen.activateWindow()


if __name__ == "__main__":
    main(*sys.argv[1:])
