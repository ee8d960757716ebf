"""The process is killed (-9) at any moment: nothing told is lost, the books prove, what is run again stands once.

`python3 run.py faults` kills 200 times; otherwise a few times only. HANDSEL_FAULTS_SEED repeats a run.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from app.deals.models import deal
from app.deals.queries import id_by_reference
from app.exchange.deal_file.parse import parse
from app.exchange.deal_file.run import run
from app.pipeline.proof import prove
from app.store import history
from app.store.store import Store
from tests.builders import Json, counts_of, outcome_of
from tests.exported import last_day, without_numbers
from tests.faults.child import prefixes
from tests.faults.deals import DEALS

ROOT = Path(__file__).resolve().parents[2]
KILLS = 200 if os.environ.get("HANDSEL_FAULTS") == "all" else 8


@dataclass
class Tally:
    """What happened, for the report at the end."""

    kills: int = 0
    told: int = 0
    kept_untold: int = 0
    rounds: int = 0
    moments: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        moments = ", ".join(f"{count} {moment}" for moment, count in self.moments.most_common())
        return (
            f"{self.kills} kills in {self.rounds} rounds ({moments}): {self.told} steps told, none lost; "
            f"{self.kept_untold} kept that were not told yet; the books proved clean after each"
        )


class Nursery:
    """Where processes come from that are killed at work: a process that is ready, and forks them."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def job(
        self, store: Path, folder: Path, start: int, listen: Callable[[Callable[[], Json | None]], list[Json]]
    ) -> list[Json]:
        """Everything that a process tells of its work until `listen` has heard enough and it is killed."""
        process = self._ready()
        assert process.stdin is not None
        job = {"store": str(store), "folder": str(folder), "start": start}
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        began = self._read()
        assert began is not None, "the process ended by itself"
        try:
            heard = listen(self._read)
        finally:
            os.kill(began["process"], getattr(signal, "SIGKILL", signal.SIGTERM))
        while (message := self._read()) is not None and "dead" not in message:
            heard.append(message)
        return heard

    def _ready(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            words = [sys.executable, "-m", "tests.faults.child"]
            self._process = subprocess.Popen(words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process

    def _read(self) -> Json | None:
        """The next message; a line that was torn by the kill told nothing. None if there will be no more."""
        assert self._process is not None
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(json.JSONDecodeError):
                message: Json = json.loads(line)
                return message
        return None

    def close(self) -> None:
        """No more jobs."""
        if self._process is not None:
            self._process.communicate()


@dataclass
class Round:
    """One store from its first deal to its last, through as many kills as come."""

    nursery: Nursery
    folder: Path
    store: Path
    chance: random.Random
    tally: Tally
    told: list[Json] = field(default_factory=list)
    done: bool = False

    def kill_once(self) -> None:
        """Let a process work, kill it somewhere, and look at what is left."""
        messages = self.nursery.job(self.store, self.folder, len(self.told), self._listen)
        self.done = any("done" in message for message in messages)
        self.told += [message for message in messages if "deal" in message]
        if not self.done:  # else there was nothing left to kill
            self.tally.kills += 1
            self.tally.moments[_moment(messages)] += 1
        self._look()

    def _listen(self, read: Callable[[], Json | None]) -> list[Json]:
        """Hear a random number of steps, then wait a moment that may end anywhere inside the next one."""
        heard: list[Json] = []
        enough = self.chance.randrange(30)
        while len(heard) < enough and "done" not in (heard or [{}])[-1]:
            message = read()
            assert message is not None, "the process ended by itself"
            assert "dead" not in message, "the process ended by itself"
            heard.append(message)
            if "deal" in message and _is_last(message) and self.chance.random() < 0.7:
                time.sleep(self.chance.uniform(0, 1))  # papers are being made now
                break
        time.sleep(self.chance.uniform(0, 0.02))
        return heard

    def _look(self) -> None:
        """Open the store as a person would: what was told is there, and all of it makes sense."""
        with Store.open(self.store) as store:
            for name, message in {message["deal"]: message for message in self.told}.items():
                self._compare(store, name, message)
            with store.read() as session:
                deals = [row.reference for row in session.rows(select(deal.c.reference))]
            assert len(deals) == len(set(deals)), "a deal stands twice"
            assert prove(store).problems == ()

    def _compare(self, store: Store, name: str, message: Json) -> None:
        """A deal has every step that was told, at most one more, and the same papers and entries as it was told."""
        reference = DEALS[name]["reference"]
        with store.read() as session:
            deal_id = id_by_reference(session, reference)
            assert deal_id is not None, f"{name} was told and is lost"
            steps = len(history.keys_of(session, deal_id)) - 1
        assert steps - message["steps"] in (0, 1), f"{name}: {message['steps']} steps told, {steps} kept"
        self.tally.kept_untold += steps - message["steps"]
        file = DEALS[name] | {"steps": DEALS[name]["steps"][:steps]}
        now, before = outcome_of(store, deal_id, last_day(file)), message["outcome"]
        if steps == message["steps"]:
            assert now == before
        for part in ("journal", "revenue"):
            assert now[part][: len(before[part])] == before[part], f"{name}: {part}"
        for part in ("deliveries", "invoices", "payments"):
            kept = [(item["number"], item.get("amount"), item.get("totals")) for item in now[part]]
            for item in before[part]:
                assert (item["number"], item.get("amount"), item.get("totals")) in kept, f"{name}: {part}"

    def check_whole(self, undisturbed: tuple[dict[str, Json], dict[str, int]]) -> None:
        """Run every file again: each deal stands once, whole, as if nobody had pulled the plug."""
        outcomes, counts = undisturbed
        with Store.open(self.store) as store:
            assert run_all(store, self.folder) == outcomes
            assert without_papers(counts_of(store)) == counts
            proof = prove(store)
            assert (proof.problems, proof.deals) == ((), len(outcomes))


def without_papers(counts: dict[str, int]) -> dict[str, int]:
    """Rows by table, without papers and their seals: those are made when somebody comes to it."""
    return counts | {"chain": counts["chain"] - counts["paper"], "paper": 0}


def _moment(messages: list[Json]) -> str:
    """Where the child was."""
    if not messages:
        return "while starting"
    last = messages[-1]
    if "open" in last:
        return "before the first step"
    return "while making papers" if "papers" in last or _is_last(last) else "between and inside steps"


def _is_last(message: Json) -> bool:
    return bool(message["deal"] == max(DEALS) and message["steps"] == len(DEALS[message["deal"]]["steps"]))


def run_all(store: Store, folder: Path) -> dict[str, Json]:
    """The outcome of every file by its name, without the numbers."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        ran = run(store, parse(path.read_bytes()))
        found[path.stem] = without_numbers(outcome_of(store, ran.deal_id, ran.on))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The deal files on disk."""
    path = tmp_path / "deals"
    path.mkdir()
    for name, file in DEALS.items():
        (path / f"{name}.json").write_text(json.dumps(file), encoding="utf-8")
    return path


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def test_kills(
    empty_store: Path, tmp_path: Path, folder: Path, nursery: Nursery, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("HANDSEL_FAULTS_SEED", random.SystemRandom().randrange(10**6)))
    with Store.open(Path(shutil.copyfile(empty_store, tmp_path / "undisturbed.handsel"))) as store:
        outcomes = run_all(store, folder)
        counts = counts_of(store)
    whole = outcomes, without_papers(counts)
    chance, tally = random.Random(seed), Tally()  # noqa: S311  the same kills again for the same seed, about
    while tally.kills < KILLS:
        path = tmp_path / f"round-{tally.rounds}" / "books.handsel"
        path.parent.mkdir()
        current = Round(nursery, folder, Path(shutil.copyfile(empty_store, path)), chance, tally)
        while not current.done and tally.kills < KILLS:
            current.kill_once()
        current.check_whole(whole)
        tally.told += len(current.told)
        tally.rounds += 1
        shutil.rmtree(path.parent)
    with capsys.disabled():
        sys.stdout.write(f"\nseed {seed}: {tally}\n" if KILLS >= 200 else "")


def test_the_steps_are_many(folder: Path) -> None:
    assert len(list(prefixes(folder))) == sum(len(file["steps"]) + 1 for file in DEALS.values()) > 50
