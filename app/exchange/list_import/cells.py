"""The cells of a row read as what they have to be. Each fault has a code and its place; reading goes on after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from app.core.errors import Problem, RuleViolation
from app.core.quantity import micro, plain
from app.exchange.list_import.xlsx_child import NO_RESULT
from app.exchange.tables import Row
from app.exchange.text import MAX_TEXT, control_character, one_line, plain_decimal, several_lines, shown

MOST_PROBLEMS = 200
"""So many faults are told; of the rest, how many there are."""

Point = Literal[".", ","]
"""What stands before the decimals."""

_GROUPED = {".": re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?"), ",": re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")}
_ERRORS = frozenset(
    {"#N/A", "#NV", "#REF!", "#BEZUG!", "#VALUE!", "#WERT!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#ZAHL!"}
)
_SIGNS = re.compile(r"[\s\u00a0\u202f'’€$£¥%]|EUR|USD|GBP|CHF")


class Cells:
    """Reads rows by the names of wanted columns; faults are collected."""

    def __init__(self, mapping: Mapping[str, int], point: Point) -> None:
        self._mapping, self._point = mapping, point
        self.problems: list[Problem] = []
        self.count = 0

    def has(self, name: str) -> bool:
        """Whether a column serves it."""
        return name in self._mapping

    def text(self, row: Row, name: str, *, needed: bool = False) -> str:
        """A text on one line."""
        text = one_line(self._printable(row, name))
        if needed and not text:
            self.fault(row, name, "missing", "the cell is empty")
        return text

    def lines(self, row: Row, name: str) -> str:
        """A text with its line ends."""
        return several_lines(self._printable(row, name))

    def number(self, row: Row, name: str, least: Decimal = Decimal(0)) -> Decimal | None:
        """A number with at most six decimals; None for an empty or wrong cell."""
        cell = self.text(row, name)
        if not cell:
            return None
        number = number_of(cell, self._point)
        if number is None:
            self.fault(row, name, "number", f"{shown(cell)} is no number", value=cell)
            return None
        if number < least:
            self.fault(row, name, "too_small", f"{number} is below {least}", value=cell, least=str(least))
            return None
        try:
            micro(number)
        except RuleViolation as violation:
            self.fault(row, name, violation.problems[0].code, f"{number} cannot be kept", value=cell)
            return None
        return plain(number)

    def fault(self, row: Row, name: str, code: str, message: str, **values: object) -> None:
        """Note what is wrong with a cell."""
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            told = {"row": row.number, "column": name, **values}
            self.problems.append(
                Problem(f"rows[{row.number}].{name}", code, f"row {row.number}, {name}: {message}.", told)
            )

    def _printable(self, row: Row, name: str) -> str:
        place = self._mapping.get(name)
        text = "" if place is None else row.values[place]
        if text == NO_RESULT:
            self.fault(row, name, "formula", "the formula has no result; open and save the workbook once")
        elif text.strip() in _ERRORS:
            self.fault(row, name, "cell_error", f"the cell holds the error {text.strip()}", value=text.strip())
        elif control := control_character(text):
            self.fault(row, name, "control", f"the text holds the control character {control}", value=control)
        elif len(text) > MAX_TEXT:
            self.fault(row, name, "too_long", f"the text has {len(text)} characters", value=str(MAX_TEXT))
        else:
            return text
        return ""


def number_of(text: str, point: Point) -> Decimal | None:
    """The number a cell means, with its decimals behind `point`; signs of money and percent do not count."""
    bare = _SIGNS.sub("", text).replace("\u2212", "-")
    if not bare.isascii():
        return None
    if _GROUPED[point].fullmatch(bare):
        bare = bare.replace("," if point == "." else ".", "")
    return plain_decimal(bare.replace(",", ".") if point == "," and "." not in bare else bare)


def guess_point(texts: list[str]) -> Point:
    """What these numbers put before their decimals: a comma only where some need it and none contradicts."""
    bare = [_SIGNS.sub("", text) for text in texts if text.strip()]
    with_comma = sum(number_of(text, ",") is not None for text in bare)
    with_point = sum(number_of(text, ".") is not None for text in bare)
    return "," if with_comma > with_point else "."
