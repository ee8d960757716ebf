"""What differs between two revisions of a quote, side by side. Pure; the words are the screen's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.pricing.rules import Line
from app.quotes.rules import Offer


class Change(StrEnum):
    """How a thing differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class What(StrEnum):
    """What differs; the values are those of the field: a line, a quantity, reductions, terms."""

    LINE = "line"
    QUANTITY = "quantity"
    PRICE = "price"
    DISCOUNTS = "discounts"
    TAX = "tax"
    DESCRIPTION = "description"
    OPTIONS = "options"
    PARTS = "parts"
    WHOLE_DISCOUNTS = "whole_discounts"
    PAYMENT = "payment"
    VALID_DAYS = "valid_days"
    DEPOSIT = "deposit"
    CLAUSES = "clauses"
    CASHBACK = "cashback"
    COUPONS = "coupons"
    PROPOSALS = "proposals"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: of which line (its name, "" for the whole quote), before and after."""

    what: What
    change: Change
    line: str = ""
    before: Any = None
    after: Any = None


def differences(old: Offer, new: Offer) -> list[Difference]:
    """Everything that differs, in the order of the new revision; lines are told apart by number, else by name."""
    return [*_lines(old.lines, new.lines), *_whole(old, new)]


def _lines(old: Iterable[Line], new: Iterable[Line]) -> Iterator[Difference]:
    before, after = _named(old), _named(new)
    for key, line in after.items():
        if key not in before:
            yield Difference(What.LINE, Change.ADDED, line.name, None, line)
        else:
            yield from _line(before[key], line)
    for key, line in before.items():
        if key not in after:
            yield Difference(What.LINE, Change.REMOVED, line.name, line, None)


def _named(lines: Iterable[Line]) -> dict[tuple[str, int], Line]:
    """Lines by number or name, counted where the same thing stands in several lines."""
    seen: dict[str, int] = {}
    found = {}
    for line in lines:
        name = line.sku or line.name
        seen[name] = seen.get(name, 0) + 1
        found[name, seen[name]] = line
    return found


def _line(old: Line, new: Line) -> Iterator[Difference]:
    pairs: tuple[tuple[What, Any, Any], ...] = (
        (What.QUANTITY, (old.quantity, old.unit), (new.quantity, new.unit)),
        (What.PRICE, (old.unit_price, old.base_quantity), (new.unit_price, new.base_quantity)),
        (What.DISCOUNTS, old.reductions, new.reductions),
        (What.TAX, old.tax, new.tax),
        (What.DESCRIPTION, (old.name, old.description), (new.name, new.description)),
        (What.OPTIONS, old.detail.options, new.detail.options),
        (What.PARTS, _inside(old), _inside(new)),
    )
    for what, before, after in pairs:
        if before != after:
            yield Difference(what, Change.CHANGED, new.name, before, after)


def _inside(line: Line) -> tuple[tuple[Decimal, str], ...]:
    """Quantity and name of each part, for one of the line."""
    return tuple((part.quantity, part.name) for part in line.detail.parts)


def _proposed(offer: Offer) -> tuple[tuple[Decimal, str], ...]:
    """Quantity and name of each line that is only proposed."""
    return tuple((proposal.line.quantity, proposal.line.name) for proposal in offer.proposals)


def _whole(old: Offer, new: Offer) -> Iterator[Difference]:
    a, b = old.terms, new.terms
    pairs: tuple[tuple[What, Any, Any], ...] = (
        (What.WHOLE_DISCOUNTS, old.reductions, new.reductions),
        (What.PAYMENT, a.payment, b.payment),
        (What.VALID_DAYS, a.valid_days, b.valid_days),
        (What.DEPOSIT, (a.deposit_percent, a.deposit_amount), (b.deposit_percent, b.deposit_amount)),
        (What.CLAUSES, a.clauses, b.clauses),
        (What.CASHBACK, a.cashback_percent, b.cashback_percent),
        (What.COUPONS, old.coupons, new.coupons),
        (What.PROPOSALS, _proposed(old), _proposed(new)),
    )
    for what, before, after in pairs:
        if before != after:
            yield Difference(what, Change.CHANGED, "", before, after)
