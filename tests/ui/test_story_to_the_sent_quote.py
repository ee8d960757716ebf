"""Her first quote in the real window, by keyboard: a new customer, two products, a discount, sent, and accepted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.totals import Reduction
from app.pipeline import queries
from app.quotes.rules import QuoteState
from tests.ui.accessibility import unnamed_controls
from tests.ui.frame.conftest import company, make_window, practice_file, settings, window  # noqa: F401  fixtures
from ui.main_window import MainWindow
from ui.routes import Route


def keys(*combinations: str) -> None:
    for combination in combinations:
        pressed = QKeySequence(combination)[0]
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, pressed.key(), pressed.keyboardModifiers())
        QApplication.processEvents()


def typed(text: str) -> None:
    """Each letter goes where the keyboard is by then: the first one may open the input of a cell."""
    for letter in text:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, letter)
    QApplication.processEvents()


def shown(main: MainWindow) -> Any:
    assert main.company is not None
    return main.company.screens.shown


def test_from_nothing_to_an_accepted_quote(window: MainWindow, company: Path) -> None:  # noqa: F811
    window.shell.sidebar.item("deals").click()
    keys("Ctrl+N")
    wizard = shown(window).wizard
    assert wizard.step == "customer"
    typed("Kleine Roesterei Eutin")
    keys("Tab")
    wizard.page().fields["email"].editor.setFocus()
    typed("post@eutin.example")
    keys("Alt+Right")
    assert wizard.step == "products"
    typed("em-100")
    keys("Return")
    typed("2")
    keys("Return", "Escape")
    wizard.page().search.setFocus()
    typed("house blend")
    keys("Return")
    typed("12.5")
    keys("Return", "Escape", "Ctrl+Return")
    assert wizard.step == "price"
    keys("Right")
    typed("5%")
    keys("Return", "Escape")
    assert shown(window).totals._total.text() == "€6,573.02"
    keys("Alt+Left")
    assert wizard.step == "products"
    keys("Alt+Right")
    keys("Alt+Right", "Alt+Right")
    assert wizard.step == "review"
    assert not unnamed_controls(window)
    keys("Space", "Ctrl+Return")

    context = window.company.context  # type: ignore[union-attr]
    route = context.router.current
    assert route is not None
    assert route.kind == "deal"
    page = shown(window)
    assert page.head.next.primary.text() == "Record acceptance"
    page.head.next.primary.click()
    page.verbs.dialog.fields["by"].set_value("Frau Kruse")
    page.verbs.dialog.commit.click()
    assert page.head.next.primary.text() == "Record signature"
    with context.store.read() as session:
        view = queries.view(session, int(route.id or 0), context.today())
    machine, beans = view.quote.offer.lines
    assert (machine.quantity, machine.reductions) == (Decimal(2), (Reduction(percent=Decimal(5)),))
    assert beans.quantity == Decimal("12.5")
    assert view.quote.state is QuoteState.ACCEPTED
    assert view.quote.decided_by == "Frau Kruse"
    assert view.deal.customer.email == "post@eutin.example"
    window.shell.sidebar.item("quote").click()
    assert context.router.current == Route.to("quotes", state="sent,expired")
