"""What to do next with a deal: one action for each state, and the money that has to come first. Pure."""

from __future__ import annotations

from app.contracts.rules import ContractState
from app.pipeline.queries import DealView
from app.pipeline.rules import Action, DealState, Standing
from app.quotes.rules import QuoteState


def deposit_due(view: DealView) -> int:
    """What still has to be paid before goods leave, in minor units: the deposit, or all of it where it is prepaid.

    Nothing once everything is there: what is owed then stands on invoices.
    """
    if view.contract is None or view.state in (DealState.FULFILLED, DealState.CLOSED, DealState.CANCELLED):
        return 0
    due = view.quote.gross if view.quote.offer.terms.prepaid else view.quote.deposit
    came = sum(payment.amount - payment.credit for payment in view.payments if payment.direction == "in")
    return max(due - came, 0)


def next_action(view: DealView) -> Action | None:
    """The one action that takes the deal further, or None where nothing is left to do."""
    return action_for(view.standing, is_deposit_due=deposit_due(view) > 0)


def action_for(standing: Standing, *, is_deposit_due: bool) -> Action | None:
    """The same from a standing alone."""
    if standing.cancelled:
        return _after_all(standing)
    if standing.contract is None:
        return _of_quote(standing)
    if standing.contract is not ContractState.IN_FORCE:
        return Action.SIGN_CONTRACT
    for is_needed, action in (
        (is_deposit_due, Action.PAY),
        (standing.goods_open, Action.DISPATCH),
        (standing.in_transit, Action.CONFIRM_RECEIPT),
        (standing.services_open, Action.COMPLETE_SERVICE),
    ):
        if is_needed:
            return action
    return _after_all(standing)


def _of_quote(standing: Standing) -> Action:
    if standing.quote is QuoteState.DRAFT:
        return Action.SEND_QUOTE
    if standing.quote is QuoteState.SENT:
        return Action.ACCEPT_QUOTE if standing.handed_over else Action.SEND_QUOTE
    return Action.REVISE_QUOTE


def _after_all(standing: Standing) -> Action | None:
    return Action.PAY if standing.money_open else None
