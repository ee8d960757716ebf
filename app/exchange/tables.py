"""Tables in CSV files: encoding, separator and shape are found out or refused, never guessed in silence.

The bytes decide the encoding (byte order mark, then strict UTF-8, then Windows-1252 only where a person has agreed),
equal column counts decide the separator. Every fault is collected with file, row and column, so that one reading
names them all.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.core.errors import Problem, RuleViolation
from app.exchange.text import shown

MAX_BYTES = 64 * 1024 * 1024
"""Largest file; some 600,000 rows."""

MOST_PROBLEMS = 50
"""So many faults are told; of the rest, how many they are."""

SEPARATORS = (";", ",", "\t", "|")

_EMPTY = "the file is empty, expected a heading and rows"
_SAMPLE_ROWS = 200
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with a text for each column; `number` counts as a spreadsheet does, from 1 and with the heading."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: the file's name, its heading, and rows of the same width."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Faults:
    """Everything that is wrong with some files, each with its place; raised together."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._count = 0

    def add(self, file: str, message: str, row: int | None = None, column: str | None = None, value: str = "") -> None:
        """Note a fault. `message` is the end of a sentence that begins with the place."""
        self._count += 1
        if len(self._problems) < MOST_PROBLEMS:
            where = file + ("" if row is None else f", row {row}") + ("" if column is None else f", column {column}")
            values = {"file": file, "row": row, "column": column, "value": value}
            self._problems.append(Problem(where, "table", f"{where}: {message}.", values))

    def __bool__(self) -> bool:
        return self._count > 0

    def violation(self) -> RuleViolation:
        """All that was noted, as an error."""
        more = self._count - len(self._problems)
        rest = [Problem("", "table_more", f"And {more} more faults.", {"count": more})] if more else []
        return RuleViolation(self._problems + rest)

    def raise_all(self) -> None:
        """Raise what was noted, if anything was."""
        if self:
            raise self.violation()


def read_table(path: Path, *, allow_cp1252: bool = False) -> Table:
    """The table in a CSV file. Raises `RuleViolation` with every fault of its shape.

    `allow_cp1252` is for a person who has seen the letters and agreed: any bytes are fair in Windows-1252.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise _violation(
            path.name, f"the file cannot be read ({(error.strerror or 'unknown reason').lower()})"
        ) from None
    if size > MAX_BYTES:
        raise _violation(path.name, f"the file has {size} bytes, expected at most {MAX_BYTES}")
    return table_of(path.name, data, allow_cp1252=allow_cp1252)


def table_of(name: str, data: bytes, *, allow_cp1252: bool = False) -> Table:
    """The table in the bytes of a CSV file called `name`."""
    text = _text(name, data, allow_cp1252)
    if not text.strip():
        raise _violation(name, _EMPTY)
    separator = separator_of(text)
    faults = Faults()
    rows = list(_rows(name, text, separator, faults))
    columns = tuple(column.strip() for column in rows[0].values) if rows else ()
    if not rows and not faults:
        faults.add(name, _EMPTY)
    for row in rows[1:]:
        if len(row.values) != len(columns):
            faults.add(name, _ragged(len(row.values), len(columns), separator), row.number)
    faults.raise_all()
    return Table(name, columns, tuple(rows[1:]))


def separator_of(text: str) -> str:
    """The separator with which most of the first rows have as many columns as the heading, and more than one."""

    def fitness(separator: str) -> tuple[float, int]:
        widths = _widths(text, separator)
        if not widths or widths[0] < 2:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(SEPARATORS, key=fitness)


def _widths(text: str, separator: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths: list[int] = []
    try:
        widths.extend(len(cells) for cells in islice(reader, _SAMPLE_ROWS) if cells)
    except csv.Error:
        widths.append(0)  # what cannot be read with this separator speaks against it
    return widths


def _rows(name: str, text: str, separator: str, faults: Faults) -> Iterator[Row]:
    """The rows that hold anything; reading ends where quotes no longer make sense."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield Row(number, tuple(cells))
    except csv.Error as error:
        faults.add(name, _unreadable(str(error)), number + 1)


def _unreadable(reason: str) -> str:
    if "field limit" in reason:
        return f"a cell has more than {csv.field_size_limit()} characters; perhaps a closing quote is missing"
    return "the quotes cannot be read; a quote inside a quoted cell is written twice, and each cell's quotes are closed"


def _ragged(width: int, wanted: int, separator: str) -> str:
    columns = "1 column" if width == 1 else f"{width} columns"
    hint = f"; a text that holds {shown(separator)} needs quotes around it" if width > wanted else ""
    return f"found {columns}, expected {wanted} as in the heading{hint}"


def _text(name: str, data: bytes, allow_cp1252: bool) -> str:
    """The text of the bytes, in the one encoding that they are known to have."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_nul(name, _decoded(name, data.removeprefix(mark), _exact(mark, encoding)))
    if b"\0" in data:
        raise _violation(name, "the file holds bytes of zero, so it is no text; expected CSV in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not allow_cp1252:
            raise _violation(name, _no_utf8(data, error)) from None
    return _decoded(name, data, "cp1252")


def _exact(mark: bytes, encoding: str) -> str:
    """The encoding with its byte order, which the mark told."""
    if encoding == "utf-8":
        return encoding
    return encoding + ("-le" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else "-be")


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _violation(name, f"byte {error.start + 1} is no text in {encoding.upper()}") from None


def _without_nul(name: str, text: str) -> str:
    if "\0" in text:
        raise _violation(name, "the file holds characters of zero, so it is no text")
    return text


def _no_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return f"byte 0x{data[error.start]:02X} in line {line} is no UTF-8; the file may be written in Windows-1252"


def _violation(name: str, message: str) -> RuleViolation:
    faults = Faults()
    faults.add(name, message)
    return faults.violation()
