"""The wizards that take and pay back money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.payments.rules import Method
from app.pipeline import fulfilment, queries
from app.rewards.cards import new_code
from app.rewards.giving import sell_gift_card
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do
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


# ------------------------------------------------------------------ paying early, cashback, gift cards
def early_wizard(store: Store, context: AppContext, show: Callable[..., QWidget], today: date, **terms: object) -> Any:
    """One kayak of 200.00, 238.00 with tax, "2/10 net 30", invoiced on 2 March; the wizard on a day."""
    context.today = lambda: today
    deal_id = a_deal(store, an_offer(a_line("Kayak", "1", "200.00"), payment="2/10 net 30", **terms))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    made = screen(context, Route("take-payment", deal_id))
    show(made, size=(1204, 800))
    return wizard_of(made)


def test_one_key_fills_in_the_early_price(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    wizard = early_wizard(store, context, show, date(2026, 3, 12), cashback_percent=Decimal(5))
    page: Any = wizard.page()
    assert page.early.words.text() == "2\N{NO-BREAK SPACE}% until 12 Mar 2026: €233.24 settles INV-2026-0001"
    assert page.early.take.text() == "Pay €233.24"
    assert not page.early.asked.isVisible()
    QTest.keyClick(page.fields["amount"].editor, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.divided() == [
        "€233.24 settles INV-2026-0001",
        "€4.76 is taken off INV-2026-0001 for paying early",
        "€11.66 of cashback becomes the customer's credit",
    ]
    assert page.early.words.text() == "€4.76 less for paying early"
    assert (page.early.take.isEnabled(), page.early.take.reason) == (False, "It is taken already.")
    assert not unnamed_controls(page)
    wizard.next()
    assert "€11.66 of cashback becomes the customer's credit" in told(wizard)
    assert not any("stays open" in words for words in told(wizard))
    wizard.next()
    with store.read() as session:
        money = queries.view(session, 1, TODAY).money
    assert (money.receivable, money.credit) == (0, 1166)


def test_a_part_takes_its_part(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    wizard = early_wizard(store, context, show, DAY)
    page: Any = wizard.page()
    put(wizard, amount=10000)
    assert page.early.asked.isVisible()
    page.early.asked.click()
    # 4.76 x 100.00 / 233.24
    assert (page.fields["discount"].value(), page.fields["discount"].isVisible()) == (204, True)
    assert not page.early.reason.isVisible()
    put(wizard, amount=20000)
    assert page.fields["discount"].value() == 408
    page.show_draft(wizard.draft)
    put(wizard, amount=10000)
    assert page.fields["discount"].value() == 204, "a kept draft goes on following the amount"
    put(wizard, amount=20000)
    put(wizard, discount=500)
    wizard.next()
    assert wrong(wizard) == ["At most €4.08 for this payment."]
    put(wizard, discount=300)
    put(wizard, amount=21000)
    assert page.fields["discount"].value() == 300, "what was typed stays"
    wizard.next()
    assert told(wizard)[-1] == "€25.00 stays open"
    wizard.next()
    with store.read() as session:
        assert queries.view(session, 1, TODAY).money.receivable == 2500


def test_late_it_is_given_with_a_reason_only(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    wizard = early_wizard(store, context, show, date(2026, 3, 13))
    page: Any = wizard.page()
    assert page.early.words.text() == "2\N{NO-BREAK SPACE}% (€4.76) was offered until 12 Mar 2026; that day is over."
    assert not page.early.take.isEnabled()
    assert page.early.take.reason == "Its last day was 12 Mar 2026. Tick below to give it all the same."
    page.early.asked.click()
    assert (wizard.draft.amount, wizard.draft.discount) == (23324, 476)
    wizard.next()
    assert wrong(wizard) == ["Its last day is over: say why it is given all the same."]
    put(wizard, discount_reason="Bank holiday")
    wizard.next()
    assert told(wizard)[1] == "€4.76 is taken off INV-2026-0001 for paying early"
    wizard.next()
    with store.read() as session:
        assert queries.view(session, 1, TODAY).money.receivable == 0


def test_untick_and_nothing_is_asked(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    wizard = early_wizard(store, context, show, date(2026, 3, 13))
    page: Any = wizard.page()
    page.early.asked.click()
    put(wizard, discount_reason="Bank holiday")
    page.early.asked.click()
    assert (wizard.draft.discount, wizard.draft.discount_reason) == (None, "")


def test_without_terms_no_discount_is_shown(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    made = screen(context, Route("take-payment", a_deal_invoiced(store)))
    show(made)
    page: Any = wizard_of(made).page()
    assert not page.early.isVisible()
    assert not page.early.take.isEnabled()


def test_a_gift_card_is_redeemed_right_there(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal_invoiced(store)
    until = date(2027, 6, 30)
    sold = do(store, sell_gift_card, 1, on=DAY, currency="EUR", amount=5000, expires_on=until)
    made = screen(context, Route("take-payment", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    page: Any = wizard.page()
    wallet = page.wallet
    assert Method.CREDIT not in page.fields["method"].editor._values
    QTest.keyClick(page.fields["amount"].editor, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert wallet.code.isVisible()
    wallet.code.set_value("AAAA-BBBB-CCCC-DDDD")
    assert wallet.code.problem() == "This is no code of a gift card; look for a mistyped character."
    wallet.code.set_value(new_code())
    assert wallet.code.problem() == "No gift card with this code was sold."
    assert not wallet.redeem.isEnabled()
    wallet.code.set_value(sold.numbers[1].lower())
    assert wallet.found.text() == "€50.00 become the customer's credit. Until 30 Jun 2027."
    assert wallet.redeem.text() == "Redeem €50.00"
    QTest.keyClick(wallet.code.editor, Qt.Key.Key_Return)
    assert (wizard.draft.method, wizard.draft.amount) == (Method.CREDIT, 5000)
    assert wallet.texts() == ["Gift card", "€50.00", "until 30 Jun 2027"]
    assert page.divided() == ["€50.00 pays part of INV-2026-0001"]
    assert not unnamed_controls(made)
    put(wizard, amount=2000)
    assert wallet.texts()[1] == "€20.00 of €50.00"
    wallet.code.set_value(sold.numbers[1])
    assert wallet.code.problem() == "This card over €50.00 was redeemed or written off."
    wizard.next()
    wizard.next()
    with store.read() as session:
        assert queries.view(session, deal_id, TODAY).money.credit == 3000


def test_the_payment_in_german(store: Store, context: AppContext, show: Callable[..., QWidget], german: None) -> None:
    wizard = early_wizard(store, context, show, date(2026, 3, 12))
    page: Any = wizard.page()
    assert page.early.words.text().startswith("2\N{NO-BREAK SPACE}% bis ")
