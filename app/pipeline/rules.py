"""Where a deal stands, and what can be done from there, each refusal with its reason. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.contracts.rules import ContractState
from app.core.errors import NotAllowed
from app.quotes.rules import QuoteState


class DealState(StrEnum):
    """How far a deal is; computed from its documents, but for the decision to cancel."""

    DRAFT = "draft"
    QUOTED = "quoted"
    CONTRACTED = "contracted"
    OPEN = "open"
    FULFILLED = "fulfilled"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """Everything that can be done with a deal, by the names of the deal file."""

    SEND_QUOTE = "send_quote"
    REVISE_QUOTE = "revise_quote"
    ACCEPT_QUOTE = "accept_quote"
    DECLINE_QUOTE = "decline_quote"
    AMEND_CONTRACT = "amend_contract"
    SIGN_CONTRACT = "sign_contract"
    PAY = "pay"
    REFUND = "refund"
    DISPATCH = "dispatch"
    CONFIRM_RECEIPT = "confirm_receipt"
    COMPLETE_SERVICE = "complete_service"
    RETURN = "return"
    CREDIT = "credit"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about the next step. The booleans are about quantities and money of this deal."""

    quote: QuoteState
    contract: ContractState | None = None
    cancelled: bool = False
    handed_over: bool = True
    """False while a revision made of a sent quote may still be handed over by a `send_quote` of its own."""
    goods_open: bool = False
    services_open: bool = False
    in_transit: bool = False
    received: bool = False
    invoiced: bool = False
    money_open: bool = False
    has_credit: bool = False

    @property
    def state(self) -> DealState:
        """The state of the deal."""
        if self.cancelled:
            return DealState.CANCELLED
        if self.contract is None:
            return DealState.DRAFT if self.quote is QuoteState.DRAFT else DealState.QUOTED
        if self.contract is not ContractState.IN_FORCE:
            return DealState.CONTRACTED
        if self.goods_open or self.services_open or self.in_transit:
            return DealState.OPEN
        return DealState.FULFILLED if self.money_open else DealState.CLOSED


def _send(s: Standing) -> str:
    if s.quote is QuoteState.DRAFT or (s.quote is QuoteState.SENT and not s.handed_over):
        return ""
    return f"the quote is {s.quote}"


def _revise(s: Standing) -> str:
    return "the quote is accepted; amend the contract instead" if s.quote is QuoteState.ACCEPTED else ""


def _decide(s: Standing) -> str:
    if s.quote is QuoteState.DRAFT:
        return "the quote was not sent yet"
    return "" if s.quote is QuoteState.SENT else f"the quote is {s.quote}"


def _agreed(s: Standing) -> str:
    return "" if s.contract is not None else "there is no contract before the quote is accepted"


def _unsigned(s: Standing) -> str:
    if s.contract is ContractState.IN_FORCE:
        return "both sides have signed"
    return _agreed(s)


def _amend(s: Standing) -> str:
    if s.contract is ContractState.IN_FORCE:
        return "both sides have signed, and amendments after both signatures are not supported yet"
    return _agreed(s)


def _in_force(s: Standing) -> str:
    if s.contract is None:
        return _agreed(s)
    return "" if s.contract is ContractState.IN_FORCE else f"the contract is {s.contract}; both sides have to sign"


def _dispatch(s: Standing) -> str:
    return _in_force(s) or ("" if s.goods_open else "no goods are open")


def _complete(s: Standing) -> str:
    return _in_force(s) or ("" if s.services_open else "no service is open")


def _cancel(s: Standing) -> str:
    if s.in_transit:
        return "goods are in transit; confirm their receipt or refusal first"
    return "" if s.state not in (DealState.FULFILLED, DealState.CLOSED) else "nothing of it is open any more"


_WHILE_OPEN: dict[Action, Callable[[Standing], str]] = {
    Action.SEND_QUOTE: _send,
    Action.REVISE_QUOTE: _revise,
    Action.ACCEPT_QUOTE: _decide,
    Action.DECLINE_QUOTE: _decide,
    Action.AMEND_CONTRACT: _amend,
    Action.SIGN_CONTRACT: _unsigned,
    Action.DISPATCH: _dispatch,
    Action.COMPLETE_SERVICE: _complete,
    Action.CANCEL: _cancel,
}
_ALWAYS: dict[Action, Callable[[Standing], str]] = {
    Action.PAY: _agreed,
    Action.REFUND: lambda s: "" if s.has_credit else "the customer has no credit",
    Action.CONFIRM_RECEIPT: lambda s: "" if s.in_transit else "nothing is in transit",
    Action.RETURN: lambda s: "" if s.received else "nothing was received that could come back",
    Action.CREDIT: lambda s: "" if s.invoiced else "there is no invoice to credit",
}


def reason_against(standing: Standing, action: Action) -> str:
    """Why an action is not possible now, in words; empty if it is."""
    if action in _WHILE_OPEN:
        return "the deal is cancelled" if standing.cancelled else _WHILE_OPEN[action](standing)
    return _ALWAYS[action](standing)


def possible(standing: Standing) -> tuple[Action, ...]:
    """Everything that can be done from here, in the order of the process."""
    return tuple(action for action in Action if not reason_against(standing, action))


def refusal(standing: Standing, action: str, reason: str) -> str:
    """The sentence that refuses an action: the reason, the state, and what is possible instead."""
    instead = ", ".join(possible(standing)) or "nothing"
    why = reason[:1].lower() + reason[1:].rstrip(".")
    return f"{action} is not allowed: {why}. The deal is {standing.state}; allowed now: {instead}."


def require(standing: Standing, action: Action) -> None:
    """Raise `NotAllowed` with the reason, if there is one against it."""
    if reason := reason_against(standing, action):
        raise NotAllowed(f"{reason[0].upper()}{reason[1:]}.")
