"""One Handsel per file: a lock of the operating system on `<file>.lock`, which a killed process lets go by itself."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import IO

from app.core.errors import HeldError, StoreError

_AT = 1 << 20
"""Windows locks bytes, and locked bytes cannot be read: so a byte far behind the text is locked."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(_AT)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from `take` to `release`."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self.path = path
        self._file = file

    @classmethod
    def take(cls, store: Path) -> Lock:
        """Lock the store at a path. Raises `StoreError` naming who holds it."""
        path = store.with_name(store.name + ".lock")
        while True:
            file = path.open("a+b")
            try:
                _take(file)
            except OSError as error:
                file.close()
                raise _refusal(store, path, error) from error
            if _is_still(path, file):
                return cls(path, _signed(file))
            file.close()

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def release(self) -> None:
        """Let go, and take the lock file away."""
        if sys.platform == "win32":
            self._file.close()  # an open file cannot be removed there
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._file.close()


def _is_still(path: Path, file: IO[bytes]) -> bool:
    """Whether the file we locked is still the one at this path: its last holder may have removed it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _signed(file: IO[bytes]) -> IO[bytes]:
    file.truncate(0)
    file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
    file.flush()
    return file


def _refusal(store: Path, path: Path, error: OSError) -> StoreError:
    if not isinstance(error, BlockingIOError | PermissionError):
        where = "Is it on a network drive? Keep it on this computer's own disk."
        return StoreError(f"{store.name} cannot be locked ({error.strerror}). {where}")
    holder = _holder(path)
    who = f" (process {holder[0]} on {holder[1]})" if holder is not None else ""
    return HeldError(f"{store.name} is already open in another Handsel{who}. Close that one first.", holder)


def _holder(path: Path) -> tuple[int, str] | None:
    """Process and computer of the one who signed the lock."""
    try:
        found = json.loads(path.read_bytes())
        return int(found["pid"]), str(found["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
