"""What a workbook must not be, told from its zip directory and the first bytes of its parts: nothing is unpacked whole.

A file of 600 KB can unpack to 600 MB and take 1.2 GB of memory; entities in its XML can do the same. Both are refused
here within milliseconds.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from app.core.errors import Problem, RuleViolation

MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
_HEAD = 4096
_SMALL = 1024 * 1024
"""Parts up to this size may be packed as tightly as they like."""


def guard(path: Path) -> None:
    """Raise `RuleViolation` unless the file is a workbook of a sane size without document type definitions."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise _refusal("no_workbook", f"{path.name}: this is no Excel workbook.")
            _check_size(path, parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    with archive.open(part) as stream:
                        _check_head(path, stream.read(_HEAD))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError):
        # zipfile tells a hostile or torn archive in all of these ways (unknown packing, a password, a name out of
        # place); to the one who chose the file they mean the same.
        raise _refusal("no_workbook", f"{path.name}: this is no Excel workbook, or it is damaged.") from None


def _check_size(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    tight = [part for part in parts if part.file_size > max(_SMALL, part.compress_size * MAX_RATIO)]
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or tight:
        raise _refusal("bomb", f"{path.name}: the workbook would unpack to far more than it seems ({unpacked} bytes).")


def _check_head(path: Path, head: bytes) -> None:
    """A document type comes before the first element; in UTF-16 every other byte is zero."""
    plain = head.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise _refusal(
            "doctype", f"{path.name}: the workbook declares XML entities, which no spreadsheet program does."
        )


def _refusal(code: str, message: str) -> RuleViolation:
    return RuleViolation([Problem("file", code, message)])
