"""Words of the settings: what can be wrong, and the names of sections, languages and series."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem


def problem_words(problem: Problem) -> str:
    """The words beside the field."""
    words = {
        "missing": _say("Please fill this in."),
        "check_digits": _say("This is no IBAN; please compare it with your bank's letter."),
        "rate_range": _say("A rate is between 0 and 100 %."),
        "rate_missing": _say("Remove the rate if you charge no tax."),
        "twice": _say("This rate stands there twice."),
        "range": _say("This is outside what is possible."),
        "colour": _say("This is no colour; expected a form like #1F57D6."),
    }
    return words.get(problem.code, problem.message)


def series_words(prefix: str) -> str:
    """What a series of numbers is for."""
    return {
        "S": _say("Deals"),
        "Q": _say("Quotes"),
        "C": _say("Contracts"),
        "D": _say("Delivery notes"),
        "INV": _say("Invoices"),
        "CN": _say("Credit notes"),
        "P": _say("Payments"),
    }[prefix]


def language_words(code: str) -> str:
    """A language in its own words; "" is the system's."""
    own = {"en": "English", "de": "Deutsch"}
    return own.get(code, code) if code else _say("As the system")


def _say(source: str) -> str:
    return QCoreApplication.translate("settings", source)
