"""Deliveries on a real file: quantities and costs by line, what is in transit, what can come back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from app.core.codec import from_text
from app.core.errors import NotAllowed, RuleViolation
from app.deals import queries as deals
from app.delivery import queries, service
from app.delivery.document import DeliveryNoteDocument
from app.delivery.models import delivery_line, receipt_line
from app.delivery.rules import Confirmed, Moved
from app.delivery.service import Shipping, cost_of
from app.ledger.models import document, journal_entry
from app.pricing.rules import Line
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, an_offer, counts_of, rows_of

LATER = date(2026, 3, 9)
LINES = (a_line("Lamp", "5", cost="30.00", sku="L-1", description="Brass"), a_service(), a_line("Book", "2"))


@pytest.fixture
def deal_id(store: Store) -> int:
    return a_deal(store, an_offer(*LINES))


def dispatch(store: Store, deal_id: int, lines: tuple[Line, ...] = LINES, **quantities: str) -> str:
    """Let quantities by position leave: dispatch(store, deal_id, _1="2")."""
    wanted = {int(name[1:]): Decimal(text) for name, text in quantities.items()}
    with store.write("test") as session:
        deal, already = deals.by_id(session, deal_id), queries.moved(session, deal_id)
        return service.dispatch(session, deal, "C-1", lines, wanted, already, Shipping("Parcel", "0034"), DAY)


def confirm(store: Store, deal_id: int, **said: Confirmed) -> service.Received:
    wanted = {int(name[1:]): confirmed for name, confirmed in said.items()}
    with store.write("test") as session:
        open_lines = queries.in_transit(session, deal_id)
        return service.confirm(session, deals.by_id(session, deal_id), open_lines, wanted, "Maren Voss", LATER)


def test_a_delivery_leaves_with_its_note_and_without_a_price(store: Store, deal_id: int) -> None:
    dispatch(store, deal_id, _1="2")
    assert dispatch(store, deal_id, _1="2", _3="1") == "D-2026-0002"
    assert [(row["position"], row["quantity"], row["cost"]) for row in rows_of(store, delivery_line)] == [
        (1, 2, 6_000),
        (1, 2, 6_000),
        (3, 1, 0),
    ]
    paper = rows_of(store, document)[-1]
    note = from_text(DeliveryNoteDocument, paper["snapshot"])
    assert [(line.position, line.quantity, line.ordered, line.remaining) for line in note.lines] == [
        (1, 2, 5, 1),
        (3, 1, 2, 1),
    ]
    assert (note.carrier, note.tracking, note.file_name) == ("Parcel", "0034", "delivery note D-2026-0002")
    assert "price" not in paper["snapshot"]
    assert "100" not in paper["snapshot"]


@pytest.mark.parametrize(
    ("quantities", "words"),
    [
        ({}, "Nothing is open"),
        ({"_4": "1"}, "Line 4 does not exist; the contract has lines 1 to 3"),
        ({"_0": "1"}, "Line 0 does not exist"),
        ({"_2": "1"}, "is a service"),
        ({"_1": "5.5"}, "5.5 to dispatch, but only 5 open"),
        ({"_1": "1", "_3": "3"}, "3 to dispatch, but only 2 open"),
    ],
)
def test_what_cannot_leave(store: Store, deal_id: int, quantities: dict[str, str], words: str) -> None:
    rows = counts_of(store)
    with pytest.raises(NotAllowed, match=words):
        dispatch(store, deal_id, **quantities)
    assert counts_of(store) == rows


def test_what_was_received_is_known_by_line(store: Store, deal_id: int) -> None:
    dispatch(store, deal_id, _1="3")
    dispatch(store, deal_id, _1="2", _3="1")
    said = Confirmed(accepted=Decimal("3.5"), damaged=Decimal("0.5"))
    received = confirm(store, deal_id, _1=said)
    assert (received.accepted, received.cost) == ({1: Decimal("3.5")}, {1: 10_500})
    assert received.deliveries == ("D-2026-0001", "D-2026-0002")
    with store.read() as session:
        assert queries.moved(session, deal_id) == {
            1: Moved(dispatched=Decimal(5), accepted=Decimal("3.5"), damaged=Decimal("0.5")),
            3: Moved(dispatched=Decimal(1)),
        }
        assert [(line.position, line.open) for line in queries.in_transit(session, deal_id)] == [(1, 1), (3, 1)]
        first, second = queries.of_deal(session, deal_id)
    assert (first.state, first.received_on, second.state, second.received_on) == ("received", LATER, "dispatched", None)
    assert [(line.position, line.dispatched, line.accepted) for line in second.lines] == [
        (1, 2, Decimal("0.5")),
        (3, 1, 0),
    ]


def test_a_confirmation_of_nothing_is_refused(store: Store, deal_id: int) -> None:
    dispatch(store, deal_id, _1="3")
    rows = counts_of(store)
    with pytest.raises(NotAllowed, match="Nothing of this is in transit"):
        confirm(store, deal_id)
    assert counts_of(store) == rows


def test_goods_come_back_from_the_latest_receipt_first(store: Store, deal_id: int) -> None:
    for quantity in ("2", "3"):
        dispatch(store, deal_id, _1=quantity)
        confirm(store, deal_id, _1=Confirmed(accepted=Decimal(quantity)))
    with store.write("test") as session:
        deal = deals.by_id(session, deal_id)
        invoiced = {(1, 1): Decimal(2), (2, 1): Decimal(3)}
        returned = service.take_back(session, deal, {1: Decimal(4)}, invoiced, "Dim", True, LATER)
        assert [(back.receipt_id, back.quantities, back.costs) for back in returned] == [
            (2, {1: Decimal(3)}, {1: 9_000}),
            (1, {1: Decimal(1)}, {1: 3_000}),
        ]
        service.post_return(session, deal, "CN-1", 12_000, False, LATER)
    assert rows_of(store, journal_entry)[-1]["text"] == "Goods returned and written off"
    with store.read() as session:
        assert [(s.receipt_id, s.accepted, s.returned) for s in queries.returnable(session, deal_id)] == [
            (2, 3, 3),
            (1, 2, 1),
        ]
    rows = counts_of(store)
    with pytest.raises(NotAllowed, match="only 1 received and kept"), store.write("test") as session:
        service.take_back(session, deal, {1: Decimal(2)}, {(1, 1): Decimal(1)}, "Dim", True, LATER)
    assert counts_of(store) == rows


@pytest.mark.parametrize(
    ("quantity", "cost", "currency", "minor"),
    [
        ("3", "41.20", "EUR", 12_360),
        ("0.333333", "12.00", "EUR", 400),
        ("1", "700.5", "JPY", 701),
        ("2", None, "EUR", 0),
    ],
)
def test_the_cost_of_what_leaves(quantity: str, cost: str | None, currency: str, minor: int) -> None:
    line = a_line(cost=cost) if cost else a_line()
    assert cost_of(line, Decimal(quantity), currency) == minor


def test_facts_cannot_be_changed(store: Store, deal_id: int) -> None:
    dispatch(store, deal_id, _1="3")
    confirm(store, deal_id, _1=Confirmed(accepted=Decimal(3)))
    for statement in (update(delivery_line).values(cost=1), update(receipt_line).values(accepted=Decimal(1))):
        with pytest.raises(RuleViolation, match="never changed"), store.write("test") as session:
            session.execute(statement)
