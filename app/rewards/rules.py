"""What cashback comes to, when it is the customer's credit, and how it is booked. Pure.

Cashback is consideration payable to the customer: it reduces revenue on the day of the sale and is owed from then on
(correctness E13). It is earned on what was paid, so it becomes credit in that proportion, and a credit note takes its
part back: first of what is only promised, then of what is credit already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.money import divide, percent_of, split
from app.core.quantity import micro
from app.ledger.rules import Posting, Role, credit, debit


@dataclass(frozen=True, slots=True)
class Cashback:
    """What an invoice promises in minor units, and what of it is the customer's credit."""

    promised: int = 0
    credited: int = 0

    def __add__(self, other: Cashback) -> Cashback:
        return Cashback(self.promised + other.promised, self.credited + other.credited)

    def __sub__(self, other: Cashback) -> Cashback:
        return Cashback(self.promised - other.promised, self.credited - other.credited)

    @property
    def owed(self) -> int:
        """What is still promised only."""
        return self.promised - self.credited


@dataclass(frozen=True, slots=True)
class Billed:
    """How an invoice stands, in minor units: its gross, what credit notes and discounts took off, what is open.

    `given` is what the document at hand, a credit note, gives as credit because its invoice had less open.
    """

    gross: int
    lowered: int
    open: int
    rounding: int = 0
    given: int = 0


def cashback_of(percent: Decimal | None, before: int, gross: int) -> int:
    """What an invoice of `gross` promises after invoices of `before` in the same deal, in minor units.

    Cumulative, so the parts of a deal add up to the percentage of all of it.
    """
    if not percent:
        return 0
    rate = micro(percent)
    return percent_of(before + max(gross, 0), rate) - percent_of(before, rate)


def cashback_now(agreed: int, billed: Billed, before: Cashback) -> Cashback:
    """How the cashback of an invoice stands, given what it promised at first and how it stood `before`.

    What stays invoiced keeps its part of the promise; of that, what is paid is credit, all of it where nothing is open.
    Credit is taken back only as far as the document at hand gives credit, so nobody's credit falls below zero.
    """
    if billed.gross <= 0:
        return Cashback()
    staying = billed.gross - billed.lowered
    promised = agreed - divide(agreed * billed.lowered, billed.gross)
    credited = promised
    if billed.open > 0 and staying > 0:
        settled = max(staying + billed.rounding - billed.open, 0)
        credited = min(divide(promised * settled, staying), promised)
    credited = max(credited, before.credited - billed.given)
    return Cashback(max(promised, credited), credited)


def promise_postings(change: int, invoice_number: str) -> tuple[Posting, ...]:
    """Cashback is promised: less revenue, and a liability (deal file, Cashback)."""
    return debit(Role.REVENUE, change), credit(Role.CASHBACK_LIABILITY, change, invoice_number)


def credit_postings(change: int, invoice_number: str) -> tuple[Posting, ...]:
    """Cashback becomes the customer's credit, or stops being it where that is taken back."""
    return debit(Role.CASHBACK_LIABILITY, change, invoice_number), credit(Role.CUSTOMER_CREDIT, change)


def spread(change: int, earned: Sequence[int]) -> list[int]:
    """A change of revenue over the lines of an invoice, by what they bring in, largest remainder."""
    weights = list(earned) if sum(earned) else [abs(amount) for amount in earned]
    return split(change, weights)
