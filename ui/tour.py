"""A tour without a display: a deal is led through the real windows, a picture of every screen is saved, and the papers.

`main.py tour --to FOLDER` runs it. Keys and clicks go where a person's would go; nothing of this person's settings,
files or screen is touched: everything lives in a folder of its own that is removed at the end.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.context import Settings
from ui.routes import Route

_SIZE = (1440, 900)
_PATIENCE_S = 60
_QUIET_S = 0.25
"""So long nothing has to happen until a screen counts as drawn: what is typed is worked out after short pauses."""

PLACES = (
    ("deals", Route("deals")),
    ("quotes", Route("quotes")),
    ("contracts", Route("contracts")),
    ("payments", Route("payments")),
    ("deliveries", Route("deliveries")),
    ("invoices", Route("invoices")),
    ("revenue", Route("revenue")),
    ("customers", Route("customers")),
    ("customer", Route("customer", 1)),
    ("products", Route("products")),
    ("product", Route("product", 1)),
    *((f"product-{tab}", Route.to("product", 15, tab=tab)) for tab in ("options", "rules")),
    ("product-variants", Route.to("product", 16, tab="variants")),
    ("product-stock", Route.to("product", 7, tab="stock")),
    ("guides", Route("guides")),
    ("guide", Route("guide", 1)),
    ("stock", Route("stock")),
    ("reports", Route("reports")),
    ("unfinished", Route("drafts")),
    *((f"settings-{name}", Route.to("settings", section=name)) for name in
      ("company", "paper", "terms", "numbers", "computer", "backups")),
)  # fmt: skip
"""Screens that are shown as they stand in the practice company."""


@dataclass
class Tour:
    """The window, and the pictures taken so far."""

    app: QApplication
    window: Any
    folder: Path
    """Where the pictures go."""
    taken: list[str] = field(default_factory=list)

    # ------------------------------------------------------------------ what a person does
    @property
    def screen(self) -> Any:
        """The screen that is open."""
        return self.window.company.screens.shown

    def go(self, route: Route) -> None:
        """Open a place."""
        self.window.go(route)
        self.settle()

    def keys(self, *combinations: str) -> None:
        """Press keys, each where the keyboard is by then."""
        for combination in combinations:
            pressed = QKeySequence(combination)[0]
            QTest.keyClick(self._focus(), pressed.key(), pressed.keyboardModifiers())
            self.app.processEvents()

    def type(self, text: str) -> None:
        """Type a text, letter by letter: the first one may open the input of a cell."""
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
        self.app.processEvents()

    def press(self, words: str) -> None:
        """Press the button with these words. Raises LookupError if there is none."""
        from ui.widgets.button import Button

        for button in self.window.findChildren(Button):
            if button.text() == words and button.isVisible() and button.isEnabled():
                button.click()
                self.settle()
                return
        raise LookupError(f"no button says {words!r}")

    def fill(self, **values: Any) -> None:
        """Type into the fields of the wizard's page."""
        for name, value in values.items():
            self.screen.wizard.page().fields[name].set_value(value)
        self.settle()

    def _focus(self) -> QWidget:
        return self.app.focusWidget() or self.window  # type: ignore[no-any-return]

    # ------------------------------------------------------------------ looking
    def settle(self) -> None:
        """Wait until everything asked for has been read and drawn."""
        end, quiet = time.monotonic() + _PATIENCE_S, time.monotonic() + _QUIET_S
        while time.monotonic() < min(end, quiet):
            self.app.processEvents()
            if self.window.is_busy:
                quiet = time.monotonic() + _QUIET_S
            time.sleep(0.005)
        if self.app.activeWindow() is None:  # without a window manager nobody gives it back after a dialog
            self.window.activateWindow()
            self.app.processEvents()

    def picture(self, name: str, over: QWidget | None = None) -> None:
        """Save what is shown; `over` is a popup above the window."""
        self.settle()
        numbered = f"{len(self.taken) + 1:02d}-{name}.png"
        shown = self.window.grab()
        if over is not None:
            painter = QPainter(shown)
            painter.drawPixmap(self.window.mapFromGlobal(over.mapToGlobal(QPoint(0, 0))), over.grab())
            painter.end()
        shown.save(str(self.folder / numbered))
        self.taken.append(numbered)
        while self.window.toasts.shown():  # a person has read it by now
            self.window.toasts.dismiss()

    def wizard(self, name: str) -> None:
        """Picture each step of the open wizard, and press its last button."""
        wizard = self.screen.wizard
        for _ in range(12):
            step = wizard.step
            self.picture(f"{name}-{step}")
            wizard.next()
            self.settle()
            if getattr(self.screen, "wizard", None) is not wizard:
                return
        raise LookupError(f"the wizard {name} stays at {wizard.step}")


