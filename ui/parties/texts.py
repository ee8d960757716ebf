"""Words of the customer screens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.core.countries import country_names
from app.core.errors import Problem
from app.core.party import Address
from ui import formats

PAYMENTS = ("", "prepaid", "on delivery", "net 7", "net 10", "net 14", "net 21", "net 30", "net 45", "net 60", "net 90")


def country_name(code: str) -> str:
    """A country in the person's language; a code nobody knows as it is."""
    return country_names(QLocale().name().partition("_")[0]).get(code, code)


def address_lines(address: Address) -> str:
    """An address as it stands on a letter, the country last."""
    place = " ".join(part for part in (address.postal_code, address.city) if part)
    lines = (address.street, address.street2, place, address.region, country_name(address.country))
    return "\n".join(line for line in lines if line)


def payment_words(payment: str) -> str:
    """When money is due."""
    if payment.startswith("net "):
        days = payment.removeprefix("net ")
        number = int(days) if days.isdecimal() else 0
        return QCoreApplication.translate("parties", "%n days after the invoice", None, number)
    words = {"": _say("As usual"), "prepaid": _say("Before delivery"), "on delivery": _say("On delivery")}
    return words.get(payment, payment)


def payment_choices(kept: str) -> list[tuple[str, str]]:
    """The usual terms, and what is kept where it is none of them."""
    known = PAYMENTS if kept in PAYMENTS else (*PAYMENTS, kept)
    return [(payment, payment_words(payment)) for payment in known]


def language_choices() -> list[tuple[str, str]]:
    """Languages papers can be written in."""
    return [("", _say("As the company")), ("en", _say("English")), ("de", _say("German"))]


def language_words(code: str) -> str:
    """A language of papers."""
    return dict(language_choices()).get(code, code) if code else ""


def age_words(age: str) -> str:
    """The age of an open item."""
    return {
        "not_due": _say("Not due yet"),
        "to_30": _say("1 to 30 days"),
        "to_60": _say("31 to 60 days"),
        "to_90": _say("61 to 90 days"),
        "over_90": _say("Over 90 days"),
    }[age]


def overdue_words(days: int) -> str:
    """How late something is."""
    if days <= 0:
        return _say("Not due yet")
    return QCoreApplication.translate("parties", "%n days late", None, days).replace(
        str(days), formats.whole_text(days), 1
    )


def overdue_tone(days: int) -> str:
    """The later, the worse."""
    return "neutral" if days <= 0 else "warn" if days <= 30 else "bad"


def problem_words(problem: Problem) -> str:
    """Words beside a field."""
    words = {
        "missing": _say("Please fill this in."),
        "check_digits": _say("The check digits do not fit; please compare it with the bank’s letter."),
        "vat_shape": _say("VAT numbers that begin with %1 look otherwise; please compare it."),
        "mail": _say("This does not look like an e-mail address."),
    }
    return words.get(problem.code, problem.message).replace("%1", str(problem.values.get("country", "")))


def _say(source: str) -> str:
    return QCoreApplication.translate("parties", source)
