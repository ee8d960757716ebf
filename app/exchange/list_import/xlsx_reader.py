"""A sheet of a workbook, read in a process of its own: with a time limit, within memory, and with Cancel."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from app.core.errors import Problem, RuleViolation
from app.core.progress import Progress
from app.exchange.list_import.xlsx_guard import guard

TIME_LIMIT_S = 60
MEMORY = 1024 * 1024 * 1024
_ROWS, _COLUMNS = 100_001, 500
_CHILD = Path(__file__).with_name("xlsx_child.py")
_LARGE = 3
_PAUSE_S = 0.05


def read_workbook(
    path: Path, sheet: str, progress: Progress, time_limit: float = TIME_LIMIT_S
) -> tuple[list[str], str, list[tuple[int, list[str]]]]:
    """Names of the sheets, the one that was read, and its rows with their numbers. Raises `RuleViolation`."""
    guard(path)
    with tempfile.TemporaryFile() as out:
        code = _run(path, sheet, out, progress, time_limit)
        if code == _LARGE:
            raise _refusal(
                "too_many_rows", f"{path.name}: more rows or columns than are taken at once.", limit=_ROWS - 1
            )
        out.seek(0)
        found = _parsed(out.read()) if code == 0 else None
    if found is None:
        raise _refusal("no_workbook", f"{path.name}: the workbook cannot be read; it may be damaged.")
    return found["sheets"], found["sheet"], [(number, texts) for number, texts in found["rows"]]


def _run(path: Path, sheet: str, out: IO[bytes], progress: Progress, time_limit: float) -> int:
    limits = [str(_ROWS), str(_COLUMNS), str(MEMORY)]
    command = [sys.executable, "-P", str(_CHILD), str(path), sheet, *limits]
    # Our own Python with our own script: the only foreign word is a path, and no shell reads it.
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)  # noqa: S603
    end = time.monotonic() + time_limit
    try:
        while True:
            progress.check()
            try:
                return child.wait(_PAUSE_S)
            except subprocess.TimeoutExpired:
                if time.monotonic() > end:
                    message = f"{path.name}: reading took longer than {time_limit:g} seconds, so it was stopped."
                    raise _refusal("too_slow", message) from None
    finally:
        child.kill()
        child.wait()


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(data)
    except ValueError:
        return None
    return found


def _refusal(code: str, message: str, **values: object) -> RuleViolation:
    return RuleViolation([Problem("file", code, message, dict(values))])
