"""Words of the quote screens: steps, problems, choices."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QLocale

from app.contracts import clauses
from app.core.errors import Problem
from app.core.tax import Tax, TaxCategory
from app.quotes.draft import QuoteDraft
from ui import formats
from ui.widgets.offer_figures import category_words


def _say(source: str) -> str:
    return QCoreApplication.translate("quotes", source)


def step_words(step: str) -> str:
    """The name of a page."""
    return {
        "customer": _say("Customer"),
        "products": _say("Products"),
        "price": _say("Price"),
        "terms": _say("Terms"),
        "review": _say("Review"),
    }[step]


def commit_words(draft: QuoteDraft) -> str:
    """What the last button will do."""
    return _say("Save and send quote") if draft.send else _say("Save draft quote")


_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")


def problem_words(problem: Problem) -> str:
    """A problem beside its field, in words."""
    known = _PROBLEMS().get((_LINE.sub(r"line.\2", problem.field), problem.code))
    return known or problem.message


def in_summary(problem: Problem) -> Problem:
    """The problem as one reads it away from its field: with the number of its line."""
    match, words = _LINE.fullmatch(problem.field), problem_words(problem)
    if match is not None:
        words = _say("Line %1: %2").replace("%1", formats.whole_text(int(match[1]) + 1)).replace("%2", words)
    return replace(problem, message=words)


def _PROBLEMS() -> dict[tuple[str, str], str]:  # noqa: N802 - a table that has to be made in the language of the day
    return {
        ("customer", "missing"): _say("Who is the quote for?"),
        ("email", "bad_email"): _say("This is no e-mail address."),
        ("email", "no_email"): _say("The customer has no e-mail address."),
        ("address", "no_address"): _say("The customer has no postal address."),
        ("lines", "missing"): _say("Add at least one product or line."),
        ("lines", "too_large"): _say("The total is too large."),
        ("lines", "unchanged"): _say("Nothing is changed yet: change a line, a quantity or a price."),
        ("line.name", "missing"): _say("It needs a name."),
        ("line.quantity", "not_positive"): _say("The quantity has to be above zero."),
        ("line.unit_price", "missing"): _say("It needs a price."),
        ("line.unit_price", "free"): _say("It is for free."),
        ("line.cost", "no_cost"): _say("Its cost is not known, so its margin is not either."),
        ("line.discount", "below_zero"): _say("The discount is more than the price."),
        ("discounts", "below_zero"): _say("The discounts are more than what they apply to."),
        ("valid_days", "range"): _say("Between 1 and 3650 days, please."),
        ("payment_days", "range"): _say("Between 0 and 3650 days, please."),
        ("deposit_percent", "range"): _say("Above 0 and up to 100 %, please."),
        ("deposit_amount", "not_positive"): _say("An amount above zero, please."),
        ("deposit_amount", "too_large"): _say("This is more than the whole quote."),
    }


def payment_choices() -> list[tuple[str, str]]:
    """Terms of payment."""
    return [
        ("net", _say("Within some days after the invoice")),
        ("on delivery", _say("On delivery")),
        ("prepaid", _say("In advance")),
    ]


def early_tax_choices() -> list[tuple[str, str]]:
    """What becomes of the tax where somebody pays early."""
    return [
        ("if_taken", _say("is corrected when it is taken")),
        ("always", _say("is that of the early price from the start")),
        ("never", _say("stays; only the net is lowered")),
    ]


def deposit_choices() -> list[tuple[str, str]]:
    """Kinds of deposit."""
    return [("", _say("No deposit")), ("percent", _say("A percentage")), ("amount", _say("An amount"))]


def tax_words(tax: Tax) -> str:
    """A tax in a choice: "19 %", or why there is none."""
    if tax.category is TaxCategory.STANDARD:
        return formats.percent_text(tax.rate)
    return category_words(tax.category)


def language_choices() -> list[tuple[str, str]]:
    """Languages that papers are written in."""
    return [("", _say("Same as ours")), ("en", "English"), ("de", "Deutsch")]


def clause_title(key: str) -> str:
    """The title of a clause in the person's language."""
    return clauses.title(key, QLocale().name().partition("_")[0])


def clause_keys() -> list[str]:
    """The standard clauses."""
    return list(clauses.STANDARD["en"])
