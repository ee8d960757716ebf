"""What is wrong with a draft of a deal's later stages, in the person's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem
from ui import formats


def problem_words(currency: str = "") -> ProblemWords:
    """The words for problems of a deal in this currency."""
    return ProblemWords(currency)


class ProblemWords:
    """Called with a problem, says it; a problem without words here says itself."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def __call__(self, problem: Problem) -> str:
        template = _words().get((problem.field.split(".")[-1].split("[")[0], problem.code))
        template = template or _words().get(("", problem.code))
        if template is None:
            return problem.message
        for name, value in problem.values.items():
            template = template.replace(f"%{name}", self._value(name, value))
        return template

    def _value(self, name: str, value: object) -> str:
        if name == "day":
            return formats.date_text(date.fromisoformat(str(value)))
        if isinstance(value, int):
            return formats.money_text(value, self._currency)
        return formats.decimal_text(Decimal(str(value)))


def _words() -> dict[tuple[str, str], str]:
    """(last part of the field, code) -> words; ("", code) for any field."""
    say = QCoreApplication.translate
    return {
        ("", "negative"): say("problems", "A quantity is not below zero."),
        ("", "above_open"): say("problems", "Only %open are open."),
        ("", "above_transit"): say("problems", "Only %open are in transit."),
        ("", "nothing"): say("problems", "Give at least one quantity."),
        ("", "not_positive"): say("problems", "It has to be above zero."),
        ("", "above_credit"): say("problems", "The customer's credit is only %credit."),
        ("", "above_left"): say("problems", "Only %left of this invoice is left to credit."),
        ("", "not_paid"): say(
            "problems", "%missing is not paid yet. Record the payment first, or say why the goods leave before."
        ),
        ("", "no_credit"): say("problems", "The customer has no credit."),
        ("", "no_money"): say("problems", "A refund is paid in money, not in credit."),
        ("", "settled"): say("problems", "Nothing of this invoice is open any more."),
        ("", "before_dispatch"): say("problems", "Not before the goods left, %day."),
        ("", "before_receipt"): say("problems", "Not before the goods were received, %day."),
        ("", "before_invoice"): say("problems", "Not before the invoice, %day."),
        ("", "before_contract"): say("problems", "Not before the contract was made, %day."),
        ("key", "missing"): say("problems", "Choose the clause."),
        ("title", "missing"): say("problems", "Give the clause a title."),
        ("title", "taken"): say("problems", "There is a clause of this title; choose it instead."),
        ("text", "missing"): say("problems", "A clause cannot be taken out, only reworded. Write its text."),
        ("text", "unchanged"): say("problems", "This is the text as it stands. Change it, or choose another clause."),
        ("side", "missing"): say("problems", "Choose the side that signs."),
        ("name", "missing"): say("problems", "Write who signs."),
        ("position", "missing"): say("problems", "Choose the service that was done."),
        ("place", "missing"): say("problems", "Choose the invoice."),
        ("reason", "missing"): say("problems", "Say why; it is printed on the credit note."),
    }
