"""Every action in every standing: allowed, or a reason why not. The table was written by hand from the README."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.contracts.rules import ContractState
from app.core.errors import NotAllowed
from app.pipeline.rules import Action, DealState, Standing, possible, reason_against, refusal, require
from app.quotes.rules import QuoteState

ACCEPTED = Standing(QuoteState.ACCEPTED, ContractState.DRAFT)
OPEN = Standing(QuoteState.ACCEPTED, ContractState.IN_FORCE, goods_open=True)
DELIVERED = Standing(QuoteState.ACCEPTED, ContractState.IN_FORCE, received=True, invoiced=True, money_open=True)

# standing, state of the deal, what is possible in the order of the process
CASES = {
    "draft": (Standing(QuoteState.DRAFT), DealState.DRAFT, "send_quote revise_quote cancel"),
    "sent": (Standing(QuoteState.SENT), DealState.QUOTED, "revise_quote accept_quote decline_quote cancel"),
    "revised and not yet handed over": (
        Standing(QuoteState.SENT, handed_over=False),
        DealState.QUOTED,
        "send_quote revise_quote accept_quote decline_quote cancel",
    ),
    "declined": (Standing(QuoteState.DECLINED), DealState.QUOTED, "revise_quote cancel"),
    "expired": (Standing(QuoteState.EXPIRED), DealState.QUOTED, "revise_quote cancel"),
    "accepted": (ACCEPTED, DealState.CONTRACTED, "amend_contract sign_contract pay cancel"),
    "signed by one": (
        replace(ACCEPTED, contract=ContractState.SIGNED_BY_ONE),
        DealState.CONTRACTED,
        "amend_contract sign_contract pay cancel",
    ),
    "goods open": (OPEN, DealState.OPEN, "pay dispatch cancel"),
    "services open": (
        replace(OPEN, goods_open=False, services_open=True),
        DealState.OPEN,
        "pay complete_service cancel",
    ),
    "both open": (replace(OPEN, services_open=True), DealState.OPEN, "pay dispatch complete_service cancel"),
    "all on the way": (replace(OPEN, goods_open=False, in_transit=True), DealState.OPEN, "pay confirm_receipt"),
    "part on the way": (replace(OPEN, in_transit=True), DealState.OPEN, "pay dispatch confirm_receipt"),
    "part received": (
        replace(OPEN, received=True, invoiced=True, money_open=True),
        DealState.OPEN,
        "pay dispatch return credit cancel",
    ),
    "all received": (DELIVERED, DealState.FULFILLED, "pay return credit"),
    "all received and paid": (replace(DELIVERED, money_open=False), DealState.CLOSED, "pay return credit"),
    "all of it came back": (
        replace(DELIVERED, received=False, money_open=False, has_credit=True),
        DealState.CLOSED,
        "pay refund credit",
    ),
    "a service alone, done": (replace(DELIVERED, received=False), DealState.FULFILLED, "pay credit"),
    "cancelled as a draft": (Standing(QuoteState.DRAFT, cancelled=True), DealState.CANCELLED, ""),
    "cancelled when quoted": (Standing(QuoteState.SENT, cancelled=True), DealState.CANCELLED, ""),
    "cancelled with a contract": (
        Standing(QuoteState.ACCEPTED, ContractState.CANCELLED, cancelled=True, has_credit=True),
        DealState.CANCELLED,
        "pay refund",
    ),
    "cancelled half-way": (
        Standing(QuoteState.ACCEPTED, ContractState.CANCELLED, cancelled=True, received=True, invoiced=True),
        DealState.CANCELLED,
        "pay return credit",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_possible_where_a_deal_stands(name: str) -> None:
    standing, state, actions = CASES[name]
    assert standing.state is state
    assert " ".join(possible(standing)) == actions


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("name", CASES)
def test_every_action_is_allowed_or_has_a_reason(name: str, action: Action) -> None:
    standing, state, actions = CASES[name]
    if action in actions.split():
        assert reason_against(standing, action) == ""
        require(standing, action)
        return
    reason = reason_against(standing, action)
    assert reason
    assert not reason.endswith(".")
    with pytest.raises(NotAllowed) as refused:
        require(standing, action)
    assert str(refused.value) == reason[0].upper() + reason[1:] + "."
    sentence = refusal(standing, action, str(refused.value))
    instead = ", ".join(actions.split()) or "nothing"
    assert sentence == f"{action} is not allowed: {reason}. The deal is {state}; allowed now: {instead}."


REASONS = [
    ("draft", Action.ACCEPT_QUOTE, "the quote was not sent yet"),
    ("draft", Action.PAY, "there is no contract before the quote is accepted"),
    ("sent", Action.SEND_QUOTE, "the quote is sent"),
    ("expired", Action.ACCEPT_QUOTE, "the quote is expired"),
    ("accepted", Action.REVISE_QUOTE, "the quote is accepted; amend the contract instead"),
    ("accepted", Action.DISPATCH, "the contract is draft; both sides have to sign"),
    ("signed by one", Action.COMPLETE_SERVICE, "the contract is signed_by_one; both sides have to sign"),
    ("goods open", Action.SIGN_CONTRACT, "both sides have signed"),
    ("goods open", Action.COMPLETE_SERVICE, "no service is open"),
    ("goods open", Action.CONFIRM_RECEIPT, "nothing is in transit"),
    ("goods open", Action.REFUND, "the customer has no credit"),
    ("goods open", Action.RETURN, "nothing was received that could come back"),
    ("goods open", Action.CREDIT, "there is no invoice to credit"),
    ("all on the way", Action.CANCEL, "goods are in transit; confirm their receipt or refusal first"),
    ("all received", Action.CANCEL, "nothing of it is open any more"),
    ("all received", Action.DISPATCH, "no goods are open"),
    ("cancelled half-way", Action.CANCEL, "the deal is cancelled"),
]


@pytest.mark.parametrize(("name", "action", "reason"), REASONS)
def test_the_reason_says_what_is_missing(name: str, action: Action, reason: str) -> None:
    assert reason_against(CASES[name][0], action) == reason
