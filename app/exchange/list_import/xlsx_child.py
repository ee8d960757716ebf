"""Run as a process of its own: reads one sheet of a workbook and writes it as JSON. It imports nothing of Handsel.

`python -P xlsx_child.py FILE SHEET ROWS COLUMNS MEMORY`. Whatever the file does to this process, the program lives on.
"""

from __future__ import annotations

import json
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

NO_RESULT = "\N{REPLACEMENT CHARACTER}="
"""Stands for a formula whose result the file does not hold."""


def main(arguments: list[str]) -> int:
    """Read and write; the exit code is 0, or 3 where the sheet is too large."""
    file, sheet, rows, columns, memory = arguments
    _limit(int(memory))
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    names = [one.title for one in book.worksheets]
    shown = sheet if sheet in names else names[0]
    found, is_large = _rows(book[shown], int(rows), int(columns))
    if is_large:
        return 3
    if _has_formulas(file):
        _mark_formulas(file, shown, found, int(columns))
    json.dump({"sheets": names, "sheet": shown, "rows": found}, sys.stdout, ensure_ascii=True)
    return 0


def _limit(memory: int) -> None:
    """No more memory than this, where the system can be told so."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _rows(sheet: Any, most_rows: int, most_columns: int) -> tuple[list[list[Any]], bool]:
    """[number, texts] of the rows that hold anything, and whether there are too many of them."""
    sheet.reset_dimensions()
    found: list[list[Any]] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = [text(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > most_columns or len(found) > most_rows:
            return found, True
        if texts:
            found.append([number, texts])
    return found, False


def _has_formulas(file: str) -> bool:
    """Whether any sheet may hold a formula: a second reading costs as much as the first."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    before = b""
                    while chunk := part.read(1 << 20):
                        if b"<f" in before + chunk or b":f>" in before + chunk:
                            return True
                        before = chunk[-3:]
    return False


def _mark_formulas(file: str, sheet: str, found: list[list[Any]], most_columns: int) -> None:
    """A formula that was never worked out must not be taken for an empty cell."""
    from openpyxl import load_workbook

    known = dict(found)
    formulas = load_workbook(file, read_only=True, data_only=False, keep_links=False)[sheet]
    formulas.reset_dimensions()
    for number, cells in enumerate(formulas.iter_rows(), 1):
        for place, cell in enumerate(cells[:most_columns]):
            if getattr(cell, "data_type", "n") == "f":
                texts = known.setdefault(number, [])
                texts.extend([""] * (place + 1 - len(texts)))
                if not texts[place]:
                    texts[place] = NO_RESULT
    found[:] = [[number, known[number]] for number in sorted(known)]


def text(value: Any) -> str:
    """A cell as plain text: numbers with a decimal point and the digits a spreadsheet shows, days as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    if isinstance(value, float):
        short = format(value, ".15g")
        return short if "e" not in short else format(value, ".6f").rstrip("0").rstrip(".")
    return str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
