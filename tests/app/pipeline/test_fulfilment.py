"""The commands after the contract, on a real file: exact rows and history, and nothing written where one is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import NotAllowed, RuleViolation
from app.delivery.models import delivery, delivery_line, goods_return, receipt, receipt_line, return_line
from app.delivery.rules import Confirmed
from app.invoicing.models import allocation, invoice, invoice_line
from app.ledger.models import document
from app.outbox.models import letter
from app.payments.models import payment, payment_use
from app.payments.rules import Method
from app.pipeline import fulfilment
from app.revenue.models import revenue_entry
from app.store.history import Done
from app.store.store import Store
from tests.builders import (
    DAY,
    a_deal,
    a_line,
    a_service,
    an_offer,
    balance,
    counts_of,
    do,
    last_command,
    outcome_of,
    rows_of,
)

LATER = date(2026, 3, 9)
LAMPS = an_offer(a_line("Lamp", "4", "50.00", cost="30.00"), a_service("Fitting", "2", "20.00"))
"""4 x 50.00 = 200.00 and 2 x 20.00 = 40.00: 240.00 + 45.60 = 285.60"""


def q(**quantities: str) -> dict[int, Decimal]:
    """Quantities by position: q(_1="2")."""
    return {int(name[1:]): Decimal(text) for name, text in quantities.items()}


def received(store: Store, quantity: str = "4") -> int:
    """A deal of lamps of which some were received."""
    deal_id = a_deal(store, LAMPS)
    do(store, fulfilment.dispatch, deal_id, on=DAY, quantities=q(_1=quantity))
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def test_dispatching(store: Store) -> None:
    deal_id = a_deal(store, LAMPS)
    shipping = {"carrier": "Parcel", "tracking": "00340434"}
    done = do(store, fulfilment.dispatch, deal_id, on=LATER, quantities=q(_1="3"), **shipping)
    assert done == Done("dispatch", {"deal": deal_id}, ("D-2026-0001",))
    (row,) = rows_of(store, delivery)
    assert (row["number"], row["dispatched_on"], row["carrier"], row["tracking"], row["override"]) == (
        "D-2026-0001",
        LATER,
        "Parcel",
        "00340434",
        "",
    )
    assert rows_of(store, delivery_line) == [{"delivery_id": 1, "position": 1, "quantity": Decimal(3), "cost": 9_000}]
    assert rows_of(store, document)[-1]["file_name"] == "delivery note D-2026-0001"
    kept = last_command(store)
    assert kept["details"] == {"deal_id": deal_id, "on": "2026-03-09", "quantities": {"1": "3"}} | shipping
    assert kept["changes"] == [["delivery D-2026-0001", "", "dispatched"]]


def test_confirming_receipt_earns_invoices_and_queues_the_letter(store: Store) -> None:
    deal_id = a_deal(store, LAMPS)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    lines = {1: Confirmed(accepted=Decimal(3), damaged=Decimal(1))}
    done = do(store, fulfilment.confirm_receipt, deal_id, on=LATER, by="Maren Voss", lines=lines)
    assert done.numbers == ("INV-2026-0001",)
    assert rows_of(store, receipt) == [
        {"deal_id": deal_id, "kind": "receipt", "confirmed_on": LATER, "confirmed_by": "Maren Voss"}
    ]
    (row,) = rows_of(store, receipt_line)
    assert (row["accepted"], row["damaged"], row["missing"], row["refused"], row["cost"]) == (3, 1, 0, 0, 9_000)
    # 3 x 50.00 = 150.00 + 28.50
    (issued,) = rows_of(store, invoice)
    assert (issued["net"], issued["tax"], issued["gross"], issued["prepaid"]) == (15_000, 2_850, 17_850, 0)
    assert (issued["issued_on"], issued["due_on"], issued["receipt_id"]) == (LATER, date(2026, 4, 8), 1)
    assert rows_of(store, invoice_line) == [
        {"invoice_id": 1, "position": 1, "quantity": Decimal(3), "net": 15_000, "earned": 15_000, "tax": 2_850}
    ]
    (earned,) = rows_of(store, revenue_entry)
    assert (earned["earned_on"], earned["amount"], earned["cost"], earned["document"]) == (
        LATER,
        15_000,
        9_000,
        "INV-2026-0001",
    )
    assert rows_of(store, letter)[-1]["subject"] == "Invoice INV-2026-0001"
    assert last_command(store)["changes"] == [
        ["delivery D-2026-0001: receipt", "", "confirmed"],
        ["invoice INV-2026-0001", "", "issued"],
    ]


def test_completing_a_service(store: Store) -> None:
    deal_id = a_deal(store, LAMPS)
    done = do(store, fulfilment.complete_service, deal_id, on=LATER, line=2, quantity=Decimal("0.5"), by="Maren Voss")
    assert done.numbers == ("INV-2026-0001",)
    (row,) = rows_of(store, receipt)
    assert (row["kind"], row["confirmed_by"]) == ("service", "Maren Voss")
    (line,) = rows_of(store, receipt_line)
    assert (line["delivery_line_id"], line["accepted"], line["cost"]) == (None, Decimal("0.5"), 0)
    assert rows_of(store, invoice)[0]["net"] == 1_000
    assert last_command(store)["changes"][0] == ["line 2: service", "", "completed"]


def test_a_payment_is_told_apart_into_invoice_deposit_and_credit(store: Store) -> None:
    deal_id = received(store)  # 200.00 + 38.00 = 238.00 invoiced, 47.60 not yet
    done = do(store, fulfilment.pay, deal_id, on=LATER, amount=30_000, reference="All of it")
    assert done.numbers == ("P-2026-0001",)
    (row,) = rows_of(store, payment)
    assert (row["direction"], row["method"], row["amount"], row["deposit"], row["credit"]) == (
        "in",
        "bank",
        30_000,
        4_760,
        1_440,
    )
    assert rows_of(store, allocation) == [
        {"payment_id": 1, "invoice_id": 1, "allocated_on": LATER, "amount": 23_800},
    ]
    assert rows_of(store, document)[-1]["file_name"] == "receipt P-2026-0001"
    assert last_command(store)["changes"] == [
        ["payment P-2026-0001", "", "recorded"],
        ["invoice INV-2026-0001: open", "238.00", "0.00"],
    ]
    do(store, fulfilment.complete_service, deal_id, on=LATER, line=2)
    assert rows_of(store, payment_use) == [
        {
            "payment_id": 1,
            "used_on": LATER,
            "source": "deposit",
            "purpose": "invoice",
            "document": "INV-2026-0002",
            "amount": 4_760,
        }
    ]


def test_nothing_is_a_deposit_once_all_was_invoiced(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Cup", "3", "3.33")))  # 9.99 + 1.90 = 11.89, but 3 x (3.33 + 0.63) = 11.88
    for _ in range(3):
        do(store, fulfilment.dispatch, deal_id, on=DAY, quantities=q(_1="1"))
        do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    do(store, fulfilment.pay, deal_id, on=LATER, amount=5_000)
    (row,) = rows_of(store, payment)
    assert (row["deposit"], row["credit"]) == (0, 3_812)


def test_refunding(store: Store) -> None:
    deal_id = received(store)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=30_000)
    done = do(store, fulfilment.refund, deal_id, on=LATER, amount=1_000, method=Method.CASH, reason="Too much")
    assert done.numbers == ("P-2026-0002",)
    out = rows_of(store, payment)[-1]
    assert (out["direction"], out["method"], out["amount"], out["reason"]) == ("out", "cash", 1_000, "Too much")
    (use,) = rows_of(store, payment_use)
    assert (use["payment_id"], use["source"], use["purpose"], use["amount"]) == (1, "credit", "refund", 1_000)
    assert last_command(store)["changes"] == [["refund P-2026-0002", "", "paid"]]


def test_taking_goods_back(store: Store) -> None:
    deal_id = received(store)
    done = do(store, fulfilment.return_goods, deal_id, on=LATER, quantities=q(_1="1"), reason="Dim", restock=False)
    assert done.numbers == ("CN-2026-0001",)
    assert rows_of(store, goods_return) == [
        {"deal_id": deal_id, "returned_on": LATER, "reason": "Dim", "restock": False}
    ]
    assert rows_of(store, return_line) == [
        {"return_id": 1, "receipt_line_id": 1, "position": 1, "quantity": Decimal(1), "cost": 3_000}
    ]
    note = rows_of(store, invoice)[-1]
    assert (note["kind"], note["corrects_id"], note["gross"], note["reason"]) == ("credit_note", 1, 5_950, "Dim")
    taken = rows_of(store, revenue_entry)[-1]
    assert (taken["amount"], taken["cost"], taken["quantity"]) == (-5_000, -3_000, -1)
    assert last_command(store)["changes"] == [
        ["goods", "received", "returned"],
        ["credit note CN-2026-0001", "", "issued"],
    ]


def test_goods_come_back_from_the_latest_invoice_that_was_not_credited(store: Store) -> None:
    deal_id = received(store, "1")
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    do(store, fulfilment.credit, deal_id, on=LATER, invoice_index=2, quantities=q(_1="2"))
    do(store, fulfilment.return_goods, deal_id, on=LATER, quantities=q(_1="2"))
    notes = [row for row in rows_of(store, invoice) if row["kind"] == "credit_note"]
    assert [(row["corrects_id"], row["net"]) for row in notes] == [(2, 10_000), (2, 5_000), (1, 5_000)]
    with pytest.raises(NotAllowed, match="2 to return, but only 0 received and kept, and not credited"):
        do(store, fulfilment.return_goods, deal_id, on=LATER, quantities=q(_1="2"))


def test_crediting_the_whole_rest(store: Store) -> None:
    deal_id = received(store)
    do(store, fulfilment.credit, deal_id, on=DAY, invoice_index=1, quantities=q(_1="1"))
    do(store, fulfilment.credit, deal_id, on=LATER, invoice_index=1, reason="All of it")
    assert [row["gross"] for row in rows_of(store, invoice)] == [23_800, 5_950, 17_850]
    assert outcome_of(store, deal_id)["invoices"][0]["state"] == "credited"


def test_a_free_piece_that_comes_back_takes_its_cost_along(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Sample", "1", "0.00", cost="5.00")))
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    do(store, fulfilment.return_goods, deal_id, on=DAY, quantities=q(_1="1"))
    assert [(row["amount"], row["cost"]) for row in rows_of(store, revenue_entry)] == [(0, 500), (0, -500)]
    assert balance(outcome_of(store, deal_id), "inventory") == 0


COMMANDS: dict[str, Callable[[Store, int], Done]] = {
    "more than is open": lambda store, deal: do(store, fulfilment.dispatch, deal, on=DAY, quantities=q(_1="3")),
    "a line that is not there": lambda store, deal: do(store, fulfilment.dispatch, deal, on=DAY, quantities=q(_3="1")),
    "a service in a parcel": lambda store, deal: do(store, fulfilment.dispatch, deal, on=DAY, quantities=q(_2="1")),
    "nothing in a parcel": lambda store, deal: do(store, fulfilment.dispatch, deal, on=DAY, quantities={}),
    "nothing in transit": lambda store, deal: do(store, fulfilment.confirm_receipt, deal, on=DAY),
    "goods as a service": lambda store, deal: do(store, fulfilment.complete_service, deal, on=DAY, line=1),
    "too much service": lambda store, deal: do(
        store, fulfilment.complete_service, deal, on=DAY, line=2, quantity=Decimal(3)
    ),
    "an invoice that is not there": lambda store, deal: do(
        store, fulfilment.pay, deal, on=DAY, amount=1, invoice_index=2
    ),
    "credit that is not there": lambda store, deal: do(
        store, fulfilment.pay, deal, on=DAY, amount=1, method=Method.CREDIT
    ),
    "a refund of nothing": lambda store, deal: do(store, fulfilment.refund, deal, on=DAY, amount=1),
    "more back than was received": lambda store, deal: do(
        store, fulfilment.return_goods, deal, on=DAY, quantities=q(_1="3")
    ),
    "more credit than was invoiced": lambda store, deal: do(
        store, fulfilment.credit, deal, on=DAY, invoice_index=1, amount=11_901
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_refused_leaves_no_trace(store: Store, name: str) -> None:
    deal_id = received(store, "2")
    rows = counts_of(store)
    with pytest.raises(NotAllowed):
        COMMANDS[name](store, deal_id)
    assert counts_of(store) == rows


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_above_zero(store: Store, amount: int) -> None:
    deal_id = received(store)
    with pytest.raises(RuleViolation, match="above zero"):
        do(store, fulfilment.pay, deal_id, on=DAY, amount=amount)


def test_a_refund_is_paid_in_money(store: Store) -> None:
    deal_id = received(store)
    do(store, fulfilment.pay, deal_id, on=DAY, amount=30_000)
    with pytest.raises(RuleViolation, match="not in credit"):
        do(store, fulfilment.refund, deal_id, on=DAY, amount=1, method=Method.CREDIT)
