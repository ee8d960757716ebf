"""Work off the main thread: commands one after another, queries and files side by side, answers on the main thread.

`command` is for writing (one thread: SQLite has one writer), `query` for reading, `page` for the rows that somebody
waits for, `file` for rendering. Each takes `work(progress)`; the caller opens its own session inside. Every screen
gets its answers through Qt's event loop, and none once it is gone.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.core.errors import Cancelled
from app.core.progress import Progress

Work = Callable[[Progress], Any]
OnDone = Callable[[Any], None]
OnFailed = Callable[[Exception], None]

_log = logging.getLogger(__name__)
_THIN_S = 0.05


class Job(QObject):
    """One piece of work that was handed in. Also the `Progress` that the work receives."""

    progressed = Signal(int, int, str)
    """done, total, text; thinned to twenty a second."""
    finished = Signal()
    """It ended, in whatever way."""

    def __init__(self, work: Work, owner: QObject | None, on_done: OnDone | None, on_failed: OnFailed | None) -> None:
        super().__init__()
        self._work = work
        self._owner = owner if owner is not None else owner_of(on_done)
        self._on_done, self._on_failed = on_done, on_failed
        self._cancelled = False
        self._last_step = 0.0
        self.is_finished = False

    def cancel(self) -> None:
        """Ask the work to stop at its next safe point."""
        self._cancelled = True

    def step(self, done: int, total: int, text: str = "") -> None:
        """`Progress`: called by the work."""
        now = time.monotonic()
        if done >= total or now - self._last_step >= _THIN_S:
            self._last_step = now
            self.progressed.emit(done, total, text)

    def check(self) -> None:
        """`Progress`: raises `Cancelled` when somebody asked to stop."""
        if self._cancelled:
            raise Cancelled("Stopped.")

    def run(self) -> tuple[Any, Exception | None]:
        """Do the work; called on its own thread. Returns the answer or the error."""
        try:
            self.check()
            return self._work(self), None
        except Exception as error:
            return None, error

    def land(self, answer: Any, error: Exception | None, unhandled: OnFailed) -> None:
        """Hand the outcome over; called on the main thread."""
        self.is_finished = True
        self.finished.emit()
        if not is_alive(self._owner):
            if error is not None and not isinstance(error, Cancelled):
                _log.warning("work failed after its screen was closed", exc_info=error)
        elif error is None:
            if self._on_done is not None:
                self._on_done(answer)
        elif self._on_failed is not None:
            self._on_failed(error)
        elif not isinstance(error, Cancelled):
            unhandled(error)


def owner_of(callback: Callable[..., Any] | None) -> QObject | None:
    """The QObject whose bound method `callback` is, if it is one."""
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None


def is_alive(owner: QObject | None) -> bool:
    """Whether there is still somebody to tell; nobody in particular always is."""
    return owner is None or isValid(owner)


class Jobs(QObject):
    """Runs jobs. Make one per application, hand it down in the context, close it before the store."""

    unhandled = Signal(object)
    """An error that no `on_failed` took; the application shows it."""
    busy = Signal(bool)
    """Whether anything is running."""
    _landed = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, readers: int = 2) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")
        self._pages = ThreadPoolExecutor(1, thread_name_prefix="pages")
        self._running: set[Job] = set()
        self._closed = False
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended yet."""
        return bool(self._running)

    def command(
        self,
        work: Work,
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Write: runs alone, in the order given. `owner` (or the object of a bound `on_done`) must live to hear."""
        return self._hand_in(self._writer, Job(work, owner, on_done, on_failed))

    def query(
        self,
        work: Work,
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Read: several side by side."""
        return self._hand_in(self._readers, Job(work, owner, on_done, on_failed))

    def page(
        self,
        work: Work,
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Read what somebody waits for: never behind the slower queries."""
        return self._hand_in(self._pages, Job(work, owner, on_done, on_failed))

    def file(
        self,
        work: Work,
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Render or write a file: beside the queries, without a session."""
        return self._hand_in(self._readers, Job(work, owner, on_done, on_failed))

    def close(self) -> None:
        """Take no more work, ask the running work to stop, and wait for it. Safe to call twice."""
        self._closed = True
        for job in list(self._running):
            job.cancel()
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._pages.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _hand_in(self, pool: ThreadPoolExecutor, job: Job) -> Job:
        if self._closed:
            job.is_finished = True
            return job
        self._running.add(job)
        if len(self._running) == 1:
            self.busy.emit(True)
        self._start(pool, job)
        return job

    def _start(self, pool: ThreadPoolExecutor, job: Job) -> None:
        pool.submit(self._perform, job)

    def _perform(self, job: Job) -> None:
        answer, error = job.run()
        if not self._closed:
            self._landed.emit(job, answer, error)

    def _land(self, job: Job, answer: Any, error: Exception | None) -> None:
        if job not in self._running:
            return
        self._running.discard(job)
        if not self._running:
            self.busy.emit(False)
        job.land(answer, error, self.unhandled.emit)


class ImmediateJobs(Jobs):
    """For tests: the work is done, and its answer given, before the call returns."""

    def _start(self, pool: ThreadPoolExecutor, job: Job) -> None:
        self._land(job, *job.run())
