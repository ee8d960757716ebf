"""Looking at a file before it is opened: each reason why it cannot be, in its own words. Nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

from app.core.errors import StoreError
from app.store import triggers
from app.store.session import Session
from app.store.version import APPLICATION_ID, SCHEMA

_HEADER = 100
"""Length of the header of an SQLite file; its numbers are big-endian."""

_MAGIC = b"SQLite format 3\x00"

_OTHERS = {
    b"PK\x03\x04": "a ZIP archive or an Office document (such as Excel)",
    b"\xd0\xcf\x11\xe0": "an old Office document (such as Excel 97)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"<?xml": "an XML file",
    b"{": "a JSON file",
}


def check_folder(path: Path) -> None:
    """Raises `StoreError` if no file could be opened at this place."""
    folder = path.absolute().parent
    if path.is_dir():
        raise StoreError(f"{path} is a folder; expected the name of a file in it.")
    if not folder.is_dir():
        raise StoreError(f"The folder {folder} does not exist.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"The folder {folder} cannot be written; choose a folder of your own.")


def check_file(path: Path) -> int:
    """The version of the file's form. Raises `StoreError` if it is missing, not accessible, not ours, or too new."""
    header = _read_header(path)
    if not header:
        raise StoreError(f"{path.name} is empty (0 bytes): it is damaged. Restore the newest backup.")
    if not header.startswith(_MAGIC):
        raise StoreError(f"{path.name} is {_kind(header)}, not a Handsel file.")
    if len(header) < _HEADER:
        raise StoreError(f"{path.name} is cut short: it is damaged. Restore the newest backup.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StoreError(f"{path.name} is a database of another program, not a Handsel file.")
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA:
        raise StoreError(f"{path.name} was made by a newer Handsel. Update this one to open it; nothing was changed.")
    return version


def _read_header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        raise StoreError(f"There is no file {path}.") from None
    except PermissionError:
        raise StoreError(f"{path.name} cannot be read: permission is missing.") from None
    except OSError as error:
        raise StoreError(f"{path.name} cannot be read: {error.strerror}.") from error
    if not os.access(path, os.W_OK):
        raise StoreError(f"{path.name} cannot be written: it is read-only. Change that, or work on a copy.")
    return header


def _kind(header: bytes) -> str:
    return next((kind for start, kind in _OTHERS.items() if header.startswith(start)), "a file of another kind")


def check_triggers(session: Session, path: Path) -> None:
    """Raises `StoreError` if the triggers that keep issued rows are not exactly ours."""
    if wrong := triggers.differing(session.connection):
        names = ", ".join(wrong[:3]) + (" and others" if len(wrong) > 3 else "")
        raise StoreError(
            f"The protection of issued documents in {path.name} was changed ({names}). "
            "Restore the newest backup, or ask for help before you go on."
        )
