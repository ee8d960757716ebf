"""What a payment makes the customer's, told before it is recorded: always what the command then does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.invoicing import queries as invoicing
from app.payments import draft as drafts
from app.payments.draft import PaymentDraft
from app.pipeline import facts, fulfilment
from app.pipeline.paying import Paying, earned_by, paying
from app.pipeline.promises import Earned, after_note, promised_after_note, promises_of
from app.rewards.giving import give_goodwill, set_programme
from app.rewards.lots import Origin, uses
from app.rewards.points import Programme
from app.rewards.queries import cashback_of_deal, points_of_invoice
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do, facts_of


def delivered(store: Store, price: str = "200.00", **terms: object) -> int:
    deal_id = a_deal(store, an_offer(a_line("Kayak", "1", price), **terms))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def read(store: Store, deal_id: int) -> Paying:
    with store.read() as session:
        return paying(session, facts.load(session, deal_id))


def foretold(store: Store, deal_id: int, draft: PaymentDraft) -> Earned:
    found = read(store, deal_id)
    return earned_by(found, drafts.division(found.owed, draft))


@pytest.mark.parametrize("amount", [1, 13800, 23324, 23800, 30000])
def test_cashback_is_told_as_it_is_given(store: Store, amount: int) -> None:
    """238.00 at 5 %: 11.90 promised; 138.00 paid makes 6.90 the customer's; 2 % less for all of it lowers it."""
    deal_id = delivered(store, cashback_percent=Decimal(5), payment="2/10 net 30")
    told = foretold(store, deal_id, PaymentDraft(DAY, amount))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=amount)
    with store.read() as session:
        assert cashback_of_deal(session, deal_id).credited == told.cashback
    assert told.cashback == {1: 0, 13800: 690, 23324: 1166, 23800: 1190, 30000: 1190}[amount]


def test_a_second_part_makes_only_its_own_part(store: Store) -> None:
    deal_id = delivered(store, cashback_percent=Decimal(5))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=13800)
    assert foretold(store, deal_id, PaymentDraft(DAY, 10000)) == Earned(cashback=500)


def test_points_are_told_as_they_are_granted(store: Store) -> None:
    do(store, set_programme, Programme("EUR", Decimal(1), Decimal("0.01")))
    deal_id = delivered(store)
    told = foretold(store, deal_id, PaymentDraft(DAY, 11900))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=11900)
    with store.read() as session:
        found = points_of_invoice(session, 1)
    assert found is not None
    assert told == Earned(points=found.points.granted) == Earned(points=100)


def test_nothing_is_promised_nothing_is_told(store: Store) -> None:
    deal_id = delivered(store)
    assert read(store, deal_id).promises == ()
    assert foretold(store, deal_id, PaymentDraft(DAY, 23800)) == Earned()


def test_credit_is_listed_in_the_order_in_which_it_is_used(store: Store) -> None:
    deal_id = delivered(store)
    assert facts_of(store, deal_id).deal.customer_id == read(store, deal_id).customer_id
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=2000, reason="Scratch")
    june = date(2026, 6, 30)
    do(store, give_goodwill, deal_id, on=DAY, invoice_index=1, amount=1000, reason="Dent", expires_on=june)
    found = read(store, deal_id)
    assert [(lot.origin, lot.left, lot.expires_on) for lot in found.lots] == [
        (Origin.GOODWILL, 1000, june),
        (Origin.GOODWILL, 2000, None),
    ]
    assert [part for _, part in uses(found.lots, 1500)] == [1000, 500]
    assert [part for _, part in uses(found.lots, 9000)] == [1000, 2000]


@pytest.mark.parametrize(("paid", "credited"), [(13800, 11900), (23800, 5000), (10000, 2000), (23800, 23800)])
def test_what_a_credit_note_takes_back_is_told(store: Store, paid: int, credited: int) -> None:
    """238.00 at 5 %, 138.00 paid, 119.00 credited: 5.95 go back, 0.95 of it was credit already."""
    deal_id = delivered(store, cashback_percent=Decimal(5))
    do(store, fulfilment.pay, deal_id, on=DAY, amount=paid)
    with store.read() as session:
        (promise,) = promises_of(session, invoicing.of_deal(session, deal_id))
    told, left = after_note(promise, credited), promised_after_note(promise, credited)
    do(store, fulfilment.credit, deal_id, on=DAY, invoice_index=1, amount=credited, reason="Late")
    with store.read() as session:
        now = cashback_of_deal(session, deal_id)
    assert (now.promised, now.credited - promise.cashback.credited) == (left, told.cashback)
    if (paid, credited) == (13800, 11900):
        assert (left, told.cashback) == (595, -95)
