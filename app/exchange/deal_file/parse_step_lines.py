"""The lines that steps of a deal file name, with what is dispatched, received, returned or credited of them."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from app.exchange.deal_file.entry import COUNTED, QUANTITY, Entry, Keys
from app.exchange.deal_file.faults import Path, bad
from app.exchange.deal_file.shape import LineQuantity, ReceivedLine

_LINE_QUANTITY = Keys.of("line part quantity")
_RECEIVED_LINE = Keys.of("line part accepted damaged missing refused")

Named = TypeVar("Named", LineQuantity, ReceivedLine)


def quantities(step: Entry, line_count: int) -> tuple[LineQuantity, ...] | None:
    """The `lines` of a step with a quantity each; None if they are left out. The deal has `line_count` lines."""
    lines = step.some("lines", "lines", partial(_quantity, line_count))
    return None if lines is None else _once_each(step, lines)


def received_lines(step: Entry, line_count: int) -> tuple[ReceivedLine, ...] | None:
    """The `lines` of a receipt; None if they are left out. The deal has `line_count` lines."""
    lines = step.some("lines", "lines", partial(_received_line, line_count))
    return None if lines is None else _once_each(step, lines)


def line_number(entry: Entry, line_count: int) -> int:
    """The number of one of the deal's lines, counted from 1."""
    number = entry.needed_whole("line", "the number of a line, counted from 1")
    if number > line_count:
        raise bad(entry.at("line"), f"there is no line {number}; expected 1 to {line_count}.")
    return number


def part_number(entry: Entry) -> int | None:
    """The number of a part of a bundle, counted from 1; None if it is left out."""
    return entry.whole("part", "the number of a part of a bundle, counted from 1")


def _quantity(line_count: int, value: Any, path: Path) -> LineQuantity:
    entry = Entry(value, path, _LINE_QUANTITY)
    number = line_number(entry, line_count)
    return LineQuantity(number, entry.needed_number("quantity", QUANTITY), part_number(entry))


def _received_line(line_count: int, value: Any, path: Path) -> ReceivedLine:
    entry = Entry(value, path, _RECEIVED_LINE)
    number = line_number(entry, line_count)
    counts = [entry.number(key, COUNTED) or Decimal(0) for key in ("accepted", "damaged", "missing", "refused")]
    if not any(counts):
        raise bad(path, "nothing was received; expected accepted, damaged, missing or refused above 0.")
    accepted, damaged, missing, refused = counts
    return ReceivedLine(number, accepted, damaged, missing, refused, part_number(entry))


def _once_each(step: Entry, lines: tuple[Named, ...]) -> tuple[Named, ...]:
    """The lines, each named once: what is said twice could be meant as a sum or as a mistake."""
    seen: dict[int, set[int | None]] = {}
    for index, line in enumerate(lines):
        parts: set[int | None] = seen.setdefault(line.line, set())
        if line.part in parts or (parts and None in {*parts, line.part}):
            raise bad(((step.at("lines"), index), "line"), f"line {line.line} is named twice; expected it once.")
        parts.add(line.part)
    return lines
