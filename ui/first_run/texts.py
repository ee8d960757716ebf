"""Words for what can be wrong with a new company."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Problem


def problem_words(problem: Problem) -> str:
    """The words beside the field."""
    words = {
        "missing": _say("Please fill this in."),
        "check_digits": _say("This is no IBAN; please compare it with your bank's letter."),
        "unknown_currency": _say("This currency is not known."),
        "rate_range": _say("A rate is between 0 and 100 %."),
        "rate_missing": _say("Leave it empty if you charge no tax."),
    }
    return words.get(problem.code, problem.message)


def _say(source: str) -> str:
    return QCoreApplication.translate("first_run", source)
