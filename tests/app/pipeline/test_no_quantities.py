"""A quantity of nothing, or less, is refused by every command in words, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from app.core.errors import RuleViolation
from app.delivery.rules import Confirmed
from app.pipeline import fulfilment
from app.store.store import Store
from tests.builders import DAY, a_deal, a_line, a_service, an_offer, counts_of, do

ZERO, LESS = Decimal(0), Decimal(-1)


@pytest.fixture
def deal_id(store: Store) -> int:
    """One line in transit and received in part, one still to dispatch, a service still to do."""
    made = a_deal(store, an_offer(a_line(), a_line("Paddle", "4"), a_service()))
    do(store, fulfilment.dispatch, made, on=DAY, quantities={1: Decimal(2)})
    do(store, fulfilment.confirm_receipt, made, on=DAY, lines={1: Confirmed(Decimal(1))})
    return made


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (fulfilment.dispatch, {"quantities": {2: ZERO}}),
        (fulfilment.dispatch, {"quantities": {2: LESS}}),
        (fulfilment.complete_service, {"line": 3, "quantity": ZERO}),
        (fulfilment.complete_service, {"line": 3, "quantity": LESS}),
        (fulfilment.confirm_receipt, {"lines": {1: Confirmed(accepted=LESS)}}),
        (fulfilment.confirm_receipt, {"lines": {1: Confirmed(accepted=Decimal(1), damaged=LESS)}}),
        (fulfilment.return_goods, {"quantities": {1: ZERO}}),
        (fulfilment.return_goods, {"quantities": {1: LESS}}),
        (fulfilment.return_goods, {"quantities": {}}),
        (fulfilment.credit, {"invoice_index": 1, "quantities": {1: ZERO}}),
        (fulfilment.credit, {"invoice_index": 1, "quantities": {1: LESS}}),
        (fulfilment.credit, {"invoice_index": 1, "quantities": {}}),
        (fulfilment.credit, {"invoice_index": 1, "amount": 0}),
        (fulfilment.credit, {"invoice_index": 1, "amount": -1}),
    ],
)
def test_refused(store: Store, deal_id: int, command: Callable[..., Any], arguments: dict[str, Any]) -> None:
    before = counts_of(store)
    with pytest.raises(RuleViolation):
        do(store, command, deal_id, on=DAY, **arguments)
    assert counts_of(store) == before


@pytest.mark.parametrize(("amount", "method"), [(0, "bank"), (-1, "bank"), (1, "credit")])
def test_money_of_no_deal(store: Store, deal_id: int, amount: int, method: str) -> None:
    given = {"currency": "EUR", "amount": amount, "method": fulfilment.Method(method)}
    with pytest.raises(RuleViolation):
        do(store, fulfilment.record_payment, 1, on=DAY, **given)
