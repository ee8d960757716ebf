"""How a price arises, in the person's language: its steps, why a rule lost, and why a coupon gives nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem
from app.core.quantity import plain
from app.pricing.book import CATALOGUE
from app.pricing.detail import Step
from app.pricing.unit_prices import Because
from ui import formats

AGREED = "Agreed price"
"""What `app.pricing.rules` calls a price that was agreed before such things were noted."""


def step_words(step: Step) -> str:
    """The name of a step of the waterfall."""
    return {
        Step.LIST: _say("List price"),
        Step.TIER: _say("Quantity tier"),
        Step.CONTRACT: _say("Agreed price"),
        Step.PROMOTION: _say("Promotion"),
        Step.LINE_DISCOUNT: _say("Discount"),
        Step.LINE_CHARGE: _say("Charge"),
        Step.DOCUMENT_DISCOUNT: _say("Discount of the whole"),
        Step.DOCUMENT_CHARGE: _say("Charge of the whole"),
        Step.TAX: _say("Tax"),
    }[step]


def rule_name(rule: str) -> str:
    """The name of a rule; what the program itself names is in the person's language."""
    return {CATALOGUE: _say("Catalogue"), AGREED: _say("Agreed price")}.get(rule, rule)


def because_words(because: str) -> str:
    """Why a rule that matched did not decide the price; a reason from elsewhere reads as it came."""
    return {
        Because.TYPED: _say("you typed the price"),
        Because.CHOSEN: _say("you chose another"),
        Because.CONTRACT: _say("a price agreed with this customer comes first"),
        Because.PRIORITY: _say("another has a higher priority"),
        Because.NARROWER: _say("another is for fewer products"),
        Because.GROUP: _say("another is for this customer's group"),
        Because.LEAST_QUANTITY: _say("another begins at a higher quantity"),
        Because.DEARER: _say("another is better for the buyer"),
        Because.NAME: _say("only the names could tell them apart"),
        Because.RULE: _say("a rule stands in its place"),
        Because.BETTER: _say("another promotion takes more off"),
        Because.STOPPED: _say("a promotion before it lets none follow"),
        Because.NOTHING_LEFT: _say("there is nothing left to take it off"),
    }.get(because, because)


def coupon_words(problem: Problem) -> str:
    """Why a coupon gives nothing."""
    values = problem.values
    words = {
        "unknown": _say("There is no coupon %code."),
        "twice": _say("The coupon %code stands there twice."),
        "withdrawn": _say("The coupon %code was withdrawn."),
        "not_yet": _say("The coupon %code holds from %day on."),
        "expired": _say("The coupon %code expired on %day."),
        "used_up": _say("The coupon %code is used up (%uses of %most)."),
        "used_by_customer": _say("This customer has used the coupon %code %uses of %most times."),
        "beaten": _say("The coupon %code gives no more than what is given anyway."),
        "not_met": _say("The coupon %code: %why"),
    }.get(problem.code)
    if words is None:
        return problem.message
    why = _condition(values) if problem.code == "not_met" else ""
    return _filled(words, values).replace("%why", why)


def _condition(values: Mapping[str, Any]) -> str:
    """The condition of its promotion that is not met."""
    words = {
        "no_line": _say("nothing in the offer is what it is for."),
        "no_line_enough": _say("no line has the quantity or amount it asks for."),
        "ended": _say("its promotion has ended."),
        "days": _say("it holds on other days (%days)."),
        "currency": _say("it is in %currency."),
        "customer": _say("it is for other customers."),
        "group": _say("it is for customers of the group %groups."),
        "region": _say("it is for %regions."),
        "least_quantity": _say("it takes %least, and there are %is."),
        "most_quantity": _say("it is for at most %most, and there are %is."),
        "least_order": _say("the order has to come to %least, and it comes to %is."),
        "least_amount": _say("it takes %least, and it comes to %is."),
        "most_amount": _say("it is for at most %most, and it comes to %is."),
        "nothing_to_get": _say("what it gives is not in the offer."),
    }.get(str(values.get("condition", "")), _say("its conditions are not met."))
    return _filled(words, values)


def _filled(words: str, values: Mapping[str, Any]) -> str:
    """Longer names first, so that none is taken for the beginning of another."""
    for name in sorted(values, key=len, reverse=True):
        words = words.replace(f"%{name}", _shown(name, str(values[name])))
    return words


def _shown(name: str, value: str) -> str:
    """A day or a number in the locale's way; any other text as it is."""
    if name == "day":
        return formats.date_text(date.fromisoformat(value))
    try:
        return formats.decimal_text(plain(Decimal(value))) if name in ("least", "most", "is", "uses") else value
    except InvalidOperation:
        return value


def _say(source: str) -> str:
    return QCoreApplication.translate("price", source)
