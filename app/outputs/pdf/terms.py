"""Terms of payment in words."""

from __future__ import annotations

import re
from decimal import Decimal

from app.core.printed import PrintedTerms
from app.outputs.pdf.formats import day, money, number, percent
from app.outputs.pdf.words import Words

_NET = re.compile(r"net (\d+)", re.IGNORECASE)
_DISCOUNT = re.compile(r"(\d+(?:\.\d+)?)/(\d+) net (\d+)", re.IGNORECASE)
_FIXED = {"prepaid": "terms_prepaid", "on delivery": "terms_on_delivery"}


def payment_sentence(payment: str, words: Words) -> str:
    """The terms as a sentence; what is none of the known forms is printed as it was typed."""
    payment = payment.strip()
    if key := _FIXED.get(payment.lower()):
        return words(key)
    if match := _NET.fullmatch(payment):
        return words("terms_net", days=_days(match[1], words)) if int(match[1]) else words("terms_at_once")
    if match := _DISCOUNT.fullmatch(payment):
        rate = percent(Decimal(match[1]), words.language)
        return words("terms_discount", percent=rate, early=_days(match[2], words), days=_days(match[3], words))
    return payment


def deposit_sentence(terms: PrintedTerms, currency: str, words: Words) -> str:
    """The deposit as a sentence; empty if there is none."""
    if not terms.deposit:
        return ""
    amount = money(terms.deposit, currency, words.language)
    if terms.deposit_percent is None:
        return words("terms_deposit", amount=amount)
    return words("terms_deposit_percent", amount=amount, percent=percent(terms.deposit_percent, words.language))


def cashback_sentence(terms: PrintedTerms, words: Words) -> str:
    """What the buyer gets back as credit; empty if nothing is promised."""
    if not terms.cashback_percent:
        return ""
    return words("cashback", percent=percent(terms.cashback_percent, words.language))


def early_sentence(terms: PrintedTerms, due: int, currency: str, words: Words) -> str:
    """Until when an invoice may be paid with a discount, and with how much; empty where none is offered."""
    if terms.early_until is None or not terms.early_discount:
        return ""
    return words(
        "early_offer",
        date=day(terms.early_until, words.language),
        discount=money(terms.early_discount, currency, words.language),
        amount=money(due - terms.early_discount, currency, words.language),
    )


def terms_text(terms: PrintedTerms, currency: str, words: Words) -> str:
    """Deposit, payment and cashback, one after the other."""
    sentences = (
        deposit_sentence(terms, currency, words),
        payment_sentence(terms.payment, words),
        cashback_sentence(terms, words),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def _days(digits: str, words: Words) -> str:
    days = int(digits)
    return words("within_day") if days == 1 else words("within_days", days=number(Decimal(days), words.language))
