"""What the payment and refund wizards fill, and how the money will be divided. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.core.money import amount_text
from app.payments.rules import Division, Method, OpenInvoice, divide_payment


@dataclass(frozen=True, slots=True)
class Payable:
    """An open invoice of the deal; `place` is its number among the deal's invoices, counted from 1."""

    invoice: OpenInvoice
    place: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in a deal, in minor units of `currency`.

    `deposit_missing` is what was agreed to be paid in advance and is not there yet, `deposit_room` how much can be
    taken in advance at all, `credit` what the customer has to his credit.
    """

    currency: str
    payables: tuple[Payable, ...] = ()
    deposit_missing: int = 0
    deposit_room: int = 0
    credit: int = 0
    prepaid: bool = False

    @property
    def receivable(self) -> int:
        """What is open of all invoices."""
        return sum(item.invoice.open for item in self.payables)

    @property
    def due(self) -> int:
        """What should be paid now: the missing deposit first, else the open invoices."""
        return self.deposit_missing or self.receivable


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """Money that comes in; `place` names one invoice, None lets it settle the oldest first."""

    on: date
    amount: int | None = None
    method: Method = Method.BANK
    reference: str = ""
    place: int | None = None


def begin_payment(owed: Owed, on: date, place: int | None = None) -> PaymentDraft:
    """What is due, or what is open of the invoice that was named."""
    named = next((item for item in owed.payables if item.place == place), None)
    amount = named.invoice.open if named else owed.due
    return PaymentDraft(on, amount or None, place=named.place if named else None)


def division(owed: Owed, draft: PaymentDraft) -> Division:
    """How the amount will be divided: to invoices, to the deposit, to the customer's credit."""
    invoices = [item.invoice for item in owed.payables if draft.place in (None, item.place)]
    return divide_payment(max(draft.amount or 0, 0), invoices, owed.deposit_room)


def methods(owed: Owed) -> tuple[Method, ...]:
    """How it can be paid; by credit only where there is some."""
    return tuple(method for method in Method if method is not Method.CREDIT or owed.credit > 0)


def payment_problems(owed: Owed, draft: PaymentDraft, _step: str) -> list[Problem]:
    """What is wrong with the payment, all of it."""
    return [*_amount_problems(owed, draft), *_method_problems(owed, draft), *_place_problems(owed, draft)]


def _amount_problems(owed: Owed, draft: PaymentDraft) -> Iterator[Problem]:
    if draft.amount is None or draft.amount <= 0:
        yield Problem("amount", "not_positive", "A payment has to be above zero.")
    elif draft.method is Method.CREDIT and draft.amount > owed.credit:
        text = amount_text(owed.credit, owed.currency)
        yield Problem("amount", "above_credit", f"The customer's credit is only {text}.", {"credit": owed.credit})


def _method_problems(owed: Owed, draft: PaymentDraft) -> Iterator[Problem]:
    if draft.method not in methods(owed):
        yield Problem("method", "no_credit", "The customer has no credit.")


def _place_problems(owed: Owed, draft: PaymentDraft) -> Iterator[Problem]:
    if draft.place is not None and all(item.place != draft.place for item in owed.payables):
        yield Problem("place", "settled", "Nothing of this invoice is open any more.")


def payment_steps(_draft: PaymentDraft) -> tuple[str, ...]:
    """The payment, and its receipt."""
    return ("payment", "review")


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """Money that is paid back out of the customer's credit."""

    on: date
    amount: int | None = None
    method: Method = Method.BANK
    reason: str = ""


REFUND_METHODS = tuple(method for method in Method if method is not Method.CREDIT)
"""A refund is paid in money."""


def begin_refund(owed: Owed, on: date) -> RefundDraft:
    """All of the customer's credit."""
    return RefundDraft(on, owed.credit or None)


def refund_problems(owed: Owed, draft: RefundDraft, _step: str) -> list[Problem]:
    """What is wrong with the refund, all of it."""
    found = []
    if draft.amount is None or draft.amount <= 0:
        found.append(Problem("amount", "not_positive", "A refund has to be above zero."))
    elif draft.amount > owed.credit:
        text = amount_text(owed.credit, owed.currency)
        found.append(
            Problem("amount", "above_credit", f"The customer's credit is only {text}.", {"credit": owed.credit})
        )
    if draft.method not in REFUND_METHODS:
        found.append(Problem("method", "no_money", "A refund is paid in money, not in credit."))
    return found


def refund_steps(_draft: RefundDraft) -> tuple[str, ...]:
    """The refund, and its receipt."""
    return ("refund", "review")
