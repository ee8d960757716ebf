"""What needs doing today, for deals brought to each stage, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.pipeline import fulfilment, service, today
from app.pipeline.today import Doing, Task, Work
from app.store.store import Store
from tests.builders import DAY, a_deal, a_service, an_offer, do


def work(store: Store, days: int = 0) -> Work:
    with store.read() as session:
        return today.today_work(session, DAY + timedelta(days=days))


def only(store: Store, days: int = 0) -> Task:
    (task,) = work(store, days).tasks
    return task


def doing(store: Store, days: int = 0) -> list[Doing]:
    return [task.doing for task in work(store, days).tasks]


def test_a_new_file_has_nothing_to_do(store: Store) -> None:
    assert work(store) == Work((), dict.fromkeys(Doing, 0))
    assert work(store).total == 0


def test_a_sent_quote_is_followed_up_then_expires_then_is_gone(store: Store) -> None:
    a_deal(store, until="sent")
    assert doing(store, 4) == []
    assert only(store, 5) == Task(Doing.FOLLOW_UP, 1, "Q-2026-0001", "", "Lake School", DAY, 23800, "EUR")
    assert doing(store, 22) == [Doing.FOLLOW_UP]
    assert only(store, 23) == Task(
        Doing.EXPIRING, 1, "Q-2026-0001", "", "Lake School", DAY + timedelta(days=30), 23800, "EUR"
    )
    assert doing(store, 30) == [Doing.EXPIRING]
    assert doing(store, 31) == []


def test_drafts_and_cancelled_deals_need_nothing(store: Store) -> None:
    a_deal(store, until="draft")
    deal_id = a_deal(store, until="accepted")
    do(store, service.cancel, deal_id, on=DAY)
    assert doing(store, 10) == []


def test_a_contract_waits_for_signatures(store: Store) -> None:
    a_deal(store, until="accepted")
    assert only(store) == Task(Doing.SIGN, 1, "C-2026-0001", "", "Lake School", DAY, 23800, "EUR")
    a_deal(store, until="signed_by_one")
    assert doing(store) == [Doing.SIGN, Doing.SIGN]


def test_a_deposit_comes_before_the_goods(store: Store) -> None:
    deal_id = a_deal(store, an_offer(deposit_percent=Decimal("33.3")))
    assert only(store) == Task(Doing.DEPOSIT, 1, "C-2026-0001", "", "Lake School", DAY, 7925, "EUR")
    do(store, fulfilment.pay, deal_id, on=DAY, amount=7000)
    assert only(store).amount == 925
    do(store, fulfilment.pay, deal_id, on=DAY, amount=925)
    assert doing(store) == [Doing.DISPATCH]


def test_prepaid_means_all_of_it(store: Store) -> None:
    a_deal(store, an_offer(payment="prepaid"))
    assert (only(store).doing, only(store).amount) == (Doing.DEPOSIT, 23800)


def test_part_under_way_and_part_to_send_are_two_tasks(store: Store) -> None:
    deal_id = a_deal(store)
    later = DAY + timedelta(days=2)
    do(store, fulfilment.dispatch, deal_id, on=later, quantities={1: Decimal(1)})
    assert doing(store, 3) == [Doing.CONFIRM, Doing.DISPATCH]
    assert work(store, 3).tasks[0].day == later
    do(store, fulfilment.dispatch, deal_id, on=later)
    assert doing(store, 3) == [Doing.CONFIRM]


def test_services_are_completed_once_the_goods_are_there(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_service(), *an_offer().lines))
    assert doing(store) == [Doing.DISPATCH]
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    assert doing(store) == [Doing.CONFIRM]
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    assert doing(store) == [Doing.COMPLETE]
    do(store, fulfilment.complete_service, deal_id, on=DAY, line=1)
    assert doing(store) == []


def test_an_invoice_is_collected_once_it_is_overdue_until_it_is_paid(store: Store) -> None:
    deal_id = a_deal(store, an_offer(payment="net 14"))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    assert doing(store, 14) == []
    due = date(2026, 3, 16)
    assert only(store, 15) == Task(Doing.COLLECT, 1, "INV-2026-0001", "", "Lake School", due, 23800, "EUR")
    do(store, fulfilment.pay, deal_id, on=due, amount=10000)
    assert only(store, 15).amount == 13800
    do(store, fulfilment.pay, deal_id, on=due, amount=13800)
    assert doing(store, 15) == []


def test_long_lists_are_cut_and_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "EACH", 2)
    for _ in range(3):
        a_deal(store, until="sent")
    found = work(store, 6)
    assert len(found.tasks) == 2
    assert found.counts[Doing.FOLLOW_UP] == found.total == 3
