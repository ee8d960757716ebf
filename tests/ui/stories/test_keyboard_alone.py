"""Goods, receipt, money and a return by keyboard alone: what is typed goes where the keyboard is by then."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.builders import a_deal, balance
from tests.ui.by_hand import Hands
from tests.ui.conftest import TODAY
from tests.ui.deal_steps import a_mixed_offer
from ui.routes import Route


def focused() -> QWidget:
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*combinations: str) -> None:
    for combination in combinations:
        pressed = QKeySequence(combination)[0]
        QTest.keyClick(focused(), pressed.key(), pressed.keyboardModifiers())


def typed(text: str) -> None:
    for letter in text:
        QTest.keyClicks(focused(), letter)


def finish(hands: Hands) -> None:
    """Ctrl+Enter until the wizard is done."""
    wizard = hands.wizard
    for _ in range(4):
        press("Ctrl+Return")
        if getattr(hands.screen, "wizard", None) is not wizard:
            return
    raise AssertionError(f"it stays at {wizard.step}")


def test_from_the_signed_contract_to_the_return(hands: Hands) -> None:
    # 5 lamps at 80.00, 2 shades at 10.00, a course
    hands.day = TODAY
    hands.deal_id = a_deal(hands.store, a_mixed_offer())

    hands.open("dispatch")
    typed("3")
    press("Return", "Escape", "Ctrl+Return")
    assert hands.wizard.step == "shipping"
    typed("DHL")
    press("Tab")
    typed("JD 01")
    finish(hands)
    assert hands.at == "delivery"
    delivery = hands.now()["deliveries"][0]
    assert [line["dispatched"] for line in delivery["lines"]] == ["3", "2"]
    assert hands.screen.title() == "D-2026-0001"

    hands.open("confirm-receipt")
    typed("2")
    press("Tab")
    typed("1")
    press("Return", "Escape")
    finish(hands)
    assert hands.at == "invoice"
    # two lamps and two shades: 180.00 + 34.20
    assert hands.screen._amount.text() == "€214.20"

    hands.open("take-payment")
    press("Ctrl+A")
    typed("100")
    finish(hands)
    assert (hands.at, hands.screen._amount.text()) == ("payment", "€100.00")

    hands.open("return")
    typed("1")
    press("Return", "Escape")
    hands.wizard.page().fields["reason"].editor.setFocus()
    typed("Wrong colour")
    finish(hands)
    assert hands.screen._amount.text() == "−€95.20"
    now = hands.now()
    assert [line["accepted"] for line in now["deliveries"][0]["lines"]] == ["2", "2"]
    assert balance(now, "write_off") == 50  # the lamp that arrived broken
    assert now["customer_balance"] == "19.00"  # 214.20 - 100.00 - 95.20
    assert [row.open for row in hands.go(Route("invoices")).table.model().rows()] == [0, 1900]
