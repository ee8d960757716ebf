"""The eight steps of a deal: where each stands, with its words and day, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.contracts.rules import ContractState
from app.pipeline.next_step import deposit_due, next_action
from app.pipeline.queries import DealView
from app.pipeline.rules import Action
from app.quotes.rules import QuoteState
from ui import formats
from ui.deals.texts import STAGES, stage_words
from ui.routes import Route
from ui.widgets.state_words import state_text
from ui.widgets.stepper import Step, StepState

_STAGE_OF = {
    Action.SEND_QUOTE: "quote",
    Action.ACCEPT_QUOTE: "quote",
    Action.REVISE_QUOTE: "quote",
    Action.SIGN_CONTRACT: "contract",
    Action.PAY: "payment",
    Action.DISPATCH: "delivery",
    Action.CONFIRM_RECEIPT: "delivery",
    Action.COMPLETE_SERVICE: "delivery",
}


def _say(source: str) -> str:
    return QCoreApplication.translate("deals", source)


def steps(view: DealView, on: date) -> list[Step]:
    """All eight steps as of a day."""
    action = next_action(view)
    now = _STAGE_OF.get(action, "") if action is not None else ""
    return [
        Step(stage_words(stage), _NOTES[stage](view) or formats.NBSP, _state(view, stage, now, on)) for stage in STAGES
    ]


def _state(view: DealView, stage: str, now: str, on: date) -> StepState:
    if _is_problem(view, stage, on):
        return "problem"
    if stage == now:
        return "now"
    return "done" if _is_done(view, stage) else "todo"


def _is_problem(view: DealView, stage: str, on: date) -> bool:
    if stage == "quote":
        return view.standing.quote in (QuoteState.DECLINED, QuoteState.EXPIRED)
    if stage == "payment":
        return any(invoice.open > 0 and invoice.due_on < on for invoice in view.invoices)
    return False


def _is_done(view: DealView, stage: str) -> bool:
    standing = view.standing
    in_force = standing.contract is ContractState.IN_FORCE
    delivered = in_force and not (standing.goods_open or standing.services_open or standing.in_transit)
    return {
        "configure": True,
        "price": True,
        "quote": standing.contract is not None,
        "contract": in_force,
        "payment": in_force and bool(view.payments) and not view.money.receivable and not deposit_due(view),
        "delivery": delivered,
        "invoice": delivered and bool(view.invoices),
        "revenue": delivered and bool(view.revenue),
    }[stage]


def _configured(view: DealView) -> str:
    return QCoreApplication.translate("deals", "%n lines", None, len(view.quote.offer.lines))


def _price(view: DealView) -> str:
    return formats.short_money_text(view.quote.gross, view.deal.currency)


def _quote(view: DealView) -> str:
    quote = view.quote
    day = quote.decided_on or quote.sent_on
    return _with_day(state_text("quote", view.standing.quote.value), day)


def _contract(view: DealView) -> str:
    if view.contract is None:
        return ""
    day = max((signature.signed_on for signature in view.contract.signatures), default=view.contract.made_on)
    return _with_day(state_text("contract", view.contract.state.value), day)


def _payment(view: DealView) -> str:
    currency = view.deal.currency
    if due := deposit_due(view):
        return _say("%1 due first").replace("%1", formats.short_money_text(due, currency))
    if view.money.receivable:
        return _say("%1 open").replace("%1", formats.short_money_text(view.money.receivable, currency))
    return _with_day(_say("Paid"), view.payments[-1].paid_on) if view.payments else ""


def _delivery(view: DealView) -> str:
    if view.standing.in_transit:
        return state_text("delivery", "dispatched")
    done = sum(view.moved(position).accepted > 0 for position in range(1, len(view.quote.offer.lines) + 1))
    if not done:
        return ""
    words = _say("%1 of %2 lines").replace("%1", formats.whole_text(done))
    return words.replace("%2", formats.whole_text(len(view.quote.offer.lines)))


def _invoice(view: DealView) -> str:
    if not view.invoices:
        return ""
    return _with_day(
        QCoreApplication.translate("deals", "%n papers", None, len(view.invoices)), view.invoices[-1].issued_on
    )


def _revenue(view: DealView) -> str:
    earned = sum(entry.amount for entry in view.revenue)
    return formats.short_money_text(earned, view.deal.currency) if view.revenue else ""


_NOTES: dict[str, Callable[[DealView], str]] = {
    "configure": _configured,
    "price": _price,
    "quote": _quote,
    "contract": _contract,
    "payment": _payment,
    "delivery": _delivery,
    "invoice": _invoice,
    "revenue": _revenue,
}


def _with_day(words: str, day: date | None) -> str:
    return f"{words} {formats.day_text(day)}" if day is not None else words


def route_of(view: DealView, stage: str) -> Route | None:
    """What a step opens: its one document, the list of several, None where there is nothing yet."""
    deal_id = view.deal.id
    if stage in ("configure", "price"):
        is_open = view.standing.quote is QuoteState.DRAFT and not view.standing.cancelled
        return Route("revise-quote", deal_id) if is_open else Route("quote", deal_id)
    if stage == "quote":
        return Route("quote", deal_id)
    if stage == "contract":
        return Route("contract", deal_id) if view.contract is not None else None
    if stage == "revenue":
        return Route.to("revenue", deal=deal_id) if view.revenue else None
    papers: dict[str, Sequence[Any]] = {"payment": view.payments, "delivery": view.deliveries, "invoice": view.invoices}
    found = papers[stage]
    if not found:
        return None
    if len(found) == 1:
        return Route(stage, found[0].id)
    return Route.to({"payment": "payments", "delivery": "deliveries", "invoice": "invoices"}[stage], deal=deal_id)
