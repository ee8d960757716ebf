"""States of a contract, its versions and the difference between two of them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from app.core.money import to_decimal
from app.core.printed import Change, ChangeKind, Clause
from app.pricing.detail import NO_DETAIL
from app.pricing.rules import Line

_ONE = Decimal(1)


class ContractState(StrEnum):
    """Where a contract stands; all but `cancelled` follows from the signatures under its newest version."""

    DRAFT = "draft"
    SIGNED_BY_ONE = "signed_by_one"
    IN_FORCE = "in_force"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Who signs."""

    SELLER = "seller"
    BUYER = "buyer"


def state(signatures: int, cancelled: bool) -> ContractState:
    """The state that follows from how many sides have signed the newest version."""
    if cancelled:
        return ContractState.CANCELLED
    return (ContractState.DRAFT, ContractState.SIGNED_BY_ONE, ContractState.IN_FORCE)[signatures]


def amended(clauses: Sequence[Clause], key: str, text: str) -> tuple[Clause, ...]:
    """The clauses with one of them worded anew, or added at the end."""
    changed = Clause(key, text)
    if any(clause.key == key for clause in clauses):
        return tuple(changed if clause.key == key else clause for clause in clauses)
    return (*clauses, changed)


def clause_change(clauses: Sequence[Clause], key: str) -> Change:
    """The difference that `amended` makes."""
    known = any(clause.key == key for clause in clauses)
    return Change(ChangeKind.CLAUSE_REWORDED if known else ChangeKind.CLAUSE_ADDED, key)


def line_changes(
    old: Sequence[Line], new: Sequence[Line], old_gross: int, new_gross: int, currency: str
) -> tuple[Change, ...]:
    """What differs between two lists of lines, and between the old and the new total."""
    before, after = _told_apart(old), _told_apart(new)
    found = [Change(ChangeKind.LINE_REMOVED, line.name) for key, line in before.items() if key not in after]
    found += [
        Change(ChangeKind.LINE_ADDED, line.name, after=line.quantity)
        for key, line in after.items()
        if key not in before
    ]
    found += [change for key, line in after.items() if key in before for change in _line_change(before[key], line)]
    if old_gross != new_gross:
        found.append(Change(ChangeKind.TOTAL, "", to_decimal(old_gross, currency), to_decimal(new_gross, currency)))
    return tuple(found)


def _told_apart(lines: Sequence[Line]) -> dict[tuple[str, int], Line]:
    """Lines by their name; those of one name are counted."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], Line] = {}
    for line in lines:
        found[line.name, seen[line.name]] = line
        seen[line.name] += 1
    return found


def _line_change(old: Line, new: Line) -> Iterator[Change]:
    """What differs in one line: quantity, price, or anything else."""
    if old.quantity != new.quantity:
        yield Change(ChangeKind.QUANTITY, new.name, old.quantity, new.quantity)
    if old.unit_price != new.unit_price:
        yield Change(ChangeKind.PRICE, new.name, old.unit_price, new.unit_price)
    if old.detail.options != new.detail.options:
        yield Change(ChangeKind.OPTIONS, new.name)
    if _inside(old) != _inside(new):
        yield Change(ChangeKind.PARTS, new.name)
    if _conditions(old) != _conditions(new):
        yield Change(ChangeKind.LINE, new.name)


def _inside(line: Line) -> list[tuple[str, Decimal, str, tuple[tuple[str, str], ...]]]:
    """The parts of a line as far as the buyer is told of them."""
    return [(part.name, part.quantity, part.unit, part.options) for part in line.detail.parts if part.is_printed]


def _conditions(line: Line) -> Line:
    """The line as the buyer knows it, but for what is compared by itself: our cost and how we came to a price are ours.

    The price a line is listed at is no condition of a contract either.
    """
    return replace(line, quantity=_ONE, unit_price=_ONE, cost=None, list_price=None, detail=NO_DETAIL)
