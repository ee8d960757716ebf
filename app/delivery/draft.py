"""What the wizards of delivery fill: goods that leave, what was received of them, services that are done. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.errors import Problem
from app.core.quantity import plain
from app.delivery.rules import Confirmed
from app.pricing.detail import Part

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of the contract with what is open of it: to dispatch, in transit, to complete, or able to come back."""

    position: int
    name: str
    unit: str
    ordered: Decimal
    open: Decimal
    sku: str = ""
    parts: tuple[Part, ...] = ()
    """What one of it consists of: what is taken from the shelf for it."""
    bundle: str = ""
    options: tuple[tuple[str, str], ...] = ()


# ------------------------------------------------------------------ dispatch
@dataclass(frozen=True, slots=True)
class ToDispatch:
    """What can leave, and the money that was agreed for it, in minor units of `currency`."""

    lines: tuple[OpenLine, ...]
    currency: str
    due: int = 0
    received: int = 0
    prepaid: bool = False

    @property
    def missing(self) -> int:
        """What is not paid of the agreed deposit or price."""
        return max(self.due - self.received, 0)


@dataclass(frozen=True, slots=True)
class Picked:
    """How much of a line leaves."""

    position: int
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DispatchDraft:
    """A delivery that is made ready; `override` is the reason to send it before the agreed money is there."""

    on: date
    lines: tuple[Picked, ...] = ()
    carrier: str = ""
    tracking: str = ""
    override: str = ""


def begin_dispatch(goods: ToDispatch, on: date) -> DispatchDraft:
    """Everything that is open."""
    return DispatchDraft(on, tuple(Picked(line.position, line.open) for line in goods.lines))


def fit_dispatch(goods: ToDispatch, draft: DispatchDraft) -> DispatchDraft:
    """A kept draft over the lines that are open now."""
    kept = {item.position: item for item in draft.lines}
    return replace(draft, lines=tuple(kept.get(line.position, Picked(line.position, ZERO)) for line in goods.lines))


def dispatch_steps(_draft: DispatchDraft) -> tuple[str, ...]:
    """What leaves, how it travels, the delivery note."""
    return ("goods", "shipping", "review")


def quantities(lines: Iterable[Picked]) -> dict[int, Decimal]:
    """What was picked, without the lines of which nothing was."""
    return {item.position: item.quantity for item in lines if item.quantity}


def dispatch_problems(goods: ToDispatch, draft: DispatchDraft, step: str) -> list[Problem]:
    """What is wrong with a step, all of it."""
    if step == "goods":
        return picked_problems(goods.lines, draft.lines)
    if step == "shipping" and goods.missing and not draft.override.strip():
        message = "The agreed money is not there yet: record the payment first, or say why it leaves before."
        return [Problem("override", "not_paid", message, {"missing": goods.missing})]
    return []


def picked_problems(lines: Sequence[OpenLine], picked: Sequence[Picked]) -> list[Problem]:
    """Below zero, more than is open, or nothing at all."""
    still = {line.position: line for line in lines}
    found = [p for row, item in enumerate(picked) for p in _picked(row, item, still[item.position])]
    if not found and not quantities(picked):
        found.append(Problem("lines", "nothing", "Nothing is chosen; give at least one quantity."))
    return found


def _picked(row: int, item: Picked, line: OpenLine) -> Iterator[Problem]:
    quantity, field = item.quantity or ZERO, f"lines[{row}].quantity"
    if quantity < 0:
        yield Problem(field, "negative", "A quantity is not below zero.")
    elif quantity > line.open:
        message = f"{plain(quantity)} of {line.name}, but only {plain(line.open)} open."
        yield Problem(field, "above_open", message, {"open": str(plain(line.open))})


# ------------------------------------------------------------------ receipt
@dataclass(frozen=True, slots=True)
class ToConfirm:
    """What is in transit, of all deliveries or of one (`place`, counted from 1), with the days it left."""

    lines: tuple[OpenLine, ...]
    deliveries: tuple[str, ...] = ()
    place: int | None = None
    dispatched_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """What the buyer says of one line."""

    position: int
    accepted: Decimal | None = None
    damaged: Decimal | None = None
    missing: Decimal | None = None
    refused: Decimal | None = None

    def confirmed(self) -> Confirmed:
        """As the rules take it."""
        return Confirmed(self.accepted or ZERO, self.damaged or ZERO, self.missing or ZERO, self.refused or ZERO)


