"""Workbooks and tables for the import's tests, good and hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def workbook(path: Path, *rows: list[Any], sheets: tuple[str, ...] = ("List",)) -> Path:
    """A workbook whose first sheet has these rows."""
    book = Workbook()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(row)
    for name in sheets[1:]:
        book.create_sheet(name).append(["name"])
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The same workbook with one part put in another's place."""
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for one, data in parts.items():
            new.writestr(one, data)
    return path


def csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV file."""
    path.write_bytes(text.encode(encoding))
    return path
