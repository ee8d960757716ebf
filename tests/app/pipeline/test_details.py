"""One document with its deal; and the months of revenue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from app.contracts.rules import Side
from app.core.errors import NotFound
from app.core.printed import ChangeKind
from app.delivery.rules import Confirmed
from app.payments import service as payments
from app.payments.rules import Method
from app.payments.service import Given
from app.pipeline import details, fulfilment, service
from app.pipeline.monthly import Month, monthly
from app.store.session import Session
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do

D = Decimal


@pytest.fixture
def deal_id(store: Store) -> int:
    """5 lamps at 80.00; three left (285.60 with tax), one of them damaged; the two others are invoiced: 190.40."""
    found = a_deal(store, an_offer(a_line("Lamp", "5", "80.00", cost="50.00"), clauses=("returns",)))
    do(store, fulfilment.dispatch, found, on=DAY, quantities={1: D(3)}, carrier="DHL")
    lines = {1: Confirmed(accepted=D(2), damaged=D(1))}
    do(store, fulfilment.confirm_receipt, found, on=date(2026, 3, 5), by="Jo", lines=lines)
    do(store, fulfilment.pay, found, on=date(2026, 4, 6), amount=19040)
    do(store, fulfilment.return_goods, found, on=date(2026, 5, 7), quantities={1: D(1)}, reason="Broken")
    return found


@pytest.fixture
def reading(store: Store, deal_id: int) -> Iterator[Session]:
    with store.read() as session:
        yield session


def test_an_invoice_with_payment_and_credit_note(reading: Session) -> None:
    found = details.of_invoice(reading, 1, DAY)
    assert (found.issued.kind, found.issued.number, found.place) == ("invoice", "INV-2026-0001", 1)
    assert [(use.payment, use.amount) for use in found.uses] == [("P-2026-0001", 19040)]
    assert [note.number for note in found.notes] == ["CN-2026-0001"]
    note = details.of_invoice(reading, found.notes[0].id, DAY)
    assert (note.place, note.issued.kind) == (0, "credit_note")
    assert note.corrects is not None
    assert note.corrects.number == "INV-2026-0001"


def test_a_payment_with_its_receipt(reading: Session) -> None:
    found = details.of_payment(reading, 1, DAY)
    assert found.issued is not None
    assert (found.issued.kind, found.currency) == ("receipt", "EUR")
    assert [use.invoice for use in found.uses] == ["INV-2026-0001"]


def test_a_payment_without_a_deal(store: Store, deal_id: int) -> None:
    with store.write("test") as writing:
        payment_id, _ = payments.record_credit(writing, 1, "EUR", Given(500, Method.BANK, DAY, "Thanks"))
    with store.read() as session:
        found = details.of_payment(session, payment_id, DAY)
    assert (found.view, found.issued, found.payment.amount, found.payment.reference) == (None, None, 500, "Thanks")


def test_a_delivery_with_what_was_said_of_it(reading: Session) -> None:
    found = details.of_delivery(reading, 1, DAY)
    (line,) = found.lines
    assert (line.name, line.dispatched, line.confirmed.damaged, line.in_transit) == ("Lamp", D(3), D(1), D(0))
    assert (found.confirmed_by, found.override, found.issued.kind) == (("Jo",), "", "delivery_note")


def test_versions_of_a_contract(store: Store) -> None:
    deal_id = a_deal(store, an_offer(clauses=("returns",)), until="signed_by_one")
    do(store, service.amend_contract, deal_id, on=DAY, clause="returns", text="Within 60 days.")
    do(store, service.sign_contract, deal_id, on=DAY, side=Side.BUYER, name="Jo")
    with store.read() as session:
        found = details.of_contract(session, deal_id, DAY)
    new, old = found.versions
    assert [change.kind for change in new.changes] == [ChangeKind.CLAUSE_REWORDED]
    assert ([s.name for s in new.signatures], [s.party for s in old.signatures]) == (["Jo"], [Side.SELLER])
    assert (new.clauses[0].text, old.clauses[0].text) == ("Within 60 days.", "")
    assert new.issued.id != old.issued.id


def test_what_is_not_there_says_so(reading: Session) -> None:
    for look in (details.of_invoice, details.of_payment, details.of_delivery):
        with pytest.raises(NotFound):
            look(reading, 99, DAY)
    with pytest.raises(NotFound):
        details.of_contract(reading, 99, DAY)


def test_an_invoice_is_found_by_its_number(reading: Session) -> None:
    assert (details.invoice_id(reading, "CN-2026-0001"), details.invoice_id(reading, "CN-2026-0002")) == (2, None)


def test_months_add_up_to_what_was_earned_invoiced_and_received(reading: Session) -> None:
    (found,) = monthly(reading, date(2026, 5, 31), months=4)
    # March: 160.00 earned and invoiced; April: 190.40 received; May: 80.00 taken back
    assert found.months == (
        Month(date(2026, 2, 1)),
        Month(date(2026, 3, 1), 16000, 16000, 0),
        Month(date(2026, 4, 1), 0, 0, 19040),
        Month(date(2026, 5, 1), -8000, -8000, 0),
    )
    assert (found.now, found.before.received) == (found.months[3], 19040)


def test_the_months_go_over_the_new_year_and_show_the_usual_currency_first(reading: Session) -> None:
    found = monthly(reading, date(2027, 1, 15), months=12, usual="CHF")
    assert [item.currency for item in found] == ["CHF", "EUR"]
    assert (found[0].months[0].first, found[0].now.first) == (date(2026, 2, 1), date(2027, 1, 1))
    assert sum(month.earned for month in found[1].months) == 8000
