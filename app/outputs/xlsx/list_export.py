"""Any list as a workbook of one sheet: real dates and numbers, amounts with their currency beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.core.progress import Progress
from app.outputs.xlsx.text import clean
from app.outputs.xlsx.workbook import Book, Column, Imprint, Table

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
"""Letters of a sheet's name."""


def write(
    title: str,
    columns: Sequence[Column[Any]],
    rows: Sequence[Any],
    *,
    made: date,
    author: str = "",
    page: str = "{page} / {pages}",
    currency: Callable[[Any], str] = lambda row: str(getattr(row, "currency", "")),
    progress: Progress | None = None,
) -> bytes:
    """The workbook of a list. The same rows give the same bytes.

    Amounts are minor units of `currency(row)`. `page` is the footer, with {page} and {pages} in it. Raises
    `OutputError` where the rows do not fit a sheet, `Cancelled` if the person stopped it.
    """
    sheet = sheet_name(title)
    shown = _told_apart(columns)
    book = Book(Imprint(title=title, author=author, subject=made.isoformat(), made=made, page=page), progress)
    book.table(Table.of(sheet, shown, len(rows)), "List", shown, rows, currency)
    return book.finish()


def sheet_name(title: str) -> str:
    """A name that every spreadsheet program takes for a sheet."""
    plain = _FORBIDDEN.sub(" ", clean(title)).strip(" '")
    return plain[:_LONGEST].strip(" '") or "List"


def _told_apart(columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    """Columns of a spreadsheet's table need names of their own."""
    seen: dict[str, int] = {}
    found = []
    for column in columns:
        key = column.title.casefold()
        seen[key] = seen.get(key, 0) + 1
        found.append(column if seen[key] == 1 else replace(column, title=f"{column.title} {seen[key]}"))
    return found
