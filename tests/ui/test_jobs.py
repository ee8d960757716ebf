"""Work off the main thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.core.errors import Cancelled, Conflict
from app.core.progress import Progress
from ui.jobs import ImmediateJobs, Jobs


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


class Screen(QObject):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Any] = []

    def take(self, answer: Any) -> None:
        self.told.append((answer, threading.current_thread() is threading.main_thread()))


def test_answers_arrive_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    screen = Screen()
    jobs.query(lambda _: threading.current_thread().name, screen.take)
    qtbot.waitUntil(lambda: bool(screen.told))
    name, is_main = screen.told[0]
    assert name.startswith("reader")
    assert is_main


def test_commands_run_one_after_another_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    running, most, done = [0], [0], []

    def work(number: int) -> int:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.01)
        running[0] -= 1
        return number

    for number in range(5):
        jobs.command(lambda _, number=number: work(number), done.append)
    qtbot.waitUntil(lambda: len(done) == 5)
    assert done == [0, 1, 2, 3, 4]
    assert most[0] == 1


def test_an_error_goes_to_on_failed_or_is_unhandled(jobs: Jobs, qtbot: QtBot) -> None:
    failed: list[Exception] = []

    def work(_: Progress) -> None:
        raise Conflict("changed")

    jobs.command(work, on_failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    with qtbot.waitSignal(jobs.unhandled) as caught:
        jobs.query(work)
    assert isinstance(failed[0], Conflict)
    assert isinstance(caught.args[0], Conflict)


def test_progress_is_thinned_and_cancel_stops_at_a_safe_point(jobs: Jobs, qtbot: QtBot) -> None:
    failed: list[Exception] = []
    steps: list[tuple[int, int, str]] = []
    started = threading.Event()

    def work(progress: Progress) -> None:
        for number in range(100_000):
            progress.step(number, 100_000, "counting")
            started.set()
            progress.check()
            time.sleep(0.0005)

    job = jobs.query(work, on_failed=failed.append)
    job.progressed.connect(lambda *step: steps.append(step))
    assert started.wait(5)
    time.sleep(0.15)
    job.cancel()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)
    assert 1 <= len(steps) < 20


def test_a_cancelled_job_without_on_failed_is_silent(jobs: Jobs, qtbot: QtBot) -> None:
    shown: list[Any] = []
    jobs.unhandled.connect(shown.append)
    gate = threading.Event()
    jobs.command(lambda _: gate.wait(5))
    second = jobs.command(lambda _: None)
    second.cancel()
    with qtbot.waitSignal(second.finished):
        gate.set()
    assert not shown


def test_a_screen_that_is_gone_hears_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    screen, gate = Screen(), threading.Event()
    told = screen.told
    job = jobs.query(lambda _: gate.wait(5), screen.take)
    delete(screen)
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert told == []


def test_an_owner_guards_a_plain_function(jobs: Jobs, qtbot: QtBot) -> None:
    owner, told, gate = QObject(), [], threading.Event()
    job = jobs.query(lambda _: gate.wait(5), told.append, owner=owner)
    delete(owner)
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert told == []


def test_closing_waits_and_takes_no_more(qapp: object) -> None:
    jobs, done = Jobs(), []

    def work(progress: Progress) -> None:
        time.sleep(0.05)
        done.append(1)

    jobs.command(work)
    time.sleep(0.01)
    jobs.close()
    assert done == [1]
    late = jobs.command(lambda _: done.append(2))
    assert late.is_finished
    assert done == [1]
    jobs.close()


def test_busy_tells_begin_and_end(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[bool] = []
    jobs.busy.connect(told.append)
    with qtbot.waitSignals([jobs.busy, jobs.busy]):
        jobs.query(lambda _: 1)
    assert told == [True, False]


def test_immediate_jobs_are_done_before_the_call_returns(qapp: object) -> None:
    jobs, told = ImmediateJobs(), []
    job = jobs.command(lambda _: 7, told.append)
    assert told == [7]
    assert job.is_finished
    jobs.close()
