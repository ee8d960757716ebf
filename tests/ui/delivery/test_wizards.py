"""The wizards of delivery: dispatch, receipt with differences, services, returns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.pipeline import fulfilment
from app.store import drafts
from app.store.store import Store
from tests.builders import DAY, counts_of, do, facts_of
from tests.ui.accessibility import unnamed_controls
from tests.ui.conftest import TODAY, Reported
from tests.ui.deal_steps import (
    a_deal_in_transit,
    a_deal_invoiced,
    an_open_deal,
    cell,
    commit_words,
    put,
    told,
    wizard_of,
    wrong,
)
from ui.context import AppContext
from ui.delivery.wizard import screen
from ui.routes import Route
from ui.wizards.deal_wizard import DealWizard

D = Decimal


@pytest.fixture
def context(store: Store, make_context: Callable[..., AppContext]) -> AppContext:
    return make_context(store)


def test_dispatch_from_the_first_cell_to_the_delivery_note(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    made = screen(context, Route("dispatch", an_open_deal(store)))
    show(made)
    wizard = wizard_of(made)
    assert made.title() == "Dispatch · S-2026-0001"
    assert [row.quantity for row in wizard.page().table.rows()] == [D(5), D(2)]
    cell(wizard, 0, 3, D(3))
    wizard.next()
    assert wizard.step == "shipping"
    assert not wizard.page().fields["override"].isVisible()
    put(wizard, carrier="DHL", tracking="JD 01")
    wizard.next()
    assert told(wizard)[0] == "Delivery note D-2026-0001 is made"
    assert told(wizard)[-1] == "2 of Lamp stays to be dispatched"
    assert wizard.page().preview.page_count() == 1
    assert commit_words(wizard) == "Dispatch these goods"
    assert not unnamed_controls(made)
    wizard.next()
    assert context.router.current == Route("delivery", 1)
    moved = facts_of(store, 1).moved
    assert (moved[1].in_transit, moved[2].in_transit) == (D(3), D(2))


def test_dispatch_by_keyboard(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    made = screen(context, Route("dispatch", an_open_deal(store)))
    show(made)
    QApplication.processEvents()
    table = wizard_of(made).page().table.lines
    assert table.hasFocus()
    QTest.keyClicks(table, "4")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [row.quantity for row in wizard_of(made).page().table.rows()] == [D(4), D(2)]
    table.setFocus()
    table.choose(1, 3)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert wizard_of(made).read().lines[1].quantity == 0
    QTest.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert wizard_of(made).page().table.model.rowCount() == 2


def test_too_much_is_said_in_its_cell(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    made = screen(context, Route("dispatch", an_open_deal(store)))
    show(made)
    wizard = wizard_of(made)
    cell(wizard, 0, 3, D(6))
    wizard.next()
    assert (wizard.step, wrong(wizard)) == ("goods", ["Only 5 are open."])
    assert wizard.page().table._wrong.text() == "Lamp: Only 5 are open."
    cell(wizard, 0, 3, D(0))
    cell(wizard, 1, 3, None)
    wizard.next()
    assert wizard.page().table._wrong.text() == "Give at least one quantity."


def test_missing_money_wants_a_reason_which_is_kept(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    made = screen(context, Route("dispatch", an_open_deal(store, deposit_percent=D(50))))
    show(made)
    wizard = wizard_of(made)
    wizard.next()
    assert wizard.page().fields["override"].isVisible()
    wizard.next()
    assert wrong(wizard) == ["€309.40 is not paid yet. Record the payment first, or say why the goods leave before."]
    put(wizard, override="Agreed by phone")
    wizard.next()
    wizard.next()
    assert context.router.current == Route("delivery", 1)


def test_a_draft_survives_and_is_gone_after_the_command(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    deal_id = an_open_deal(store)
    first = wizard_of(screen(context, Route("dispatch", deal_id)))
    cell(first, 0, 3, D(1))
    first.next()
    put(first, carrier="DHL")
    first.close_saved()
    again = screen(context, Route("dispatch", deal_id))
    show(again)
    wizard = wizard_of(again)
    assert wizard.draft.carrier == "DHL"
    assert [item.quantity for item in wizard.draft.lines] == [D(1), D(2)]
    again._start_anew()
    assert [item.quantity for item in wizard.draft.lines] == [D(5), D(2)]
    for _ in range(3):
        wizard.next()
    with store.read() as session:
        assert drafts.kept(session) == []


def test_a_kept_draft_that_cannot_be_read_is_left_aside(store: Store, context: AppContext) -> None:
    deal_id = an_open_deal(store)
    with store.write("test") as session:
        drafts.put(session, drafts.Draft("dispatch", str(deal_id), 1, '{"unknown": 1}'))
    made = screen(context, Route("dispatch", deal_id))
    assert wizard_of(made).draft.carrier == ""


def test_what_is_not_possible_says_why(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    made = screen(context, Route.to("confirm-receipt", an_open_deal(store), what="goods"))
    show(made)
    assert isinstance(made, DealWizard)
    assert made.wizard is None
    assert not unnamed_controls(made)


def test_receipt_with_differences(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal_in_transit(store)
    made = screen(context, Route("confirm-receipt", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    for column, value in ((2, D(1)), (3, D(1)), (5, D(2))):
        cell(wizard, 0, column, value)
    columns = wizard.page().table.model.columns
    row = wizard.page().table.model.row(0)
    assert (columns[6].text(row), columns[6].tone(row)) == ("1 too many", "bad")
    wizard.next()
    assert wrong(wizard) == ["Only 3 are in transit."]
    cell(wizard, 0, 5, D(1))
    cell(wizard, 1, 2, D(1))
    put(wizard, by="Jo")
    before = counts_of(store)
    wizard.next()
    # A lamp and a shade: 80.00 + 10.00, with 19 %: 107.10
    assert told(wizard) == [
        "€90.00 is earned as revenue",
        "Invoice INV-2026-0001 over €107.10 is issued",
        "A letter with the invoice waits in the outbox",
        "Damaged and missing goods are written off",
        "Refused goods come back onto the shelf",
        "What was not accepted is open again and can be dispatched",
        "The rest stays in transit",
    ]
    after = counts_of(store)
    assert {name for name in after if after[name] != before[name]} <= {"draft"}
    assert not unnamed_controls(made)
    wizard.next()
    assert context.router.current == Route("invoice", 1)
    moved = facts_of(store, deal_id).moved
    assert (moved[1].accepted, moved[1].damaged, moved[1].refused, moved[1].in_transit) == (D(1), D(1), D(1), D(0))
    assert moved[2].in_transit == D(1)


def test_nothing_accepted_makes_no_invoice(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal_in_transit(store)
    made = screen(context, Route("confirm-receipt", deal_id))
    show(made)
    wizard = wizard_of(made)
    for row, quantity in ((0, D(3)), (1, D(2))):
        cell(wizard, row, 2, None)
        cell(wizard, row, 5, quantity)
    wizard.next()
    assert commit_words(wizard) == "Confirm that nothing was accepted"
    assert wizard.page().preview.page_count() == 0
    wizard.next()
    assert context.router.current == Route("deal", deal_id)


def test_one_delivery_of_two_is_confirmed(store: Store, context: AppContext) -> None:
    deal_id = a_deal_in_transit(store)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    made = screen(context, Route.to("confirm-receipt", deal_id, what="goods", delivery="D-2026-0002"))
    wizard = wizard_of(made)
    assert [(item.position, item.accepted) for item in wizard.draft.lines] == [(1, D(2))]
    wizard.next()
    wizard.next()
    assert facts_of(store, deal_id).moved[1].in_transit == D(3)


def test_a_service_is_completed(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = an_open_deal(store)
    made = screen(context, Route("confirm-receipt", deal_id))  # nothing is in transit: the service is meant
    show(made)
    wizard = wizard_of(made)
    assert made.title() == "Complete a service · S-2026-0001"
    put(wizard, quantity=D(2))
    wizard.next()
    assert wrong(wizard) == ["Only 1 are open."]
    put(wizard, quantity=D(1), by="Jo")
    wizard.next()
    assert told(wizard)[0] == "€100.00 is earned as revenue"
    assert not unnamed_controls(made)
    wizard.next()
    assert facts_of(store, deal_id).moved[3].accepted == D(1)


def test_goods_come_back(store: Store, context: AppContext, show: Callable[..., QWidget]) -> None:
    deal_id = a_deal_invoiced(store)
    made = screen(context, Route("return", deal_id))
    show(made, size=(1204, 800))
    wizard = wizard_of(made)
    wizard.next()
    assert wrong(wizard) == ["Please fill this in."]
    cell(wizard, 0, 3, D(1))
    put(wizard, reason="Wrong colour")
    wizard.page().restock.set_value(False)
    wizard.next()
    assert told(wizard)[:1] == ["Credit note CN-2026-0001 over €95.20 corrects invoice INV-2026-0001"]
    assert "The goods are written off" in told(wizard)
    assert wizard.page().preview.page_count() == 1
    assert not unnamed_controls(made)
    wizard.back()
    assert wizard.page().fields["reason"].value() == "Wrong colour"
    wizard.next()
    wizard.next()
    assert context.router.current == Route("invoice", 2)
    assert facts_of(store, deal_id).moved[1].returned == D(1)


def test_a_refusal_between_review_and_commit_is_shown(
    store: Store, context: AppContext, reported: Reported, show: Callable[..., QWidget]
) -> None:
    deal_id = an_open_deal(store)
    made = screen(context, Route("dispatch", deal_id))
    show(made)
    wizard = wizard_of(made)
    wizard.next()
    wizard.next()
    do(store, fulfilment.dispatch, deal_id, on=TODAY)  # somebody else was quicker
    wizard.next()
    assert [shown.title for shown in reported.shown] == ["That is not possible here"]
    assert wizard._next.isEnabled()


def test_the_review_says_why_a_command_would_be_refused(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    deal_id = an_open_deal(store)
    made = screen(context, Route("dispatch", deal_id))
    show(made)
    wizard = wizard_of(made)
    wizard.next()
    do(store, fulfilment.dispatch, deal_id, on=TODAY)
    wizard.next()
    assert told(wizard) == ["No goods are open."]


def test_looking_only_leaves_nothing_unfinished(
    store: Store, context: AppContext, show: Callable[..., QWidget]
) -> None:
    made = screen(context, Route("dispatch", an_open_deal(store)))
    show(made)
    wizard = wizard_of(made)
    wizard.next()
    wizard.close_saved()
    with store.read() as session:
        assert drafts.kept(session) == []
    put(wizard, carrier="DHL")
    wizard.save_now()
    put(wizard, carrier="")
    wizard.save_now()  # taken back by hand: what is kept follows
    with store.read() as session:
        assert [item.kind for item in drafts.kept(session)] == ["dispatch"]


def test_a_begun_service_and_a_begun_receipt_of_one_deal_are_two_drafts(store: Store, context: AppContext) -> None:
    deal_id = a_deal_in_transit(store)
    service = wizard_of(screen(context, Route("complete-service", deal_id)))
    put(service, by="Jo")
    service.save_now()
    receipt = wizard_of(screen(context, Route("confirm-receipt", deal_id)))
    cell(receipt, 0, 2, D(1))
    receipt.save_now()
    again = screen(context, Route("complete-service", deal_id))
    assert again.title() == "Complete a service · S-2026-0001"
    assert wizard_of(again).draft.by == "Jo"
    goods = screen(context, Route("confirm-receipt", deal_id))
    assert goods.title() == "Confirm receipt · S-2026-0001"
    assert wizard_of(goods).draft == receipt.draft
    with store.read() as session:
        assert {item.kind for item in drafts.kept(session)} == {"complete-service", "confirm-receipt"}


def test_pressing_twice_does_it_once(store: Store, context: AppContext) -> None:
    deal_id = an_open_deal(store)
    made = screen(context, Route("dispatch", deal_id))
    wizard = wizard_of(made)
    cell(wizard, 0, 3, D(1))
    wizard.next()
    wizard.next()
    wizard.committed.emit(wizard.draft)
    wizard.committed.emit(wizard.draft)
    assert facts_of(store, deal_id).moved[1].dispatched == D(1)
