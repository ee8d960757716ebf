"""How the lists are read: in the order of an index, so that the first page of many rows costs what it costs of few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from app.pipeline import lists
from app.pipeline.lists import Filter, ListOf, Sort
from app.store.session import Session
from app.store.store import Store
from tests.builders import DAY

LISTS = {name: getattr(lists, name) for name in
         ("DEALS", "QUOTES", "CONTRACTS", "PAYMENTS", "DELIVERIES", "INVOICES", "REVENUE")}  # fmt: skip


@contextmanager
def asked(session: Session) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are run inside, with their values."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        seen.append((statement, values))

    event.listen(session.connection, "before_cursor_execute", note)
    yield seen
    event.remove(session.connection, "before_cursor_execute", note)


def plan(store: Store, what: ListOf[Any], narrowed: Filter, sort: Sort | None = None) -> list[str]:
    """The steps in which SQLite finds the ids of a page."""
    with store.read() as session:
        with asked(session) as seen:
            lists.page(session, what, narrowed, DAY, sort=sort)
        statement, values = seen[0]
        return [row[3] for row in session.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]


def sorts(steps: list[str]) -> bool:
    return any("TEMP B-TREE FOR ORDER BY" in step for step in steps)


@pytest.mark.parametrize("name", LISTS)
def test_its_own_order_needs_no_sorting(store: Store, name: str) -> None:
    assert not sorts(plan(store, LISTS[name], Filter()))


@pytest.mark.parametrize("states", [("closed",), ("fulfilled",), ("draft", "quoted")])
def test_deals_of_a_state_are_found_in_order(store: Store, states: tuple[str, ...]) -> None:
    assert not sorts(plan(store, lists.DEALS, Filter(states=states)))


def test_an_order_without_an_index_is_sorted(store: Store) -> None:
    assert sorts(plan(store, lists.DEALS, Filter(), Sort("gross")))


def test_revenue_is_read_from_its_own_rows(store: Store) -> None:
    steps = plan(store, lists.REVENUE, Filter(), Sort("amount"))
    assert steps[0].startswith("SCAN revenue_entry")
