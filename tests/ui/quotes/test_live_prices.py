"""Prices by the store's rules in the quote wizard: live, explained, typed ones kept, coupons, before and after."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.core.totals import Reduction
from app.invoicing.cash_rounding import set_cash_rounding
from app.pipeline import queries
from app.pricing.book import (
    Conditions,
    ContractPrice,
    Coupon,
    DeliveryRule,
    Effect,
    EffectKind,
    Method,
    PriceEntry,
    PriceList,
    Promotion,
    Tier,
)
from app.pricing.service import (
    save_contract_price,
    save_coupon,
    save_delivery_rule,
    save_price_list,
    save_promotion,
)
from app.quotes.draft import LineDraft
from app.store.store import Store
from tests.builders import a_deal, a_line, a_tax, an_offer, do
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY
from ui.context import AppContext
from ui.quotes.amend_wizard import screen as amend_screen
from ui.quotes.price_page import PricePage
from ui.quotes.wizard import QuoteWizard, screen
from ui.routes import Route
from ui.widgets.button import Button

Show = Callable[..., QWidget]
CLUBS = PriceList(
    "Clubs", "EUR", (PriceEntry(Method.FIXED, Decimal(95), "K-1", tiers=(Tier(Decimal(10), Decimal(90)),)),)
)
SPRING = Promotion("Spring", Effect(EffectKind.PERCENT, percent=Decimal(10)), Conditions(skus=("K-2",)))


@pytest.fixture
def rules(shop: Store) -> Store:
    """A list with a tier, a promotion, a coupon, a delivery charge."""
    do(shop, save_price_list, CLUBS)
    do(shop, save_promotion, SPRING)
    opened = Promotion(
        "Club night", Effect(EffectKind.PERCENT, percent=Decimal(5)), Conditions(("K-1",), needs_coupon=True)
    )
    do(shop, save_promotion, opened)
    do(shop, save_coupon, Coupon("MAY", "Club night"))
    do(shop, save_delivery_rule, DeliveryRule("Parcel", "EUR", charge=Decimal("6.90"), tax=a_tax()))
    return shop


def at_price(context: AppContext, show: Show, *skus: str, route: Route | None = None) -> tuple[QuoteWizard, PricePage]:
    """The wizard at its price page, with these products in it."""
    wizard = screen(context, route or Route("new-quote", 1))
    assert isinstance(wizard, QuoteWizard)
    show(wizard, size=(1240, 860))
    QApplication.processEvents()
    wizard.wizard.go_to("products")
    products: Any = wizard.wizard.page()
    for sku in skus:
        products.add(sku)
    wizard.wizard.go_to("price")
    page = wizard.wizard.page()
    assert isinstance(page, PricePage)
    return wizard, page


def cell(page: PricePage, at: int, column: int) -> tuple[str, str]:
    """The text of a cell, and the quiet line below it."""
    shown = page.model.columns[column]
    line = page.model.row(at)
    return shown.text(line), shown.below(line) if shown.below is not None else ""


def told(page: PricePage) -> list[str]:
    """What the explanation says."""
    QApplication.processEvents()
    return page.panel.explanation.texts()


def chips(page: PricePage) -> list[str]:
    """What the coupons say."""
    QApplication.processEvents()
    return page.coupons.words()


def test_products_have_the_price_of_the_rules_from_the_first_moment(
    context: AppContext, show: Show, rules: Store
) -> None:
    wizard, page = at_price(context, show, "K-1", "K-2")
    assert cell(page, 0, 1) == ("95.00", "Clubs")
    assert cell(page, 1, 2) == ("—", "Spring −10\u00a0%")
    assert cell(page, 1, 6) == ("135.00", "")
    assert wizard.totals._total.text() == "€273.70"


def test_a_typed_price_is_marked_and_never_recomputed_until_the_rules_are_asked_again(
    context: AppContext, show: Show, rules: Store
) -> None:
    wizard, page = at_price(context, show, "K-1")
    assert not page.again.isEnabled()
    assert "already" in page.again.reason
    page.model.put(0, 1, Decimal(80))
    assert cell(page, 0, 1) == ("80.00", "typed")
    page.model.put(0, 2, (Decimal(3), None))
    assert cell(page, 0, 2)[0] == "−3\u00a0%"
    wizard.wizard.go_to("products")
    products: Any = wizard.wizard.page()
    products.model.put(0, 2, Decimal(20))
    wizard.wizard.go_to("price")
    assert cell(page, 0, 1) == ("80.00", "typed")
    assert page.again.isEnabled()
    page.again.trigger()
    assert cell(page, 0, 1) == ("90.00", "Clubs (≥ 10)")
    assert cell(page, 0, 2)[0] == "−3\u00a0%", "a typed discount stays"


def test_why_this_price_follows_the_line_and_another_rule_can_win(
    context: AppContext, show: Show, rules: Store
) -> None:
    do(rules, save_contract_price, ContractPrice(1, "K-1", "EUR", Decimal(85), note="Frame contract"))
    wizard, page = at_price(context, show, "K-1", "K-2")
    page.lines.setFocus()
    page.lines.choose(0, 1)
    QTest.keyClick(page.lines, Qt.Key.Key_F4)
    assert page.panel.isVisible()
    assert not wizard.totals.isVisible()
    words = told(page)
    for word in ("Catalogue price", "Clubs", "Frame contract", "Net", "With tax", "€101.15", "Use this instead"):
        assert word in words or any(button.text() == word for button in page.panel.findChildren(Button)), word
    assert "a price agreed with this customer comes first" in words
    assert not unnamed_controls(wizard)
    page.panel.explanation.chosen.emit("Clubs")
    assert cell(page, 0, 1) == ("95.00", "Clubs")
    assert "you chose another" in told(page)
    assert page.again.isEnabled()
    page.again.trigger()
    assert cell(page, 0, 1) == ("85.00", "Frame contract")
    page.lines.choose(1, 1)
    assert "Kayak, long" in told(page)
    QTest.keyClick(page.lines, Qt.Key.Key_F4)
    assert not page.panel.isVisible()
    assert wizard.totals.isVisible()


def test_a_coupon_says_what_it_gives_and_a_refused_one_why(context: AppContext, show: Show, rules: Store) -> None:
    wizard, page = at_price(context, show, "K-1")
    page.coupons.code.setFocus()
    QTest.keyClicks(page.coupons.code, "may")
    QTest.keyClick(page.coupons.code, Qt.Key.Key_Return)
    assert chips(page) == ["MAY: −€4.75 · Club night"]
    assert wizard.wizard.draft.coupons == ("MAY",)
    page.coupons.code.set_value("NEVER")
    page.coupons.add()
    assert chips(page)[1] == "There is no coupon NEVER."
    wizard.wizard.next()
    assert wizard.wizard.step == "price"
    page.coupons.remove(1)
    wizard.wizard.next()
    assert wizard.wizard.step == "terms"


def test_delivery_is_offered_charged_and_can_be_changed_by_hand(context: AppContext, show: Show, rules: Store) -> None:
    wizard, page = at_price(context, show, "K-1")
    assert page._delivery.isVisible()
    assert "€6.90" in page._delivery_words.text()
    page._charge.click()
    assert [(item.reason, item.amount) for item in wizard.wizard.draft.reductions] == [("Parcel", 690)]
    assert not page._delivery.isVisible()
    page.whole.put(0, 2, (None, 500))
    assert wizard.wizard.draft.reductions[0].amount == 500
    page.model.put(0, 2, (Decimal(1), None))
    assert wizard.wizard.draft.reductions[0].amount == 500, "typed money stays money"


def test_what_a_promotion_gives_is_a_line_that_cannot_be_typed_into(
    context: AppContext, show: Show, rules: Store
) -> None:
    gift = Effect(EffectKind.FREE_ITEM, free_sku="C-1", buy=Decimal(1))
    do(rules, save_promotion, Promotion("Course on top", gift, Conditions(("K-1",))))
    wizard, page = at_price(context, show, "K-1")
    assert "given with Course on top" in cell(page, 1, 0)[1]
    page.model.put(1, 1, Decimal(1))
    assert [line.unit_price for line in wizard.wizard.draft.written_lines] == [Decimal(95), Decimal(480)]
    assert len(wizard.wizard.draft.written_lines) == 2


def test_a_revision_keeps_what_was_told_until_new_prices_are_taken(
    context: AppContext, show: Show, rules: Store, said: list[str]
) -> None:
    wizard, page = at_price(context, show, "K-1", "K-2")
    assert not page._held.isVisible()
    wizard.wizard.go_to("review")
    wizard.wizard.next()
    deal_id = int(context.router.current.id)  # type: ignore[union-attr, arg-type]
    dearer = replace(CLUBS, entries=(PriceEntry(Method.FIXED, Decimal(99), "K-1"),))
    do(rules, save_price_list, dearer, price_list_id=1)
    wizard, page = at_price(context, show, route=Route("revise-quote", deal_id))
    assert page._held.isVisible()
    assert cell(page, 0, 1) == ("95.00", "typed")
    page.reprice.trigger()
    dialog = wizard.dialog
    assert dialog is not None
    assert not unnamed_controls(dialog)
    assert [row.line.change for row in dialog.model.rows()] == [400, 0]
    assert dialog.places() == []
    assert not dialog.commit.isEnabled()
    dialog.turn(0)
    assert dialog.commit.text() == "Take 1 new price"
    dialog.accept()
    assert cell(page, 0, 1) == ("99.00", "Clubs")
    assert said[-1] == "1 line has today's price"
    page.reprice.trigger()
    assert said[-1] == "By today's rules every line costs the same"
    with context.store.read() as session:
        assert queries.view(session, deal_id, TODAY).quote.offer.lines[0].unit_price == 95


def test_a_key_in_a_hundred_lines_takes_less_than_50_ms(context: AppContext, show: Show, rules: Store) -> None:
    wizard, page = at_price(context, show, "K-1", "K-2")
    lines = wizard.wizard.draft.lines * 20
    wizard.wizard.set_draft(replace(wizard.wizard.draft, lines=(*lines, LineDraft())))
    took = []
    for price in range(50, 65):
        start = time.perf_counter()
        page.model.put(3, 1, Decimal(price))
        took.append(time.perf_counter() - start)
    assert sorted(took)[7] < 0.05, took


def test_several_typed_reductions_are_not_lost_by_looking_at_them(
    context: AppContext, show: Show, rules: Store
) -> None:
    wizard, page = at_price(context, show, "K-2")
    two = (Reduction("A", Decimal(1)), Reduction("B", Decimal(2)))
    draft = wizard.wizard.draft
    wizard.wizard.set_draft(replace(draft, lines=(replace(draft.lines[0], reductions=two),)))
    assert cell(page, 0, 2) == ("2 reductions", "Spring −10\u00a0%")
    page.model.put(0, 2, None)
    assert len(wizard.wizard.draft.lines[0].reductions) == 3


def test_paying_early_and_cashback_with_what_they_cost(context: AppContext, show: Show, rules: Store) -> None:
    wizard, _ = at_price(context, show, "K-1")
    wizard.wizard.go_to("terms")
    page: Any = wizard.wizard.page()
    assert not page.early_tax.isVisible()
    page.early_percent.set_value(Decimal(2))
    assert page.early_tax.isVisible()
    wizard.wizard.next()
    assert wizard.wizard.step == "terms"
    assert page.early_days.problem() == "Within how many days?"
    page.early_days.set_value(Decimal(20))
    wizard.wizard.next()
    assert page.early_days.problem().startswith("Not later than")
    page.early_days.set_value(Decimal(5))
    page.early_tax.set_value("never")
    page.cashback.set_value(Decimal(10))
    draft = wizard.wizard.draft
    assert (draft.payment, draft.early_tax, draft.cashback_percent) == ("2/5 net 7", "never", Decimal(10))
    assert "€1.90" in page._costs.text()
    assert "cashback up to €11.1" in page._costs.text()
    assert wizard.totals._after_words.text() == "after cashback"
    wizard.wizard.next()
    assert wizard.wizard.step == "review"
    wizard.wizard.go_to("terms")
    assert (page.early_percent.value(), page.early_days.value()) == (Decimal(2), Decimal(5))
    page.payment.set_value("prepaid")
    assert not page.early_percent.isVisible()
    assert wizard.wizard.draft.payment == "prepaid"


def test_coins_are_told_where_the_company_rounds_to_them(context: AppContext, show: Show, rules: Store) -> None:
    do(rules, set_cash_rounding, "EUR", step=Decimal("0.05"))
    wizard, _ = at_price(context, show, "K-2")
    wizard.wizard.go_to("terms")
    page: Any = wizard.wizard.page()
    assert "€160.65 would be €160.65" in page._rounds.text()


def test_new_lines_of_a_contract_have_the_rules_price_and_agreed_ones_keep_theirs(
    context: AppContext, show: Show, rules: Store
) -> None:
    agreed = a_line("Kayak", "1", "77", sku="K-1", cost="50")
    deal_id = a_deal(rules, an_offer(agreed), until="accepted")
    made = amend_screen(context, Route("amend-lines", deal_id))
    assert isinstance(made, QuoteWizard)
    show(made, size=(1240, 860))
    products: Any = made.wizard.page()
    products.add("K-2")
    products.model.put(0, 2, Decimal(12))
    made.wizard.go_to("price")
    kayak, long = made.wizard.draft.lines
    assert (kayak.unit_price, kayak.quantity, kayak.detail) == (Decimal(77), Decimal(12), agreed.detail)
    assert [item.promotion for item in long.reductions] == ["Spring"]
    page: Any = made.wizard.page()
    page.explain(True)
    assert not page.coupons.isVisible()
    assert not page.again.isVisible()
