"""Pages by key: every row once, in both directions, also when keys repeat."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Select, select

from app.store.drafts import draft
from app.store.paging import Cursor, Keyset
from app.store.session import Session
from app.store.store import Store

ROWS = 23
STATEMENT: Select[*tuple[object, ...]] = select(draft.c.id, draft.c.kind)


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.write("me") as writing:
        rows = [{"kind": f"k{n % 4}", "subject": str(n), "version": 1, "text": "", "saved_at": ""} for n in range(ROWS)]
        writing.insert_all(draft, rows)
    with store.read() as reading:
        yield reading


def walk(session: Session, keyset: Keyset, *, backwards: bool = False, size: int = 5) -> list[list[int]]:
    """The ids, page by page."""
    pages = []
    cursor: Cursor | None = None
    while True:
        page = keyset.page(session, STATEMENT, lambda row: row.id, cursor=cursor, size=size, backwards=backwards)
        pages.append(list(page.items))
        if page.next is None:
            return pages
        cursor = page.next


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("size", [1, 5, ROWS - 1, ROWS, ROWS + 1])
def test_every_row_comes_once_and_in_order(session: Session, descending: bool, size: int) -> None:
    keyset = Keyset(draft.c.kind, draft.c.id, descending=descending)
    pages = walk(session, keyset, size=size)
    expected = sorted(range(1, ROWS + 1), key=lambda n: ((n - 1) % 4, n), reverse=descending)
    assert [item for page in pages for item in page] == expected
    assert all(len(page) == size for page in pages[:-1])
    assert pages[-1]


@pytest.mark.parametrize("descending", [False, True])
def test_backwards_from_the_end(session: Session, descending: bool) -> None:
    keyset = Keyset(draft.c.kind, draft.c.id, descending=descending)
    forwards = [item for page in walk(session, keyset) for item in page]
    pages = walk(session, keyset, backwards=True)
    assert [item for page in reversed(pages) for item in page] == forwards
    assert len(pages[0]) == 5


def test_an_empty_list_is_one_empty_page(store: Store) -> None:
    with store.read() as session:
        assert walk(session, Keyset(draft.c.id)) == [[]]


def test_new_rows_do_not_shift_the_next_page(store: Store, session: Session) -> None:
    keyset = Keyset(draft.c.id, descending=True)
    first = keyset.page(session, STATEMENT, lambda row: row.id, size=5)
    with store.write("me") as writing:
        writing.insert(draft, kind="new", subject="new", version=1, text="", saved_at="")
    with store.read() as later:
        second = keyset.page(later, STATEMENT, lambda row: row.id, cursor=first.next, size=5)
    assert (first.items, second.items) == ((23, 22, 21, 20, 19), (18, 17, 16, 15, 14))


def test_a_page_far_down_is_found_by_the_index(session: Session) -> None:
    statement = Keyset(draft.c.id).ordered(STATEMENT, (12,)).limit(5)
    text = str(statement.compile(compile_kwargs={"literal_binds": True}))
    plan = session.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    assert "SEARCH draft USING INTEGER PRIMARY KEY (rowid>?)" in str(plan)