def run(to: Path, today: date, modes: Sequence[str] = ("light", "dark")) -> str:
    """Take the tour, once in each mode; returns what to tell. Pictures of an earlier tour are replaced."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # there is no window manager, Qt says each time
    taken = papers = 0
    for mode in modes:
        pictures = to / mode
        pictures.mkdir(parents=True, exist_ok=True)
        for old in pictures.glob("*.png"):
            old.unlink()
        with tempfile.TemporaryDirectory(prefix="handsel-tour-") as own:
            tour = _open(Path(own), pictures, today, mode)
            _start_page(tour)
            _look_around(tour)
            deal_id = _quote_to_revenue(tour)
            papers = _papers(tour, deal_id, today, to / "papers")
            tour.window.close()
            _wait(tour.app, lambda window=tour.window: not window.isVisible())
            taken += len(tour.taken)
    return f"A deal was led through the windows: {taken} pictures and {papers} papers are in {to}"


def _open(own: Path, pictures: Path, today: date, mode: str) -> Tour:
    from ui import application
    from ui.frame.company import Surroundings
    from ui.jobs import Jobs
    from ui.main_window import MainWindow

    settings = Settings(own / "settings.ini")
    for name, value in (("language", "en"), ("locale", "en_GB"), ("theme", mode)):
        settings.put(name, value)
    started = application.start(settings=settings, log_file=own / "tour.log")
    around = Surroundings(
        settings,
        started.theme,
        started.errors,
        Jobs,
        lambda: today,
        practice_file=lambda: own / "practice" / "Practice company.handsel",
        companies_folder=lambda: own / "Handsel",
    )
    window = MainWindow(around)
    window.resize(*_SIZE)
    window.show()
    window.activateWindow()
    tour = Tour(started.app, window, pictures)
    tour.settle()
    return tour


def _wait(app: QApplication, is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not is_so() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)


# ------------------------------------------------------------------ the way
def _start_page(tour: Tour) -> None:
    tour.type("Alster Coffee Works")
    tour.picture("start")
    tour.press("Open the practice company")
    _wait(tour.app, lambda: tour.window.company is not None)
    tour.settle()
    tour.picture("home")


def _look_around(tour: Tour) -> None:
    tour.keys("Ctrl+K")
    tour.type("greenwell")
    tour.picture("search", tour.window.finder)
    tour.keys("Escape")
    for name, route in PLACES:
        tour.go(route)
        tour.picture(name)
    tour.go(Route.to("product", 15, tab="try"))
    tour.screen.trial.options.choose("two_groups")
    tour.picture("blocked-option")


def _quote_to_revenue(tour: Tour) -> int:
    """One deal by hand: configure, price, quote, contract, payment, delivery, invoice, revenue. Returns its id."""
    _write_quote(tour)
    deal_id = int(tour.window.company.context.router.current.id)
    tour.picture("deal-quoted")
    tour.go(Route("quote", deal_id))
    tour.picture("quote")
    _accept(tour, deal_id)
    for who in ("Mara Thies", "Frau Kruse"):
        tour.go(Route("sign-contract", deal_id))
        tour.fill(name=who)
        tour.wizard("sign")
    tour.go(Route("contract", deal_id))
    tour.picture("contract")
    tour.go(Route("take-payment", deal_id))
    tour.wizard("payment")
    tour.picture("payment")
    tour.go(Route("dispatch", deal_id))
    tour.wizard("dispatch")
    tour.picture("delivery")
    tour.go(Route("confirm-receipt", deal_id))
    tour.wizard("receipt")
    tour.picture("invoice")
    tour.go(Route("deal", deal_id))
    tour.picture("deal-invoiced")
    tour.go(Route("home"))
    tour.picture("home-after")
    return deal_id


def _write_quote(tour: Tour) -> None:
    tour.go(Route("new-quote"))
    tour.type("Kleine Roesterei Eutin")
    tour.fill(email="post@eutin.example", street="Am Markt 3", postal_code="23701", city="Eutin", country="DE")
    tour.picture("quote-customer")
    tour.keys("Alt+Right")
    tour.settle()
    for product, quantity in (("em-100", "1"), ("gr-64", "2"), ("house blend", "25")):
        tour.screen.wizard.page().search.setFocus()
        tour.type(product)
        tour.keys("Return")
        tour.type(quantity)
        tour.keys("Return", "Escape")
    tour.fill(title="Espresso corner for the roastery")
    tour.picture("quote-products")
    tour.keys("Alt+Right")
    tour.settle()
    tour.keys("Right")
    tour.type("5%")
    tour.keys("Return", "Escape")
    tour.picture("quote-price")
    tour.keys("Alt+Right")
    tour.fill(deposit_kind="percent", deposit_percent=Decimal(30))
    tour.picture("quote-terms")
    tour.keys("Alt+Right")
    tour.screen.wizard.page().send.set_value(True)
    tour.picture("quote-review")
    tour.keys("Ctrl+Return")
    tour.settle()


def _accept(tour: Tour, deal_id: int) -> None:
    tour.go(Route("deal", deal_id))
    tour.press("Record acceptance")
    tour.picture("accept")
    dialog = tour.screen.verbs.dialog
    dialog.fields["by"].set_value("Frau Kruse")
    dialog.commit.click()
    tour.settle()


def _papers(tour: Tour, deal_id: int, today: date, folder: Path) -> int:
    """Every paper of the deal, and the workbook for the accountant."""
    from app.outputs import files, papers
    from app.outputs.xlsx.revenue_report import write
    from app.pipeline.reports import revenue_report

    store = tour.window.company.context.store
    names = papers.write_all(store, deal_id, folder)
    with store.read() as session:
        report = revenue_report(session, today)
    files.save(folder / "revenue.xlsx", write(report))
    return len(names) + 1
