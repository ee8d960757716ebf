"""Below the floor: the review says it, sending asks for a reason or the PIN, and the timeline tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.pipeline import service, timeline
from app.pricing.approval import FREE_TRIES, set_pin
from app.pricing.detail import LineDetail
from app.pricing.marks import MarginMarks, set_margin_marks
from app.quotes.draft import LineDraft
from app.quotes.rules import QuoteState
from app.store.store import Store
from tests.builders import a_deal, a_line, a_tax, an_offer, do, facts_of
from tests.ui.accessibility import unnamed_controls
from ui.context import AppContext
from ui.deals.texts import told
from ui.quotes.amend_wizard import screen as amend_screen
from ui.quotes.detail_screen import QuoteScreen
from ui.quotes.review_page import ReviewPage
from ui.quotes.wizard import QuoteWizard, screen
from ui.routes import Route

Show = Callable[..., QWidget]
CHEAP = LineDraft("Kayak", Decimal(2), Decimal(100), a_tax(), cost=Decimal(95))
PIN = "274913"


@pytest.fixture
def strict(shop: Store) -> Iterator[Store]:
    """A company that stops what is below 20 percent, with a PIN."""
    do(shop, set_margin_marks, MarginMarks(stop=True))
    with shop.write("owner") as session:
        set_pin(session, PIN)
    yield shop


def at_review(context: AppContext, show: Show, *, send: bool = True, line: LineDraft = CHEAP) -> QuoteWizard:
    """The wizard at its review, with one line."""
    wizard = screen(context, Route("new-quote"))
    assert isinstance(wizard, QuoteWizard)
    show(wizard, size=(1240, 860))
    draft = wizard.wizard.draft
    wizard.wizard.set_draft(
        replace(draft, customer=replace(draft.customer, name="Lake School"), lines=(line,), send=send)
    )
    wizard.wizard.go_to("review")
    QApplication.processEvents()
    return wizard


def happened(context: AppContext) -> list[str]:
    """What the timeline of the deal tells under its sentences."""
    assert context.router.current is not None
    with context.store.read() as session:
        items = timeline.of_deal(session, int(context.router.current.id or 0))
    return [told(item, "EUR").note for item in items]


def test_a_reason_is_asked_for_kept_and_told(context: AppContext, show: Show, strict: Store) -> None:
    wizard = at_review(context, show)
    page = wizard.wizard.page()
    assert isinstance(page, ReviewPage)
    assert page.low.isVisible()
    assert "5.00\u00a0%" in page.low.accessibleName()
    wizard.wizard.next()
    dialog = wizard.asking
    assert dialog is not None
    assert not unnamed_controls(dialog)
    dialog.accept()
    assert dialog.reason.problem() == "Say why, or give the PIN."
    dialog.reason.set_value("First order of the school")
    dialog.accept()
    assert context.router.current is not None
    assert context.router.current.kind == "deal"
    assert happened(context)[0] == "Below the floor: First order of the school"


def test_the_right_pin_lets_it_pass_and_wrong_ones_are_counted(context: AppContext, show: Show, strict: Store) -> None:
    wizard = at_review(context, show)
    wizard.wizard.next()
    dialog = wizard.asking
    assert dialog is not None
    for _ in range(FREE_TRIES - 1):
        dialog.pin.set_value("1111")
        dialog.accept()
        assert dialog.pin.problem() == "This is not the PIN."
    dialog.pin.set_value(PIN)
    dialog.accept()
    assert happened(context)[0] == "Below the floor, approved by the owner"
    assert PIN not in str(happened(context))


def test_too_many_wrong_pins_have_to_wait(context: AppContext, show: Show, strict: Store) -> None:
    wizard = at_review(context, show)
    wizard.wizard.next()
    dialog = wizard.asking
    assert dialog is not None
    for _ in range(FREE_TRIES + 1):
        dialog.pin.set_value("1111")
        dialog.accept()
    assert dialog.pin.problem().startswith("Too many wrong PINs.")
    assert dialog.isVisible()
    dialog.reject()
    assert wizard.wizard._next.isEnabled()


def test_a_draft_or_a_good_margin_is_not_asked_about(context: AppContext, show: Show, strict: Store) -> None:
    wizard = at_review(context, show, send=False)
    wizard.wizard.next()
    assert wizard.asking is None
    wizard = at_review(context, show, line=replace(CHEAP, cost=Decimal(10)))
    page = wizard.wizard.page()
    assert isinstance(page, ReviewPage)
    assert not page.low.isVisible()
    wizard.wizard.next()
    assert wizard.asking is None
    assert context.router.current is not None
    assert facts_of(strict, int(context.router.current.id or 0)).quote.state is QuoteState.SENT


def test_where_nothing_is_stopped_the_review_still_says_it(context: AppContext, show: Show, shop: Store) -> None:
    wizard = at_review(context, show)
    page = wizard.wizard.page()
    assert isinstance(page, ReviewPage)
    assert page.low.isVisible()
    assert "PIN" not in page.low.accessibleName()
    wizard.wizard.next()
    assert wizard.asking is None


def test_the_deal_page_asks_before_a_draft_is_sent(context: AppContext, show: Show, strict: Store) -> None:
    deal_id = a_deal(strict, an_offer(a_line(cost="99")), until="draft")
    made = QuoteScreen(context, deal_id)
    show(made, size=(1200, 800))
    made.verbs.run(next(verb for verb in made.verbs.actions if verb.value == "send_quote"))
    asking = made.verbs.asking
    assert asking is not None
    asking.reason.set_value("Clearance")
    asking.accept()
    assert made.verbs.dialog is not None
    made.verbs.dialog.accept()
    assert facts_of(strict, deal_id).quote.state is QuoteState.SENT


def test_an_amended_contract_below_the_floor_is_asked_about(context: AppContext, show: Show, shop: Store) -> None:
    deal_id = a_deal(shop, an_offer(a_line(cost="60")), until="accepted")
    do(shop, set_margin_marks, MarginMarks(stop=True))
    made = amend_screen(context, Route("amend-lines", deal_id))
    assert isinstance(made, QuoteWizard)
    show(made, size=(1240, 860))
    made.wizard.go_to("price")
    made.wizard.page().model.put(0, 1, Decimal(61))  # type: ignore[attr-defined]
    made.wizard.go_to("review")
    made.wizard.next()
    assert made.asking is not None
    assert made.asking.pin.isHidden(), "no PIN is set"
    made.asking.reason.set_value("Long standing customer")
    made.asking.accept()
    known = facts_of(shop, deal_id)
    assert known.contract is not None
    assert known.contract.version == 2


def test_alerts_that_were_overridden_are_listed(context: AppContext, show: Show, shop: Store) -> None:
    detail = LineDetail(overrides=(("Heavier than the frame allows", "tested by us"),))
    wizard = at_review(context, show, line=replace(CHEAP, detail=detail))
    texts = [label.text() for label in wizard.wizard.page().findChildren(QWidget) if hasattr(label, "text")]
    assert any("Heavier than the frame allows (tested by us)" in text for text in texts)


def test_sending_without_being_asked_is_refused_by_the_service(strict: Store) -> None:
    deal_id = a_deal(strict, an_offer(a_line(cost="99")), until="draft")
    with pytest.raises(Exception, match="below the floor"):
        do(strict, service.send_quote, deal_id, on=facts_of(strict, deal_id).quote.made_on)
