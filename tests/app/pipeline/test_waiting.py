"""What waits in each stage: the same whether counted anew or kept up from what happened since."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.contracts.rules import Side
from app.parties import service as parties
from app.pipeline import fulfilment, lists, service, waiting
from app.pipeline.lists import Filter
from app.pipeline.waiting import Counts, Tally, Waiting
from app.store.drafts import Draft, put
from app.store.store import Store
from tests.app.pipeline.test_lists_agree import AFTER_SIGNING, OFFER
from tests.builders import DAY, a_customer, a_deal, an_offer, do

D = Decimal


def counted(store: Store, tally: Tally | None = None, on: date = DAY) -> Counts:
    with store.read() as session:
        return (tally or Tally()).count(session, on)


def waiting_deals(store: Store, what: Waiting) -> list[int]:
    with store.read() as session:
        page = lists.page(session, lists.DEALS, Filter(waiting=what), DAY)
        assert lists.count(session, lists.DEALS, Filter(waiting=what), DAY) == len(page.items)
    return sorted(row.id for row in page.items)


def sign(store: Store, deal_id: int) -> None:
    for side in Side:
        do(store, service.sign_contract, deal_id, on=DAY, side=side)


def test_an_empty_file(store: Store) -> None:
    assert counted(store) == Counts(0, 0, 0, 0, 0, 0, 0, 0, 0)


def test_each_stage(store: Store) -> None:
    for stage in ("draft", "draft", "sent", "accepted", "signed_by_one"):
        a_deal(store, until=stage)
    prepaid = a_deal(store, an_offer(payment="prepaid"))
    under_way = a_deal(store)
    do(store, fulfilment.dispatch, under_way, on=DAY)
    received = a_deal(store)
    do(store, fulfilment.dispatch, received, on=DAY)
    do(store, fulfilment.confirm_receipt, received, on=DAY)
    with store.write("test") as session:
        put(session, Draft("new-quote", "", 1, "{}"))
    # prepaid waits for money and for goods; received is owed
    assert counted(store) == Counts(8, 1, 2, 1, 2, 1, 2, 1, 1)
    assert waiting_deals(store, "deposit") == [prepaid]
    assert waiting_deals(store, "delivery") == [prepaid, under_way]
    do(store, fulfilment.pay, prepaid, on=DAY, amount=23_800)
    assert waiting_deals(store, "deposit") == []


def test_a_quote_is_counted_by_its_newest_revision(store: Store) -> None:
    deal_id = a_deal(store, until="sent")
    do(store, service.revise_quote, deal_id, offer=an_offer(), on=DAY)
    assert (counted(store).price, counted(store).quote) == (0, 1)


def test_what_came_back_unpaid_waits_for_no_deposit(store: Store) -> None:
    deal_id = a_deal(store, an_offer(deposit_percent=D(50)))
    do(store, fulfilment.dispatch, deal_id, on=DAY, override="Promised")
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    do(store, fulfilment.return_goods, deal_id, on=DAY, quantities={1: D(2)})
    assert (counted(store).payment, counted(store).deals) == (0, 0)
    assert waiting_deals(store, "deposit") == []


@pytest.mark.parametrize("name", AFTER_SIGNING)
def test_a_tally_keeps_up_with_every_step(store: Store, name: str) -> None:
    a_deal(store, until="sent")
    deal_id, tally = a_deal(store, OFFER, until="accepted"), Tally()
    assert counted(store, tally) == counted(store)
    for step in (sign, *AFTER_SIGNING[name]):
        step(store, deal_id)
        assert counted(store, tally) == counted(store), step
    assert counted(store, tally).delivery == len(waiting_deals(store, "delivery"))


def test_a_tally_looks_only_at_what_history_names(store: Store) -> None:
    tally = Tally()
    deal_id = a_deal(store, until="sent")
    counted(store, tally)
    with store.write("test") as session:  # behind its back: no command, no history
        session.connection.exec_driver_sql("UPDATE quote SET state = 'declined', decided_on = '2026-03-02'")
    assert counted(store, tally).quote == 1
    do(store, service.cancel, deal_id, on=DAY)
    assert counted(store, tally).quote == 0


def test_a_command_that_names_no_deal_may_be_about_any(store: Store) -> None:
    tally = Tally()
    a_deal(store, until="sent")
    counted(store, tally)
    with store.write("test") as session:
        session.connection.exec_driver_sql("UPDATE quote SET state = 'declined', decided_on = '2026-03-02'")
    do(store, parties.save_customer, a_customer("Somebody else"))
    assert counted(store, tally).quote == 0


def test_many_changes_at_once_are_counted_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MANY", 1)
    tally = Tally()
    counted(store, tally)
    a_deal(store)
    counted(store, tally)
    for _ in range(3):
        a_deal(store, until="draft")
    assert counted(store, tally).price == 3


def test_a_list_without_states_has_none(store: Store) -> None:
    with store.read() as session:
        assert lists.by_state(session, lists.REVENUE, Filter(), DAY) == {}
        assert lists.page(session, lists.REVENUE, Filter(states=("open",)), DAY).items == ()
