"""What our company usually agrees: currency, tax rates, terms. New quotes and products start from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.core import tax as taxes
from app.core.codec import from_plain, to_plain
from app.core.errors import Problem, RuleViolation
from app.core.money import currencies
from app.core.tax import Tax, TaxCategory
from app.store import settings
from app.store.history import Done, command
from app.store.session import Session, WriteSession

_NAME = "defaults"
_LONGEST_DAYS = 3650
EARLY_TAX = ("always", "if_taken", "never")
"""The tax of the early price, corrected when the discount is taken, or never (correctness E17)."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """`tax_rates` are percentages, the usual one first, none where no tax is charged; `payment` as in quotes' terms."""

    currency: str = "EUR"
    prices_include_tax: bool = False
    tax_rates: tuple[Decimal, ...] = ()
    payment: str = "net 30"
    valid_days: int = 30
    deposit_percent: Decimal | None = None
    early_tax: str = "if_taken"
    """What an early-payment discount does to the tax, one of `EARLY_TAX`."""

    @property
    def taxes(self) -> tuple[Tax, ...]:
        """The rates as taxes a line can have; outside the scope of tax where there is no rate."""
        found = tuple(Tax(TaxCategory.STANDARD, rate) for rate in self.tax_rates)
        return found or (Tax(TaxCategory.OUT_OF_SCOPE, Decimal(0)),)

    @property
    def usual_tax(self) -> Tax:
        """The tax of a new product."""
        return self.taxes[0]


def check(values: Defaults) -> list[Problem]:
    """Everything that is wrong with them; fields are named as in `Defaults`."""
    found = []
    if values.currency not in currencies():
        message = f"currency: {values.currency!r} is no currency of ISO 4217, such as EUR."
        found.append(Problem("currency", "unknown_currency", message))
    for index, rate in enumerate(values.tax_rates):
        found += taxes.problems(Tax(TaxCategory.STANDARD, rate), f"tax_rates[{index}]")
    if len(set(values.tax_rates)) < len(values.tax_rates):
        found.append(Problem("tax_rates", "twice", "tax_rates: a rate stands there twice."))
    if not 1 <= values.valid_days <= _LONGEST_DAYS:
        message = f"valid_days: {values.valid_days} is no period; expected 1 to {_LONGEST_DAYS} days."
        found.append(Problem("valid_days", "range", message))
    if values.deposit_percent is not None and not 0 < values.deposit_percent <= 100:
        message = f"deposit_percent: {values.deposit_percent} is no share; expected above 0 up to 100 percent."
        found.append(Problem("deposit_percent", "range", message))
    if values.early_tax not in EARLY_TAX:
        message = f"early_tax: {values.early_tax!r} is not known; expected one of {', '.join(EARLY_TAX)}."
        found.append(Problem("early_tax", "unknown", message))
    return found


def defaults(session: Session) -> Defaults:
    """What is set in this file, or the plainest values."""
    kept = settings.get(session, _NAME)
    return Defaults() if kept is None else from_plain(Defaults, kept)


@command
def set_defaults(session: WriteSession, values: Defaults) -> Done:
    """Keep them; quotes and products that exist stay as they are. Raises `RuleViolation` with all problems."""
    if problems := check(values):
        raise RuleViolation(problems)
    before, after = to_plain(defaults(session)), to_plain(values)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            session.changed(f"default {name}", str(before.get(name, "")), str(after.get(name, "")))
    settings.put(session, _NAME, after)
    return Done("set_defaults")
