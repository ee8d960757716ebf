"""A customer's credit as lots: where each came from, when it expires, and what is left of it. Pure.

Lots are not kept: they are told from what moved the customer's credit in the books, so they always add up to it. What
expires first is used first, then money the customer paid, oldest first, then the rest; what a credit note takes back
of cashback comes out of the credit that it gives itself, then out of cashback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Origin(StrEnum):
    """Where credit came from."""

    PAYMENT = "payment"
    DEPOSIT = "deposit"
    CREDIT_NOTE = "credit_note"
    CASHBACK = "cashback"
    GIFT_CARD = "gift_card"
    GOODWILL = "goodwill"
    POINTS = "points"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of a customer's credit: `amount` in minor units, positive where credit is given.

    `is_taken_back` marks cashback that goes back with a credit note.
    """

    id: int
    on: date
    document: str
    origin: Origin
    amount: int
    expires_on: date | None = None
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """Credit that was given at once, with what is `left` of it, in minor units."""

    id: int
    on: date
    document: str
    origin: Origin
    amount: int
    left: int
    expires_on: date | None = None

    def is_expired(self, on: date) -> bool:
        """Whether its last day is over."""
        return self.expires_on is not None and self.expires_on < on


_OF_MONEY = (Origin.PAYMENT, Origin.DEPOSIT)


def lots(movements: Iterable[Movement]) -> tuple[Lot, ...]:
    """The lots of which something is left, in the order in which they will be used."""
    found: list[Lot] = []
    for movement in movements:
        if movement.amount > 0:
            found.append(_lot(movement))
        else:
            found = _use(found, -movement.amount, _order_of(movement))
    return tuple(sorted((lot for lot in found if lot.left), key=in_order))


def _lot(movement: Movement) -> Lot:
    made = movement.amount
    return Lot(movement.id, movement.on, movement.document, movement.origin, made, made, movement.expires_on)


def in_order(lot: Lot) -> tuple[date, bool, int]:
    """What is used first: what expires first, then money that was paid, then the oldest."""
    return lot.expires_on or date.max, lot.origin not in _OF_MONEY, lot.id


def _order_of(movement: Movement) -> Callable[[Lot], tuple[bool, bool, date, bool, int]]:
    """The order in which a movement uses lots."""

    def order(lot: Lot) -> tuple[bool, bool, date, bool, int]:
        if not movement.is_taken_back:
            return (False, False, *in_order(lot))
        return (lot.document != movement.document, lot.origin is not Origin.CASHBACK, *in_order(lot))

    return order


def _use(found: list[Lot], amount: int, order: Callable[[Lot], tuple[bool, bool, date, bool, int]]) -> list[Lot]:
    left = {lot.id: lot.left for lot in found}
    for lot in sorted(found, key=order):
        part = min(amount, lot.left)
        left[lot.id] -= part
        amount -= part
    return [replace(lot, left=left[lot.id]) for lot in found]


def drawn(found: Iterable[Lot], amount: int) -> int:
    """How much of `amount` comes out of lots that expire: they are used before any other."""
    return min(amount, sum(lot.left for lot in found if lot.expires_on is not None))


def uses(found: Iterable[Lot], amount: int) -> tuple[tuple[Lot, int], ...]:
    """Which lots a payment by credit of `amount` minor units takes, in their order, and how much of each."""
    taken = []
    for lot in sorted(found, key=in_order):
        part = min(amount, lot.left)
        if part > 0:
            taken.append((lot, part))
            amount -= part
    return tuple(taken)
