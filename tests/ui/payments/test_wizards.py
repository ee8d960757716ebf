"""The wizards that take and pay back money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from app.payments.rules import Method
from app.pipeline import fulfilment, queries
from app.store.store import Store
from tests.builders import do
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from tests.ui.deal_steps import a_deal_invoiced, an_open_deal, commit_words, put, told, wizard_of, wrong
from ui.context import AppContext
from ui.payments.wizard import screen
from ui.routes import Route


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    return make_context(store)


def test_the_deposit_is_prefilled_and_divided_live(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    deal_id = an_open_deal(store, deposit_percent=Decimal(50))
    made = screen(context, Route("take-payment", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    page = wizard.page()
    assert (page.fields["amount"].value(), page.divided()) == (30940, ["€309.40 is a deposit"])
    assert Method.CREDIT not in page.fields["method"].editor._values
    put(wizard, amount=70000)
    assert page.divided() == ["€618.80 is a deposit", "€81.20 stays as the customer's credit"]
    put(wizard, amount=30940, reference="RF18 5390")
    assert not unnamed_controls(made)
    wizard.next()
    assert told(wizard) == ["€309.40 is a deposit", "Receipt P-2026-0001 is made"]
    assert wizard.page().preview.page_count() == 1
    assert commit_words(wizard) == "Record the payment of €309.40"
    wizard.next()
    assert context.router.current == Route("payment", 1)
    with store.read() as session:
        assert queries.view(session, deal_id, TODAY).money.deposit_held == 30940


def test_a_payment_settles_the_open_invoice(store: Store, context: AppContext) -> None:
    deal_id = a_deal_invoiced(store)
    wizard = wizard_of(screen(context, Route.to("take-payment", deal_id, place=1)))
    page = wizard.page()
    assert (wizard.draft.amount, wizard.draft.place) == (11420, 1)
    assert page.divided() == ["€114.20 settles INV-2026-0001"]
    put(wizard, amount=10000)
    assert page.divided() == ["€100.00 pays part of INV-2026-0001"]
    wizard.next()
    assert told(wizard)[-1] == "€14.20 stays open"
    wizard.next()
    with store.read() as session:
        assert queries.view(session, deal_id, TODAY).money.receivable == 1420


def test_problems_stand_beside_their_fields(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    made = screen(context, Route("take-payment", an_open_deal(store)))
    show(made)
    wizard = wizard_of(made)
    wizard.next()
    assert wrong(wizard) == ["Please fill this in."]
    put(wizard, amount=0)
    wizard.next()
    assert wrong(wizard) == ["It has to be above zero."]
    assert wizard.step == "payment"


def test_paid_with_credit_that_is_there(store: Store, context: AppContext) -> None:
    deal_id = a_deal_invoiced(store)
    do(store, fulfilment.return_goods, deal_id, on=date(2026, 3, 9), quantities={1: Decimal(2)}, reason="Broken")
    # 190.40 come back: 114.20 were open, so 76.20 are the customer's credit
    do(store, fulfilment.complete_service, deal_id, on=date(2026, 3, 10), line=3)
    wizard = wizard_of(screen(context, Route("take-payment", deal_id)))
    put(wizard, amount=8000, method=Method.CREDIT)
    wizard.next()
    assert wrong(wizard) == ["The customer's credit is only €76.20."]
    put(wizard, amount=7620)
    wizard.next()
    assert told(wizard)[:3] == [
        "€76.20 pays part of INV-2026-0002",
        "Receipt P-2026-0002 is made",
        "The customer's credit goes down by €76.20",
    ]
    wizard.next()
    with store.read() as session:
        money = queries.view(session, deal_id, TODAY).money
    assert (money.credit, money.receivable) == (0, 11900 - 7620)


def test_a_refund_pays_the_credit_back(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal_invoiced(store)
    do(store, fulfilment.return_goods, deal_id, on=date(2026, 3, 9), quantities={1: Decimal(2)}, reason="Broken")
    made = screen(context, Route("refund", deal_id))
    show(made)
    wizard = wizard_of(made)
    assert wizard.draft.amount == 7620
    put(wizard, amount=7621)
    wizard.next()
    assert wrong(wizard) == ["The customer's credit is only €76.20."]
    put(wizard, amount=7620, reason="Goodwill", method=Method.CASH)
    wizard.next()
    assert told(wizard)[:2] == ["€76.20 is paid back: Cash", "The customer's credit is then €0.00"]
    assert commit_words(wizard) == "Pay back €76.20"
    assert not unnamed_controls(made)
    wizard.next()
    assert context.router.current == Route("payment", 2)


def test_no_refund_without_credit(store: Store, context: AppContext) -> None:
    made = screen(context, Route("refund", an_open_deal(store)))
    assert made.wizard is None
