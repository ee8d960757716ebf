"""Words of payments: methods, steps, and how money is divided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem
from app.payments.rules import Division
from app.pipeline.promises import Earned
from ui import formats
from ui.wizards.problem_words import problem_words


def say(context: str, source: str) -> str:
    """Translate."""
    return QCoreApplication.translate(context, source)


def step_words(step: str) -> str:
    """Titles of the steps."""
    return {
        "payment": QCoreApplication.translate("payments", "Payment"),
        "refund": QCoreApplication.translate("payments", "Refund"),
        "review": QCoreApplication.translate("payments", "Review"),
    }[step]


def division_words(division: Division, currency: str) -> Sequence[str]:
    """How a payment is divided, a part each: "€200.00 settles INV-2026-0001", "€13.00 stays as credit"."""
    translate = QCoreApplication.translate
    found = []
    for invoice, amount in division.invoices:
        if amount >= invoice.open:
            template = translate("payments", "%1 settles %2")
        else:
            template = translate("payments", "%1 pays part of %2")
        found.append(_filled(template, amount, currency).replace("%2", invoice.number))
    for invoice, amount in division.discounts:
        template = translate("payments", "%1 is taken off %2 for paying early")
        found.append(_filled(template, amount, currency).replace("%2", invoice.number))
    if division.deposit:
        found.append(_filled(translate("payments", "%1 is a deposit"), division.deposit, currency))
    if division.credit:
        found.append(_filled(translate("payments", "%1 stays as the customer's credit"), division.credit, currency))
    return found


def earned_words(earned: Earned, currency: str) -> list[str]:
    """What becomes the customer's by a payment: "€6.90 of cashback becomes the customer's credit"."""
    found = []
    if earned.cashback > 0:
        template = say("payments", "%1 of cashback becomes the customer's credit")
        found.append(_filled(template, earned.cashback, currency))
    if earned.points > 0:
        words = QCoreApplication.translate("payments", "%n points can be spent from now on", None, earned.points)
        found.append(words.replace(str(earned.points), formats.whole_text(earned.points), 1))
    return found


def payment_words(currency: str) -> Callable[[Problem], str]:
    """The words for what is wrong with a payment."""
    others = problem_words(currency)

    def words(problem: Problem) -> str:
        if problem.code == "not_offered":
            return say("payments", "No discount for paying early is offered on what is open.")
        if problem.code == "above_offer":
            most = formats.money_text(int(problem.values["most"]), currency)
            return say("payments", "At most %1 for this payment.").replace("%1", most)
        if problem.field == "discount_reason":
            return say("payments", "Its last day is over: say why it is given all the same.")
        return others(problem)

    return words


def _filled(template: str, amount: int, currency: str) -> str:
    return template.replace("%1", formats.money_text(amount, currency))
