"""Terms of a deal file: validity, payment, deposit, clauses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.core.errors import RuleViolation
from app.exchange.deal_file.entry import PERCENT, Entry, Keys, one_text
from app.exchange.deal_file.faults import Path, bad, wrong
from app.exchange.deal_file.shape import DEFAULT_TERMS
from app.quotes.rules import EarlyTax, Terms, early_payment, net_days

_TERMS = Keys.of("valid_days payment early_tax deposit clauses", later="instalments")
_DEPOSIT = Keys.of("percent amount")
_MOST_DAYS = 3650


def parse_terms(owner: Entry, currency: str) -> Terms:
    """The terms of a deal or a revision, with the defaults where they are left out."""
    if "terms" not in owner:
        return DEFAULT_TERMS
    entry = Entry(owner.values["terms"], owner.at("terms"), _TERMS)
    valid_days = entry.whole("valid_days", f"a whole number of days from 0 to {_MOST_DAYS}", 0, _MOST_DAYS)
    percent, amount = _deposit(entry, currency)
    payment = _payment(entry)
    return Terms(
        payment=payment,
        early_tax=_early_tax(entry, payment),
        valid_days=DEFAULT_TERMS.valid_days if valid_days is None else valid_days,
        deposit_percent=percent,
        deposit_amount=amount,
        clauses=_clauses(entry),
    )


def _payment(entry: Entry) -> str:
    """`net N`, `2/10 net N`, `prepaid` or `on delivery`."""
    if "payment" not in entry:
        return DEFAULT_TERMS.payment
    payment = entry.line("payment")
    try:
        net_days(payment)
    except RuleViolation:
        expected = 'terms such as "2/10 net 30", "net 30", or "prepaid", or "on delivery"'
        raise wrong(entry.at("payment"), expected, payment) from None
    return payment


def _early_tax(entry: Entry, payment: str) -> str:
    """How a discount for paying early treats the tax; empty for what is usual, and where none is offered."""
    if "early_tax" not in entry:
        return ""
    mode = entry.needed_choice("early_tax", EarlyTax)
    if early_payment(payment) is None:
        raise bad(entry.at("early_tax"), 'stands beside terms without a discount; expected such as "2/10 net 30".')
    return mode.value


def _deposit(terms: Entry, currency: str) -> tuple[Decimal | None, int | None]:
    if "deposit" not in terms:
        return None, None
    entry = Entry(terms.values["deposit"], terms.at("deposit"), _DEPOSIT)
    if ("percent" in entry) == ("amount" in entry):
        count = "both" if "percent" in entry else "neither"
        raise bad(entry.path, f"expected either percent or amount, found {count}.")
    return entry.number("percent", PERCENT), entry.amount("amount", currency)


def _clauses(terms: Entry) -> tuple[str, ...]:
    clauses = terms.each("clauses", "names of clauses", _clause) or ()
    for index, clause in enumerate(clauses):
        if clause in clauses[:index]:
            raise bad((terms.at("clauses"), index), f'the clause "{clause}" is named twice; expected it once.')
    return clauses


def _clause(value: Any, path: Path) -> str:
    return one_text(value, path, "the name of a clause, such as warranty")
