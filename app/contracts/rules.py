"""States of a contract, its versions and the difference between two of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from app.core.money import amount_text
from app.core.printed import Clause
from app.core.quantity import plain
from app.pricing.rules import Line


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


def line_changes(
    old: Sequence[Line], new: Sequence[Line], old_gross: int, new_gross: int, currency: str
) -> tuple[str, ...]:
    """What differs between two lists of lines, one sentence a difference, and the old and new total."""
    before, after = {line.name: line for line in old}, {line.name: line for line in new}
    found = [f"Removed: {name}" for name in before if name not in after]
    found += [f"Added: {_line_text(line)}" for name, line in after.items() if name not in before]
    for name, line in after.items():
        if name in before and before[name] != line:
            found.append(f"Changed: {_line_text(before[name])} → {_line_text(line)}")
    if old_gross != new_gross:
        found.append(f"Total: {amount_text(old_gross, currency)} → {amount_text(new_gross, currency)} {currency}")
    return tuple(found)


def _line_text(line: Line) -> str:
    return f"{line.name}, {plain(line.quantity)} × {plain(line.unit_price)}"
