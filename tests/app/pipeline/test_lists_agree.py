"""The lists say of a deal and its documents what the rules say, in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.money import amount_text
from app.delivery.rules import Confirmed
from app.pipeline import fulfilment, lists, service
from app.pipeline.lists import Filter, ListOf
from app.store.store import Store
from tests.builders import DAY, STAGES, Json, a_deal, a_line, a_service, an_offer, do, outcome_of

LATER = date(2026, 5, 1)
OFFER = an_offer(a_line("Lamp", "4", "50.00"), a_service("Fitting", "2", "20.00"), valid_days=10)

Step = Callable[[Store, int], object]


def dispatch(quantity: int) -> Step:
    return lambda store, deal: do(store, fulfilment.dispatch, deal, on=DAY, quantities={1: Decimal(quantity)})


def confirm(store: Store, deal: int) -> object:
    return do(store, fulfilment.confirm_receipt, deal, on=DAY)


def refuse(store: Store, deal: int) -> object:
    return do(store, fulfilment.confirm_receipt, deal, on=DAY, lines={1: Confirmed(refused=Decimal(2))})


def complete(store: Store, deal: int) -> object:
    return do(store, fulfilment.complete_service, deal, on=DAY, line=2)


def pay(amount: int) -> Step:
    return lambda store, deal: do(store, fulfilment.pay, deal, on=DAY, amount=amount)


def give_back(quantity: int) -> Step:
    return lambda store, deal: do(store, fulfilment.return_goods, deal, on=DAY, quantities={1: Decimal(quantity)})


def cancel(store: Store, deal: int) -> object:
    return do(store, service.cancel, deal, on=DAY)


# 4 x 50.00 and 2 x 20.00: 285.60 with tax, 238.00 of it for the goods
AFTER_SIGNING: dict[str, list[Step]] = {
    "paid in advance": [pay(28_560)],
    "on the way": [dispatch(4)],
    "part of it here": [dispatch(2), confirm, dispatch(1)],
    "refused": [dispatch(2), refuse],
    "goods received": [dispatch(4), confirm],
    "all received": [dispatch(4), confirm, complete],
    "partly paid": [dispatch(4), confirm, complete, pay(10_000)],
    "paid": [dispatch(4), confirm, complete, pay(28_560)],
    "overpaid": [dispatch(4), confirm, complete, pay(30_000)],
    "partly credited": [dispatch(4), confirm, give_back(1)],
    "credited": [dispatch(4), confirm, give_back(4)],
    "paid and credited": [pay(28_560), dispatch(4), confirm, give_back(1)],
    "cancelled": [cancel],
    "cancelled half-way": [pay(20_000), dispatch(1), confirm, cancel],
}


def rows(store: Store, what: ListOf[Any], deal_id: int, on: date) -> list[Any]:
    with store.read() as session:
        found = lists.page(session, what, Filter(deal_id=deal_id), on).items
    return sorted(found, key=lambda row: row.id)


def assert_lists_agree(store: Store, deal_id: int, on: date) -> None:
    """What each list shows of a deal is what its outcome says on that day."""
    outcome = outcome_of(store, deal_id, on)
    (deal,) = rows(store, lists.DEALS, deal_id, on)
    assert (deal.number, deal.state) == (outcome["deal"]["number"], outcome["deal"]["state"])
    open_now = sum(Decimal(invoice["open"]) for invoice in outcome["invoices"])
    assert Decimal(amount_text(deal.open, "EUR")) == open_now
    (quote,) = rows(store, lists.QUOTES, deal_id, on)
    assert (quote.revision, amount_text(quote.gross, "EUR")) == (
        outcome["quote"]["revision"],
        outcome["quote"]["totals"]["gross"],
    )
    assert quote.state == ("cancelled" if deal.state == "cancelled" else outcome["quote"]["state"])
    contracts = rows(store, lists.CONTRACTS, deal_id, on)
    assert [(c.number, c.version, c.state) for c in contracts] == [
        (c["number"], c["version"], c["state"]) for c in [outcome["contract"]] if c
    ]
    assert [(d.number, d.state, _day(d.received_on)) for d in rows(store, lists.DELIVERIES, deal_id, on)] == [
        (d["number"], d["state"], d["received"]) for d in outcome["deliveries"]
    ]
    assert [_invoice(i) for i in rows(store, lists.INVOICES, deal_id, on)] == [
        (i["number"], i["kind"], _state(i, on), i["open"]) for i in outcome["invoices"]
    ]
    assert [(p.number, amount_text(p.unallocated, "EUR")) for p in rows(store, lists.PAYMENTS, deal_id, on)] == [
        (p["number"], p["unallocated"]) for p in outcome["payments"]
    ]
    earned = [amount_text(r.amount, "EUR") for r in rows(store, lists.REVENUE, deal_id, on)]
    assert earned == [r["amount"] for r in outcome["revenue"]]


def assert_narrowed_by_state(store: Store, what: ListOf[Any], on: date) -> None:
    """Narrowed to a state, a list shows exactly the rows in that state."""
    with store.read() as session:
        every = lists.page(session, what, Filter(), on).items
        states = {row.state for row in every} | {"open", "contracted", "closed"}
        for state in states:
            found = lists.page(session, what, Filter(states=(state,)), on).items
            assert found == tuple(row for row in every if row.state == state), state
            assert lists.count(session, what, Filter(states=(state,)), on) == len(found)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _invoice(row: Any) -> tuple[str, str, str, str]:
    return row.number, row.kind, row.state, amount_text(row.open, "EUR")


def _state(invoice: Json, on: date) -> str:
    """A list says overdue where the outcome, which knows no today, says open."""
    late = Decimal(invoice["open"]) > 0 and invoice["due"] < on.isoformat()
    return "overdue" if late else str(invoice["state"])


@pytest.mark.parametrize("on", [DAY, LATER], ids=["that day", "two months later"])
@pytest.mark.parametrize("until", STAGES)
def test_up_to_the_contract(store: Store, until: str, on: date) -> None:
    assert_lists_agree(store, a_deal(store, OFFER, until=until), on)


def test_after_a_revision_and_a_refusal(store: Store) -> None:
    deal_id = a_deal(store, OFFER, until="sent")
    do(store, service.revise_quote, deal_id, offer=an_offer(), on=DAY)
    assert_lists_agree(store, deal_id, DAY)
    do(store, service.decline_quote, deal_id, on=DAY)
    assert_lists_agree(store, deal_id, LATER)


@pytest.mark.parametrize("on", [DAY, LATER], ids=["that day", "two months later"])
@pytest.mark.parametrize("name", AFTER_SIGNING)
def test_after_signing(store: Store, name: str, on: date) -> None:
    other = a_deal(store)  # what happens to one deal says nothing of another
    deal_id = a_deal(store, OFFER)
    for step in AFTER_SIGNING[name]:
        step(store, deal_id)
    assert_lists_agree(store, deal_id, on)
    assert_lists_agree(store, other, on)


def test_narrowed_to_a_state(store: Store) -> None:
    for stage in STAGES:
        a_deal(store, OFFER, until=stage)
    for steps in AFTER_SIGNING.values():
        deal_id = a_deal(store, OFFER)
        for step in steps:
            step(store, deal_id)
    for what in (lists.DEALS, lists.QUOTES, lists.CONTRACTS, lists.PAYMENTS, lists.DELIVERIES, lists.INVOICES):
        assert_narrowed_by_state(store, what, LATER)
