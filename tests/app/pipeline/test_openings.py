"""What each wizard begins with, from deals on a real file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from app.contracts.rules import Side
from app.core.errors import NotAllowed
from app.delivery.rules import Confirmed
from app.pipeline import facts, fulfilment, openings, service
from app.pricing.bundles import Component, expand
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, a_tax, an_offer, do

D = Decimal
T = TypeVar("T")


def opened(store: Store, deal_id: int, opening: Callable[..., T], *more: Any) -> T:
    with store.read() as session:
        return opening(session, facts.load(session, deal_id), *more)


def known(store: Store, deal_id: int) -> facts.Facts:
    with store.read() as session:
        return facts.load(session, deal_id)


def a_mixed_deal(store: Store, **over: Any) -> int:
    """5 lamps at 80.00 and a course at 100.00: net 500.00, gross 595.00; deposit 20 %: 119.00."""
    lines = a_line("Lamp", "5", "80.00", sku="L-1"), a_service("Course", "1", "100.00")
    return a_deal(store, an_offer(*lines, deposit_percent=D(20), clauses=("returns",)), **over)


def test_the_contract(store: Store) -> None:
    deal_id = a_mixed_deal(store, until="signed_by_one")
    agreed = openings.amendment(known(store, deal_id))
    assert (agreed.number, agreed.version, agreed.signatures) == ("C-2026-0001", 1, 1)
    assert [clause.title for clause in agreed.clauses] == ["Returns"]
    to_sign = openings.signature(known(store, deal_id))
    assert (to_sign.open, to_sign.buyer) == ((Side.BUYER,), "Lake School")
    with pytest.raises(NotAllowed):
        openings.amendment(known(store, a_deal(store, until="sent")))


def test_money_before_and_after_the_deposit(store: Store) -> None:
    deal_id = a_mixed_deal(store)
    owed = opened(store, deal_id, openings.money)
    assert (owed.deposit_missing, owed.deposit_room, owed.receivable, owed.due) == (11900, 59500, 0, 11900)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=10000)
    owed = opened(store, deal_id, openings.money)
    assert (owed.deposit_missing, owed.deposit_room) == (1900, 49500)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=1900)
    # 3 lamps: 240.00 + 45.60 = 285.60, less the deposit of 119.00: 166.60
    do(store, fulfilment.dispatch, deal_id, on=DAY, quantities={1: D(3)})
    do(store, fulfilment.confirm_receipt, deal_id, on=date(2026, 3, 5))
    owed = opened(store, deal_id, openings.money)
    assert [(item.place, item.invoice.open, item.due_on) for item in owed.payables] == [(1, 16660, date(2026, 4, 4))]
    assert (owed.deposit_missing, owed.deposit_room, owed.due) == (0, 30940, 16660)


def test_money_of_a_cancelled_deal_has_no_room(store: Store) -> None:
    deal_id = a_mixed_deal(store)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=5000)
    do(store, service.cancel, deal_id, on=DAY)
    owed = opened(store, deal_id, openings.money)
    assert (owed.deposit_missing, owed.deposit_room, owed.credit) == (0, 0, 5000)


def test_dispatch_receipt_return_and_credit(store: Store) -> None:
    deal_id = a_mixed_deal(store)
    goods = opened(store, deal_id, openings.dispatch)
    assert [(line.position, line.name, line.open) for line in goods.lines] == [(1, "Lamp", D(5))]
    assert (goods.missing, goods.prepaid) == (11900, False)
    for quantity in (2, 1):
        do(store, fulfilment.dispatch, deal_id, on=DAY, quantities={1: D(quantity)}, override="Agreed")
    assert [line.open for line in opened(store, deal_id, openings.dispatch).lines] == [D(2)]
    transit = opened(store, deal_id, openings.receipt)
    assert ([line.open for line in transit.lines], transit.place) == ([D(3)], None)
    second = opened(store, deal_id, openings.receipt, "D-2026-0002")
    assert ([line.open for line in second.lines], second.place, second.deliveries) == ([D(1)], 2, ("D-2026-0002",))
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY, lines={1: Confirmed(D(2), D(1))})
    assert opened(store, deal_id, openings.receipt).lines == ()
    back = opened(store, deal_id, openings.goods_back)
    assert ([line.open for line in back.lines], back.received_on) == ([D(2)], DAY)
    # 2 lamps: 160.00 + 30.40
    do(store, fulfilment.credit, deal_id, on=DAY, invoice_index=1, amount=1040)
    credit = opened(store, deal_id, openings.credit)
    assert [(item.place, item.left) for item in credit.invoices] == [(1, 18000)]
    assert [line.name for line in openings.services(known(store, deal_id)).lines] == ["Course"]
    do(store, fulfilment.credit, deal_id, on=DAY, invoice_index=1)
    assert opened(store, deal_id, openings.credit).invoices == ()


def test_what_is_picked_for_a_line_and_which_bundle_it_is_of(store: Store) -> None:
    of = (
        Component("Boat", D(1), a_tax(), standalone_price=D(2)),
        Component("Seat", D(2), a_tax("7"), standalone_price=D(1)),
    )
    apart = expand(Component("Set", D(3), a_tax(), D(100), components=of), 1, "EUR")
    whole = expand(Component("Kit", D(2), a_tax(), D(50), components=(of[0], of[0])), 2, "EUR")
    deal_id = a_deal(store, an_offer(*apart, *whole))
    goods = opened(store, deal_id, openings.dispatch)
    assert [(line.name, line.bundle, [(part.name, part.quantity) for part in line.parts]) for line in goods.lines] == [
        ("Boat", "Set", []),
        ("Seat", "Set", []),
        ("Kit", "", [("Boat", 1), ("Boat", 1)]),
    ]
