"""Columns of a table found by name, and their cells read as what they have to be.

Whoever reads a table names the columns it wants with the other names they go by; then reads every cell of every row,
going on after a fault, and asks for the faults at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from app.core.errors import RuleViolation
from app.core.money import to_minor
from app.core.quantity import micro, plain
from app.exchange.tables import Faults, Row, Table
from app.exchange.text import (
    MAX_TEXT,
    control_character,
    day_fault,
    one_line,
    plain_day,
    plain_decimal,
    several_lines,
    shown,
)

T = TypeVar("T")

_WHOLE = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is wanted, the other names it goes by, best first, and whether it has to be there."""

    name: str
    synonyms: tuple[str, ...] = ()
    needed: bool = True


def match_columns(table: Table, wanted: Iterable[Column], faults: Faults) -> dict[str, int]:
    """Where each wanted column stands in the table; those that are missing but not needed are left out.

    Case, accents, blanks and punctuation make no difference: "Customer ID" is `customer_id`. A column's own name goes
    before its synonyms, and a column of the table serves one wanted column only.
    """
    columns, free = list(wanted), _headings(table, faults)
    found: dict[str, int] = {}
    longest = max((len(column.synonyms) for column in columns), default=0)
    for rank in range(longest + 1):
        for column in columns:
            names = (column.name, *column.synonyms)
            if column.name not in found and rank < len(names) and _fold(names[rank]) in free:
                found[column.name] = free.pop(_fold(names[rank]))
    for column in columns:
        if column.needed and column.name not in found:
            faults.add(table.name, _absent(table, column))
    return found


def _headings(table: Table, faults: Faults) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, heading in enumerate(table.columns):
        name = _fold(heading)
        if name in places:
            faults.add(table.name, f"the column {shown(heading)} stands twice, expected it once")
        elif name:
            places[name] = index
    return places


def _absent(table: Table, column: Column) -> str:
    also = f" (or {', '.join(column.synonyms)})" if column.synonyms else ""
    there = ", ".join(heading for heading in table.columns[:40] if heading)
    return f"there is no column {column.name}{also}; the heading has {there}"


def _fold(name: str) -> str:
    """Letters and digits alone, without case and accents."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in bare if character.isalnum())


class Cells:
    """Reads the cells of a table's rows by the names of the wanted columns.

    A cell that is wrong is noted in the faults and read as if it were empty or zero: nothing of the table is kept
    then, but the reading goes on and finds the other faults.
    """

    def __init__(self, table: Table, places: Mapping[str, int], faults: Faults) -> None:
        self._table = table
        self._places = places
        self._faults = faults

    def fault(self, row: Row, name: str, message: str) -> None:
        """Note that a cell is wrong for a reason of the caller's own."""
        value = self._raw(row, name)
        place = self._places.get(name)
        heading = name if place is None else self._table.columns[place]
        self._faults.add(self._table.name, message, row.number, heading, value)

    def text(self, row: Row, name: str, *, needed: bool = False) -> str:
        """A text on one line."""
        text = one_line(self._printable(row, name))
        if needed and not text:
            self.fault(row, name, "the cell is empty, expected a text")
        return text

    def several_lines(self, row: Row, name: str) -> str:
        """A text with its line ends."""
        return several_lines(self._printable(row, name))

    def decimal(self, row: Row, name: str, *, least: int | None = 0) -> Decimal:
        """A number of at most six decimals that has to be there."""
        return self._needed(
            row, name, "a number such as 12.50", self.decimal_or_none(row, name, least=least), Decimal(0)
        )

    def decimal_or_none(self, row: Row, name: str, *, least: int | None = 0) -> Decimal | None:
        """A number of at most six decimals; None for an empty cell."""
        number = self._number(row, name, least)
        if number is None or not self._fits(row, name, lambda field: micro(number, field)):
            return None
        return plain(number)

    def amount(self, row: Row, name: str, currency: str, *, least: int | None = 0) -> int:
        """An amount of money that has to be there, in minor units."""
        found = self.amount_or_none(row, name, currency, least=least)
        return self._needed(row, name, "an amount such as 12.50", found, 0)

    def amount_or_none(self, row: Row, name: str, currency: str, *, least: int | None = 0) -> int | None:
        """An amount of money in minor units; None for an empty cell."""
        number = self._number(row, name, least)
        if number is None or not self._fits(row, name, lambda field: to_minor(number, currency, field)):
            return None
        return to_minor(number, currency)

    def whole(self, row: Row, name: str, *, least: int | None = 0) -> int:
        """A whole number that has to be there."""
        found = self.whole_or_none(row, name, least=least)
        return self._needed(row, name, "a whole number such as 12", found, 0)

    def whole_or_none(self, row: Row, name: str, *, least: int | None = 0) -> int | None:
        """A whole number; None for an empty cell."""
        cell = self._cell(row, name)
        if not cell:
            return None
        if not _WHOLE.fullmatch(cell):
            self.fault(row, name, f"expected a whole number such as 12, found {shown(cell)}")
            return None
        return int(cell) if self._at_least(row, name, Decimal(cell), least) else None

    def day(self, row: Row, name: str) -> date:
        """A day that has to be there."""
        return self._needed(row, name, "a date such as 2026-03-02", self.day_or_none(row, name), date(2000, 1, 1))

    def day_or_none(self, row: Row, name: str) -> date | None:
        """A day; None for an empty cell."""
        cell = self._cell(row, name)
        day = plain_day(cell)
        if cell and day is None:
            self.fault(row, name, day_fault(cell))
        return day

    def _raw(self, row: Row, name: str) -> str:
        """The cell as it stands; empty where the table has no such column."""
        place = self._places.get(name)
        return "" if place is None else row.values[place]

    def _cell(self, row: Row, name: str) -> str:
        return self._raw(row, name).strip()

    def _printable(self, row: Row, name: str) -> str:
        text = self._raw(row, name)
        if control := control_character(text):
            self.fault(row, name, f"the text holds the control character {control}, expected printable characters")
            return ""
        if len(text) > MAX_TEXT:
            self.fault(row, name, f"the text has {len(text)} characters, expected at most {MAX_TEXT}")
            return ""
        return text

    def _number(self, row: Row, name: str, least: int | None) -> Decimal | None:
        cell = self._cell(row, name)
        if not cell:
            return None
        number = plain_decimal(cell)
        if number is None:
            hint = " with a decimal point" if "," in cell else ""
            self.fault(row, name, f"expected a number{hint} such as 12.50, found {shown(cell)}")
            return None
        return number if self._at_least(row, name, number, least) else None

    def _at_least(self, row: Row, name: str, number: Decimal, least: int | None) -> bool:
        fair = least is None or number >= least
        if not fair:
            self.fault(row, name, f"expected a number of {least} or more, found {number}")
        return fair

    def _fits(self, row: Row, name: str, convert: Callable[[str], int]) -> bool:
        """Whether the number can be kept; if not, the reason of core's own conversion is noted."""
        try:
            convert("")
        except RuleViolation as violation:
            self.fault(row, name, violation.problems[0].message.removeprefix(": ").removesuffix("."))
            return False
        return True

    def _needed(self, row: Row, name: str, expected: str, value: T | None, otherwise: T) -> T:
        """The value; an empty cell is a fault, while a wrong one has been noted already."""
        if value is None and not self._cell(row, name):
            self.fault(row, name, f"the cell is empty, expected {expected}")
        return otherwise if value is None else value
