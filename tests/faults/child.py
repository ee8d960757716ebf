"""Runs deal files into one store, and tells each step after it was kept; it is made to be killed.

`python -m tests.faults.child` reads jobs, one a line: store, folder, how many steps of all were told before. For each
it forks a process, which goes through the files by name, step by step, each time as a deal file that is a step longer,
makes the papers of one deal, and waits for its end. Where processes cannot be forked, it does a job itself.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import app.schema  # noqa: F401  every table has to be known before a file is opened
from app.exchange.deal_file.outcome import outcome
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import run
from app.exchange.deal_file.shape import DealFile
from app.pipeline import queries
from app.store.store import Store


def prefixes(folder: Path) -> Iterator[tuple[str, int, DealFile]]:
    """Every file, from its head alone to all of its steps."""
    for path in sorted(folder.glob("*.json")):
        deal_file = parse(path.read_bytes())
        for count in range(len(deal_file.steps) + 1):
            yield path.stem, count, replace(deal_file, steps=deal_file.steps[:count])


def main(path: Path, folder: Path, start: int) -> None:
    """Run what is left, tell it, and say when nothing is left."""
    tell({"process": os.getpid()})
    with Store.open(path) as store:
        tell({"open": path.name})
        for number, (name, count, deal_file) in enumerate(prefixes(folder)):
            if number < start:
                continue
            ran = run(store, deal_file)
            with store.read() as session:
                now = outcome(queries.view(session, ran.deal_id, ran.on), ran.on)
            tell({"deal": name, "steps": count, "outcome": now})
        make_papers(store)
    tell({"done": True})
    while True:  # whoever ended by itself could have left its number to another process when the kill comes
        time.sleep(60)


def make_papers(store: Store) -> None:
    """The papers of the first deal: files beside the store, noted in it."""
    from app.outputs import papers  # reportlab is loaded only by those who come so far

    tell({"papers": papers.make_missing(store, 1)})


def tell(message: dict[str, Any]) -> None:
    """Acknowledge on standard output: one line, whole or not at all."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve() -> None:
    """Do jobs until there are no more; whoever is killed doing one is told to be dead."""
    for line in sys.stdin:
        job = json.loads(line)
        work = Path(job["store"]), Path(job["folder"]), int(job["start"])
        if not hasattr(os, "fork"):
            main(*work)
        elif worker := os.fork():
            os.waitpid(worker, 0)
            sys.stdout.write("\n")  # after a line that may be torn
        else:
            main(*work)
        tell({"dead": True})


if __name__ == "__main__":
    serve()
