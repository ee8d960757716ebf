"""Starting `child.py`, and waiting for what it says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def child(what: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """A child process; killed (-9 where there is such a thing) and gone at the end of the block."""
    words = [sys.executable, "-m", "tests.app.store.child", what, str(path)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    """Its next line; fails if it ended instead."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, "the child ended"
    return line
