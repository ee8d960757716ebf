"""Making sure that files and their names are on the disk, not only on their way there."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until names in a folder are on the disk. Windows has no such call and keeps names by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(new: Path, path: Path) -> None:
    """Give a finished file its name: whoever looks finds the old file or the new one, whole, even after a power cut."""
    sync_file(new)
    new.replace(path)
    sync_folder(path.parent)
