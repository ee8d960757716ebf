"""Paid within ten days with two percent off, in the three ways that treats the tax; late; and what comes back."""

from __future__ import annotations

import pytest

from app.store.store import Store
from tests.builders import Story, balance, entry_of, typed_line

# early price, late price, tax of the invoice, what the discount takes off the tax
MODES = {
    "always": ("118.58", "120.58", "20.58", None),
    "if_taken": ("118.58", "121.00", "21.00", "0.42"),
    "never": ("119.00", "121.00", "21.00", None),
}


def course(store: Store, mode: str) -> Story:
    """Four days at 25.00 and 21 %, "2/10 net 30", delivered and invoiced on 2 March."""
    terms = {"payment": "2/10 net 30", "early_tax": mode}
    story = Story.of(store, typed_line("Course", "4", "25.00", "21"), terms=terms)
    story.then("dispatch")
    story.then("confirm_receipt")
    return story


@pytest.mark.parametrize("mode", MODES)
def test_paid_early_and_half_of_it_comes_back(store: Store, mode: str) -> None:
    early, late, tax, corrected = MODES[mode]
    story = course(store, mode)
    invoice = story.now["invoices"][0]
    assert (invoice["totals"]["gross"], invoice["totals"]["tax"], invoice["due"]) == (late, tax, "2026-04-01")
    now = story.then("pay", on="2026-03-12", amount=early)
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"]) == ("0.00", "paid")
    taken = entry_of(now, "P-2026-0001", "Early-payment discount")
    assert (taken["revenue"], taken.get("output_tax")) == ("2.00", corrected)

    now = story.then("return", on="2026-03-20", lines=[{"line": 1, "quantity": "4"}])
    assert (now["customer_credit"], now["invoices"][1]["totals"]["gross"]) == (early, early)
    assert (balance(now, "revenue"), balance(now, "output_tax")) == (0, 0)


def test_paid_late_it_stays_open_unless_she_gives_it(store: Store) -> None:
    story = course(store, "if_taken")
    now = story.then("pay", on="2026-03-13", amount="118.58")
    assert (now["invoices"][0]["open"], now["deal"]["state"]) == ("2.42", "fulfilled")
    words = "offered until 2026-03-12; say why"
    assert words in story.refuses("pay", on="2026-03-14", amount="1.21", discount="1.21")
    now = story.then("pay", on="2026-03-14", amount="1.21", discount="1.21", reason="Holiday")
    assert (now["invoices"][0]["open"], now["deal"]["state"]) == ("0.00", "closed")


def test_more_than_offered_is_refused(store: Store) -> None:
    story = course(store, "if_taken")
    refused = story.refuses("pay", amount="100.00", discount="2.43")
    assert "a discount of 2.43 is asked, but 2.04 is offered for this payment" in refused
