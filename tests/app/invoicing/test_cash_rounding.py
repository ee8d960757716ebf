"""Cash rounding: what is asked for ends on the smallest coin, by a line of its own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.core.errors import RuleViolation
from app.core.totals import Basis
from app.invoicing.cash_rounding import cash_steps, rounding_of, set_cash_rounding
from app.invoicing.queries import of_deal
from app.ledger.models import document
from app.pipeline import fulfilment
from app.pipeline.proof import prove
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, an_offer, balance, do, entry_of, last_command, outcome_of, rows_of

CHF = Basis("CHF")


@pytest.mark.parametrize(
    ("payable", "step", "rounding"),
    [(1002, 5, -2), (1003, 5, 2), (1005, 5, 0), (1250, 100, 50), (1249, 100, -49), (7, 1, 0), (0, 5, 0)],
)
def test_rounding(payable: int, step: int, rounding: int) -> None:
    assert rounding_of(payable, step) == rounding
    assert (payable + rounding) % step == 0


def sold(store: Store, price: str = "8.42", quantity: str = "1", **terms: object) -> int:
    """8.42 and 19 % are 10.02, asked for as 10.00."""
    do(store, set_cash_rounding, "CHF", step=Decimal("0.05"))
    deal_id = a_deal(store, an_offer(a_line("Cup", quantity, price), **terms), basis=CHF)
    if terms.get("deposit_percent"):
        do(store, fulfilment.pay, deal_id, on=DAY, amount=501)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    return deal_id


def test_the_invoice_asks_for_whole_coins(store: Store) -> None:
    deal_id = sold(store)
    now = outcome_of(store, deal_id)
    totals = now["invoices"][0]["totals"]
    assert [totals[name] for name in ("gross", "rounding", "payable")] == ["10.02", "-0.02", "10.00"]
    assert now["invoices"][0]["open"] == "10.00"
    entry = {"receivable": "10.00", "rounding": "0.02", "contract_asset": "-8.42", "output_tax": "-1.60"}
    assert entry_of(now, "INV-2026-0001", "Invoice") == entry
    (paper,) = [row["snapshot"] for row in rows_of(store, document) if row["kind"] == "invoice"]
    assert '"rounding":-2' in paper
    assert now["invoices"][0]["state"] == "open"
    do(store, fulfilment.pay, deal_id, on=DAY, amount=1000)
    now = outcome_of(store, deal_id)
    assert (now["invoices"][0]["state"], now["customer_credit"]) == ("paid", "0.00")
    assert prove(store).problems == ()


def test_a_deposit_comes_first(store: Store) -> None:
    # 10.02 less 5.01 paid in advance are 5.01: asked for as 5.00
    deal_id = sold(store, deposit_percent=Decimal(50))
    assert outcome_of(store, deal_id)["invoices"][0]["open"] == "5.00"


def test_all_that_comes_back_brings_its_rounding(store: Store) -> None:
    deal_id = sold(store, "4.21", "2")
    do(store, fulfilment.pay, deal_id, on=DAY, amount=1000)
    for _ in range(2):
        do(store, fulfilment.return_goods, deal_id, on=DAY, quantities={1: Decimal(1)}, reason="Chipped")
    now = outcome_of(store, deal_id)
    assert (now["customer_credit"], balance(now, "rounding"), balance(now, "revenue")) == ("10.00", 0, 0)
    assert now["invoices"][0]["state"] == "credited"
    with store.read() as session:
        assert [item.rounding for item in of_deal(session, deal_id)] == [-2, 0, -2]
    assert prove(store).problems == ()


def test_it_is_chosen_for_each_currency_and_given_up_again(store: Store) -> None:
    do(store, set_cash_rounding, "CHF", step=Decimal("0.05"))
    do(store, set_cash_rounding, "SEK", step=Decimal("1.00"))
    assert last_command(store)["changes"] == [["cash rounding SEK", "0.01", "1.00"]]
    with store.read() as session:
        assert cash_steps(session) == {"CHF": 5, "SEK": 100}
    do(store, set_cash_rounding, "CHF", step=None)
    with store.read() as session:
        assert cash_steps(session) == {"SEK": 100}
    deal_id = a_deal(store, an_offer(a_line("Cup", "1", "8.42")), basis=CHF)
    do(store, fulfilment.dispatch, deal_id, on=DAY)
    do(store, fulfilment.confirm_receipt, deal_id, on=DAY)
    assert outcome_of(store, deal_id)["invoices"][0]["open"] == "10.02"
    assert prove(store).problems == ()


@pytest.mark.parametrize("step", ["0", "-0.05", "0.001"])
def test_a_step_that_is_none(store: Store, step: str) -> None:
    with pytest.raises(RuleViolation, match="step"):
        do(store, set_cash_rounding, "CHF", step=Decimal(step))
