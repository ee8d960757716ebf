"""The page of a deal: its next step in each state, the small windows, what is greyed and why."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.delivery.rules import Confirmed
from app.pipeline import fulfilment, queries, service, timeline
from app.pipeline.rules import Action as Verb
from app.pipeline.rules import possible
from app.store.store import Store
from tests.builders import DAY, STAGES, a_deal, a_line, a_service, an_offer, do
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import Reported
from ui.context import AppContext
from ui.deals.detail_screen import DealScreen, screen
from ui.deals.texts import told
from ui.routes import Route

Show = Callable[..., QWidget]


def opened(context: AppContext, show: Show, deal_id: int) -> DealScreen:
    made = screen(context, Route("deal", deal_id))
    assert isinstance(made, DealScreen)
    show(made, size=(1200, 850))
    return made


def next_verb(page: DealScreen) -> str:
    return page.head.next.primary.text() if page.head.next.primary.isVisible() else ""


def press(page: DealScreen, **values: Any) -> None:
    """The primary button, then the small window filled and committed."""
    page.head.next.primary.click()
    dialog = page.verbs.dialog
    assert dialog is not None
    assert not unnamed_controls(dialog)
    for name, value in values.items():
        dialog.fields[name].set_value(value)
    dialog.commit.click()


def test_a_deal_goes_from_draft_to_an_order_through_its_page(
    context: AppContext, store: Store, show: Show, said: list[str]
) -> None:
    page = opened(context, show, a_deal(store, until="draft"))
    assert next_verb(page) == "Send quote"
    press(page)
    assert next_verb(page) == "Record acceptance"
    press(page, by="Ms Lehmann", reason="by phone")
    assert next_verb(page) == "Record signature"
    press(page, name="Mara Thies")
    press(page, name="Ms Lehmann")
    assert next_verb(page) == "Dispatch"
    assert said == [
        "Quote Q-2026-0001 sent", "Accepted: contract C-2026-0001 is ready to sign", "Signature recorded",
        "Signature recorded",
    ]  # fmt: skip
    with store.read() as session:
        view = queries.view(session, page._deal_id, DAY)
    assert view.quote.decided_by == "Ms Lehmann"
    assert view.contract is not None
    assert {(s.party.value, s.name) for s in view.contract.signatures} == {
        ("seller", "Mara Thies"), ("buyer", "Ms Lehmann"),
    }  # fmt: skip
    assert [step.state for step in page.head.steps.steps()] == ["done"] * 4 + ["todo", "now", "todo", "todo"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_action_is_there_and_what_is_not_possible_says_why(
    context: AppContext, store: Store, show: Show, stage: str
) -> None:
    page = opened(context, show, a_deal(store, until=stage))
    view = page.view()
    assert view is not None
    allowed = {verb for verb, action in page.verbs.actions.items() if action.isEnabled()}
    assert allowed == set(possible(view.standing))
    for verb, action in page.verbs.actions.items():
        assert action.toolTip()
        assert bool(action.reason) == (verb not in allowed)
    assert not unnamed_controls(page)


def test_larger_actions_open_their_wizard(context: AppContext, store: Store, show: Show) -> None:
    deal_id = a_deal(store)
    page = opened(context, show, deal_id)
    page.head.next.primary.click()
    assert context.router.current == Route("dispatch", deal_id)
    page.verbs.run(Verb.PAY)
    assert context.router.current == Route("take-payment", deal_id)
    page.verbs.duplicate.trigger()
    assert context.router.current == Route.to("new-quote", None, duplicate=deal_id)


def test_a_deposit_comes_first(context: AppContext, store: Store, show: Show) -> None:
    page = opened(context, show, a_deal(store, an_offer(deposit_percent=Decimal(40))))
    assert next_verb(page) == "Take deposit"
    assert page.head.next._words.text() == "€95.20 have to come before goods leave."
    page = opened(context, show, a_deal(store, an_offer(payment="prepaid")))
    assert next_verb(page) == "Take the payment in advance"


def test_service_is_completed_and_paid_money_ends_it(context: AppContext, store: Store, show: Show) -> None:
    deal_id = a_deal(store, an_offer(a_service()))
    page = opened(context, show, deal_id)
    assert next_verb(page) == "Complete service"
    press(page, by="Ms Lehmann")
    assert next_verb(page) == "Take payment"
    assert page.head.next._words.text() == "€571.20 are open."
    do(store, fulfilment.pay, deal_id, on=DAY, amount=57120)
    context.changes.tell({"payment"})
    assert next_verb(page) == ""
    assert page.head.next._words.text() == "Done: nothing is left to do."
    assert [step.state for step in page.head.steps.steps()] == ["done"] * 8


def test_cancelling_says_exactly_what_happens(context: AppContext, store: Store, show: Show, said: list[str]) -> None:
    deal_id = a_deal(store, an_offer(deposit_percent=Decimal(50)))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    page = opened(context, show, deal_id)
    page.verbs.run(Verb.CANCEL)
    dialog = page.verbs.dialog
    assert dialog is not None
    words = " ".join(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "wrap"))
    assert "The deposit of €119.00 becomes the customer's credit." in words
    dialog.cancel.click()
    assert page.view().state.value == "open"  # type: ignore[union-attr]
    page.verbs.run(Verb.CANCEL)
    page.verbs.dialog.commit.click()  # type: ignore[union-attr]
    assert page.badge() == ("Cancelled", "neutral")
    assert said == ["The deal is cancelled"]


def test_a_refused_command_keeps_the_window_open(
    context: AppContext, store: Store, show: Show, reported: Reported
) -> None:
    page = opened(context, show, a_deal(store, until="sent"))
    page.head.next.primary.click()
    dialog = page.verbs.dialog
    assert dialog is not None
    from app.pipeline import service

    do(store, service.decline_quote, page._deal_id, on=DAY)
    dialog.commit.click()
    assert dialog.isVisible()
    assert dialog.commit.isEnabled()
    assert reported.shown[0].text == "The quote is declined."
    dialog.reject()


def test_a_missing_day_is_said_beside_the_field(context: AppContext, store: Store, show: Show) -> None:
    page = opened(context, show, a_deal(store, until="draft"))
    page.head.next.primary.click()
    dialog = page.verbs.dialog
    assert dialog is not None
    dialog.fields["on"].editor.setText("never")
    dialog.commit.click()
    assert dialog.fields["on"].problem()
    assert page.view().state.value == "draft"  # type: ignore[union-attr]
    dialog.reject()


def test_a_mark_is_set_and_undone(context: AppContext, store: Store, show: Show) -> None:
    undo: list[Any] = []
    context.news.said.connect(lambda _text, _verb, do_it: undo.append(do_it))
    page = opened(context, show, a_deal(store, until="draft"))
    page.verbs.flag.trigger()
    page.verbs.dialog.fields["flag"].set_value("on hold")  # type: ignore[union-attr]
    page.verbs.dialog.commit.click()  # type: ignore[union-attr]
    assert page.view().deal.flag == "on hold"  # type: ignore[union-attr]
    undo[0]()
    assert page.view().deal.flag == ""  # type: ignore[union-attr]


def ledger_of(page: Any) -> list[str]:
    """The first row, with what stands below in brackets."""
    table = page.ledger.table.model()
    found = []
    for column in table.columns:
        row = table.row(0)
        below = column.below(row) if column.below is not None else ""
        found.append(f"{column.text(row)} ({below})" if below else column.text(row))
    return found


def test_the_ledger_says_what_is_on_its_way_and_what_came_back(context: AppContext, store: Store, show: Show) -> None:
    deal_id = a_deal(store, an_offer(a_line(quantity="5", cost="60")))
    do(store, fulfilment.dispatch, deal_id, on=DAY, quantities={1: Decimal(4)})
    page = opened(context, show, deal_id)
    assert ledger_of(page) == ["Kayak", "5", "4 (4 in transit)", "—", "—", "—"]
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    do(store, fulfilment.return_goods, deal_id, on=DAY, quantities={1: Decimal(1)})
    context.changes.tell({"deal"})
    assert ledger_of(page) == ["Kayak", "5", "4", "4 (1 came back)", "4 (1 credited)", "300.00"]


def test_the_ledger_the_papers_and_the_story_are_on_the_page(context: AppContext, store: Store, show: Show) -> None:
    deal_id = a_deal(store, an_offer(a_line(quantity="3", cost="60"), a_service()))
    do(store, fulfilment.dispatch, deal_id, on=DAY, carrier="Post", tracking="T1")
    lines = {1: Confirmed(accepted=Decimal(2), missing=Decimal(1))}
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY, lines=lines)
    page = opened(context, show, deal_id)
    assert ledger_of(page) == ["Kayak", "3", "3", "2", "2", "200.00"]
    assert "Closes" in page.ledger._badge.text()
    assert page.documents._shown == tuple(item.id for item in page.view().documents)  # type: ignore[union-attr]
    assert len(page.documents._shown) >= 4
    assert page.history._timeline.count() == 7
    assert page.lines.lines.model().rowCount() == 2
    assert not unnamed_controls(page)


def test_steps_open_their_documents(context: AppContext, store: Store, show: Show, said: list[str]) -> None:
    deal_id = a_deal(store)
    page = opened(context, show, deal_id)
    page.head.steps.chosen.emit(2)
    assert context.router.current == Route("quote", deal_id)
    page.head.steps.chosen.emit(3)
    assert context.router.current == Route("contract", deal_id)
    page.head.steps.chosen.emit(5)
    assert said == ["There is nothing in this step yet."]
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    context.changes.tell({"delivery"})
    page.head.steps.chosen.emit(5)
    assert context.router.current == Route("delivery", page.view().deliveries[0].id)  # type: ignore[union-attr]


def test_another_deal_is_shown_on_the_same_page(context: AppContext, store: Store, show: Show) -> None:
    first, second = a_deal(store, until="draft"), a_deal(store, until="sent")
    page = opened(context, show, first)
    page.show_route(Route("deal", second))
    assert page.title() == "S-2026-0002"
    assert next_verb(page) == "Record acceptance"


def test_letters_that_no_font_can_print_are_named_before_the_quote_is_sent(
    context: AppContext, store: Store, show: Show, reported: Reported, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outputs.pdf.fonts.unprintable", lambda text: {"\U00013153"} & set(text))
    deal_id = a_deal(store, an_offer(a_line("Owl \U00013153")), until="draft")
    page = opened(context, show, deal_id)
    press(page)
    (said,) = reported.shown
    assert (
        said.text == "No font on this computer can print \U00013153 (U+13153). Install one that can; nothing was done."
    )
    assert page.verbs.dialog.isVisible()
    assert page.view().quote.number == ""


def test_the_story_of_an_imported_deal_tells_its_note_and_its_mark(
    context: AppContext, store: Store, show: Show
) -> None:
    deal_id = a_deal(store, until="draft", note="Customer asked for blue boats")
    do(store, service.flag_deal, deal_id, flag="on hold")
    page = opened(context, show, deal_id)
    with store.read() as session:
        notes = [told(item, "EUR").note for item in timeline.of_deal(session, deal_id)]
    assert notes == ["On hold", "Customer asked for blue boats"]
    assert page.head._flag.text() == "On hold"
