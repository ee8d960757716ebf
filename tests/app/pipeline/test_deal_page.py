"""What the deal page asks for: the next action, the ledger that closes at zero, and the timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.contracts.rules import ContractState
from app.delivery.rules import Confirmed
from app.pipeline import fulfilment, next_step, queries, service, timeline
from app.pipeline.deal_ledger import deal_ledger
from app.pipeline.queries import DealView
from app.pipeline.rules import Action, Standing
from app.quotes.rules import QuoteState
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, an_offer, do

IN_FORCE = Standing(QuoteState.ACCEPTED, ContractState.IN_FORCE)


def view(store: Store, deal_id: int, on: date = DAY) -> DealView:
    with store.read() as session:
        return queries.view(session, deal_id, on)


@pytest.mark.parametrize(
    ("standing", "action"),
    [
        (Standing(QuoteState.DRAFT), Action.SEND_QUOTE),
        (Standing(QuoteState.SENT), Action.ACCEPT_QUOTE),
        (Standing(QuoteState.SENT, handed_over=False), Action.SEND_QUOTE),
        (Standing(QuoteState.EXPIRED), Action.REVISE_QUOTE),
        (Standing(QuoteState.DECLINED), Action.REVISE_QUOTE),
        (Standing(QuoteState.ACCEPTED, ContractState.DRAFT), Action.SIGN_CONTRACT),
        (Standing(QuoteState.ACCEPTED, ContractState.SIGNED_BY_ONE), Action.SIGN_CONTRACT),
        (replace(IN_FORCE, goods_open=True, in_transit=True), Action.DISPATCH),
        (replace(IN_FORCE, in_transit=True, services_open=True), Action.CONFIRM_RECEIPT),
        (replace(IN_FORCE, services_open=True, money_open=True), Action.COMPLETE_SERVICE),
        (replace(IN_FORCE, money_open=True), Action.PAY),
        (IN_FORCE, None),
        (replace(IN_FORCE, cancelled=True), None),
        (replace(IN_FORCE, cancelled=True, money_open=True), Action.PAY),
    ],
)
def test_each_state_has_one_next_action(standing: Standing, action: Action | None) -> None:
    assert next_step.action_for(standing, is_deposit_due=False) is action


def test_money_that_was_agreed_comes_before_the_goods(store: Store) -> None:
    deal_id = a_deal(store, an_offer(deposit_percent=Decimal(50)))
    assert next_step.deposit_due(view(store, deal_id)) == 11900
    assert next_step.next_action(view(store, deal_id)) is Action.PAY
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    assert next_step.deposit_due(view(store, deal_id)) == 0
    assert next_step.next_action(view(store, deal_id)) is Action.DISPATCH
    prepaid = a_deal(store, an_offer(payment="prepaid"))
    assert next_step.deposit_due(view(store, prepaid)) == 23800
    do(store, service.cancel, prepaid, on=DAY)
    assert next_step.deposit_due(view(store, prepaid)) == 0


def test_a_deposit_is_asked_for_no_more_once_everything_is_there(store: Store) -> None:
    deal_id = a_deal(store, an_offer(deposit_percent=Decimal(50)))
    do(store, fulfilment.dispatch, deal_id, on=DAY, override="Promised")
    assert next_step.deposit_due(view(store, deal_id)) == 11900
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    assert next_step.deposit_due(view(store, deal_id)) == 0
    assert next_step.next_action(view(store, deal_id)) is Action.PAY  # the invoice
    do(store, fulfilment.return_goods, deal_id, on=DAY, quantities={1: Decimal(2)})
    assert next_step.next_action(view(store, deal_id)) is None


def test_the_next_action_is_always_possible(store: Store) -> None:
    from app.pipeline.rules import possible

    for stage in ("draft", "sent", "accepted", "signed_by_one", "in_force"):
        found = view(store, a_deal(store, until=stage))
        assert next_step.next_action(found) in possible(found.standing)


def test_the_ledger_closes_at_zero_through_a_whole_deal(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line(quantity="3"), a_service()))
    assert deal_ledger(view(store, deal_id)).closing.is_zero
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    rows = deal_ledger(view(store, deal_id)).rows
    assert (rows[0].dispatched, rows[0].in_transit, rows[1].in_transit) == (Decimal(3), Decimal(3), Decimal(0))
    lines = {1: Confirmed(accepted=Decimal(2), damaged=Decimal(1))}
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY, lines=lines)
    do(store, fulfilment.complete_service, deal_id, on=DAY, line=2)
    do(store, fulfilment.return_goods, deal_id, on=DAY + timedelta(1), quantities={1: Decimal(1)})
    ledger = deal_ledger(view(store, deal_id))
    goods, course = ledger.rows
    assert (goods.quoted, goods.accepted, goods.returned) == (Decimal(3), Decimal(2), Decimal(1))
    assert (goods.invoiced, goods.credited, goods.earned) == (Decimal(2), Decimal(1), 10000)
    assert (course.accepted, course.invoiced, course.earned) == (Decimal(1), Decimal(1), 48000)
    assert ledger.closing.is_zero


def test_the_closing_row_finds_what_is_missing(store: Store) -> None:
    deal_id = a_deal(store)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    whole = view(store, deal_id)
    closing = deal_ledger(replace(whole, invoices=())).closing
    assert (closing.not_invoiced, closing.earned_not_billed) == (Decimal(2), 20000)
    assert not closing.is_zero
    assert deal_ledger(replace(whole, journal=())).closing.earned_not_posted == 20000
    assert deal_ledger(replace(whole, deliveries=())).closing.unaccounted == -2


def test_the_timeline_tells_everything_newest_first(store: Store) -> None:
    deal_id = a_deal(store)
    other = a_deal(store, until="draft")
    with store.read() as session:
        told = timeline.of_deal(session, deal_id)
        assert [item.action for item in timeline.of_deal(session, other)] == ["open_deal"]
        assert len(timeline.of_deal(session, deal_id, most=2)) == 2
    assert [item.action for item in told] == [
        "sign_contract", "sign_contract", "accept_quote", "send_quote", "open_deal",
    ]  # fmt: skip
    assert told[0].details["side"] == "buyer"
    assert told[0].on == DAY
    assert told[3].numbers == ("Q-2026-0001",)
    assert told[0].at.tzinfo is not None
    assert {item.actor for item in told} == {"test"}
