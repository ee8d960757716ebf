"""What the wizards fill that end in a credit note: goods that come back, and a credit without goods. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.errors import Problem
from app.core.money import amount_text
from app.delivery.draft import OpenLine, Picked, picked_problems, quantities

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ToReturn:
    """What was received and not sent back yet; `received_on` is the day of the first receipt."""

    lines: tuple[OpenLine, ...]
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnDraft:
    """Goods that come back: onto the shelf where `restock`, else they are written off."""

    on: date
    lines: tuple[Picked, ...] = ()
    reason: str = ""
    restock: bool = True


def begin_return(goods: ToReturn, on: date) -> ReturnDraft:
    """Nothing yet: what comes back is typed."""
    return ReturnDraft(on, tuple(Picked(line.position, ZERO) for line in goods.lines))


def fit_return(goods: ToReturn, draft: ReturnDraft) -> ReturnDraft:
    """A kept draft over the lines that can come back now."""
    return replace(draft, lines=_fitted(goods.lines, draft.lines))


def _fitted(lines: tuple[OpenLine, ...], picked: tuple[Picked, ...]) -> tuple[Picked, ...]:
    kept = {item.position: item for item in picked}
    return tuple(kept.get(line.position, Picked(line.position, ZERO)) for line in lines)


def return_steps(_draft: ReturnDraft) -> tuple[str, ...]:
    """What comes back, and the credit note."""
    return ("goods", "review")


def return_problems(goods: ToReturn, draft: ReturnDraft, step: str) -> list[Problem]:
    """What is wrong, all of it."""
    if step != "goods":
        return []
    found = picked_problems(goods.lines, draft.lines)
    if not draft.reason.strip():
        found.append(Problem("reason", "missing", "Say why the goods come back; it is printed on the credit note."))
    if goods.received_on is not None and draft.on < goods.received_on:
        message = f"Not before the goods were received, {goods.received_on}."
        found.append(Problem("on", "before_receipt", message, {"day": goods.received_on.isoformat()}))
    return found


# ------------------------------------------------------------------ credit without goods
@dataclass(frozen=True, slots=True)
class Creditable:
    """An invoice with what can still be credited of it; `place` counts the deal's invoices from 1."""

    place: int
    number: str
    issued_on: date
    left: int
    lines: tuple[OpenLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ToCredit:
    """The invoices of a deal of which something can be credited."""

    currency: str
    invoices: tuple[Creditable, ...] = ()

    def invoice(self, place: int | None) -> Creditable | None:
        """One of them."""
        return next((item for item in self.invoices if item.place == place), None)


@dataclass(frozen=True, slots=True)
class CreditDraft:
    """A credit of some lines, or of an amount with tax in minor units (`by_amount`)."""

    on: date
    place: int | None = None
    by_amount: bool = True
    amount: int | None = None
    lines: tuple[Picked, ...] = ()
    reason: str = ""


def begin_credit(invoices: ToCredit, on: date, place: int | None = None) -> CreditDraft:
    """The invoice that was named, else the newest."""
    first = invoices.invoice(place) or (invoices.invoices[-1] if invoices.invoices else None)
    return choose_invoice(invoices, CreditDraft(on), first.place if first else None)


def choose_invoice(invoices: ToCredit, draft: CreditDraft, place: int | None) -> CreditDraft:
    """Credit another invoice: its lines, of which nothing is chosen yet."""
    if place == draft.place:
        return draft
    chosen = invoices.invoice(place)
    lines = tuple(Picked(line.position, ZERO) for line in chosen.lines) if chosen else ()
    return replace(draft, place=place, lines=lines)


def fit_credit(invoices: ToCredit, draft: CreditDraft) -> CreditDraft:
    """A kept draft over what can be credited now."""
    chosen = invoices.invoice(draft.place)
    return (
        begin_credit(invoices, draft.on) if chosen is None else replace(draft, lines=_fitted(chosen.lines, draft.lines))
    )


def credited(draft: CreditDraft) -> dict[int, Decimal] | None:
    """The quantities that are credited by position; None for a credit over an amount."""
    return None if draft.by_amount else quantities(draft.lines)


def credit_steps(_draft: CreditDraft) -> tuple[str, ...]:
    """What is credited, and the credit note."""
    return ("credit", "review")


def credit_problems(invoices: ToCredit, draft: CreditDraft, step: str) -> list[Problem]:
    """What is wrong, all of it."""
    if step != "credit":
        return []
    chosen = invoices.invoice(draft.place)
    if chosen is None:
        return [Problem("place", "missing", "Choose the invoice.")]
    found = _amount_problems(invoices, chosen, draft) if draft.by_amount else picked_problems(chosen.lines, draft.lines)
    if not draft.reason.strip():
        found.append(Problem("reason", "missing", "Say what the credit is for; it is printed on the credit note."))
    if draft.on < chosen.issued_on:
        message = f"Not before the invoice, {chosen.issued_on}."
        found.append(Problem("on", "before_invoice", message, {"day": chosen.issued_on.isoformat()}))
    return found


def _amount_problems(invoices: ToCredit, chosen: Creditable, draft: CreditDraft) -> list[Problem]:
    if draft.amount is None or draft.amount <= 0:
        return [Problem("amount", "not_positive", "A credit has to be above zero.")]
    if draft.amount > chosen.left:
        text = amount_text(chosen.left, invoices.currency)
        message = f"Only {text} of this invoice is left to credit."
        return [Problem("amount", "above_left", message, {"left": chosen.left})]
    return []
