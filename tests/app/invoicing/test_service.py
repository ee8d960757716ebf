"""Invoices and credit notes on a real file: frozen figures, what is open, what settles them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Table, update

from app.core.codec import from_text
from app.core.errors import RuleViolation
from app.core.totals import Reduction
from app.invoicing import queries
from app.invoicing.document import InvoiceDocument, InvoiceKind
from app.invoicing.models import allocation, invoice, invoice_line
from app.ledger.models import document
from app.pipeline import fulfilment
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, do, rows_of

LATER = date(2026, 3, 9)


@pytest.fixture
def deal_id(store: Store) -> int:
    """4 x 50.00 less 10 % = 180.00 + 34.20 = 214.20, of which 50.00 were paid in advance, received on `LATER`."""
    spring = (Reduction("Spring", amount=2_000),)
    found = a_deal(store, an_offer(a_line("Lamp", "4", "50.00"), reductions=spring, payment="net 14"))
    do(store, fulfilment.pay, found, on=DAY, amount=5_000)
    do(store, fulfilment.dispatch, found, on=DAY)
    do(store, fulfilment.confirm_receipt, found, on=LATER)
    return found


def test_an_invoice_is_frozen_with_its_figures(store: Store, deal_id: int) -> None:
    with store.read() as session:
        (found,) = queries.of_deal(session, deal_id)
        assert queries.invoiced(session, deal_id) == {1: 4}
        assert queries.invoiced_gross(session, deal_id) == 21_420
    assert (found.kind, found.gross, found.prepaid, found.open, found.credited) == (
        InvoiceKind.INVOICE,
        21_420,
        5_000,
        16_420,
        0,
    )
    assert (found.issued_on, found.due_on, found.state) == (LATER, date(2026, 3, 23), "partly_paid")
    assert (found.figures.positions, found.figures.quantities, found.figures.totals.discounts) == ((1,), (4,), 2_000)
    paper = from_text(InvoiceDocument, rows_of(store, document)[-1]["snapshot"])
    assert (paper.number, paper.file_name) == ("INV-2026-0001", "invoice INV-2026-0001")
    assert (paper.totals.gross, paper.totals.prepaid, paper.totals.payable) == (21_420, 5_000, 16_420)
    assert [(r.reason, r.amount) for r in paper.totals.reductions] == [("Spring", -2_000)]
    assert (paper.delivered_from, paper.delivery_notes, paper.contract_number) == (
        LATER,
        ("D-2026-0001",),
        "C-2026-0001",
    )


def test_what_settles_an_invoice(store: Store, deal_id: int) -> None:
    do(store, fulfilment.pay, deal_id, on=LATER, amount=16_000)
    with store.read() as session:
        assert [(item.number, item.open) for item in queries.open_invoices(session, deal_id)] == [
            ("INV-2026-0001", 420)
        ]
        found = queries.allocations_of(session, deal_id)
    assert [(item.payment_id, item.invoice, item.amount) for item in found] == [
        (1, "INV-2026-0001", 5_000),
        (2, "INV-2026-0001", 16_000),
    ]
    do(store, fulfilment.pay, deal_id, on=LATER, amount=420)
    with store.read() as session:
        assert queries.open_invoices(session, deal_id) == []


def test_a_credit_note_says_what_it_corrects(store: Store, deal_id: int) -> None:
    do(store, fulfilment.credit, deal_id, on=LATER, invoice_index=1, amount=2_142, reason="Scratched")
    with store.read() as session:
        original, note = queries.of_deal(session, deal_id)
        assert queries.invoiced_gross(session, deal_id) == 21_420  # a credit note is no invoice
    assert (note.kind, note.corrects_id, note.gross, note.open) == (InvoiceKind.CREDIT_NOTE, original.id, 2_142, 0)
    assert (original.credited, original.open, original.state) == (2_142, 14_278, "partly_credited")
    paper = from_text(InvoiceDocument, rows_of(store, document)[-1]["snapshot"])
    assert (paper.corrects, paper.corrects_issued_on, paper.reason) == ("INV-2026-0001", LATER, "Scratched")
    assert (paper.due_on, paper.file_name) == (LATER, "credit note CN-2026-0001")
    assert [(line.position, line.quantity, line.amount) for line in paper.lines] == [(1, 0, 1_800)]


@pytest.mark.parametrize("table", [invoice, invoice_line, allocation], ids=lambda table: table.name)
def test_nothing_issued_can_be_changed(store: Store, deal_id: int, table: Table) -> None:
    do(store, fulfilment.pay, deal_id, on=LATER, amount=100)
    with pytest.raises(RuleViolation, match="never changed"), store.write("test") as session:
        session.execute(update(table).values({table.c.id: table.c.id + 100}))
