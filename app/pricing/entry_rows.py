"""The entries of a price list as the rows of one table, a row for each tier, and back. Pure.

A seller copies her prices from a spreadsheet: product, from how many, price. Rows of the same product below each other
are the tiers of one entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.core.errors import Problem
from app.pricing.book import Method, PriceEntry, Reading, Tier

ROWS = "rows"
"""The place that problems of rows name: `rows[2].value`."""
_ALONE = (Method.FORMULA, Method.PERCENT_OF_TOTAL)
_FIELD = re.compile(r"entries\[(\d+)\](?:\.tiers\[(\d+)\])?(?:\.(\w+))?")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One tier of an entry: for a product, a category, or all where `is_for_all`; nothing chosen yet is a problem.

    `of` is the formula, or the category that a percentage is of. `entry` is the entry (from 1) it was read from; rows
    of different ones are never joined. 0 is a row that was typed.
    """

    sku: str = ""
    category: str = ""
    is_for_all: bool = False
    method: Method = Method.FIXED
    value: Decimal = Decimal(0)
    from_quantity: Decimal = Decimal(0)
    reading: Reading = Reading.ALL_UNITS
    base_quantity: Decimal = Decimal(1)
    of: str = ""
    entry: int = 0


def rows_of(entries: Iterable[PriceEntry]) -> tuple[EntryRow, ...]:
    """A row for every tier of every entry."""
    found = []
    for number, entry in enumerate(entries, 1):
        first = EntryRow(
            sku=entry.sku,
            category=entry.category,
            is_for_all=not (entry.sku or entry.category),
            method=entry.method,
            value=entry.value,
            from_quantity=entry.least_quantity,
            reading=entry.reading,
            base_quantity=entry.base_quantity,
            of=entry.formula or entry.of_category,
            entry=number,
        )
        found.append(first)
        found += [replace(first, from_quantity=tier.least_quantity, value=tier.value) for tier in entry.tiers]
    return tuple(found)


def entries_of(rows: Sequence[EntryRow]) -> tuple[PriceEntry, ...]:
    """The entries that rows mean; check the rows with `problems_of_rows` first."""
    return tuple(_entry([rows[place] for place in group]) for group in _groups(rows))


def entry_at(rows: Sequence[EntryRow], place: int) -> PriceEntry:
    """The entry that a row is a tier of."""
    group = next(group for group in _groups(rows) if place in group)
    return _entry([rows[one] for one in group])


def problems_of_rows(rows: Sequence[EntryRow]) -> list[Problem]:
    """Rows that say neither for which product nor that they are for all."""
    return [
        Problem(f"{ROWS}[{place}].sku", "missing", f"{ROWS}[{place}].sku: say for what the price is.")
        for place, row in enumerate(rows)
        if not (row.sku or row.category or row.is_for_all)
    ]


def in_rows(rows: Sequence[EntryRow], problems: Iterable[Problem]) -> list[Problem]:
    """Problems of entries with the row and column in which they stand; others as they are."""
    groups = _groups(rows)
    return [_in_row(groups, problem) for problem in problems]


def _in_row(groups: list[list[int]], problem: Problem) -> Problem:
    match = _FIELD.fullmatch(problem.field)
    if match is None or int(match[1]) >= len(groups):
        return problem
    group = groups[int(match[1])]
    place = group[min(int(match[2]) + 1, len(group) - 1) if match[2] else 0]
    name = {"least_quantity": "from_quantity", "formula": "of", "of_category": "of", "category": "sku"}
    column = match[3] or ""
    return replace(problem, field=f"{ROWS}[{place}].{name.get(column, column)}")


def _groups(rows: Sequence[EntryRow]) -> list[list[int]]:
    """The places of the rows of each entry."""
    found: list[list[int]] = []
    for place, row in enumerate(rows):
        if found and _continues(rows[found[-1][0]], row):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _continues(first: EntryRow, row: EntryRow) -> bool:
    """Whether a row is another tier of the entry that begins with `first`."""
    if row.method in _ALONE or (first.entry and row.entry and first.entry != row.entry):
        return False
    return _kind(first) == _kind(row)


def _kind(row: EntryRow) -> tuple[object, ...]:
    return row.sku, row.category, row.is_for_all, row.method, row.reading, row.base_quantity


def _entry(rows: Sequence[EntryRow]) -> PriceEntry:
    first = rows[0]
    return PriceEntry(
        first.method,
        first.value,
        sku=first.sku,
        category=first.category,
        least_quantity=first.from_quantity,
        reading=first.reading,
        tiers=tuple(Tier(row.from_quantity, row.value) for row in rows[1:]),
        base_quantity=first.base_quantity,
        of_category=first.of if first.method is Method.PERCENT_OF_TOTAL else "",
        formula=first.of if first.method is Method.FORMULA else "",
    )
