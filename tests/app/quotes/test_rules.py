"""Terms, states and dates of a quote."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import NotAllowed, RuleViolation
from app.core.states import move
from app.quotes.rules import (
    MOVES,
    EarlyPayment,
    EarlyTax,
    QuoteState,
    Terms,
    check_terms,
    early_payment,
    net_days,
    state_on,
    valid_until,
)


@pytest.mark.parametrize(
    ("payment", "days"), [("net 30", 30), ("net 0", 0), ("net 9999", 9999), ("prepaid", 0), ("on delivery", 0)]
)
def test_days_until_an_invoice_is_due(payment: str, days: int) -> None:
    assert net_days(payment) == days


@pytest.mark.parametrize(
    "payment", ["", "net", "net 30 ", "Net 30", "net -1", "net 10000", "net ١٠", "cash", "2/31 net 30", "0/9 net 30"]
)
def test_terms_that_are_not_known(payment: str) -> None:
    with pytest.raises(RuleViolation, match=r"terms\.payment"):
        net_days(payment)


@pytest.mark.parametrize(
    ("terms", "gross", "deposit"),
    [
        (Terms(), 10_000, 0),
        (Terms(deposit_percent=Decimal(30)), 985_130, 295_539),
        (Terms(deposit_percent=Decimal(50)), 42_043, 21_022),  # 210.215 -> 210.22
        (Terms(deposit_percent=Decimal("33.333333")), 300, 100),  # 0.99999999 -> 1.00
        (Terms(deposit_percent=Decimal(100)), 1, 1),
        (Terms(deposit_percent=Decimal(0)), 10_000, 0),
        (Terms(deposit_amount=5_000), 10_000, 5_000),
        (Terms(deposit_amount=50_000), 10_000, 10_000),
        (Terms(deposit_percent=Decimal(30)), 0, 0),
    ],
)
def test_the_deposit_is_of_the_gross(terms: Terms, gross: int, deposit: int) -> None:
    assert terms.deposit(gross) == deposit
    assert terms.printed(gross).deposit == deposit


def test_prepaid_is_said_by_the_terms() -> None:
    assert Terms("prepaid").prepaid
    assert not Terms().prepaid


@pytest.mark.parametrize(
    ("on", "seen"),
    [
        (date(2026, 3, 31), "sent"),
        (date(2026, 4, 1), "sent"),
        (date(2026, 4, 2), "expired"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_a_sent_quote_expires_after_its_last_valid_day(on: date, seen: str) -> None:
    until = valid_until(date(2026, 3, 2), 30)
    assert until == date(2026, 4, 1)
    assert state_on(QuoteState.SENT, until, on) == seen


@pytest.mark.parametrize("state", [state for state in QuoteState if state is not QuoteState.SENT])
def test_no_other_state_expires(state: QuoteState) -> None:
    assert state_on(state, date(2026, 3, 2), date(2030, 1, 1)) is state
    assert state_on(QuoteState.SENT, None, date(2030, 1, 1)) is QuoteState.SENT


MOVED = {
    "draft": "sent superseded",
    "sent": "accepted declined superseded",
    "declined": "superseded",
    "accepted": "superseded",
    "superseded": "",
    "expired": "",
}


@pytest.mark.parametrize("state", list(QuoteState))
@pytest.mark.parametrize("to", list(QuoteState))
def test_the_moves_of_a_revision(state: QuoteState, to: QuoteState) -> None:
    if to in MOVED[state].split():
        assert move(MOVES, "quote Q-1", state, to) is to
    else:
        with pytest.raises(NotAllowed, match=f"quote Q-1 is {state} and cannot become {to}"):
            move(MOVES, "quote Q-1", state, to)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms("cash"), "terms.payment"),
        (Terms("2/10 net 30", early_tax="sometimes"), "terms.early_tax"),
        (Terms(cashback_percent=Decimal("100.01")), "cashback.percent"),
        (Terms(cashback_percent=Decimal(0)), "cashback.percent"),
    ],
)
def test_terms_that_no_offer_may_have(terms: Terms, field: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        check_terms(terms)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_early_payment() -> None:
    assert early_payment("2.5/14 net 60") == EarlyPayment(Decimal("2.5"), 14, 60)
    assert [early_payment(text) for text in ("net 30", "0/10 net 30", "2/31 net 30", "prepaid")] == [None] * 4
    assert (net_days("2/10 net 30"), Terms("2/10 net 30").early_mode) == (30, EarlyTax.IF_TAKEN)
