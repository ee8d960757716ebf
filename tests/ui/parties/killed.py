"""A program of its own for `test_customers`: types into the form of a customer, and is killed once that is kept."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

import app.schema  # noqa: F401  every table has to be known before a file is opened
from app.store import drafts
from app.store.store import Store
from ui import application
from ui.context import AppContext, Settings
from ui.errors import ErrorDesk
from ui.jobs import Jobs
from ui.parties.detail_screen import screen
from ui.routes import Route, Router


def main() -> None:
    """Arguments: the company file, a folder for settings, what is typed as the customer's name."""
    file, folder, name = sys.argv[1:]
    settings = Settings(Path(folder) / "settings.ini")
    started = application.start(settings=settings, may_cut_fonts=False)
    store = Store.open(Path(file))
    context = AppContext(store, Jobs(), Router(), settings, started.theme, ErrorDesk())
    page = screen(context, Route("customer", "new"))
    page.show()
    page.form.fields["name"].set_value(name)  # type: ignore[attr-defined]
    watch = QTimer(interval=20)
    watch.timeout.connect(lambda: _die_when_kept(store))
    watch.start()
    QTimer.singleShot(60_000, lambda: os._exit(3))
    started.app.exec()


def _die_when_kept(store: Store) -> None:
    with store.read() as session:
        is_kept = drafts.get(session, "customer", "new") is not None
    if is_kept:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
