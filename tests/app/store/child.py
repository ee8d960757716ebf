"""Runs in a process of its own, which a test may kill: `python -m tests.app.store.child WHAT PATH`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from time import sleep

import app.schema  # noqa: F401  every table has to be known before a file is opened
from app.store import chain, numbering
from app.store.store import Store


def number(path: Path) -> None:
    """Take numbers for ever, each in a transaction of its own, and tell each one after it was committed."""
    with Store.open(path) as store:
        while True:
            with store.write("child") as session:
                given = numbering.next_number(session, "N", date(2026, 1, 1))
                chain.append(session, "number", int(given.split("-")[-1]), given)
            tell(given)


def hang(path: Path) -> None:
    """Write inside a transaction that never ends."""
    with Store.open(path) as store, store.write("child") as session:
        for _ in range(2000):
            numbering.next_number(session, "N", date(2026, 1, 1))
        tell("inside")
        sleep(60)


def hold(path: Path) -> None:
    """Keep the file open and do nothing."""
    with Store.open(path):
        tell("open")
        sleep(60)


def block(path: Path) -> None:
    """Hold the file's write lock, as another program might, for a second and a half."""
    from app.store.engine import Use, connect

    connection = connect(path, Use.WRITE)
    connection.execute("BEGIN IMMEDIATE")
    tell("locked")
    sleep(1.5)
    connection.execute("ROLLBACK")


def tell(text: str) -> None:
    """Acknowledge on standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {"number": number, "hang": hang, "hold": hold, "block": block}[sys.argv[1]](Path(sys.argv[2]))
