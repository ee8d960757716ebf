"""Paid early by hand, with two percent off in the three ways that treats the tax; late; and what comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.catalog.rules import Kind
from tests.builders import a_tax, balance, entry_of
from tests.ui.by_hand import Hands, Typed
from tests.ui.deal_steps import put

# early price, late price and tax of the invoice, what the discount takes off the tax
MODES = {
    "always": (11858, "120.58", "20.58", None),
    "if_taken": (11858, "121.00", "21.00", "0.42"),
    "never": (11900, "121.00", "21.00", None),
}


def course(hands: Hands, mode: str) -> None:
    """Four kits at 25.00 and 21 %, "2/10 net 30", delivered and invoiced on 2 March."""
    terms: dict[str, Any] = {"early_percent": Decimal(2), "early_days": Decimal(10), "early_tax": mode}
    hands.quote(Typed("Course kit", "4", "25.00", a_tax("21"), kind=Kind.GOODS), signed=True, **terms)
    hands.dispatch()
    hands.receive()


@pytest.mark.parametrize("mode", MODES)
def test_paid_early_by_one_press_and_all_of_it_comes_back(hands: Hands, mode: str) -> None:
    early, late, tax, corrected = MODES[mode]
    course(hands, mode)
    invoice = hands.now()["invoices"][0]
    assert (invoice["totals"]["gross"], invoice["totals"]["tax"], invoice["due"]) == (late, tax, "2026-04-01")
    hands.on(3, 12)
    page: Any = hands.open("take-payment").page()
    page._pay_early()
    assert page.fields["amount"].value() == early
    hands.through()
    now = hands.now()
    assert (now["invoices"][0]["open"], now["invoices"][0]["state"]) == ("0.00", "paid")
    taken = entry_of(now, "P-2026-0001", "Early-payment discount")
    assert (taken["revenue"], taken.get("output_tax")) == ("2.00", corrected)

    hands.on(3, 20)
    hands.give_back({1: "4"})
    now = hands.now()
    back = f"{Decimal(early) / 100:.2f}"
    assert (now["customer_credit"], now["invoices"][1]["totals"]["gross"]) == (back, back)
    assert (balance(now, "revenue"), balance(now, "output_tax")) == (0, 0)


def test_paid_late_it_stays_open_unless_she_gives_it(hands: Hands) -> None:
    course(hands, "if_taken")
    hands.on(3, 13)
    hands.pay(11858)
    now = hands.now()
    assert (now["invoices"][0]["open"], now["deal"]["state"]) == ("2.42", "fulfilled")
    hands.on(3, 14)
    page: Any = hands.open("take-payment").page()
    put(hands.wizard, amount=121)
    page.early.asked.set_value(True)
    put(hands.wizard, discount=121)
    assert hands.refused()
    put(hands.wizard, discount_reason="Holiday")
    hands.through()
    now = hands.now()
    assert (now["invoices"][0]["open"], now["deal"]["state"]) == ("0.00", "closed")
