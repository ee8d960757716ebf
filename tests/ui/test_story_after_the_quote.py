"""One deal from the accepted quote to revenue, done through the windows only; the books are looked at on the way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.contracts.rules import Side
from app.outputs import papers
from app.store.store import Store
from tests.builders import a_deal, assert_true_books, balance, outcome_of
from tests.ui.conftest import TODAY, Reported
from tests.ui.deal_steps import a_mixed_offer, cell, put, wizard_of
from ui.context import AppContext
from ui.routes import Route

D = Decimal
MODULES = {
    "contract": "ui.contracts.detail_screen",
    "amend-contract": "ui.contracts.wizard",
    "sign-contract": "ui.contracts.wizard",
    "payment": "ui.payments.detail_screen",
    "take-payment": "ui.payments.wizard",
    "refund": "ui.payments.wizard",
    "delivery": "ui.delivery.detail_screen",
    "dispatch": "ui.delivery.wizard",
    "confirm-receipt": "ui.delivery.wizard",
    "return": "ui.delivery.wizard",
    "invoice": "ui.invoicing.detail_screen",
    "revenue": "ui.revenue.list_screen",
}


class Window:
    """Turns routes into screens, as the main window does."""

    def __init__(self, context: AppContext, stack: QStackedWidget) -> None:
        self.context, self.stack = context, stack
        self.screen: Any = None
        context.router.moved.connect(self._moved)

    def _moved(self, route: Route) -> None:
        self.screen = import_module(MODULES[route.kind]).screen(self.context, route)
        self.stack.addWidget(self.screen)
        self.stack.setCurrentWidget(self.screen)

    @property
    def kind(self) -> str:
        current = self.context.router.current
        return current.kind if current is not None else ""

    def go(self, route: Route) -> Any:
        self.context.router.open(route)
        return self.screen

    def through(self) -> None:
        """Next until the wizard is done."""
        wizard = wizard_of(self.screen)
        for _ in range(5):
            if wizard_of_or_none(self.screen) is not wizard:
                return
            wizard.next()
        raise AssertionError(f"the wizard stays at {wizard.step}")


def wizard_of_or_none(screen: Any) -> Any:
    return getattr(screen, "wizard", None)


@pytest.fixture
def window(store: Store, make_context: Callable[..., AppContext], show: Callable[..., QWidget]) -> Window:
    stack = QStackedWidget()
    show(stack, size=(1204, 846))
    return Window(make_context(store), stack)


def test_from_the_contract_to_the_refund(store: Store, window: Window, reported: Reported) -> None:
    # 5 lamps at 80.00, 2 shades at 10.00, a course at 100.00: net 520.00, gross 618.80; deposit 50 %: 309.40
    deal_id = a_deal(store, a_mixed_offer(deposit_percent=D(50)), until="accepted")

    window.go(Route("contract", deal_id)).amend.trigger()
    put(wizard_of(window.screen), key="warranty")
    window.through()
    for side in (Side.SELLER, Side.BUYER):
        window.screen.sign.trigger()
        put(wizard_of(window.screen), side=side, name=f"Signed by {side}")
        window.through()
    assert window.screen.badge() == ("In force", "ok")

    window.go(Route("take-payment", deal_id))
    put(wizard_of(window.screen), reference="Deposit")
    window.through()
    assert (window.kind, window.screen.badge()[0]) == ("payment", "Not fully used")

    window.go(Route("contract", deal_id)).dispatch.trigger()
    cell(wizard_of(window.screen), 0, 3, D(3))
    window.through()
    assert window.kind == "delivery"

    window.screen.confirm.trigger()
    wizard = wizard_of(window.screen)
    for column, quantity in ((2, D(1)), (3, D(1)), (5, D(1))):
        cell(wizard, 0, column, quantity)
    window.through()
    # a lamp and two shades: 100.00 + 19.00, all of it out of the deposit
    assert (window.kind, window.screen.badge()[0], window.screen._amount.text()) == ("invoice", "Paid", "€119.00")

    window.go(Route("dispatch", deal_id))
    window.through()
    window.screen.confirm.trigger()
    window.through()
    # four lamps: 320.00 + 60.80 = 380.80, of which 309.40 - 119.00 = 190.40 are paid by deposit
    assert window.screen._amount_note.text() == "€190.40 is open"
    window.screen.pay.trigger()
    window.through()
    window.go(Route("confirm-receipt", deal_id))
    window.through()
    assert window.screen._amount.text() == "€119.00"
    window.screen.pay.trigger()
    window.through()

    window.go(Route("return", deal_id))
    cell(wizard_of(window.screen), 0, 3, D(1))
    put(wizard_of(window.screen), reason="Wrong colour")
    window.through()
    assert window.screen.badge()[0] == "Credit note"
    window.go(Route("refund", deal_id))
    put(wizard_of(window.screen), reason="Lamp came back")
    window.through()
    assert window.screen.badge()[0] == "Paid back"

    now = outcome_of(store, deal_id, TODAY)
    assert_true_books(now)
    assert (now["deal"]["state"], now["customer_credit"], now["customer_balance"]) == ("closed", "0.00", "0.00")
    # 520.00 earned, 80.00 of it taken back; 618.80 came in, 95.20 went out
    assert (-balance(now, "revenue"), balance(now, "bank")) == (D("440.00"), D("523.60"))
    window.go(Route("revenue"))
    assert window.screen.earned.accessibleName() == "Earned this month: €440.00"
    assert papers.make_missing(store, deal_id) <= len(now["documents"])
    assert not reported.shown
