"""The finished file: openpyxl's workbook with our rows in its sheets, the same bytes from the same content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_FIRST = "[Content_Types].xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_ROWS = re.compile(rb"<sheetData ?/>|<sheetData>.*?</sheetData>", re.DOTALL)


@dataclass(slots=True)
class Rows:
    """The rows of a sheet as they are written, and how many columns they use."""

    columns: str
    written: list[str] = field(default_factory=list)


def pack(data: bytes, made: datetime, sheets: Mapping[str, Rows]) -> bytes:
    """The workbook that openpyxl saved, with the rows of each part put in and all times fixed to `made`."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: name != _FIRST):
            content = old.read(name)
            if name == _CORE:
                stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            parts = _with_rows(content, sheets[name]) if name in sheets else [content]
            with new.open(_entry(name, made), "w") as part:
                for piece in parts:
                    part.write(piece)
    return out.getvalue()


def _entry(name: str, made: datetime) -> ZipInfo:
    """A member with a fixed time (zip begins in 1980) and the same attributes on every system."""
    entry = ZipInfo(name, (max(made.year, 1980), made.month, made.day, made.hour, made.minute, made.second))
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, 0
    return entry


def _with_rows(content: bytes, rows: Rows) -> Sequence[bytes]:
    """A sheet's XML with the rows in it, in pieces; readers that stream trust the dimension."""
    dimension = f'<dimension ref="A1:{rows.columns}{len(rows.written)}"/>'.encode()
    before, after = _ROWS.split(_DIMENSION.sub(dimension, content), maxsplit=1)
    return [before, b"<sheetData>", "".join(rows.written).encode(), b"</sheetData>", after]
