"""Words of the settings: what can be wrong, and the names of sections, languages and series."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem


def problem_words(problem: Problem) -> str:
    """The words beside the field."""
    by_field = {
        ("prefix", "prefix"): _say("One to six letters, A to Z."),
        ("prefix", "taken"): _say("Another kind of document has this prefix."),
        ("digits", "digits"): _say("Not fewer than the numbers that were given have."),
        ("first", "gap"): _say("That would leave a gap."),
        ("new", "pin"): _say("A PIN has 4 to 12 figures."),
        ("old", "wrong"): _say("That is not the PIN."),
        ("target", "range"): _say("The target is at least the floor, and both are below 100 %."),
    }
    words = {
        "missing": _say("Please fill this in."),
        "check_digits": _say("This is no IBAN; please compare it with your bank's letter."),
        "rate_range": _say("A rate is between 0 and 100 %."),
        "rate_missing": _say("Remove the rate if you charge no tax."),
        "twice": _say("This rate stands there twice."),
        "range": _say("This is outside what is possible."),
        "colour": _say("This is no colour; expected a form like #1F57D6."),
    }
    return by_field.get((problem.field, problem.code)) or words.get(problem.code, problem.message)


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
