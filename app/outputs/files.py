"""Writing files so that they are whole or not there at all, under names every system accepts."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from pathlib import Path

from app.core.errors import OutputError

MAX_NAME = 120
"""Longest name in characters, ending included."""

_MAX_BYTES = 200
"""Longest stem in UTF-8: common file systems take names of 255 bytes."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in "0123456789¹²³"
}
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def save(path: Path, data: bytes) -> None:
    """Write `data` to `path`, replacing what is there: a temporary file beside it, flushed to disk, then renamed.

    Missing folders are made. Raises `OutputError`, in words, if the disk is full, the folder may not be written or the
    path is a folder; the file that was there before is then untouched.
    """
    draft: Path | None = None
    try:
        if path.is_dir():
            raise OutputError(f"{path} is a folder; choose a file name.")
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.parent / f".{os.urandom(8).hex()}.part"
        _write(draft, data)
        draft.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise OutputError(_words(error, path)) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def safe_name(text: str) -> str:
    """A file name for any text: no separators, control or hidden characters, no reserved name, not too long.

    The ending, if there is one, is kept when the name is cut. What has nothing printable becomes "document".
    """
    text = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) not in _HIDDEN)
    text = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", text)).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = text, "", ""
    stem = _cut(stem, MAX_NAME - len(dot + ending)).rstrip(" .") or "document"
    if stem.split(".")[0].strip().casefold() in _RESERVED:
        stem = f"_{stem}"
    return stem + dot + ending


_HIDDEN = {"Cf", "Cs", "Co", "Cn"}


def _cut(text: str, length: int) -> str:
    """The beginning of a text, at most `length` characters and so many bytes as file systems take."""
    return text[:length].encode()[:_MAX_BYTES].decode(errors="ignore")


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; Windows has no handle for a folder and does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _words(error: OSError, path: Path) -> str:
    """What went wrong and what to do, in words."""
    if error.errno in _NO_SPACE:
        return f"{path.name} could not be written: the disk is full. Free some space and try again."
    if error.errno in _NOT_ALLOWED:
        return f"{path.name} could not be written: no permission for the folder {path.parent}. Choose another folder."
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return f"{path.name} could not be written: {path.parent} is no folder. Choose another folder."
    if error.errno == errno.ENAMETOOLONG:
        return f"{path.name[:40]}... could not be written: the name is too long."
    return f"{path.name} could not be written: {error.strerror or error}."
