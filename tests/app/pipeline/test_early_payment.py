"""Paying early in the three tax modes (correctness E17), and what is credited of an invoice that was paid early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import NotAllowed, RuleViolation
from app.core.totals import Basis
from app.invoicing.rules import InvoiceState
from app.ledger.models import document
from app.pipeline import facts, fulfilment
from app.pipeline.proof import prove
from app.quotes.rules import with_early_tax
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, balance, do, entry_of, outcome_of, rows_of

LATE = date(2026, 3, 13)
"""The eleventh day after `DAY`."""


def delivered(store: Store, mode: str, *lines: Any, basis: Basis | None = None, **terms: Any) -> int:
    """A deal of 100.00 and 21 % tax, "2/10 net 30", invoiced on `DAY`."""
    basis = basis or Basis("EUR")
    terms = {"payment": "2/10 net 30", "early_tax": mode} | terms
    offer = with_early_tax(an_offer(*(lines or (a_line("Course", "4", "25.00", "21"),)), **terms), basis)
    deal_id = a_deal(store, offer, basis=basis)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def pay(store: Store, deal_id: int, amount: int, on: date = DAY, **over: Any) -> dict[str, Any]:
    do(store, fulfilment.pay, deal_id, on=on, amount=amount, **over)
    assert prove(store).problems == ()
    return outcome_of(store, deal_id, on)


MODES = {
    # mode: early price, late price, revenue and tax that a discount takes off
    "always": (11858, 12058, "2.00", None),
    "if_taken": (11858, 12100, "2.00", "0.42"),
    "never": (11900, 12100, "2.00", None),
}


@pytest.mark.parametrize("mode", MODES)
def test_early_and_late_price(store: Store, mode: str) -> None:
    early, late, revenue, tax = MODES[mode]
    deal_id = delivered(store, mode)
    now = outcome_of(store, deal_id)
    assert now["invoices"][0]["totals"]["gross"] == f"{late / 100:.2f}"
    assert now["invoices"][0]["due"] == "2026-04-01"
    now = pay(store, deal_id, early, date(2026, 3, 12))
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"], now["deal"]["state"]) == ("0.00", "paid", "closed")
    taken = {"revenue": revenue, "output_tax": tax, "receivable": f"-{(late - early) / 100:.2f}"}
    assert entry_of(now, "P-2026-0001", "Early-payment discount") == {k: v for k, v in taken.items() if v}
    assert [row["amount"] for row in now["revenue"]] == ["100.00", "-2.00"]
    assert now["revenue"][1]["document"] == "P-2026-0001"
    assert -balance(now, "revenue") == Decimal("98.00")

    other = delivered(store, mode)
    now = pay(store, other, early, LATE)
    assert now["invoices"][0]["open"] == f"{(late - early) / 100:.2f}"
    assert pay(store, other, late - early, LATE)["invoices"][0]["state"] == "paid"


def test_always_is_a_discount_and_a_charge_outside_the_tax(store: Store) -> None:
    totals = outcome_of(store, delivered(store, "always"))["invoices"][0]["totals"]
    names = ("lines_net", "discounts", "charges", "net", "tax", "gross")
    assert [totals[name] for name in names] == ["100.00", "2.00", "2.00", "100.00", "20.58", "120.58"]
    assert [(row["category"], row["taxable"], row["tax"]) for row in totals["tax_breakdown"]] == [
        ("E", "2.00", "0.00"),
        ("S", "98.00", "20.58"),
    ]


def test_with_early_tax_is_the_same_twice_and_goes_with_the_terms() -> None:
    offer = an_offer(a_line(rate="21"), payment="2/10 net 30", early_tax="always")
    once = with_early_tax(offer, Basis("EUR"))
    assert len(once.reductions) == 2
    assert with_early_tax(once, Basis("EUR")) == once
    assert with_early_tax(replace(once, terms=replace(once.terms, payment="net 30")), Basis("EUR")).reductions == ()
    assert with_early_tax(replace(offer, terms=replace(offer.terms, early_tax="")), Basis("EUR")).reductions == ()


def test_prices_with_tax_keep_their_gross(store: Store) -> None:
    line = a_line("Course", "1", "121.00", "21")
    deal_id = delivered(store, "always", line, basis=Basis("EUR", prices_include_tax=True))
    totals = outcome_of(store, deal_id)["invoices"][0]["totals"]
    assert (totals["gross"], totals["tax"]) == ("121.00", "20.58")
    assert pay(store, deal_id, 11858)["invoices"][0]["open"] == "0.00"


@pytest.mark.parametrize("mode", MODES)
def test_what_was_paid_early_is_credited_as_it_was_paid(store: Store, mode: str) -> None:
    early = MODES[mode][0]
    deal_id = delivered(store, mode)
    pay(store, deal_id, early)
    for part in range(1, 5):
        do(store, fulfilment.return_goods, deal_id, on=LATE, quantities={1: Decimal(1)}, reason="Cancelled")
        credited = Decimal(outcome_of(store, deal_id, LATE)["customer_credit"]) * 100
        assert abs(credited - Decimal(early * part) / 4) <= 2  # each note rounds its own tax
    assert prove(store).problems == ()
    now = outcome_of(store, deal_id, LATE)
    assert now["customer_credit"] == f"{early / 100:.2f}"
    assert (balance(now, "revenue"), balance(now, "output_tax"), balance(now, "receivable")) == (0, 0, 0)
    assert now["invoices"][0]["state"] == InvoiceState.CREDITED


def test_part_payments_take_their_proportion_only_when_asked(store: Store) -> None:
    deal_id = delivered(store, "if_taken")
    assert pay(store, deal_id, 5929)["invoices"][0]["open"] == "61.71"
    # of 61.71 that are open 2.42 are offered; 29.65 is half of the 59.29 that would settle it, so 1.21
    with pytest.raises(NotAllowed, match=r"A discount of 1\.22 is asked, but 1\.21 is offered for this payment"):
        pay(store, deal_id, 2965, discount=122)
    assert pay(store, deal_id, 2965, discount=121)["invoices"][0]["open"] == "30.85"
    with pytest.raises(NotAllowed, match=r"asked, but 1\.21 is offered"):
        pay(store, deal_id, 2963, discount=122)
    assert pay(store, deal_id, 2964, discount=121)["invoices"][0]["open"] == "0.00"


def test_late_it_is_given_only_with_a_reason(store: Store) -> None:
    deal_id = delivered(store, "if_taken")
    with pytest.raises(NotAllowed, match="offered until 2026-03-12; say why"):
        pay(store, deal_id, 11858, LATE, discount=242)
    now = pay(store, deal_id, 11858, LATE, discount=242, discount_reason="The bank was closed")
    assert now["invoices"][0]["open"] == "0.00"
    assert entry_of(now, "P-2026-0001", "Early-payment discount on INV-2026-0001: The bank")["revenue"] == "2.00"


def test_what_is_not_offered_is_refused(store: Store) -> None:
    plain = delivered(store, "", payment="net 30")
    with pytest.raises(NotAllowed, match="No discount for early payment"):
        pay(store, plain, 10000, discount=1)
    deal_id = delivered(store, "if_taken")
    with pytest.raises(RuleViolation, match="above zero"):
        pay(store, deal_id, 10000, discount=0)


def test_one_transfer_for_two_invoices(store: Store) -> None:
    offer = an_offer(a_line("Course", "2", "100.00", "21"), payment="2/10 net 30")
    deal_id = a_deal(store, offer)
    for on in (DAY, date(2026, 3, 4)):
        do(store, fulfilment.dispatch, deal_id, on=on, quantities={1: Decimal(1)})
        do(store, fulfilment.confirm_receipt, deal_id, on=on)
    now = pay(store, deal_id, 2 * 11858, date(2026, 3, 12))
    assert [item["open"] for item in now["invoices"]] == ["0.00", "0.00"]


def test_only_the_invoice_that_is_in_time_is_paid_less(store: Store) -> None:
    deal_id = a_deal(store, an_offer(a_line("Course", "2", "100.00", "21"), payment="2/10 net 30"))
    for on in (DAY, date(2026, 3, 4)):
        do(store, fulfilment.dispatch, deal_id, on=on, quantities={1: Decimal(1)})
        do(store, fulfilment.confirm_receipt, deal_id, on=on)
    now = pay(store, deal_id, 12100 + 11858, LATE)
    assert [item["open"] for item in now["invoices"]] == ["0.00", "0.00"]
    assert entry_of(now, "P-2026-0001", "Early-payment discount")["receivable"] == "-2.42"


def test_the_invoice_says_until_when_and_how_much(store: Store) -> None:
    delivered(store, "if_taken")
    (paper,) = [row["snapshot"] for row in rows_of(store, document) if row["kind"] == "invoice"]
    assert '"early_discount":242,"early_until":"2026-03-12"' in paper


def test_what_is_offered_follows_the_credit_notes(store: Store) -> None:
    deal_id = delivered(store, "if_taken")
    do(store, fulfilment.credit, deal_id, on=DAY, invoice_index=1, amount=6050)
    with store.read() as session:
        (offer,) = facts.early_offers(session, facts.load(session, deal_id)).values()
    assert (offer.amount, offer.until) == (121, date(2026, 3, 12))
    assert pay(store, deal_id, 5929)["invoices"][0]["open"] == "0.00"
