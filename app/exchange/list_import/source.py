"""A CSV or XLSX file as a table of texts, whatever it was saved by. What cannot be read is refused with a code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Problem, RuleViolation
from app.core.progress import Progress, Silent
from app.exchange.list_import.xlsx_reader import read_workbook
from app.exchange.tables import MAX_BYTES, Row, Table, table_of

MAX_ROWS = 100_000
MAX_COLUMNS = 500
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the table, the sheets to choose from (none of a CSV file), and the hash of the file's bytes.

    `is_guessed` says that the letters were read as Windows-1252, which fits any bytes: a person has to look at them.
    """

    table: Table
    sheets: tuple[str, ...]
    sheet: str
    is_guessed: bool
    sha256: str


def read(path: Path, sheet: str = "", progress: Progress | None = None) -> Source:
    """The table in a file; of a workbook the named sheet or the first. Raises `RuleViolation`, `Cancelled`."""
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(_OLD_WORKBOOK):
        raise refusal("old_workbook", f"{path.name}: this is a workbook of the old kind (.xls); save it as .xlsx.")
    if data.startswith(_WORKBOOK):
        sheets, shown, rows = read_workbook(path, sheet, progress or Silent())
        return Source(_table(path.name, rows), tuple(sheets), shown, False, digest)
    is_guessed = not _is_unicode(data)
    table = table_of(path.name, data, allow_cp1252=is_guessed)
    _check_size(table)
    return Source(table, (), "", is_guessed, digest)


def refusal(code: str, message: str, **values: object) -> RuleViolation:
    """The file as a whole cannot be read."""
    return RuleViolation([Problem("file", code, message, dict(values))])


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refusal("too_large", f"{path.name}: the file is larger than {MAX_BYTES} bytes.", limit=MAX_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise refusal("unreadable", f"{path.name}: the file cannot be read ({error.strerror}).") from None


def _is_unicode(data: bytes) -> bool:
    if data.startswith(_MARKS) or b"\0" in data:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _table(name: str, rows: list[tuple[int, list[str]]]) -> Table:
    """Rows of a sheet: the first that holds anything is the heading; columns without heading and content fall away."""
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if len(filled) < 2:
        raise refusal("empty", f"{name}: there are no rows below a heading.")
    width = max(len(cells) for _, cells in filled)
    padded = [(number, cells + [""] * (width - len(cells))) for number, cells in filled]
    kept = [place for place in range(width) if any(cells[place].strip() for _, cells in padded)]
    (_, heading), *body = padded
    table = Table(
        name,
        tuple(heading[place].strip() for place in kept),
        tuple(Row(number, tuple(cells[place] for place in kept)) for number, cells in body),
    )
    _check_size(table)
    return table


def _check_size(table: Table) -> None:
    if not table.rows:
        raise refusal("empty", f"{table.name}: there are no rows below a heading.")
    if len(table.rows) > MAX_ROWS:
        message = f"{table.name}: {len(table.rows)} rows; at most {MAX_ROWS} are taken at once."
        raise refusal("too_many_rows", message, limit=MAX_ROWS)
    if len(table.columns) > MAX_COLUMNS:
        message = f"{table.name}: {len(table.columns)} columns; at most {MAX_COLUMNS} are taken."
        raise refusal("too_many_columns", message, limit=MAX_COLUMNS)
