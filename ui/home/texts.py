"""Words of Home: what each task says, and what its one button does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem
from app.pipeline.today import Doing, Task
from ui import formats
from ui.routes import Route


@dataclass(frozen=True, slots=True)
class Shown:
    """How a task is shown: reason, icon, tone, and the verb with where it leads."""

    reason: str
    icon: str
    tone: str
    verb: str
    route: Route


def shown(task: Task, on: date) -> Shown:
    """The words for a task as of a day."""
    make = _MAKERS[task.doing]
    return make(task, (on - task.day).days)


def _collect(task: Task, days: int) -> Shown:
    words = _say("%1 is overdue by %n days", days).replace("%1", task.number)
    return Shown(words, "invoice", "bad", _say("Take payment"), Route("take-payment", task.deal_id))


def _expiring(task: Task, days: int) -> Shown:
    left = -days
    words = _say("%1 expires today") if left == 0 else _say("%1 expires in %n days", left)
    return Shown(words.replace("%1", task.number), "quote", "warn", _say("Open quote"), Route("quote", task.deal_id))


def _confirm(task: Task, days: int) -> Shown:
    words = _say("Dispatched today") if days == 0 else _say("Under way for %n days", days)
    return Shown(words, "package-check", "accent", _say("Confirm receipt"), Route("confirm-receipt", task.deal_id))


def _dispatch(task: Task, _days: int) -> Shown:
    words = _say("Ready to go: %1").replace("%1", task.number)
    return Shown(words, "delivery", "accent", _say("Dispatch"), Route("dispatch", task.deal_id))


def _complete(task: Task, _days: int) -> Shown:
    words = _say("Service to be done: %1").replace("%1", task.number)
    route = Route("complete-service", task.deal_id)
    return Shown(words, "check", "accent", _say("Mark as done"), route)


def _deposit(task: Task, _days: int) -> Shown:
    words = _say("Deposit of %1 is not here yet").replace("%1", formats.money_text(task.amount, task.currency))
    return Shown(words, "payment", "warn", _say("Take payment"), Route("take-payment", task.deal_id))


def _sign(task: Task, _days: int) -> Shown:
    words = _say("%1 waits for signatures").replace("%1", task.number)
    return Shown(words, "contract", "accent", _say("Sign"), Route("sign-contract", task.deal_id))


def _follow_up(task: Task, days: int) -> Shown:
    words = _say("%1 sent %n days ago, no answer", days).replace("%1", task.number)
    return Shown(words, "mail", "neutral", _say("Open quote"), Route("quote", task.deal_id))


_MAKERS = {
    Doing.COLLECT: _collect,
    Doing.EXPIRING: _expiring,
    Doing.CONFIRM: _confirm,
    Doing.DISPATCH: _dispatch,
    Doing.COMPLETE: _complete,
    Doing.DEPOSIT: _deposit,
    Doing.SIGN: _sign,
    Doing.FOLLOW_UP: _follow_up,
}

LISTS: dict[Doing, Route] = {
    Doing.COLLECT: Route.to("invoices", state="overdue"),
    Doing.EXPIRING: Route.to("quotes", state="sent"),
    Doing.CONFIRM: Route.to("deliveries", state="dispatched"),
    Doing.DISPATCH: Route.to("deals", waiting="delivery"),
    Doing.COMPLETE: Route.to("deals", state="open"),
    Doing.DEPOSIT: Route.to("deals", waiting="deposit"),
    Doing.SIGN: Route.to("contracts", state="draft,signed_by_one"),
    Doing.FOLLOW_UP: Route.to("quotes", state="sent"),
}
"""Where all tasks of a kind can be found when there are more than Home shows."""


def more_words(doing: Doing, count: int) -> str:
    """What leads to the rest of a kind."""
    return {
        Doing.COLLECT: lambda: _say("All %n overdue invoices", count),
        Doing.EXPIRING: lambda: _say("All %n quotes that expire soon", count),
        Doing.CONFIRM: lambda: _say("All %n receipts to confirm", count),
        Doing.DISPATCH: lambda: _say("All %n orders to dispatch", count),
        Doing.COMPLETE: lambda: _say("All %n services to be done", count),
        Doing.DEPOSIT: lambda: _say("All %n deposits to come", count),
        Doing.SIGN: lambda: _say("All %n contracts to sign", count),
        Doing.FOLLOW_UP: lambda: _say("All %n quotes to follow up", count),
    }[doing]()


def wizard_words(kind: str, is_new: bool = False) -> str:
    """What a wizard or form is called, by the kind of its route; `is_new` is about a form of something new."""
    return {
        "new-quote": _say("New quote"),
        "revise-quote": _say("Revise the quote"),
        "amend-contract": _say("Amend the contract"),
        "amend-lines": _say("Change the agreed lines"),
        "sign-contract": _say("Sign the contract"),
        "take-payment": _say("Take a payment"),
        "refund": _say("Refund"),
        "dispatch": _say("Dispatch"),
        "confirm-receipt": _say("Confirm receipt"),
        "complete-service": _say("Complete a service"),
        "customer": _say("New customer") if is_new else _say("Customer"),
        "product": _say("New product") if is_new else _say("Product"),
        "price-list": _say("New price list") if is_new else _say("Price list"),
        "contract-price": _say("New contract price") if is_new else _say("Contract price"),
        "promotion": _say("New promotion") if is_new else _say("Promotion"),
        "coupon": _say("New coupon") if is_new else _say("Coupon"),
        "delivery-rule": _say("New delivery charge") if is_new else _say("Delivery charge"),
        "return": _say("Take goods back"),
        "credit": _say("Credit note"),
    }.get(kind, kind)


def open_words(what: str, count: int) -> str:
    """What is still open of a time that is to be closed; "after" and "nothing" say what that means."""
    return {
        "in_transit": lambda: _say("%n deliveries nobody has confirmed", count),
        "undelivered": lambda: _say("%n orders with something still to deliver", count),
        "unallocated": lambda: _say("%n payments that settle no invoice yet", count),
        "unprinted": lambda: _say("%n documents whose PDF is not made yet", count),
        "after": lambda: _say("Nothing of this is lost: what still comes of it is posted from %1 on."),
        "nothing": lambda: _say("Everything of that time is delivered, invoiced and settled as far as it was paid."),
    }[what]()


def closing_problem_words(problem: Problem) -> str:
    """What is wrong with the day the books are to be closed through."""
    words = {
        "missing": _say("Choose the last day of the period."),
        "closed": _say("The books are closed through %day already. Choose a later day."),
        "too_late": _say("At most the end of this month, %day: closing cannot be undone."),
    }[problem.code]
    day = str(problem.values.get("day", ""))
    return words.replace("%day", formats.date_text(date.fromisoformat(day))) if day else words


def _say(source: str, number: int = -1) -> str:
    return QCoreApplication.translate("home", source, None, number)
