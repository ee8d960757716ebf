"""Reads the pages of one list beside the main thread: what is quick is there at once, and the last question wins."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject

from ui.jobs import Job, Jobs

QUICK_S = 0.025
"""So long the main thread waits: a page is nearly always there by then, and nothing flickers."""


class PageReader(QObject):
    """`ask` runs `work()` on the thread for pages and hands its answer over on the main thread.

    Another question takes the place of one that is not answered yet; an answer that comes too late is dropped.
    """

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked = 0
        self._job: Job | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def ask(self, work: Callable[[], Any], on_done: Callable[[Any], None], on_failed: Callable[[], None]) -> None:
        """Read; `on_done` may be called before this returns. A failure is shown in the jobs' way after `on_failed`."""
        self._asked += 1
        asked, is_read = self._asked, Event()
        answers: list[Any] = []
        if self._job is not None:
            self._job.cancel()

        def read(_progress: Any) -> Any:
            try:
                answers.append(work())
                return answers[0]
            finally:
                is_read.set()

        def land(answer: Any) -> None:
            if asked == self._asked:
                self._asked += 1  # answered: when it lands once more, it is an old one
                self._job = None
                on_done(answer)

        def fail(error: Exception) -> None:
            if asked == self._asked:
                self._job = None
                on_failed()
                self._jobs.unhandled.emit(error)

        job = self._jobs.page(read, land, fail, owner=self)
        if not job.is_finished:
            self._job = job
            if is_read.wait(QUICK_S) and answers:
                land(answers[0])
