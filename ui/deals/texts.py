"""Words of the deal screens: actions, next steps, the eight stages, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.money import to_decimal
from app.pipeline.lists import DealRow
from app.pipeline.rules import Action as Verb
from app.pipeline.rules import Standing
from app.pipeline.timeline import Happened
from ui import formats
from ui.widgets.deal_verbs import flag_words

STAGES = ("configure", "price", "quote", "contract", "payment", "delivery", "invoice", "revenue")


def _say(source: str) -> str:
    return QCoreApplication.translate("deals", source)


def stage_words(stage: str) -> str:
    """The name of a stage."""
    return {
        "configure": QCoreApplication.translate("deals", "Configure", "step"),
        "price": _say("Price"),
        "quote": _say("Quote"),
        "contract": _say("Contract"),
        "payment": _say("Payment"),
        "delivery": _say("Delivery"),
        "invoice": _say("Invoice"),
        "revenue": _say("Revenue"),
    }[stage]


def about(verb: Verb | None, standing: Standing) -> str:
    """What the next step is about, in a sentence."""
    if verb is None:
        return _say("Cancelled; nothing is left to do.") if standing.cancelled else _say("Done: nothing is left to do.")
    return {
        Verb.SEND_QUOTE: _say("The quote is ready to go to the customer."),
        Verb.ACCEPT_QUOTE: _say("The customer has the quote. Record the answer when it comes."),
        Verb.REVISE_QUOTE: _say("The quote is no longer open. A revision opens it again."),
        Verb.SIGN_CONTRACT: _say("The contract is in force once both sides have signed."),
        Verb.DISPATCH: _say("Goods are ready to leave."),
        Verb.CONFIRM_RECEIPT: _say("Goods are in transit. What the customer accepts is invoiced."),
        Verb.COMPLETE_SERVICE: _say("A service is open. It is invoiced when it is completed."),
    }.get(verb, "")


def next_words(row: DealRow) -> str:
    """The next step of a deal in a list; "" where nothing is left to do."""
    if row.state == "quoted":
        return {
            "sent": _say("Wait for the answer"),
            "expired": _say("Revise: it has expired"),
            "declined": _say("Revise, or let it rest"),
        }.get(row.quote_state, "")
    if row.state == "open" and row.lacks_deposit:
        return _say("Take the deposit")
    return {
        "draft": _say("Send the quote"),
        "contracted": _say("Collect the signatures"),
        "open": _say("Deliver and confirm"),
        "fulfilled": _say("Take the payment"),
    }.get(row.state, "")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, for the timeline."""

    words: str
    icon: str
    tone: str
    note: str = ""


def told(item: Happened, currency: str) -> Told:
    """A row of the history in words."""
    known = _TOLD.get(item.action)
    if known is None:
        return Told(item.action.replace("_", " "), "dot", "neutral")
    icon, tone = known
    number = item.numbers[0] if item.numbers else ""
    words = _sentence(item, currency).replace("%1", number)
    return Told(" ".join(words.split()), icon, tone, _note(item))


_TOLD = {
    "open_deal": ("plus", "neutral"),
    "send_quote": ("send", "accent"),
    "revise_quote": ("edit", "accent"),
    "accept_quote": ("check", "ok"),
    "decline_quote": ("close", "bad"),
    "amend_contract": ("contract", "accent"),
    "sign_contract": ("edit", "ok"),
    "pay": ("payment", "ok"),
    "refund": ("wallet", "warn"),
    "dispatch": ("delivery", "accent"),
    "confirm_receipt": ("package-check", "ok"),
    "complete_service": ("check", "ok"),
    "return_goods": ("return", "warn"),
    "credit": ("invoice", "warn"),
    "give_goodwill": ("star", "warn"),
    "cancel": ("bad", "bad"),
    "flag_deal": ("star", "warn"),
    "close_period": ("lock", "neutral"),
}


def _sentence(item: Happened, currency: str) -> str:
    if item.action == "sign_contract":
        return _say("Signed by the buyer") if item.details.get("side") == "buyer" else _say("Signed by us")
    if item.action == "flag_deal":
        return _say("Marked for attention") if item.details.get("flag") else _say("Mark taken off")
    if item.action in ("pay", "refund"):
        words = _say("%2 received, receipt %1") if item.action == "pay" else _say("%2 paid back")
        return words.replace("%2", _money(item.details.get("amount"), currency))
    if item.action == "give_goodwill":
        return _say("%2 of goodwill given as credit").replace("%2", _money(item.details.get("amount"), currency))
    return {
        "open_deal": _say("Deal %1 opened with a draft quote"),
        "send_quote": _say("Quote %1 sent"),
        "revise_quote": _say("Quote %1 revised"),
        "accept_quote": _say("Quote accepted, contract %1 drawn up"),
        "decline_quote": _say("Quote declined"),
        "amend_contract": _say("Contract %1 amended"),
        "dispatch": _say("Delivery %1 dispatched"),
        "confirm_receipt": _say("Receipt confirmed, invoice %1") if item.numbers else _say("Receipt confirmed"),
        "complete_service": _say("Service completed, invoice %1") if item.numbers else _say("Service completed"),
        "return_goods": _say("Goods came back, credit note %1"),
        "credit": _say("Credit note %1 written"),
        "cancel": _say("Deal cancelled"),
        "close_period": _say("Books closed"),
    }[item.action]


def _money(amount: Any, currency: str) -> str:
    return formats.money_text(amount, currency) if isinstance(amount, int) else ""


def _note(item: Happened) -> str:
    details = item.details
    parts = [str(details[name]) for name in ("by", "name", "reason", "override", "note") if details.get(name)]
    if details.get("discount_reason"):
        parts.append(f"{_say('Paid early')}: {details['discount_reason']}")
    if approval := details.get("approval"):
        parts.append(_approved(approval))
    if details.get("flag"):
        parts.append(flag_words(str(details["flag"])))
    tracking = " ".join(str(details[name]) for name in ("carrier", "tracking") if details.get(name))
    return " · ".join([*parts, tracking] if tracking else parts)


def _approved(approval: Mapping[str, Any]) -> str:
    """Why a quote below the floor went out all the same."""
    words = _say("Below the floor, approved by the owner") if approval.get("by_owner") else _say("Below the floor")
    reason = str(approval.get("reason") or "")
    return f"{words}: {reason}" if reason else words


def quantity_words(value: Decimal) -> str:
    """A quantity, or a quiet dash for none."""
    return formats.decimal_text(value) if value else formats.NOTHING


def money_or_dash(minor: int, currency: str) -> str:
    """An amount, or a quiet dash for none."""
    return formats.amount_text(minor, currency) if to_decimal(minor, currency) else formats.NOTHING
