"""Pages read beside the main thread: quick ones are there at once, of slow ones the last question wins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ui.jobs import Jobs
from ui.tables.column import Column
from ui.tables.page_reader import PageReader
from ui.tables.paged_model import Page, PagedModel


@dataclass(frozen=True)
class Row:
    id: int


COLUMNS = [Column(title="Id", text=lambda row: str(row.id))]


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def test_what_is_quick_is_there_at_once(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[Any] = []

    def fetch(cursor: Any, _order: Any) -> Page:
        threads.append(current_thread())
        return Page([Row(cursor or 0)], (cursor or 0) + 1)

    model = PagedModel(COLUMNS, fetch, reader=PageReader(jobs))
    assert model.rowCount() == 1
    model.fetchMore()
    qtbot.waitUntil(lambda: not jobs.is_busy)  # what landed once is not taken twice
    assert [row.id for row in model.rows()] == [0, 1]
    assert model.data(model.index(1, 0)) == "1"
    assert main_thread() not in threads


def test_the_last_question_wins_and_rows_stay_until_then(jobs: Jobs, qtbot: QtBot) -> None:
    go_on, told = Event(), []
    model = PagedModel(COLUMNS, lambda *_: Page([Row(1)], 1), reader=PageReader(jobs))
    model.reading.connect(told.append)

    def slow(*_: Any) -> Page:
        go_on.wait(10)
        return Page([Row(2)])

    model.reload(slow)
    assert (model.is_reading, model.canFetchMore(), [row.id for row in model.rows()]) == (True, False, [1])
    model.reload(lambda *_: Page([Row(3)]))
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert [row.id for row in model.rows()] == [3]
    assert (model.is_reading, told[-1]) == (False, False)


def test_a_failure_is_told_and_ends_the_reading(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[Exception] = []
    jobs.unhandled.connect(told.append)
    model = PagedModel(COLUMNS, lambda *_: Page([Row(1)]), reader=PageReader(jobs))

    def fail(*_: Any) -> Page:
        raise ValueError("gone")

    model.reload(fail)
    qtbot.waitUntil(lambda: bool(told))
    assert not model.is_reading
    assert [row.id for row in model.rows()] == [1]
