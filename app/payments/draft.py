"""What the payment and refund wizards fill, and how the money will be divided. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import NotAllowed, Problem, RuleViolation
from app.core.money import amount_text
from app.payments.early import EarlyOffer, Taken, less_discounts, most_for, taken_as_asked, taken_by_itself
from app.payments.rules import Division, Method, OpenInvoice, divide_payment


@dataclass(frozen=True, slots=True)
class Payable:
    """An open invoice of the deal; `place` is its number among the deal's invoices, counted from 1.

    `early` is what may be taken off for paying early, where that was agreed.
    """

    invoice: OpenInvoice
    place: int
    due_on: date
    early: EarlyOffer | None = None


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
    """Money that comes in; `place` names one invoice, None lets it settle the oldest first.

    `discount` asks for an early-payment discount of the invoice that is settled first; after its last day it needs a
    reason. None takes what the payment leaves open exactly.
    """

    on: date
    amount: int | None = None
    method: Method = Method.BANK
    reference: str = ""
    place: int | None = None
    discount: int | None = None
    discount_reason: str = ""


def begin_payment(owed: Owed, on: date, place: int | None = None) -> PaymentDraft:
    """What is due, or what is open of the invoice that was named."""
    named = next((item for item in owed.payables if item.place == place), None)
    amount = named.invoice.open if named else owed.due
    return PaymentDraft(on, amount or None, place=named.place if named else None)


def division(owed: Owed, draft: PaymentDraft) -> Division:
    """How the amount will be divided: to invoices, to the deposit, to the customer's credit, with its discounts."""
    amount, taken = max(draft.amount or 0, 0), discounts(owed, draft)
    settled = less_discounts((item.invoice for item in _settling(owed, draft)), taken)
    found = divide_payment(amount, settled, owed.deposit_room)
    return replace(found, discounts=tuple((item.invoice, item.amount) for item in taken))


def _settling(owed: Owed, draft: PaymentDraft) -> list[Payable]:
    """The invoices that the payment may settle, in their order."""
    return [item for item in owed.payables if draft.place in (None, item.place)]


def discounts(owed: Owed, draft: PaymentDraft) -> tuple[Taken, ...]:
    """The early-payment discounts that the payment takes; none where what is asked for is not possible."""
    try:
        return _discounts(owed, draft)
    except (NotAllowed, RuleViolation):
        return ()


def _discounts(owed: Owed, draft: PaymentDraft) -> tuple[Taken, ...]:
    payables, amount = _settling(owed, draft), max(draft.amount or 0, 0)
    if draft.discount is None:
        offers = {item.invoice.id: item.early for item in payables if item.early is not None}
        return taken_by_itself(amount, [item.invoice for item in payables], offers, draft.on)
    first = payables[0] if payables else None
    invoice, offer = (first.invoice, first.early) if first is not None else (None, None)
    reason = draft.discount_reason.strip()
    return taken_as_asked(amount, draft.discount, reason, draft.on, invoice, offer, owed.currency)


def early_price(owed: Owed, draft: PaymentDraft) -> int | None:
    """What settles the first invoice of the payment if it is paid early, in minor units; None where that is over."""
    first = _first(owed, draft)
    if first is None or first.early is None or not first.early.amount or draft.on > first.early.until:
        return None
    return first.invoice.open - first.early.amount


def methods(owed: Owed) -> tuple[Method, ...]:
    """How it can be paid; by credit only where there is some."""
    return tuple(method for method in Method if method is not Method.CREDIT or owed.credit > 0)


def payment_problems(owed: Owed, draft: PaymentDraft, _step: str) -> list[Problem]:
    """What is wrong with the payment, all of it."""
    found = [*_amount_problems(owed, draft), *_method_problems(owed, draft), *_place_problems(owed, draft)]
    return [*found, *_discount_problems(owed, draft)]


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


def _discount_problems(owed: Owed, draft: PaymentDraft) -> Iterator[Problem]:
    if draft.discount is None:
        return
    payable, most = _first(owed, draft), most_discount(owed, draft)
    if draft.discount <= 0:
        yield Problem("discount", "not_positive", "A discount has to be above zero.")
    elif payable is None or payable.early is None or not payable.early.amount:
        yield Problem("discount", "not_offered", "No discount for early payment is offered on what is open.")
    elif draft.discount > most:
        asked, at_most = (amount_text(value, owed.currency) for value in (draft.discount, most))
        message = f"A discount of {asked} is asked, but {at_most} is offered for this payment."
        yield Problem("discount", "above_offer", message, {"most": most})
    if payable is not None and is_late(payable, draft.on) and not draft.discount_reason.strip():
        yield Problem("discount_reason", "missing", "The discount was offered until then; say why it is given now.")


def most_discount(owed: Owed, draft: PaymentDraft) -> int:
    """The most that the payment may take off for being early, in minor units, whether or not it is in time."""
    payable = _first(owed, draft)
    if payable is None or payable.early is None:
        return 0
    return most_for(max(draft.amount or 0, 0), payable.invoice, payable.early)


def is_late(payable: Payable, on: date) -> bool:
    """Whether the last day of its early-payment discount is over."""
    return payable.early is not None and on > payable.early.until


def offered(owed: Owed, draft: PaymentDraft) -> Payable | None:
    """The invoice that the payment settles first, if paying it early was agreed and something is left to take off."""
    payable = _first(owed, draft)
    return payable if payable is not None and payable.early is not None and payable.early.amount else None


def _first(owed: Owed, draft: PaymentDraft) -> Payable | None:
    return next(iter(_settling(owed, draft)), None)


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