@dataclass(frozen=True, slots=True)
class ReceiptDraft:
    """A confirmation of receipt."""

    on: date
    by: str = ""
    lines: tuple[ConfirmedLine, ...] = ()


OUTCOMES = ("accepted", "damaged", "missing", "refused")
"""What can become of goods on arrival."""


def begin_receipt(goods: ToConfirm, on: date, by: str = "") -> ReceiptDraft:
    """Everything arrived as it should."""
    return ReceiptDraft(on, by, tuple(ConfirmedLine(line.position, line.open) for line in goods.lines))


def fit_receipt(goods: ToConfirm, draft: ReceiptDraft) -> ReceiptDraft:
    """A kept draft over the lines that are in transit now."""
    kept = {item.position: item for item in draft.lines}
    return replace(
        draft, lines=tuple(kept.get(line.position, ConfirmedLine(line.position, line.open)) for line in goods.lines)
    )


def receipt_steps(_draft: ReceiptDraft) -> tuple[str, ...]:
    """What arrived, line by line, and what follows from it."""
    return ("lines", "review")


def left_in_transit(line: OpenLine, item: ConfirmedLine) -> Decimal:
    """What stays in transit after this; below zero where more is confirmed than is under way."""
    return line.open - item.confirmed().total


def confirmed(draft: ReceiptDraft) -> dict[int, Confirmed]:
    """What is confirmed by position, without lines of which nothing is said."""
    return {item.position: item.confirmed() for item in draft.lines if item.confirmed().total}


def receipt_problems(goods: ToConfirm, draft: ReceiptDraft, step: str) -> list[Problem]:
    """What is wrong with the lines, all of it."""
    if step != "lines":
        return []
    still = {line.position: line for line in goods.lines}
    found = [p for row, item in enumerate(draft.lines) for p in _confirmed(row, item, still[item.position])]
    if not found and not confirmed(draft):
        found.append(Problem("lines", "nothing", "Nothing is confirmed; give at least one quantity."))
    if goods.dispatched_on is not None and draft.on < goods.dispatched_on:
        message = f"Not before the goods left, {goods.dispatched_on}."
        found.append(Problem("on", "before_dispatch", message, {"day": goods.dispatched_on.isoformat()}))
    return found


def _confirmed(row: int, item: ConfirmedLine, line: OpenLine) -> Iterator[Problem]:
    for name in OUTCOMES:
        if (getattr(item, name) or ZERO) < 0:
            yield Problem(f"lines[{row}].{name}", "negative", "A quantity is not below zero.")
    if left_in_transit(line, item) < 0:
        message = f"{plain(item.confirmed().total)} of {line.name}, but only {plain(line.open)} in transit."
        yield Problem(f"lines[{row}].accepted", "above_transit", message, {"open": str(plain(line.open))})


# ------------------------------------------------------------------ services
@dataclass(frozen=True, slots=True)
class ToComplete:
    """The services that are open."""

    lines: tuple[OpenLine, ...]

    def line(self, position: int | None) -> OpenLine | None:
        """One of them."""
        return next((line for line in self.lines if line.position == position), None)


@dataclass(frozen=True, slots=True)
class ServiceDraft:
    """A service that was done and signed off."""

    on: date
    by: str = ""
    position: int | None = None
    quantity: Decimal | None = None


def begin_service(services: ToComplete, on: date, by: str = "") -> ServiceDraft:
    """All of the first open service."""
    first = services.lines[0] if services.lines else None
    return ServiceDraft(on, by, first.position if first else None, first.open if first else None)


def service_steps(_draft: ServiceDraft) -> tuple[str, ...]:
    """What was done, and what follows from it."""
    return ("service", "review")


def service_problems(services: ToComplete, draft: ServiceDraft, _step: str) -> list[Problem]:
    """What is wrong, all of it."""
    line = services.line(draft.position)
    if line is None:
        return [Problem("position", "missing", "Choose the service that was done.")]
    if not draft.quantity or draft.quantity < 0:
        return [Problem("quantity", "not_positive", "Say how much was done.")]
    if draft.quantity > line.open:
        message = f"{plain(draft.quantity)} of {line.name}, but only {plain(line.open)} open."
        return [Problem("quantity", "above_open", message, {"open": str(plain(line.open))})]
    return []
