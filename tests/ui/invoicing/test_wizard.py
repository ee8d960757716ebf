"""The wizard for a credit without goods."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from app.pipeline import queries
from app.store.store import Store
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from tests.ui.deal_steps import a_deal_invoiced, cell, commit_words, put, told, wizard_of, wrong
from ui.context import AppContext
from ui.invoicing.wizard import screen
from ui.routes import Route


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    return make_context(store)


def test_an_amount_is_credited(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal_invoiced(store)
    made = screen(context, Route.to("credit", deal_id, place=1))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    assert not wizard.page().table.isVisible()
    wizard.next()
    assert wrong(wizard) == ["It has to be above zero.", "Please fill this in."]
    put(wizard, amount=21421, reason="Scratched")
    wizard.next()
    assert wrong(wizard) == ["Only €214.20 of this invoice is left to credit."]
    put(wizard, amount=2380)
    wizard.next()
    # 23.80 = 20.00 + 3.80 tax
    assert told(wizard)[0] == "Credit note CN-2026-0001 over €23.80 corrects invoice INV-2026-0001"
    assert commit_words(wizard) == "Issue the credit note for INV-2026-0001"
    assert not unnamed_controls(made)
    wizard.next()
    assert context.router.current == Route("invoice", 2)
    with store.read() as session:
        assert queries.view(session, deal_id, TODAY).money.receivable == 11420 - 2380


def test_some_lines_are_credited(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    made = screen(context, Route("credit", a_deal_invoiced(store)))
    show(made)
    wizard = wizard_of(made)
    put(wizard, by_amount=False, reason="Discount forgotten")
    assert wizard.page().table.isVisible()
    wizard.next()
    assert wizard.page().table._wrong.text() == "Give at least one quantity."
    cell(wizard, 1, 2, Decimal(3))
    wizard.next()
    assert wrong(wizard) == ["Only 2 are open."]
    cell(wizard, 1, 2, Decimal(1))
    wizard.next()
    # a shade: 10.00 + 1.90
    assert told(wizard)[0] == "Credit note CN-2026-0001 over €11.90 corrects invoice INV-2026-0001"
    wizard.next()
    assert context.router.current == Route("invoice", 2)
