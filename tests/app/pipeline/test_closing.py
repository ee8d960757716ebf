"""What closing the books locks and what it leaves open, as the lists it leads to count it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.ledger import service as ledger
from app.pipeline import fulfilment
from app.pipeline.closing import StillOpen, closing
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do

ON = date(2026, 4, 2)


def two_deals(store: Store) -> int:
    """2 x 100.00 in March: one received and half paid, one on its way; and 50.00 on account of another deal."""
    deal_id = a_deal(store, an_offer(a_line("Kayak", "2", "100.00")))
    do(store, fulfilment.dispatch, deal_id, on=DAY, quantities={1: Decimal(1)})
    do(store, fulfilment.confirm_receipt, deal_id, on=date(2026, 3, 5))
    do(store, fulfilment.dispatch, deal_id, on=date(2026, 3, 30))
    other = a_deal(store, an_offer(a_line("Lamp", "1", "100.00")))
    do(store, fulfilment.pay, other, on=date(2026, 3, 9), amount=5000)
    return deal_id


def test_what_is_locked_and_what_is_open(store: Store) -> None:
    two_deals(store)
    with store.read() as session:
        found = closing(session, date(2026, 3, 31), ON)
        early = closing(session, date(2026, 3, 4), ON)
    assert (found.locked.since, found.locked.revenue, found.locked.invoices) == (None, (("EUR", 10000),), 1)
    assert found.locked.entries > early.locked.entries
    assert (found.still_open.in_transit, found.still_open.undelivered, found.still_open.unallocated) == (1, 2, 1)
    assert (early.locked.revenue, early.locked.invoices, early.still_open.in_transit) == ((), 0, 0)


def test_only_what_was_not_closed_before_is_counted(store: Store) -> None:
    two_deals(store)
    with store.write("tester") as session:
        ledger.close_period(session, date(2026, 3, 10))
    with store.read() as session:
        found = closing(session, date(2026, 3, 31), ON)
    assert (found.locked.since, found.locked.revenue, found.locked.invoices) == (date(2026, 3, 11), (), 0)


def test_an_empty_company(store: Store) -> None:
    with store.read() as session:
        found = closing(session, date(2026, 3, 31), ON)
    assert (found.locked.revenue, found.locked.entries, found.still_open) == ((), 0, StillOpen(0, 0, 0, 0))
    assert not found.still_open.total
